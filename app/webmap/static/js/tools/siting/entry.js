// One candidate in the ranked list.
import { config, t } from "../../config.js";
import { el, present } from "../../dom.js";
import { area, inLanguage, list, number } from "../../format.js";
import { Strip } from "./strip.js";
import { percent } from "./weighing.js";

/** @typedef {import("./scoring.js").Numbers} Numbers */
/** @typedef {import("./scoring.js").Placed} Placed */

/** @param {any} record */
export function nameOf(record) {
  return String(inLanguage(record, "name"));
}

/**
 * Level, what it lies in, and how large it is.
 * @param {any} record
 * @param {(level: string) => string} levelName
 */
export function placeOf(record, levelName) {
  const around = record.within?.[0];
  return present([record.level && levelName(record.level), around && nameOf(around), record.area_ha !== null && t("siting_hectares", { ha: number(record.area_ha, record.area_ha < 10 ? 1 : 0) })]).join(t("dot"));
}

/**
 * A park and its functional areas are both candidates: what stands for the same land, with its rank.
 * @param {any} result
 * @param {Map<string, number>} ranks of all places by id
 */
export function kin({ part_of: whole, contains }, ranks) {
  const parts = contains.map((/** @type {any} */ one) => {
    const rank = ranks.get(one.id);
    return rank === undefined ? nameOf(one) : t("siting_contains_one", { part: nameOf(one), rank });
  });
  const rank = whole && ranks.get(whole.id);
  const inside = whole && (rank === undefined ? t("siting_part_of", { whole: nameOf(whole) }) : t("siting_part_of_ranked", { whole: nameOf(whole), rank }));
  return present([inside, parts.length > 0 && t("siting_contains", { parts: parts.join(t("list")) })]).join(t("list_of_lists"));
}

/** @param {any} one of the evidence of a value */
export function sourceOf(one) {
  if (!one.document) return el("li", { class: "source" }, one.says[config.language]);
  const quote = one.wording ? el("span", { lang: "zh-CN" }, t("siting_quoted", { words: one.wording })) : null;
  return el("li", { class: "source" }, el("span", { lang: "zh-CN", title: one.title_zh }, `《${one.short_title_zh}》${one.locator}`), " ", quote, " ", one.says[config.language]);
}

export class Entry {
  /**
   * @param {any} result
   * @param {object} how
   * @param {any} how.answer
   * @param {(level: string) => string} how.levelName
   * @param {(result: any) => void} how.show
   * @param {(id: string, on: boolean) => void} how.compare
   * @param {boolean} how.compared
   */
  constructor(result, { answer, levelName, show, compare, compared }) {
    this.result = result;
    this.answer = answer;
    const name = nameOf(result);
    this.rank = el("span", { class: "siting-rank" });
    this.score = el("span", { class: "siting-score" });
    this.tags = el("span", { class: "siting-tags" });
    this.strip = new Strip(result, answer.criteria);
    this.range = el("span", { class: "siting-range-says" });
    this.kin = el("p", { class: "siting-kin" });
    this.body = el("div", { class: "siting-why" });
    const box = el("input", { type: "checkbox", checked: compared, "aria-label": t("siting_compare_this", { name }), change: (event) => compare(result.id, event.target.checked) });
    this.box = /** @type {HTMLInputElement} */ (box);
    this.details = /** @type {HTMLDetailsElement} */ (
      el("details", { class: "siting-details", toggle: () => this.unfold() }, el("summary", {}, t("siting_why"), el("span", { class: "hidden-text" }, `${t("colon")}${name}`), this.range), this.body)
    );
    this.root = el(
      "li",
      { class: "siting-entry", "data-id": result.id },
      el("div", { class: "siting-head" }, this.rank, el("button", { type: "button", class: "choice siting-name", click: () => show(result) }, name), this.tags, this.score),
      el("div", { class: "siting-place" }, el("span", {}, placeOf(result, levelName)), el("label", { class: "siting-compare" }, box, t("siting_compare"))),
      this.kin,
      el("div", { class: "siting-strip-box" }, this.strip.bar, this.strip.readout),
      el("p", { class: "siting-reason" }, result.reasons[config.language][0] ?? ""),
      this.details,
    );
  }

  /**
   * @param {Placed} placed
   * @param {Numbers} weights
   * @param {boolean} confirmed whether the service has said so
   * @param {Map<string, number>} ranks of all places by id
   */
  update({ rank, score, tied }, weights, confirmed, ranks) {
    const { rank_range: range, missing } = this.result;
    this.rank.textContent = String(rank);
    this.rank.setAttribute("aria-label", t("siting_rank", { rank }));
    this.root.classList.toggle("siting-first", rank === 1);
    this.score.textContent = t("siting_points", { score: number(score, 1) });
    this.kin.textContent = kin(this.result, ranks);
    this.kin.hidden = this.kin.textContent === "";
    this.strip.weigh(weights);
    this.weights = weights;
    const tags = present([tied && t("siting_tied"), missing.length > 0 && t("siting_has_missing")]);
    this.tags.replaceChildren(...tags.map((text) => el("span", { class: "badge badge-indicative" }, text)));
    this.range.textContent = confirmed && range ? rangeSays(range) : "";
    if (this.details.open) this.unfold();
  }

  /** Say everything: the reasons, then each criterion with what it stands on. */
  unfold() {
    if (!this.details.open || !this.weights) return;
    const kept = [...this.body.querySelectorAll("details")].map((one) => one.open);
    const { result, weights } = this;
    const values = [...result.criteria].sort((a, b) => points(b, weights) - points(a, weights));
    const [low, high] = result.score_range;
    this.body.replaceChildren(
      ...present([
        el("ul", { class: "siting-reasons" }, ...result.reasons[config.language].map((/** @type {string} */ one) => el("li", {}, one))),
        result.missing.length > 0 && el("p", { class: "siting-note" }, t("siting_missing_range", { names: list(result.missing.map((/** @type {string} */ one) => this.titleOf(one))), low: number(low, 1), high: number(high, 1) })),
        result.area_ha !== null && el("p", { class: "siting-note" }, area(result.area_ha)),
        el("ol", { class: "siting-values" }, ...values.map((value) => this.value(value))),
      ]),
    );
    [...this.body.querySelectorAll("details")].forEach((one, place) => (one.open = kept[place] ?? false));
  }

  /** @param {string} name of a criterion */
  titleOf(name) {
    return String(this.answer.criteria.find((/** @type {any} */ one) => one.name === name)?.title[config.language] ?? name);
  }

  /** @param {any} value */
  value(value) {
    const weight = this.weights?.[value.name] ?? 0;
    const criterion = this.answer.criteria.find((/** @type {any} */ one) => one.name === value.name);
    const fill = el("span", { class: `siting-bar-fill siting-of-${criterion.group}` });
    fill.style.width = `${value.normalised * 100}%`;
    const sum = t("siting_sum", { value: number(value.normalised, 2), weight: percent(weight), points: number(points(value, this.weights ?? {}), 1) });
    const sources = value.evidence.length > 0 && el("details", { class: "siting-sources" }, el("summary", {}, t("siting_sources", { count: value.evidence.length })), el("ul", {}, ...value.evidence.map(sourceOf)));
    return el(
      "li",
      { class: "siting-value" },
      el("div", { class: "siting-value-head" }, el("span", { class: `siting-swatch siting-of-${criterion.group}`, "aria-hidden": "true" }), el("b", {}, criterion.title[config.language]), el("span", { class: "siting-sum" }, sum)),
      el("div", { class: "siting-bar", "aria-hidden": "true" }, fill),
      el("p", {}, value.says[config.language]),
      sources,
    );
  }
}

/**
 * @param {any} value
 * @param {Numbers} weights
 */
export function points(value, weights) {
  return 100 * (weights[value.name] ?? 0) * value.normalised;
}

/** @param {{best: number, worst: number}} range */
export function rangeSays({ best, worst }) {
  return best === worst ? t("siting_range_steady", { rank: best }) : t("siting_range_moves", { best, worst });
}
