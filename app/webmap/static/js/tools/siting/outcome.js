// What an answer says beside its places: what was not read, what relaxing gives, who was ruled out, files, notes.
import { config, t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { placeOf } from "./entry.js";
import { localized, nameOf } from "./localized.js";
import { needLine } from "./weighing.js";

/**
 * The answer in a few sentences; above it the decisive words that were not read, unless it names them itself.
 * @param {any} answer
 * @param {boolean} isDoubtful whether it names no place
 */
export function conclusionLines({ conclusion, unread }, isDoubtful) {
  const text = localized(conclusion);
  const repeats = unread?.words.every((/** @type {string} */ word) => text.includes(word));
  const kind = repeats ? " siting-unread" : isDoubtful ? " siting-conclusion-none" : "";
  return present([unread && !repeats && el("p", { class: "siting-unread" }, localized(unread.says)), el("p", { class: `siting-conclusion${kind}` }, text)]);
}

/**
 * Gateways that count because the service's rule table says so, with a way to leave them out.
 * @param {any} answer
 * @param {() => void} leaveOut
 */
export function needsLine({ request, kind }, leaveOut) {
  const { needs = [] } = request;
  if (!needs.length || ["what", "against"].includes(kind)) return null;
  return el("div", { class: "siting-needs-line" }, el("ul", {}, ...needs.map(needLine)), el("button", { type: "button", class: "link", click: leaveOut }, t("siting_needs_leave")));
}

/**
 * What relaxing one constraint would let in; choosing one asks so.
 * @param {any} answer
 * @param {(constraint: string, to: any) => void} relax
 */
export function alternatives(answer, relax) {
  if (!answer.alternatives.length) return null;
  const items = answer.alternatives.map((/** @type {any} */ item) =>
    el("li", {}, el("button", { type: "button", class: "choice", click: () => relax(item.constraint, item.relax_to) }, localized(item.says)), item.would_enter > 1 && el("span", { class: "siting-note" }, t("siting_would_enter", { count: item.would_enter }))),
  );
  return el("section", { class: "siting-alternatives", "aria-labelledby": "siting-alternatives" }, el("h3", { id: "siting-alternatives" }, t("siting_alternatives")), el("ul", {}, ...items));
}

/**
 * Where nothing is left and no single step helps: each constraint, to be dropped.
 * @param {any} answer
 * @param {(constraint: string, to: any) => void} relax
 */
export function obstacles(answer, relax) {
  const items = answer.constraints.map((/** @type {any} */ item) =>
    el("li", {}, el("button", { type: "button", class: "choice", click: () => relax(item.id, null) }, t("siting_without", { rule: localized(item.rule) })), el("span", { class: "siting-note" }, t("siting_removed", { count: item.removed }))),
  );
  return el("section", { class: "siting-alternatives" }, el("h3", {}, t("siting_obstacles")), el("ul", {}, ...items));
}

/**
 * The rules, and who does not meet them.
 * @param {any} answer
 * @param {object} how
 * @param {(level: string) => string} how.levelName
 * @param {(record: any) => void} how.show
 */
export function ruledOut(answer, { levelName, show }) {
  const { constraints, excluded, counts } = answer;
  const count = counts.candidates - counts.remaining;
  if (!constraints.length) return null;
  const rules = constraints.map((/** @type {any} */ item) => el("li", {}, el("b", {}, localized(item.rule)), " ", t("siting_removed", { count: item.removed }), el("span", { class: "source" }, t("siting_decided_by", { source: localized(item.source) }))));
  const places = excluded.map((/** @type {any} */ item) => outsider(item, levelName, show));
  return el(
    "details",
    { class: "siting-fold", id: "siting-excluded" },
    el("summary", {}, count ? t("siting_excluded", { count: number(count) }) : t("siting_conditions_met")),
    el("ul", { class: "siting-lines" }, ...rules),
    el("ol", { class: "siting-out" }, ...places),
    count > excluded.length && el("p", { class: "siting-note" }, t("siting_excluded_more", { count: number(count - excluded.length) })),
  );
}

/**
 * A candidate that was ruled out, greyed, with each reason.
 * @param {any} record
 * @param {(level: string) => string} levelName
 * @param {(record: any) => void} show
 */
function outsider(record, levelName, show) {
  const reasons = record.reasons.map(localized);
  return el(
    "li",
    { class: "siting-outsider", "data-id": record.id, title: reasons.join("\n") },
    el("button", { type: "button", class: "choice", click: () => show(record) }, nameOf(record)),
    el("span", { class: "siting-note" }, placeOf(record, levelName)),
    el("ul", {}, ...reasons.map((/** @type {string} */ reason) => el("li", {}, reason))),
  );
}

/**
 * The answer as files and as a report.
 * @param {any} links
 */
export function files(links) {
  if (!links?.xlsx) return el("p", { class: "siting-note" }, t("siting_no_files"));
  const language = (/** @type {string} */ href) => `${href}&lang=${config.language}`;
  const link = (/** @type {string} */ href, /** @type {string} */ text, /** @type {Record<string, string>} */ more) => el("a", { class: "button", href, ...more }, text);
  return el(
    "p",
    { class: "siting-files", role: "group", "aria-label": t("siting_files") },
    el("span", {}, t("siting_files")),
    link(language(links.xlsx), "XLSX", { download: "siting.xlsx" }),
    link(links.geojson, "GeoJSON", { download: "siting.geojson" }),
    link(language(links.report), t("siting_report"), { target: "_blank", rel: "noopener" }),
    link(language(links.pdf), t("siting_report_pdf"), { download: "siting.pdf" }),
  );
}

/** @param {any} answer */
export function notes(answer) {
  const documents = answer.documents.map((/** @type {any} */ item) => el("li", {}, el("span", { lang: "zh-CN" }, item.title_zh), " ", el("small", {}, localized({ zh: item.period.text_zh, en: item.period.text_en }))));
  const bases = answer.criteria.filter((/** @type {any} */ item) => item.used).map((/** @type {any} */ item) => el("li", {}, el("b", {}, localized(item.title)), t("colon"), localized(item.basis)));
  return el(
    "details",
    { class: "siting-fold" },
    el("summary", {}, t("siting_notes")),
    el("ul", { class: "siting-lines" }, ...answer.notes.map((/** @type {any} */ item) => el("li", {}, localized(item)))),
    el("h4", {}, t("siting_bases")),
    el("ul", { class: "siting-lines" }, ...bases),
    el("h4", {}, t("siting_documents")),
    el("ul", { class: "siting-lines" }, ...documents),
    el("p", { class: "siting-note" }, t("siting_version", { date: answer.date, version: answer.data_version })),
  );
}
