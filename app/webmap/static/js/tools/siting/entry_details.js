// What unfolds below a place: every reason, its functional areas, and each criterion with value, points and sources.
import { config, t } from "../../config.js";
import { el, present } from "../../dom.js";
import { area as areaText, list, number } from "../../format.js";
import { coloured, localized, nameOf, textOf } from "./localized.js";
import { sources } from "./sources.js";
import { percent } from "./weighing.js";

/** @typedef {import("./scoring.js").Numbers} Numbers */

/**
 * @param {any} value of a criterion
 * @param {Numbers} weights
 */
export function points(value, weights) {
  return 100 * (weights[value.name] ?? 0) * value.normalised;
}

/**
 * @param {any} result
 * @param {import("./entry.js").EntryContext} context
 * @param {Numbers} weights
 */
export function details(result, context, weights) {
  const { criteria } = context.answer;
  const [why, reasons] = [localized(result.tier_says), result.reasons[config.language]];
  const lines = why && !reasons.some((/** @type {string} */ reason) => reason.startsWith(why)) ? [why, ...reasons] : reasons;
  const values = [...result.criteria].sort((a, b) => points(b, weights) - points(a, weights));
  return present([
    el("ul", { class: "siting-reasons" }, ...lines.map((/** @type {string} */ line) => el("li", {}, line))),
    missing(result, criteria),
    result.rank === null && el("p", { class: "siting-note" }, t("siting_unranked_points", { score: number(result.score, 1) })),
    typeof result.area_ha === "number" && el("p", { class: "siting-note" }, areaText(result.area_ha)),
    areas(result, context),
    el("ol", { class: "siting-values" }, ...values.map((value) => valueEntry(value, criteria, weights))),
  ]);
}

/**
 * @param {any} result
 * @param {any[]} criteria
 */
function missing({ missing: names = [], score_range: range }, criteria) {
  if (!names.length || !range) return null;
  const titles = names.map((/** @type {string} */ name) => localized(criteria.find((criterion) => criterion.name === name)?.title) || name);
  return el("p", { class: "siting-note" }, t("siting_missing_range", { names: list(titles), low: number(range[0], 1), high: number(range[1], 1) }));
}

/**
 * Every functional area of a park, the best first.
 * @param {any} result
 * @param {import("./entry.js").EntryContext} context
 */
function areas({ areas: found = [] }, { show }) {
  if (!found.length) return null;
  const items = found.map((/** @type {any} */ area) =>
    el(
      "li",
      {},
      el("button", { type: "button", class: "choice", click: () => show({ ...area, kind: "functional_area" }) }, nameOf(area)),
      t("colon"),
      textOf("tier", area.tier),
      typeof area.score === "number" && el("span", { class: "siting-sum" }, ` ${t("siting_points", { score: number(area.score, 1) })}`),
    ),
  );
  return el("div", {}, el("h4", {}, t("siting_areas_of")), el("ul", { class: "siting-lines" }, ...items));
}

/**
 * @param {any} value
 * @param {any[]} criteria
 * @param {Numbers} weights
 */
function valueEntry(value, criteria, weights) {
  const criterion = criteria.find(({ name }) => name === value.name);
  const fill = coloured(el("span", { class: "siting-bar-fill" }), criterion);
  fill.style.width = `${value.normalised * 100}%`;
  const sum = t("siting_sum", { value: number(value.normalised, 2), weight: percent(weights[value.name] ?? 0), points: number(points(value, weights), 1) });
  const swatch = coloured(el("span", { class: "siting-swatch", "aria-hidden": "true" }), criterion);
  return el(
    "li",
    { class: "siting-value" },
    el("div", { class: "siting-value-head" }, swatch, el("b", {}, localized(criterion.title)), el("span", { class: "siting-sum" }, sum)),
    el("div", { class: "siting-bar", "aria-hidden": "true" }, fill),
    el("p", {}, localized(value.says)),
    sources(value.evidence),
  );
}
