// The numbers of a chart as a table: for who does not see the chart, or wants them exactly.
import { t } from "../../config.js";
import { el } from "../../dom.js";

/**
 * A cell: a text, a text that lights something on the map, or an element.
 * @typedef {string|Node|{text: string, light: () => void, lit: boolean, label?: string}} Cell
 */

/**
 * @param {string} caption
 * @param {string[]} heads
 * @param {Cell[][]} rows the first cell of each names the row
 * @param {{open: boolean, toggled: (open: boolean) => void}} how
 */
export function dataTable(caption, heads, rows, { open, toggled }) {
  return el("details", { class: "statistics-data", open, toggle: (event) => toggled(event.target.open) }, el("summary", {}, t("statistics_table")), plainTable(caption, heads, rows));
}

/**
 * A short table that is always open.
 * @param {string} caption
 * @param {string[]} heads
 * @param {Cell[][]} rows the first cell of each names the row
 */
export function plainTable(caption, heads, rows) {
  return el("div", { class: "statistics-scroll", tabindex: "0", role: "group", "aria-label": caption }, tableOf(caption, heads, rows));
}

/**
 * @param {string} caption
 * @param {string[]} heads
 * @param {Cell[][]} rows
 */
function tableOf(caption, heads, rows) {
  return el(
    "table",
    { class: "statistics-table" },
    el("caption", { class: "hidden-text" }, caption),
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, ...rows.map(([first, ...others]) => el("tr", {}, el("th", { scope: "row" }, content(first)), ...others.map((cell) => el("td", {}, content(cell)))))),
  );
}

/** @param {Cell} cell */
function content(cell) {
  if (typeof cell === "string" || cell instanceof Node) return cell;
  return el("button", { type: "button", class: "choice", "aria-pressed": String(cell.lit), "aria-label": cell.label, click: cell.light }, cell.text);
}
