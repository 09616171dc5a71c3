// Step two: how much land.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { area, number } from "../../format.js";

/** Hectares in a unit; 1 公顷 is 15 亩. */
const UNITS = /** @type {[string, number][]} */ ([["公顷", 1], ["亩", 1 / 15], ["km²", 100]]);

/**
 * @param {string} text such as 750亩
 * @returns {{value: number, unit: string, ha: number}|null}
 */
export function readArea(text) {
  const match = /^\s*(-?[\d.,]+)\s*(\S*)\s*$/.exec(text.normalize("NFC"));
  const value = Number(match?.[1].replaceAll(",", ""));
  if (!match || !Number.isFinite(value)) return null;
  const named = /^(km2|km\^2|平方公里)$/i.test(match[2]) ? "km²" : match[2] || "公顷";
  const unit = UNITS.find(([name]) => name === named);
  return unit ? { value, unit: unit[0], ha: value * unit[1] } : null;
}

/** @param {string} text */
export function areaSays(text) {
  const read = readArea(text);
  if (!read) return text;
  return t(`siting_unit_says_${UNITS.findIndex(([name]) => name === read.unit)}`, { value: number(read.value) });
}

export class Size {
  /** @param {(area: string) => void} change */
  constructor(change) {
    this.change = change;
    this.box = /** @type {HTMLInputElement} */ (el("input", { type: "number", id: "siting-area", min: "0", step: "any", inputmode: "decimal", input: () => this.told() }));
    this.unit = /** @type {HTMLSelectElement} */ (
      el("select", { "aria-label": t("siting_unit"), change: () => this.told() }, ...UNITS.map(([name], place) => el("option", { value: name }, t(`siting_unit_${place}`))))
    );
    this.says = el("p", { class: "siting-note", role: "status" });
    this.body = el("div", { class: "siting-size" }, el("label", { for: "siting-area" }, t("siting_area")), el("div", { class: "siting-pair" }, this.box, this.unit), this.says);
  }

  told() {
    const text = this.box.value.trim() ? `${this.box.value.trim()}${this.unit.value}` : "";
    this.explain(text);
    this.change(text);
  }

  /** @param {string} text */
  show(text) {
    const read = readArea(text);
    if (document.activeElement !== this.box && this.box.value !== String(read?.value ?? "")) this.box.value = read ? String(read.value) : "";
    if (read) this.unit.value = read.unit;
    this.explain(text);
  }

  /** @param {string} text */
  explain(text) {
    const read = readArea(text);
    if (!read) this.says.textContent = t("siting_area_hint");
    else this.says.textContent = read.ha > 0 ? area(read.ha, read.ha < 10 ? 2 : 1) : t("siting_area_wrong");
  }
}
