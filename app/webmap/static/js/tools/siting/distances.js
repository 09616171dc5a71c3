// Distances of a question: to the nearest gateway of a kind, and to places that are named.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { localized } from "./localized.js";

/** @typedef {import("./question.js").Question} Question */
/** @typedef {import("./choosing.js").Group} Group */
/** @typedef {(part: Partial<Question>) => void} Change */

/** How far a named place may be: any distance, the nearer the better; at most; at least. */
const MODES = ["nearer", "within", "beyond"];

/**
 * A table of gateways: at most, at least, and which way is better.
 * @param {Question} question
 * @param {{name: string, title: any}[]} gateways
 * @param {Change} change
 */
export function gatewayTable(question, gateways, change) {
  const rows = gateways.map(({ name, title }) => {
    const cells = /** @type {const} */ (["max_km", "min_km"]).map((field) => el("td", {}, limit(question, field, name, localized(title), change)));
    return el("tr", {}, el("th", { scope: "row" }, localized(title)), ...cells, el("td", {}, leaning(question, name, localized(title), change)));
  });
  const heads = ["siting_at_most", "siting_at_least", "siting_leaning"].map((key) => el("th", { scope: "col" }, t(key)));
  return el("table", { class: "siting-distances" }, el("caption", {}, t("siting_distances")), el("thead", {}, el("tr", {}, el("td", {}), ...heads)), el("tbody", {}, ...rows));
}

/**
 * @param {Question} question
 * @param {"max_km"|"min_km"} field
 * @param {string} gateway
 * @param {string} title
 * @param {Change} change
 */
function limit(question, field, gateway, title, change) {
  const value = question[field][gateway];
  const take = (/** @type {any} */ event) => {
    const { [gateway]: _, ...others } = question[field];
    const text = event.target.value.trim();
    change({ [field]: text === "" ? others : { ...others, [gateway]: Number(text) } });
  };
  return kilometres(`siting-${field}-${gateway}`, t(`siting_${field}_label`, { gateway: title }), value, take, "");
}

/**
 * @param {string} id
 * @param {string} label
 * @param {number|null|undefined} value
 * @param {(event: any) => void} take
 * @param {string} [unit] what stands after the box
 */
function kilometres(id, label, value, take, unit = t("siting_km")) {
  const box = el("input", { type: "number", id, min: "0", step: "any", inputmode: "decimal", "aria-label": label, value: value === undefined || value === null ? "" : String(value), change: take });
  return el("span", { class: "siting-km" }, box, unit);
}

/**
 * Whether nearer or farther is better; choosing it gives up weights that were set by hand.
 * @param {Question} question
 * @param {string} gateway
 * @param {string} title
 * @param {Change} change
 */
function leaning({ emphasis, far_from: far }, gateway, title, change) {
  const now = emphasis.includes(gateway) ? "near" : far.includes(gateway) ? "far" : "";
  const take = (/** @type {any} */ event) => {
    const choice = event.target.value;
    const others = (/** @type {string[]} */ names) => names.filter((name) => name !== gateway);
    change({ emphasis: [...others(emphasis), ...(choice === "near" ? [gateway] : [])], far_from: [...others(far), ...(choice === "far" ? [gateway] : [])], weights: {} });
  };
  const options = ["", "near", "far"].map((choice) => el("option", { value: choice, selected: choice === now }, t(`siting_leaning_${choice || "none"}`)));
  return el("select", { id: `siting-leaning-${gateway}`, "aria-label": t("siting_leaning_label", { gateway: title }), change: take }, ...options);
}

/** Distances to named places: each a line with what is wanted of it. */
export class NamedPlaces {
  /** @param {Change} change */
  constructor(change) {
    this.change = change;
    /** @type {Map<string, string>} modes that still lack their kilometres, by place */
    this.pending = new Map();
  }

  /**
   * @param {Question} question
   * @param {Group[]} groups places that may be named
   * @param {(id: string) => string} name
   */
  show(question, groups, name) {
    const chosen = [...new Set([...Object.keys(question.near), ...Object.keys(question.apart), ...this.pending.keys()])];
    const add = (/** @type {any} */ event) => event.target.value && this.change({ near: { ...question.near, [event.target.value]: null } });
    const free = groups.map(({ title, options }) => ({ title, options: options.filter(({ value }) => !chosen.includes(value)) })).filter(({ options }) => options.length);
    const select = el(
      "select",
      { id: "siting-near-add", class: "siting-add", change: add },
      el("option", { value: "" }, t(chosen.length ? "siting_add_more" : "siting_near_none")),
      ...free.map(({ title, options }) => el("optgroup", { label: title ?? "" }, ...options.map(({ value, text }) => el("option", { value }, text)))),
    );
    const lines = chosen.map((id) => this.line(question, id, name(id)));
    return el("div", { class: "siting-several siting-named" }, el("label", { for: "siting-near-add" }, t("siting_near")), lines.length > 0 && el("ul", { class: "siting-named-list", "aria-label": t("siting_near") }, ...lines), select);
  }

  /**
   * @param {Question} question
   * @param {string} id
   * @param {string} name
   */
  line(question, id, name) {
    const { near, apart } = question;
    const mode = this.pending.get(id) ?? (id in apart ? "beyond" : typeof near[id] === "number" ? "within" : "nearer");
    const km = mode === "beyond" ? apart[id] : near[id];
    const put = (/** @type {string} */ how, /** @type {number|null|undefined} */ distance) => {
      const [{ [id]: _, ...otherNear }, { [id]: __, ...otherApart }] = [near, apart];
      this.pending.delete(id);
      if (how !== "nearer" && typeof distance !== "number") this.pending.set(id, how);
      if (how === "nearer") this.change({ near: { ...otherNear, [id]: null }, apart: otherApart });
      else if (typeof distance !== "number") this.change({ near: { ...otherNear, ...(how === "within" ? { [id]: null } : {}) }, apart: otherApart });
      else this.change(how === "within" ? { near: { ...otherNear, [id]: distance }, apart: otherApart } : { near: otherNear, apart: { ...otherApart, [id]: distance } });
    };
    const drop = () => {
      const [{ [id]: _, ...otherNear }, { [id]: __, ...otherApart }] = [near, apart];
      this.pending.delete(id);
      this.change({ near: otherNear, apart: otherApart });
    };
    const options = MODES.map((each) => el("option", { value: each, selected: each === mode }, t(`siting_near_${each}`)));
    const box = (/** @type {any} */ event) => put(mode, event.target.value.trim() === "" ? null : Number(event.target.value));
    return el(
      "li",
      { class: "siting-named-place" },
      el("span", {}, name),
      el("select", { id: `siting-near-mode-${id}`, "aria-label": t("siting_near_mode", { place: name }), change: (event) => put(event.target.value, km) }, ...options),
      mode !== "nearer" && kilometres(`siting-near-km-${id}`, t("siting_near_km", { place: name }), km, box),
      el("button", { type: "button", class: "siting-remove", "aria-label": t("siting_drop", { name }), click: drop }, "×"),
    );
  }
}

/**
 * The distances of a question in words.
 * @param {Question} question
 * @param {(gateway: string) => string} gatewayName
 * @param {(id: string) => string} placeName
 * @returns {string[]}
 */
export function distancesSay(question, gatewayName, placeName) {
  const limits = (/** @type {"max_km"|"min_km"} */ field) => Object.entries(question[field]).map(([gateway, km]) => t(`siting_says_${field}`, { gateway: gatewayName(gateway), km: number(km) }));
  const near = Object.entries(question.near).map(([id, km]) => (km === null ? t("siting_says_nearer", { place: placeName(id) }) : t("siting_says_within_km", { place: placeName(id), km: number(km) })));
  const apart = Object.entries(question.apart).map(([id, km]) => t("siting_says_beyond_km", { place: placeName(id), km: number(km) }));
  return present([...limits("max_km"), ...limits("min_km"), ...near, ...apart]);
}
