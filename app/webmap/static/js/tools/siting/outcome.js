// What an answer says beside its list: the conclusion, how steady it is, what was ruled out and why, what relaxing gives.
import { config, t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { nameOf, placeOf } from "./entry.js";
import { percent } from "./weighing.js";

/** @param {any} words a text by language */
export function told(words) {
  return String(words[config.language]);
}

/**
 * How far the first place stands when the weights are not quite right, in words.
 * @param {any} answer
 */
export function steadiness(answer) {
  const { sensitivity, results } = answer;
  if (!sensitivity || !results.length) return null;
  const { draws, spread, winner_first_share: share, smallest_change: change, topsis } = sensitivity;
  const first = results.filter((/** @type {any} */ one) => one.rank === 1);
  const lines = present([
    first.length === 1 && t("siting_steady_share", { name: nameOf(first[0]), draws: number(draws), spread: percent(spread), times: number(Math.round(share * draws)) }),
    change ? told(change.says) : results.length > 1 ? t("siting_steady_always") : null,
    results.length > 1 && told(topsis.says),
  ]);
  const verdict = share >= 0.95 ? "siting_steady_yes" : share >= 0.6 ? "siting_steady_mostly" : "siting_steady_no";
  return el(
    "details",
    { class: "siting-fold", id: "siting-steadiness" },
    el("summary", {}, t("siting_steadiness"), el("span", { class: "siting-verdict" }, first.length === 1 ? t(verdict) : t("siting_steady_tied"))),
    el("ul", { class: "siting-lines" }, ...lines.map((line) => el("li", {}, line))),
    el("p", { class: "siting-note" }, t("siting_steady_note", { draws: number(draws), spread: percent(spread) })),
  );
}

/**
 * What relaxing one constraint would let in; choosing one asks so.
 * @param {any} answer
 * @param {(constraint: string, to: any) => void} relax
 */
export function alternatives(answer, relax) {
  if (!answer.alternatives.length) return null;
  const items = answer.alternatives.map((/** @type {any} */ one) =>
    el("li", {}, el("button", { type: "button", class: "choice", click: () => relax(one.constraint, one.relax_to) }, told(one.says)), one.would_enter > 1 && el("span", { class: "siting-note" }, t("siting_would_enter", { count: one.would_enter }))),
  );
  return el("section", { class: "siting-alternatives", "aria-labelledby": "siting-alternatives" }, el("h3", { id: "siting-alternatives" }, t("siting_alternatives")), el("ul", {}, ...items));
}

/**
 * Where nothing is left and no single step helps: each constraint, to be dropped.
 * @param {any} answer
 * @param {(constraint: string, to: any) => void} relax
 */
export function obstacles(answer, relax) {
  const items = answer.constraints.map((/** @type {any} */ one) =>
    el("li", {}, el("button", { type: "button", class: "choice", click: () => relax(one.id, null) }, t("siting_without", { rule: told(one.rule) })), el("span", { class: "siting-note" }, t("siting_removed", { count: one.removed }))),
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
  const rules = constraints.map((/** @type {any} */ one) => el("li", {}, el("b", {}, told(one.rule)), " ", t("siting_removed", { count: one.removed }), el("span", { class: "source" }, t("siting_decided_by", { source: told(one.source) }))));
  const places = excluded.map((/** @type {any} */ one) => outsider(one, levelName, show));
  return el(
    "details",
    { class: "siting-fold", id: "siting-excluded" },
    el("summary", {}, t("siting_excluded", { count: number(count) })),
    el("ul", { class: "siting-lines" }, ...rules),
    el("ol", { class: "siting-out" }, ...places),
    count > excluded.length ? el("p", { class: "siting-note" }, t("siting_excluded_more", { count: number(count - excluded.length) })) : null,
  );
}

/**
 * A candidate that was ruled out, greyed, with each reason.
 * @param {any} record
 * @param {(level: string) => string} levelName
 * @param {(record: any) => void} show
 */
function outsider(record, levelName, show) {
  const reasons = record.reasons.map(told);
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
  const documents = answer.documents.map((/** @type {any} */ one) => el("li", {}, el("span", { lang: "zh-CN" }, one.title_zh), " ", el("small", {}, told({ zh: one.period.text_zh, en: one.period.text_en }))));
  const bases = answer.criteria.filter((/** @type {any} */ one) => one.used).map((/** @type {any} */ one) => el("li", {}, el("b", {}, told(one.title)), t("colon"), told(one.basis)));
  return el(
    "details",
    { class: "siting-fold" },
    el("summary", {}, t("siting_notes")),
    el("ul", { class: "siting-lines" }, ...answer.notes.map((/** @type {any} */ one) => el("li", {}, told(one)))),
    el("h4", {}, t("siting_bases")),
    el("ul", { class: "siting-lines" }, ...bases),
    el("h4", {}, t("siting_documents")),
    el("ul", { class: "siting-lines" }, ...documents),
    el("p", { class: "siting-note" }, t("siting_version", { date: answer.date, version: answer.data_version })),
  );
}
