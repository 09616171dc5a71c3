// Step two: how much land, or how much floor of which kind of building.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { area as areaText, number } from "../../format.js";
import { localized } from "./localized.js";

/** Hectares in a unit; 1 公顷 is 15 亩. */
const UNITS = /** @type {[string, number][]} */ ([["公顷", 1], ["亩", 1 / 15], ["km²", 100]]);

/** Square metres in a unit of floor area. */
const FLOOR_UNITS = /** @type {[string, number][]} */ ([["平方米", 1], ["万平方米", 10000]]);

const SPELLINGS = /** @type {Record<string, string>} */ ({ km2: "km²", "km^2": "km²", 平方公里: "km²", 平方千米: "km²", ha: "公顷", 平米: "平方米", "㎡": "平方米", m2: "平方米", "m²": "平方米", 万平米: "万平方米", "万㎡": "万平方米" });

/** What a person has written with a unit of its own, or in words. */
const HAS_UNIT = /[^\d.,\s]$/;

/** @typedef {{numbers: number[], digits: string, unit: string, place: number, factor: number}} Amount */

/**
 * A number or a range with its unit.
 * @param {string} text such as 750亩 or 300-500亩
 * @param {[string, number][]} units
 * @returns {Amount|null}
 */
function readAmount(text, units) {
  const match = /^\s*(-?[\d.,]+(?:\s*[-–—~～至到]\s*[\d.,]+)?)\s*(\S*)\s*$/.exec(text.normalize("NFC"));
  if (!match) return null;
  const numbers = [...match[1].matchAll(/(^-)?[\d.,]+/g)].map(([digits]) => Number(digits.replaceAll(",", "")));
  const unit = SPELLINGS[match[2]] ?? SPELLINGS[match[2].toLowerCase()] ?? (match[2] || units[0][0]);
  const place = units.findIndex(([name]) => name === unit);
  return place < 0 || !numbers.every(Number.isFinite) ? null : { numbers, digits: match[1].trim(), unit, place, factor: units[place][1] };
}

/** @param {string} text */
export function readArea(text) {
  return readAmount(text, UNITS);
}

/** @param {Amount} amount */
function digitsOf({ numbers }) {
  return numbers.map((each) => number(each)).join("–");
}

/**
 * In the unit in which it was given.
 * @param {string} text
 */
function areaSays(text) {
  const amount = readArea(text);
  return amount ? t(`siting_unit_says_${amount.place}`, { value: digitsOf(amount) }) : text;
}

/** @param {string} text */
function floorSays(text) {
  const amount = readAmount(text, FLOOR_UNITS);
  return amount ? t(`siting_floor_says_${amount.place}`, { value: digitsOf(amount) }) : text;
}

/** @typedef {import("./question.js").Question} Question */

export class Size {
  /**
   * @param {{name: string, title: any}[]} premises kinds of buildings
   * @param {(part: Partial<Question>) => void} change
   */
  constructor(premises, change) {
    this.change = change;
    /** @type {{ha: number}|null} the area as the service has understood it, where it was written in words */
    this.understood = null;
    this.titles = new Map(premises.map(({ name, title }) => [name, localized(title)]));
    this.area = amountControl("siting-area", UNITS.map(([name], place) => ({ value: name, text: t(`siting_unit_${place}`) })), () => this.changeArea());
    this.floor = amountControl("siting-floor", FLOOR_UNITS.map(([name], place) => ({ value: name, text: t(`siting_floor_unit_${place}`) })), () => this.changeFloor());
    this.hint = el("p", { class: "siting-note", role: "status" });
    const kinds = [...this.titles].map(([name, title]) => el("option", { value: name }, title));
    this.premises = /** @type {HTMLSelectElement} */ (el("select", { id: "siting-premises", change: () => this.changeFloor() }, el("option", { value: "" }, t("siting_premises_any")), ...kinds));
    this.body = el(
      "div",
      { class: "siting-size" },
      el("label", { for: "siting-area" }, t("siting_area")),
      this.area.root,
      this.hint,
      el("label", { for: "siting-floor" }, t("siting_floor")),
      this.floor.root,
      el("div", { class: "siting-several" }, el("label", { for: "siting-premises" }, t("siting_premises_kind")), this.premises),
      el("p", { class: "siting-note" }, t("siting_floor_hint")),
    );
  }

  changeArea() {
    const area = this.area.text();
    this.explain(area);
    this.change({ area });
  }

  changeFloor() {
    this.change({ floor: this.floor.text(), premises: this.premises.value });
  }

  /**
   * @param {Question} question
   * @param {any} request of the answer, or null
   */
  show({ area, floor, premises }, request) {
    this.understood = request?.area?.given === area ? request.area : null;
    this.area.show(area, readArea(area));
    this.floor.show(floor, readAmount(floor, FLOOR_UNITS));
    this.premises.value = this.titles.has(premises) ? premises : "";
    this.explain(area);
  }

  /**
   * What is asked for, in a line.
   * @param {Question} question
   */
  says({ area, floor, premises }) {
    const building = [this.titles.get(premises) ?? premises, floor && floorSays(floor)].filter(Boolean).join(" ");
    return [area && areaSays(area), building].filter(Boolean).join(t("list_of_lists"));
  }

  /** @param {string} text */
  explain(text) {
    const amount = readArea(text);
    if (!amount && this.understood) this.hint.textContent = areaText(this.understood.ha);
    else if (!amount) this.hint.textContent = t(text ? "siting_area_wrong" : "siting_area_hint");
    else if (!amount.numbers.every((each) => each > 0)) this.hint.textContent = t("siting_area_wrong");
    else this.hint.textContent = amount.numbers.map((each) => areaText(each * amount.factor, each * amount.factor < 10 ? 2 : 1)).join(t("siting_range_to"));
  }
}

/**
 * A box for a number or a range, and its unit.
 * @param {string} id
 * @param {{value: string, text: string}[]} units
 * @param {() => void} change
 */
function amountControl(id, units, change) {
  const box = /** @type {HTMLInputElement} */ (el("input", { type: "text", id, inputmode: "decimal", autocomplete: "off", maxlength: "40", input: change }));
  const unit = /** @type {HTMLSelectElement} */ (el("select", { "aria-label": t("siting_unit"), change }, ...units.map(({ value, text }) => el("option", { value }, text))));
  const text = () => {
    const value = box.value.trim();
    return value === "" || HAS_UNIT.test(value) ? value : `${value}${unit.value}`;
  };
  const show = (/** @type {string} */ given, /** @type {Amount|null} */ amount) => {
    const digits = amount?.digits ?? given;
    if (document.activeElement !== box && box.value !== digits) box.value = digits;
    if (amount) unit.value = amount.unit;
  };
  return { root: el("div", { class: "siting-pair" }, box, unit), text, show };
}
