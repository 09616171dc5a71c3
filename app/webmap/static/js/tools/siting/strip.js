// The points of a candidate as a strip: each criterion has room for what it weighs, filled as far as its value goes.
import { config, t } from "../../config.js";
import { el } from "../../dom.js";
import { number } from "../../format.js";
import { coloured, nameOf } from "./localized.js";
import { percent } from "./weighing.js";

/** @typedef {import("./scoring.js").Numbers} Numbers */

export class Strip {
  /**
   * @param {any} result
   * @param {any[]} criteria of the answer
   */
  constructor(result, criteria) {
    this.readout = el("p", { class: "siting-readout", "aria-hidden": "true", hidden: true });
    /** @type {{value: any, criterion: any, slot: HTMLElement, fill: HTMLElement}[]} */
    this.slots = result.criteria.map((/** @type {any} */ value, /** @type {number} */ place) => {
      const criterion = criteria.find(({ name }) => name === value.name);
      const fill = el("span", { class: "siting-fill" });
      fill.style.width = `${value.normalised * 100}%`;
      const slot = coloured(el("span", { class: value.missing ? "siting-slot siting-slot-missing" : "siting-slot", role: "img", tabindex: place === 0 ? "0" : "-1", "data-name": value.name }, fill), criterion);
      return { value, criterion, slot, fill };
    });
    this.bar = el(
      "div",
      {
        class: "siting-strip",
        role: "group",
        "aria-label": t("siting_strip", { name: nameOf(result) }),
        pointerover: (event) => this.explain(event.target),
        pointerleave: () => this.hush(),
        focusin: (event) => this.explain(event.target),
        focusout: () => this.hush(),
        click: (event) => this.explain(event.target),
        keydown: (event) => this.key(event),
      },
      ...this.slots.map(({ slot }) => slot),
    );
    /** @type {Numbers} */
    this.weights = {};
  }

  /** @param {Numbers} weights adding up to 1 */
  weigh(weights) {
    this.weights = weights;
    for (const { value, slot } of this.slots) {
      const weight = weights[value.name] ?? 0;
      slot.style.flexGrow = String(weight);
      slot.hidden = weight === 0;
      slot.setAttribute("aria-label", this.says(value.name));
    }
  }

  /** @param {string} name of a criterion */
  says(name) {
    const { value, criterion } = /** @type {any} */ (this.slots.find((slot) => slot.value.name === name));
    const weight = this.weights[name] ?? 0;
    return t(value.missing ? "siting_slot_missing" : "siting_slot", { criterion: criterion.title[config.language], value: number(value.normalised, 2), weight: percent(weight), points: number(100 * weight * value.normalised, 1) });
  }

  /** @param {any} target */
  explain(target) {
    const name = target.closest?.(".siting-slot")?.dataset.name;
    if (!name) return;
    this.readout.textContent = this.says(name);
    this.readout.hidden = false;
  }

  hush() {
    if (!this.bar.contains(document.activeElement)) this.readout.hidden = true;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const shown = this.slots.map(({ slot }) => slot).filter((slot) => !slot.hidden);
    const at = shown.indexOf(/** @type {HTMLElement} */ (event.target));
    /** @type {Record<string, HTMLElement|undefined>} */
    const to = { ArrowRight: shown[at + 1], ArrowLeft: shown[at - 1], Home: shown[0], End: shown.at(-1) };
    const next = to[event.key];
    if (!(event.key in to)) return;
    event.preventDefault();
    if (!next) return;
    for (const slot of shown) slot.tabIndex = slot === next ? 0 : -1;
    next.focus();
  }
}
