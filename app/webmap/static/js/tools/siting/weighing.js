// Step four: what matters. Weights that go together, and a slider for each.
import { config, t } from "../../config.js";
import { el } from "../../dom.js";
import { number } from "../../format.js";
import { asked, shared } from "./scoring.js";

/** @typedef {import("./scoring.js").Options} Options */
/** @typedef {import("./scoring.js").Numbers} Numbers */
/** @typedef {import("./question.js").Question} Question */

/** Weights on the sliders add up to this where they come from a preset. */
const WHOLE = 100;

/** Weights that add up to less are drawn out. */
const LEAST = 20;

export class Weighing {
  /**
   * @param {Options} options
   * @param {object} how
   * @param {(preset: string) => void} how.choose
   * @param {(weights: Numbers) => void} how.weigh
   */
  constructor(options, { choose, weigh }) {
    this.options = options;
    this.weigh = weigh;
    /** @type {Numbers} */
    this.raw = {};
    /** @type {Set<string>} */
    this.idle = new Set();
    this.scale = 1;
    /** @type {Numbers|null} the weights that the sliders have set */
    this.own = null;
    this.presets = el(
      "div",
      { class: "siting-presets", role: "group", "aria-label": t("siting_presets") },
      ...options.presets.map(({ name, title }) => el("button", { type: "button", "data-preset": name, click: () => choose(name) }, title[config.language])),
    );
    /** @type {Map<string, {slider: HTMLInputElement, share: HTMLElement, row: HTMLElement}>} */
    this.rows = new Map();
    const rows = options.groups.flatMap(({ name, title }) => {
      const members = options.criteria.filter((one) => one.group === name);
      const row = this.row(name, title[config.language], name);
      if (members.length === 1) return [row];
      const inner = members.map((one) => this.row(one.name, one.title[config.language], name));
      return [row, el("details", { class: "siting-apart" }, el("summary", {}, t("siting_apart", { group: title[config.language] })), ...inner)];
    });
    this.front = el("p", { class: "siting-front", role: "status" });
    this.body = el("div", { class: "siting-weights" }, this.presets, el("div", { class: "siting-sliders" }, ...rows), this.front);
  }

  /**
   * @param {string} name of a group or criterion
   * @param {string} title
   * @param {string} group
   */
  row(name, title, group) {
    const id = `siting-weight-${name}`;
    const share = el("output", { for: id, class: "siting-share" });
    const slider = /** @type {HTMLInputElement} */ (el("input", { type: "range", id, min: "0", max: String(WHOLE), step: "1", input: () => this.moved(name, Number(slider.value)) }));
    const row = el("div", { class: "siting-slider" }, el("label", { for: id }, el("span", { class: `siting-swatch siting-of-${group}`, "aria-hidden": "true" }), title), slider, share);
    this.rows.set(name, { slider, share, row });
    return row;
  }

  /**
   * A slider was moved: from here on every weight is one that was given.
   * @param {string} name
   * @param {number} value
   */
  moved(name, value) {
    const { scale } = this;
    const raw = Object.fromEntries(Object.entries(this.raw).map(([one, weight]) => [one, Math.round(weight * scale * 100) / 100]));
    const group = this.options.criteria.find((one) => one.name === name && one.group !== name)?.group;
    if (group) {
      const members = this.options.criteria.filter((one) => one.group === group);
      for (const one of members) raw[one.name] ??= Math.round((raw[group] / members.length) * 100) / 100;
      delete raw[group];
    } else for (const one of this.options.criteria) if (one.group === name && one.name !== name) delete raw[one.name];
    raw[name] = value;
    this.own = raw;
    this.weigh(raw);
  }

  /**
   * What weights are multiplied with to be shown on the sliders; those that come from the sliders are shown as they are.
   * @param {Question} question
   */
  scaleOf(question) {
    if (question.weights === this.own) return 1;
    const total = Object.values(this.effective).reduce((sum, weight) => sum + weight, 0);
    const most = Math.max(...Object.values(this.raw));
    const fits = Object.keys(question.weights).length > 0 && most <= WHOLE && total >= LEAST;
    return fits || total === 0 ? 1 : Math.min(WHOLE / total, WHOLE / most);
  }

  /** The weights without those of groups whose criteria all have their own. */
  get effective() {
    const { criteria } = this.options;
    const isApart = (/** @type {string} */ group) => criteria.filter((one) => one.group === group).every((one) => one.name !== group && this.raw[one.name] !== undefined);
    return Object.fromEntries(Object.entries(this.raw).filter(([name]) => !isApart(name)));
  }

  /**
   * @param {Question} question
   * @param {Set<string>} idle
   */
  show(question, idle) {
    this.idle = idle;
    const given = Object.keys(question.weights).length > 0;
    this.raw = asked(question, this.options);
    const preset = given ? "" : question.emphasis.length ? "" : question.preset || (this.options.presets.find((one) => one.default)?.name ?? "");
    for (const button of this.presets.children) button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.preset === preset));
    const shares = shared(this.raw, this.options.criteria, idle);
    this.scale = this.scaleOf(question);
    for (const [name, { slider, share, row }] of this.rows) {
      const members = this.options.criteria.filter((one) => one.name === name || one.group === name);
      const isIdle = members.every((one) => idle.has(one.name));
      const all = members.reduce((sum, one) => sum + (shares[one.name] ?? 0), 0);
      const value = this.valueOf(name) * this.scale;
      if (document.activeElement !== slider || Number(slider.value) !== Math.round(value)) slider.value = String(Math.round(value));
      slider.disabled = isIdle;
      row.classList.toggle("siting-idle", isIdle);
      share.textContent = isIdle ? t("siting_idle_size") : percent(all);
      slider.setAttribute("aria-valuetext", share.textContent);
    }
  }

  /**
   * The weight of a group or criterion as a slider shows it: a group apart weighs what its criteria weigh together.
   * @param {string} name
   * @returns {number}
   */
  valueOf(name) {
    const { criteria } = this.options;
    const members = criteria.filter((one) => one.group === name && one.name !== name);
    const isApart = members.length > 0 && members.every((one) => this.raw[one.name] !== undefined);
    if (isApart) return members.reduce((sum, one) => sum + this.raw[one.name], 0);
    if (this.raw[name] !== undefined) return this.raw[name];
    const group = criteria.find((one) => one.name === name)?.group ?? name;
    return (this.raw[group] ?? 0) / criteria.filter((one) => one.group === group && this.raw[one.name] === undefined).length;
  }

  /**
   * The weights in a line.
   * @param {Question} question
   */
  says(question) {
    if (Object.keys(question.weights).length) return t("siting_weights_own");
    const preset = this.options.presets.find((one) => (question.preset ? one.name === question.preset : one.default));
    const title = preset?.title[config.language] ?? "";
    const groups = question.emphasis.map((group) => this.options.groups.find((one) => one.name === group)?.title[config.language] ?? group);
    return groups.length ? t("siting_weights_emphasis", { preset: title, groups: groups.join(t("list")) }) : title;
  }

  /** @param {string} text who comes first now */
  sayFront(text) {
    this.front.textContent = text;
  }
}

/** @param {number} share 0 to 1 */
export function percent(share) {
  const value = share * 100;
  return `${number(value, value > 0 && value < 10 && Math.abs(value - Math.round(value)) > 0.05 ? 1 : 0)}%`;
}
