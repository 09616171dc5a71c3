// The table of a comparison, as the service tells it.
import { config, t } from "../../config.js";
import { el } from "../../dom.js";
import { source as sourceLine } from "../../evidence.js";
import { inLanguage } from "../../format.js";

/**
 * @param {any} told as of /api/compare
 * @param {{show: ((id: string) => void)|null, onlyDifferent: boolean}} how show: what choosing a zone's name does
 * @returns {HTMLElement}
 */
export function comparisonTable({ zones, sections, documents, notes }, { show, onlyDifferent }) {
  const heads = zones.map((/** @type {any} */ zone) => {
    const name = String(inLanguage(zone, "name"));
    return el("th", { scope: "col" }, show ? el("button", { type: "button", class: "link", click: () => show(zone.id) }, name) : name);
  });
  const head = el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("compare_item")), ...heads));
  const bodies = sections.map((/** @type {any} */ section) => sectionBody(section, zones.length));
  const table = el("table", { class: `compare-table${onlyDifferent ? " only-different" : ""}` }, el("caption", { class: "hidden-text" }, t("compare_table_of", { names: zones.map((/** @type {any} */ zone) => inLanguage(zone, "name")).join(t("list")) })), head, ...bodies);
  const sources = documents.map(documentLine);
  return el(
    "div",
    { class: "compare-result" },
    el("div", { class: "compare-scroll", tabindex: "0", role: "region", "aria-label": t("compare_table") }, table),
    el("section", { class: "compare-notes" }, el("h3", {}, t("sources")), el("ul", {}, ...sources), ...notes.map((/** @type {string} */ note) => el("p", { class: "hint" }, note))),
  );
}

/**
 * A document: the short title that the cells name, its title, and the years it plans for.
 * @param {any} one
 */
function documentLine(one) {
  const period = inLanguage(one.period, "text");
  const title = config.language === "en" ? one.title_en : one.title_zh;
  return el("li", {}, el("span", { lang: "zh-CN" }, one.short_title_zh), t("colon"), title, period ? el("span", { class: `compare-period${one.period.expired ? " expired" : ""}` }, period) : null);
}

/**
 * @param {any} section
 * @param {number} columns
 */
function sectionBody({ title, rows }, columns) {
  const heading = el("tr", { class: "compare-section" }, el("th", { scope: "rowgroup", colspan: String(columns + 1) }, title));
  const body = el("tbody", {}, heading, ...rows.map(row));
  if (rows.every((/** @type {any} */ one) => isAlike(one))) body.classList.add("alike");
  return body;
}

/** @param {any} one */
function isAlike({ same, shared }) {
  return shared ? shared === "common" && same : same;
}

/** @param {any} one */
function row(one) {
  const mark = one.shared ? el("span", { class: `compare-mark compare-${one.shared}` }, t(`compare_${one.shared}`)) : null;
  const cells = one.cells.map((/** @type {any[]} */ parts) => el("td", {}, parts.length ? el("ul", {}, ...parts.map(part)) : el("span", { class: "compare-none" }, "—")));
  return el("tr", { class: isAlike(one) ? "alike" : "" }, el("th", { scope: "row" }, one.title, mark), ...cells);
}

/** @param {any} one */
function part({ text, note, source, shared, places }) {
  const mark = shared === "common" ? el("span", { class: "compare-mark compare-common" }, t("compare_common")) : null;
  return el("li", { class: shared ? `compare-part-${shared}` : "" }, el("span", { class: "compare-text" }, text), mark, note ? el("span", { class: "said" }, note) : null, ...sources(source, places));
}

/**
 * Where it stands: each place in a document, with a way to it, or the source as the service words it.
 * @param {string|undefined} text
 * @param {(import("../../evidence.js").Evidence & {wording?: string})[]} [places]
 */
function sources(text, places = []) {
  if (places.length) return places.map((place) => sourceLine(place, place.wording));
  return text ? [el("span", { class: "source" }, text)] : [];
}
