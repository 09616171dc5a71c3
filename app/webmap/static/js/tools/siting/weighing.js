// Step four: what matters. Weights that go together, a slider for each criterion in use, and the service's rule table.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { badge, coloured, localized } from "./localized.js";
import { shared } from "./scoring.js";

/** @typedef {import("./scoring.js").Numbers} Numbers */
/** @typedef {import("./question.js").Question} Question */

/**
 * What may be weighed, as the service describes it.
 * @typedef {object} Options
 * @property {{name: string, group: string, title: any}[]} criteria
 * @property {{name: string, title: any}[]} groups
 * @property {{name: string, title: any, weights: Numbers, default: boolean}[]} presets
 * @property {{name: string, title: any}[]} gateways
 */

const MOST = 100;

/** The group of criteria that weigh nothing unless they are asked for. */
const GATEWAYS = "gateways";

/** Weight that a criterion starts with when a person adds it. */
const ADDED = 10;

export class Weighing {
  /**
   * @param {Options} options
   * @param {object} how
   * @param {(change: Partial<Question>) => void} how.change
   * @param {(weights: Numbers) => void} how.weigh
   */
  constructor(options, { change, weigh }) {
    this.options = options;
    this.change = change;
    this.weigh = weigh;
    /** @type {Numbers} weights as the sliders show them */
    this.values = {};
    /** @type {any} */
    this.answer = null;
    this.presets = el(
      "div",
      { class: "siting-presets", role: "group", "aria-label": t("siting_presets") },
      ...options.presets.map(({ name, title }) => el("button", { type: "button", "data-preset": name, click: () => change({ preset: name, weights: {}, emphasis: [] }) }, localized(title))),
    );
    /** @type {Map<string, {slider: HTMLInputElement, share: HTMLElement}>} */
    this.rows = new Map();
    this.sliders = el("div", { class: "siting-sliders" });
    this.add = el("div", { class: "siting-add-criterion" });
    this.needs = el("div", { class: "siting-needs" });
    this.leaders = el("p", { class: "siting-leaders", role: "status" });
    this.body = el("div", { class: "siting-weights" }, this.presets, this.sliders, this.add, this.needs, this.leaders);
  }

  /**
   * @param {Question} question
   * @param {any} answer what it was answered with, or null
   */
  show(question, answer) {
    this.answer = answer;
    const own = Object.keys(question.weights).length > 0;
    const preset = own || question.emphasis.length ? "" : question.preset || (this.options.presets.find((each) => each.default)?.name ?? "");
    for (const button of this.presets.children) button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.preset === preset));
    const criteria = this.criteria(question);
    this.values = this.valuesOf(question, criteria);
    this.showRows(criteria);
    this.showAdding(criteria);
    this.showNeeds(question);
    const shares = shared(this.values);
    for (const [name, { slider, share }] of this.rows) {
      const value = Math.round(this.values[name]);
      if (document.activeElement !== slider || Number(slider.value) !== value) slider.value = String(value);
      share.textContent = percent(shares[name]);
      slider.setAttribute("aria-valuetext", share.textContent);
    }
  }

  /**
   * The criteria that count, and those that a person has given a weight, be it none.
   * @param {Question} question
   * @returns {any[]}
   */
  criteria(question) {
    const answered = new Map((this.answer?.criteria ?? []).map((/** @type {any} */ criterion) => [criterion.name, criterion]));
    const all = this.answer ? this.options.criteria : [];
    return all.filter(({ name }) => answered.get(name)?.used || name in question.weights).map((criterion) => answered.get(criterion.name) ?? { ...criterion, weight: 0 });
  }

  /**
   * Weights that were set here are shown as they were set; others as the service has made them, of a hundred.
   * @param {Question} question
   * @param {any[]} criteria
   * @returns {Numbers}
   */
  valuesOf({ weights }, criteria) {
    const names = Object.keys(weights);
    const areOwn = names.length > 0 && criteria.every(({ name }) => name in weights) && names.every((name) => weights[name] <= MOST);
    return Object.fromEntries(criteria.map(({ name, weight }) => [name, areOwn ? weights[name] : Math.round(1e4 * weight) / 100]));
  }

  /**
   * Sliders stay where they are as long as the same criteria count: a hand may be on one.
   * @param {any[]} criteria
   */
  showRows(criteria) {
    if (criteria.map(({ name }) => name).join() === [...this.rows.keys()].join()) return;
    const focused = this.sliders.contains(document.activeElement) ? document.activeElement?.id : "";
    this.rows.clear();
    const byRule = new Map((this.answer?.request.needs ?? []).map((/** @type {any} */ need) => [need.gateway, need]));
    this.sliders.replaceChildren(...(criteria.length ? criteria.map((criterion) => this.row(criterion, byRule.has(criterion.name))) : [el("p", { class: "siting-note" }, t("siting_weights_later"))]));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  /**
   * @param {any} criterion
   * @param {boolean} byRule whether it counts because the service's rule table says so
   */
  row(criterion, byRule) {
    const { name, title } = criterion;
    const id = `siting-weight-${name}`;
    const share = el("output", { for: id, class: "siting-share" });
    const slider = /** @type {HTMLInputElement} */ (el("input", { type: "range", id, min: "0", max: String(MOST), step: "1", input: () => this.move(name, Number(slider.value)) }));
    const swatch = coloured(el("span", { class: "siting-swatch", "aria-hidden": "true" }), criterion);
    this.rows.set(name, { slider, share });
    return el("div", { class: "siting-slider" }, el("label", { for: id }, swatch, el("span", {}, localized(title), " ", byRule && badge(t("siting_by_rule"), "rule"))), slider, share);
  }

  /**
   * A slider was moved: from here on every weight is one that was given.
   * @param {string} name
   * @param {number} value
   */
  move(name, value) {
    this.weigh({ ...this.values, [name]: value });
  }

  /**
   * Gateways that nothing asks for can be made to count.
   * @param {any[]} shown
   */
  showAdding(shown) {
    const names = new Set(shown.map(({ name }) => name));
    const free = this.answer ? this.options.criteria.filter(({ name, group }) => group === GATEWAYS && !names.has(name)) : [];
    const add = (/** @type {any} */ event) => event.target.value && this.change({ weights: { ...this.values, [event.target.value]: ADDED } });
    const options = free.map(({ name, title }) => el("option", { value: name }, localized(title)));
    const select = el("select", { id: "siting-add-criterion", change: add }, el("option", { value: "" }, t("siting_add_criterion_none")), ...options);
    this.add.replaceChildren(...(free.length && shown.length ? [el("label", { for: "siting-add-criterion" }, t("siting_add_criterion")), select] : []));
  }

  /** @param {Question} question */
  showNeeds(question) {
    const needs = this.answer?.request.needs ?? [];
    const isOn = question.needs !== "off";
    if (isOn && !needs.length) return this.needs.replaceChildren();
    const gateways = needs.map((/** @type {any} */ need) => need.gateway);
    const turn = (/** @type {any} */ event) => {
      const weights = Object.fromEntries(Object.entries(question.weights).filter(([name]) => !gateways.includes(name)));
      this.change(event.target.checked ? { needs: "" } : { needs: "off", weights });
    };
    const box = el("input", { type: "checkbox", id: "siting-needs", checked: isOn, change: turn });
    const focused = document.activeElement?.id === "siting-needs";
    this.needs.replaceChildren(
      el("label", { for: "siting-needs", class: "siting-check" }, box, t("siting_needs")),
      isOn ? el("ul", { class: "siting-lines" }, ...needs.map(needLine)) : el("p", { class: "siting-note" }, t("siting_needs_off")),
    );
    if (focused) box.focus({ preventScroll: true });
  }

  /**
   * The weights in a line.
   * @param {Question} question
   */
  says(question) {
    if (Object.keys(question.weights).length) return t("siting_weights_own");
    const preset = this.options.presets.find((each) => (question.preset ? each.name === question.preset : each.default));
    const title = localized(preset?.title);
    const named = [...this.options.groups, ...this.options.criteria];
    const titles = (/** @type {string[]} */ names) => names.map((name) => localized(named.find((each) => each.name === name)?.title) || name).join(t("list"));
    const parts = present([
      question.emphasis.length > 0 ? t("siting_weights_emphasis", { preset: title, groups: titles(question.emphasis) }) : title,
      question.far_from.length > 0 && t("siting_weights_far", { gateways: titles(question.far_from) }),
      question.needs === "off" && t("siting_weights_no_needs"),
    ]);
    return parts.join(t("list_of_lists"));
  }

  /** @param {string} text who comes first now */
  sayLeaders(text) {
    this.leaders.textContent = text;
  }
}

/**
 * Why a gateway counts.
 * @param {any} need
 */
export function needLine({ title, why }) {
  return el("li", {}, badge(t("siting_by_rule"), "rule"), " ", el("b", {}, localized(title)), t("colon"), localized(why));
}

/** @param {number} share 0 to 1 */
export function percent(share) {
  const value = share * 100;
  return `${number(value, value > 0 && value < 10 && Math.abs(value - Math.round(value)) > 0.05 ? 1 : 0)}%`;
}
