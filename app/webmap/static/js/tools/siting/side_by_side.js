// Two to four candidates beside each other: every criterion with value, weight and points, the best of each row marked.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { placeOf, rangeText } from "./entry.js";
import { points } from "./entry_details.js";
import { coloured, localized, nameOf, textOf } from "./localized.js";
import { percent } from "./weighing.js";

/** @typedef {import("./scoring.js").Placed} Placed */
/** @typedef {import("./scoring.js").Numbers} Numbers */

/**
 * @param {object} how
 * @param {Placed[]} how.placed the candidates, in their order
 * @param {any} how.answer
 * @param {Numbers} how.weights
 * @param {(level: string) => string} how.levelName
 * @param {(result: any) => void} how.show
 */
export function sideBySide({ placed, answer, weights, levelName, show }) {
  const heads = placed.map(({ result }) => el("th", { scope: "col" }, el("button", { type: "button", class: "choice", click: () => show(result) }, nameOf(result)), el("span", { class: "siting-note" }, placeOf(result, levelName))));
  const used = answer.criteria.filter((/** @type {any} */ criterion) => weights[criterion.name] > 0);
  const rows = [
    row(t("siting_score"), placed.map(({ score, rank }) => ({ number: rank === null ? null : score, text: rank === null ? number(score, 1) : t("siting_score_rank", { score: number(score, 1), rank }) }))),
    row(t("siting_tier"), placed.map(({ result }) => ({ number: null, text: textOf("tier", result.tier) }))),
    row(t("siting_rank_range"), placed.map(({ result, rank }) => ({ number: null, text: rank !== null && result.rank_range ? rangeText(result.rank_range) : "–" }))),
    ...used.map((/** @type {any} */ criterion) => criterionRow(criterion, placed, weights)),
  ];
  const caption = el("caption", { class: "hidden-text" }, t("siting_side_by_side"));
  const table = el("table", { class: "siting-table" }, caption, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("siting_criterion")), ...heads)), el("tbody", {}, ...rows));
  return el("div", { class: "siting-scroll", tabindex: "0", role: "region", "aria-label": t("siting_side_by_side") }, table);
}

/**
 * @param {any} criterion
 * @param {Placed[]} placed
 * @param {Numbers} weights
 */
function criterionRow(criterion, placed, weights) {
  const cells = placed.map(({ result }) => {
    const value = result.criteria.find((/** @type {any} */ other) => other.name === criterion.name);
    if (!value) return { number: null, text: "–" };
    const fill = coloured(el("span", { class: "siting-bar-fill" }), criterion);
    fill.style.width = `${value.normalised * 100}%`;
    const sum = t("siting_table_sum", { value: number(value.normalised, 2), points: number(points(value, weights), 1) });
    return { number: value.missing ? null : value.normalised, text: sum, bar: el("span", { class: "siting-bar", "aria-hidden": "true" }, fill), note: localized(value.says) };
  });
  return row(localized(criterion.title), cells, t("siting_weight", { weight: percent(weights[criterion.name]) }));
}

/**
 * @param {string} title
 * @param {{number: number|null, text: string, bar?: HTMLElement, note?: string}[]} cells
 * @param {string} [under]
 */
function row(title, cells, under) {
  const known = cells.flatMap(({ number: value }) => (value === null ? [] : [value]));
  const best = Math.max(...known);
  const differs = known.some((value) => value < best);
  const made = cells.map(({ number: value, text, bar, note }) => {
    const isBest = differs && value === best;
    return el(
      "td",
      { class: isBest ? "siting-best" : "" },
      ...present([el("span", { class: "siting-cell" }, text, isBest && el("span", { class: "siting-best-mark" }, t("siting_best"))), bar, note && el("span", { class: "siting-note" }, note)]),
    );
  });
  return el("tr", {}, el("th", { scope: "row" }, title, under && el("span", { class: "siting-note" }, under)), ...made);
}
