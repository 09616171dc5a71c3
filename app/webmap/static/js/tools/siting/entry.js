// One place in a list of an answer.
import { config, t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { details } from "./entry_details.js";
import { badge, localized, nameOf, textOf } from "./localized.js";
import { isUncertain } from "./scoring.js";
import { Strip } from "./strip.js";

/** @typedef {import("./scoring.js").Numbers} Numbers */
/** @typedef {import("./scoring.js").Placed} Placed */

/**
 * What entries need to know of the answer and the panel around them.
 * @typedef {object} EntryContext
 * @property {any} answer
 * @property {(level: string) => string} levelName
 * @property {(record: any) => void} show
 * @property {(id: string, on: boolean) => void} compare
 * @property {Set<string>} compared
 */

/**
 * Level, what it lies in, and how large it is.
 * @param {any} record
 * @param {(level: string) => string} levelName
 */
export function placeOf(record, levelName) {
  const around = record.within?.[0];
  const hasArea = typeof record.area_ha === "number";
  return present([record.level && levelName(record.level), around && nameOf(around), hasArea && t("siting_hectares", { ha: number(record.area_ha, record.area_ha < 10 ? 1 : 0) })]).join(t("dot"));
}

/**
 * Where functional areas are candidates of their own: what stands for the same land, with its rank.
 * @param {any} result
 * @param {Map<string, number|null>} ranks of all places by id
 */
export function sameLand({ part_of: whole, contains = [] }, ranks) {
  const parts = contains.map((/** @type {any} */ part) => {
    const rank = ranks.get(part.id);
    return rank ? t("siting_contains_ranked", { part: nameOf(part), rank }) : nameOf(part);
  });
  const rank = whole && ranks.get(whole.id);
  const inside = whole && (rank ? t("siting_part_of_ranked", { whole: nameOf(whole), rank }) : t("siting_part_of", { whole: nameOf(whole) }));
  return present([inside, parts.length > 0 && t("siting_contains", { parts: parts.join(t("list")) })]).join(t("list_of_lists"));
}

/** @param {{best: number, worst: number}} range */
export function rangeText({ best, worst }) {
  return best === worst ? t("siting_range_steady", { rank: best }) : t("siting_range_moves", { best, worst });
}

/**
 * What rules on the industry say of a place: that a case has to be made for it, or that it is forbidden. What is asked of
 * every industry stands in the list of rules only.
 * @param {any} answer
 * @param {string} id
 */
function ruleEffects({ rules = [] }, id) {
  const bearing = rules.filter((/** @type {any} */ rule) => rule.industries.length && rule.places?.includes(id)).map((/** @type {any} */ rule) => rule.effect);
  return ["exclude", "justify"].filter((effect) => bearing.includes(effect));
}

export class Entry {
  /**
   * @param {any} result
   * @param {EntryContext} context
   */
  constructor(result, context) {
    const { answer, levelName, show, compare, compared } = context;
    this.result = result;
    this.context = context;
    const name = nameOf(result);
    this.rank = el("span", { class: "siting-rank" });
    this.score = el("span", { class: "siting-score" });
    this.tags = el("div", { class: "siting-tags" });
    this.strip = new Strip(result, answer.criteria);
    this.stripBox = el("div", { class: "siting-strip-box" }, this.strip.bar, this.strip.readout);
    this.range = el("span", { class: "siting-range-says" });
    this.sameLand = el("p", { class: "siting-same-land" });
    this.body = el("div", { class: "siting-why" });
    this.reasonLine = el("p", { class: "siting-reason" }, this.reason);
    const box = el("input", { type: "checkbox", checked: compared.has(result.id), "aria-label": t("siting_compare_this", { name }), change: (event) => compare(result.id, event.target.checked) });
    this.box = /** @type {HTMLInputElement} */ (box);
    this.details = /** @type {HTMLDetailsElement} */ (
      el("details", { class: "siting-details", toggle: () => this.unfold() }, el("summary", {}, t("siting_why"), el("span", { class: "hidden-text" }, `${t("colon")}${name}`), this.range), this.body)
    );
    this.root = el(
      "li",
      { class: "siting-entry", "data-id": result.id, "data-tier": result.tier },
      el("div", { class: "siting-head" }, this.rank, el("button", { type: "button", class: "choice siting-name", click: () => show(result) }, name), this.score),
      this.tags,
      el("div", { class: "siting-place" }, el("span", {}, placeOf(result, levelName)), el("label", { class: "siting-compare" }, box, t("siting_compare"))),
      this.sameLand,
      this.stripBox,
      this.reasonLine,
      this.demands(),
      this.doubts(),
      this.inside(),
      this.details,
    );
  }

  /** The sentence that stands with its name: what the documents say of it. */
  get reason() {
    const reasons = this.result.reasons[config.language];
    const why = localized(this.result.tier_says);
    return reasons.find((/** @type {string} */ reason) => why && reason.startsWith(why)) ?? (why || (reasons[0] ?? ""));
  }

  /** Of several industries asked for, how far each is documented here. */
  demands() {
    const { demands = [] } = this.result;
    if (demands.length < 2) return null;
    return el("ul", { class: "siting-demands" }, ...demands.map((/** @type {any} */ demand) => el("li", {}, t("siting_demand", { words: demand.words, tier: textOf("tier", demand.tier) }))));
  }

  /** Conditions that cannot be decided. */
  doubts() {
    if (!isUncertain(this.result)) return null;
    return el("ul", { class: "siting-doubts" }, ...this.result.possible.map((/** @type {any} */ doubt) => el("li", {}, localized(doubt.says))));
  }

  /** Its functional areas that suit better than the whole. */
  inside() {
    const better = (this.result.areas ?? []).filter((/** @type {any} */ area) => area.better);
    if (!better.length) return null;
    const { show } = this.context;
    const items = better.map((/** @type {any} */ area) => el("li", {}, el("button", { type: "button", class: "choice", click: () => show({ ...area, kind: "functional_area" }) }, nameOf(area)), t("siting_inside_because"), localized(area.says)));
    return el("div", { class: "siting-inside" }, el("span", {}, t("siting_inside")), el("ul", {}, ...items));
  }

  /**
   * @param {Placed} placed
   * @param {Numbers} weights
   * @param {boolean} confirmed whether the service has said so
   * @param {Map<string, number|null>} ranks of all places by id
   */
  update({ rank, score, tied }, weights, confirmed, ranks) {
    const { rank_range: range, missing = [], tier, id } = this.result;
    this.weights = weights;
    this.showMark(rank);
    this.score.textContent = rank === null ? "" : t("siting_points", { score: number(score, 1) });
    this.sameLand.textContent = this.context.answer.request.areas === "separate" ? sameLand(this.result, ranks) : "";
    this.sameLand.hidden = this.sameLand.textContent === "";
    this.stripBox.hidden = rank === null;
    this.strip.weigh(weights);
    const { verdict } = this.context.answer;
    const inGroup = confirmed && rank !== null && tier === "itself" && this.result.group;
    const tags = present([
      inGroup && badge(t((verdict?.group?.length ?? 1) > 1 ? "siting_first_shared" : "siting_first"), "first"),
      tied && !inGroup && badge(t("siting_tied")),
      isUncertain(this.result) && badge(t("siting_uncertain"), "doubt"),
      ...ruleEffects(this.context.answer, id).map((effect) => badge(textOf("effect", effect), effect)),
      missing.length > 0 && badge(t("siting_has_missing"), "missing"),
    ]);
    this.tags.replaceChildren(...tags);
    this.tags.hidden = tags.length === 0;
    this.root.classList.toggle("siting-in-group", Boolean(inGroup));
    this.range.textContent = confirmed && rank !== null && range ? rangeText(range) : "";
    if (this.details.open) this.unfold();
  }

  /** @param {number|null} rank null: the mark of its tier stands instead of a number */
  showMark(rank) {
    const { tier } = this.result;
    this.rank.className = rank === null ? `siting-shape siting-shape-${tier}` : "siting-rank";
    this.rank.classList.toggle("siting-uncertain", isUncertain(this.result));
    this.rank.textContent = rank === null ? "" : String(rank);
    this.rank.setAttribute("role", "img");
    this.rank.setAttribute("aria-label", rank === null ? textOf("tier", tier) : t("siting_rank", { rank }));
  }

  /** Say everything: the reasons, its areas, then each criterion with what it stands on. */
  unfold() {
    if (!this.details.open || !this.weights) return;
    const kept = [...this.body.querySelectorAll("details")].map(({ open }) => open);
    this.body.replaceChildren(...details(this.result, this.context, this.weights));
    [...this.body.querySelectorAll("details")].forEach((fold, place) => (fold.open = kept[place] ?? false));
  }
}
