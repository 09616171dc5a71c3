// Step three: where it may lie, and where not.
import { config, t } from "../../config.js";
import { el, present } from "../../dom.js";
import { inLanguage, list, number } from "../../format.js";
import { several } from "./choosing.js";
import { GATEWAYS, coarse } from "./question.js";

/** @typedef {import("./question.js").Question} Question */
/** @typedef {import("./choosing.js").Group} Group */

/** Zones to lie in; parks and what is in them are the candidates themselves. */
const KINDS = ["district", "development_zone", "park"];

/** Groups of layers that come with the service; others were published by whoever runs it. */
const OWN_GROUPS = ["administration", "parks", "plans", "industry", "facilities"];

export class Where {
  /**
   * @param {import("../../main.js").Workbench} workbench
   * @param {object} how
   * @param {(change: Partial<Question>, how?: {soon?: boolean}) => void} how.change
   * @param {() => void} how.draw lets a polygon be drawn
   * @param {any} how.options
   */
  constructor(workbench, { change, draw, options }) {
    this.workbench = workbench;
    this.change = change;
    this.draw = draw;
    this.options = options;
    /** @type {any[]} */
    this.zones = [];
    /** @type {any[]} */
    this.plans = [];
    this.body = el("div", { class: "siting-where" });
  }

  /**
   * @param {any[]} zones
   * @param {any[]} plans
   */
  know(zones, plans) {
    this.zones = zones;
    this.plans = plans;
  }

  get levels() {
    return this.workbench.layers.get("parks")?.definition.fields.find(({ name }) => name === "level")?.choices ?? {};
  }

  /** @param {Question} question */
  show(question) {
    const kept = this.body.contains(document.activeElement) ? document.activeElement?.id : "";
    const zones = this.zoneGroups();
    const elements = this.elementGroups();
    const pick = (/** @type {"districts"|"avoid_districts"|"in_elements"|"avoid_elements"|"exclude_layers"} */ field, /** @type {Group[]} */ groups) =>
      several({ id: `siting-${field}`, label: t(`siting_${field}`), values: question[field], groups, change: (values) => this.change({ [field]: values }) });
    this.body.replaceChildren(
      ...present([
        this.levelBoxes(question),
        pick("districts", zones),
        pick("avoid_districts", zones),
        pick("in_elements", elements),
        pick("avoid_elements", elements),
        this.range(question),
        this.distances(question),
        pick("exclude_layers", [{ title: null, options: this.grounds() }]),
        this.candidates(question),
      ]),
    );
    if (kept) document.getElementById(kept)?.focus({ preventScroll: true });
  }

  /** @returns {Group[]} */
  zoneGroups() {
    return KINDS.map((kind) => ({
      title: t(`siting_kind_${kind}`),
      options: this.zones.filter((zone) => zone.kind === kind).map((zone) => ({ value: zone.id, text: String(inLanguage(zone, "name")) })),
    })).filter(({ options }) => options.length);
  }

  /** @returns {Group[]} */
  elementGroups() {
    return this.plans.map((plan) => ({
      title: String(inLanguage(plan, "name")),
      options: plan.elements.map((/** @type {any} */ one) => ({ value: one.id, text: String(inLanguage(one, "name")) })),
    }));
  }

  /** Polygon layers that may rule out what they cover: not the zones themselves. */
  grounds() {
    return config.layers.filter((layer) => layer.geometry === "polygon" && layer.detail !== "/api/zones/{id}").map(({ id, title }) => ({ value: id, text: title }));
  }

  /** @param {Question} question */
  levelBoxes(question) {
    const boxes = Object.entries(this.levels).map(([level, title]) => {
      const id = `siting-level-${level}`;
      const box = el("input", { type: "checkbox", id, checked: question.level.includes(level), change: (event) => this.change({ level: event.target.checked ? [...question.level, level] : question.level.filter((one) => one !== level) }) });
      return el("label", { for: id, class: "siting-check" }, box, title);
    });
    return el("fieldset", {}, el("legend", {}, t("siting_level")), el("div", { class: "siting-checks" }, ...boxes));
  }

  /** @param {Question} question */
  range(question) {
    const drawn = this.workbench.drawing && coarse(this.workbench.drawing);
    const button = (/** @type {string} */ key, /** @type {() => void} */ run) => el("button", { type: "button", class: "button", id: `siting-range-${key}`, click: run }, t(`siting_range_${key}`));
    const isOther = drawn && JSON.stringify(drawn) !== JSON.stringify(question.within);
    return el(
      "div",
      { class: "siting-range", role: "group", "aria-label": t("siting_range") },
      el("span", {}, t("siting_range")),
      el("span", { class: "siting-note" }, question.within ? t("siting_range_set", { count: corners(question.within) }) : t("siting_range_none")),
      el(
        "div",
        { class: "siting-buttons" },
        isOther && button("take", () => this.change({ within: drawn })),
        button(drawn ? "redraw" : "draw", () => this.draw()),
        question.within && button("drop", () => this.change({ within: null })),
      ),
    );
  }

  /** @param {Question} question */
  distances(question) {
    const rows = GATEWAYS.map((gateway) => {
      const title = this.gatewayName(gateway);
      const cells = /** @type {const} */ (["max_km", "min_km"]).map((field) => el("td", {}, this.distance(question, field, gateway, title)));
      return el("tr", {}, el("th", { scope: "row" }, title), ...cells);
    });
    const head = el("tr", {}, el("td", {}), el("th", { scope: "col" }, t("siting_at_most")), el("th", { scope: "col" }, t("siting_at_least")));
    return el("table", { class: "siting-distances" }, el("caption", {}, t("siting_distances")), el("thead", {}, head), el("tbody", {}, ...rows));
  }

  /**
   * @param {Question} question
   * @param {"max_km"|"min_km"} field
   * @param {string} gateway
   * @param {string} title
   */
  distance(question, field, gateway, title) {
    const label = t(`siting_${field}_label`, { gateway: title });
    const value = question[field][gateway];
    const change = (/** @type {any} */ event) => {
      const { [gateway]: _, ...others } = question[field];
      const text = event.target.value.trim();
      this.change({ [field]: text === "" ? others : { ...others, [gateway]: Number(text) } });
    };
    const box = el("input", { type: "number", id: `siting-${field}-${gateway}`, min: "0", step: "any", inputmode: "decimal", "aria-label": label, value: value === undefined ? "" : String(value), change });
    return el("span", { class: "siting-km" }, box, t("siting_km"));
  }

  /** @param {string} gateway */
  gatewayName(gateway) {
    return this.options.gateways.find((/** @type {any} */ one) => one.name === gateway)?.title[config.language] ?? gateway;
  }

  /** @param {Question} question */
  candidates(question) {
    const layers = config.layers.filter(({ group, id }) => !OWN_GROUPS.includes(group) || id === question.layer);
    if (!layers.length) return null;
    const options = layers.map(({ id, title }) => el("option", { value: id, selected: id === question.layer }, title));
    return el(
      "div",
      { class: "siting-several" },
      el("label", { for: "siting-layer" }, t("siting_layer")),
      el("select", { id: "siting-layer", change: (event) => this.change({ layer: event.target.value }) }, el("option", { value: "" }, t("siting_layer_usual")), ...options),
    );
  }

  /**
   * What is asked for, in a line.
   * @param {Question} question
   */
  says(question) {
    const named = (/** @type {string[]} */ ids, /** @type {Group[]} */ groups) => {
      const names = new Map(groups.flatMap(({ options }) => options.map(({ value, text }) => [value, text])));
      return list(ids.map((id) => names.get(id) ?? id));
    };
    const [zones, elements] = [this.zoneGroups(), this.elementGroups()];
    const distances = (/** @type {"max_km"|"min_km"} */ field) => Object.entries(question[field]).map(([gateway, km]) => t(`siting_says_${field}`, { gateway: this.gatewayName(gateway), km: number(km) }));
    const parts = present([
      question.level.length > 0 && list(question.level.map((level) => this.levels[level] ?? level)),
      question.districts.length > 0 && named(question.districts, zones),
      question.avoid_districts.length > 0 && t("siting_says_avoid", { names: named(question.avoid_districts, zones) }),
      question.in_elements.length > 0 && named(question.in_elements, elements),
      question.avoid_elements.length > 0 && t("siting_says_avoid", { names: named(question.avoid_elements, elements) }),
      question.within && t("siting_says_within"),
      ...distances("max_km"),
      ...distances("min_km"),
      question.exclude_layers.length > 0 && t("siting_says_avoid", { names: named(question.exclude_layers, [{ title: null, options: this.grounds() }]) }),
      question.layer && (config.layers.find(({ id }) => id === question.layer)?.title ?? question.layer),
    ]);
    return parts.filter(Boolean).join(t("list_of_lists"));
  }
}

/** @param {any} shape */
function corners(shape) {
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  return polygons.flat().reduce((/** @type {number} */ sum, /** @type {any[]} */ ring) => sum + Math.max(0, ring.length - 1), 0);
}
