// Step three: where it may lie, and where not.
import { getJson, Problem } from "../../api.js";
import { config, t } from "../../config.js";
import { el, present } from "../../dom.js";
import { inLanguage, list } from "../../format.js";
import { several } from "./choosing.js";
import { NamedPlaces, distancesSay, gatewayTable } from "./distances.js";
import { localized } from "./localized.js";
import { coarse } from "./question.js";

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
    /** @type {any[]|null} named facilities, once they are asked for */
    this.facilities = null;
    /** @type {Map<string, any>} places that questions have named, by id */
    this.understood = new Map();
    this.named = new NamedPlaces(change);
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

  /**
   * Learn the names of places that a question names.
   * @param {any} request of an answer
   */
  learn({ near = [], apart = [] }) {
    for (const named of [...near, ...apart]) this.understood.set(named.place?.id ?? named.place, named.place?.id ? named.place : named);
  }

  /** Nothing is half chosen any more. */
  forget() {
    this.named.pending.clear();
  }

  /** Facilities may be named too; their list comes when the step is first opened. */
  async knowFacilities() {
    if (this.facilities) return;
    this.facilities = [];
    try {
      const collection = await getJson("/layers/facilities.geojson");
      this.facilities = collection.features.map((/** @type {any} */ feature) => ({ id: feature.id, ...feature.properties }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.facilities = null;
    }
  }

  get levels() {
    return this.workbench.layers.get("parks")?.definition.fields.find(({ name }) => name === "level")?.choices ?? {};
  }

  /** @param {Question} question */
  show(question) {
    const kept = this.body.contains(document.activeElement) ? document.activeElement?.id : "";
    const zones = this.zoneGroups();
    const elements = this.elementGroups();
    const pick = (/** @type {"districts"|"prefer_districts"|"avoid_districts"|"in_elements"|"avoid_elements"|"exclude_layers"} */ field, /** @type {Group[]} */ groups) =>
      several({ id: `siting-${field}`, label: t(`siting_${field}`), values: question[field], groups, change: (values) => this.change({ [field]: values }) });
    const part = (/** @type {string} */ key, /** @type {(Node|null|undefined|false)[]} */ content) => el("fieldset", { class: "siting-part" }, el("legend", {}, t(key)), ...present(content));
    this.body.replaceChildren(
      part("siting_required", [
        this.levelBoxes(question, "level"),
        pick("districts", zones),
        pick("avoid_districts", zones),
        pick("in_elements", elements),
        pick("avoid_elements", elements),
        this.range(question),
        pick("exclude_layers", [{ title: null, options: this.grounds() }]),
      ]),
      part("siting_preferred", [el("p", { class: "siting-note" }, t("siting_preferred_note")), this.levelBoxes(question, "prefer_level"), pick("prefer_districts", zones)]),
      part("siting_distance_part", [gatewayTable(question, this.options.gateways, this.change), this.named.show(question, this.placeGroups(), (id) => this.placeName(id))]),
      part("siting_candidates", [this.areas(question), this.candidates(question)]),
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

  /**
   * Zones and facilities that a distance may be measured to.
   * @returns {Group[]}
   */
  placeGroups() {
    const kinds = [...new Set((this.facilities ?? []).map(({ kind }) => kind))];
    const gateways = kinds.map((kind) => ({
      title: this.gatewayName(kind) === kind ? t("siting_facilities") : this.gatewayName(kind),
      options: (this.facilities ?? []).filter((facility) => facility.kind === kind).map((facility) => ({ value: facility.id, text: String(inLanguage(facility, "name")) })),
    }));
    return [...gateways, ...this.zoneGroups()];
  }

  /** @param {string} id of a zone or a facility */
  placeName(id) {
    const place = [...this.zones, ...(this.facilities ?? [])].find((each) => each.id === id) ?? this.understood.get(id);
    return place ? String(inLanguage(place, "name")) : id;
  }

  /** @returns {Group[]} */
  elementGroups() {
    return this.plans.map((plan) => ({
      title: String(inLanguage(plan, "name")),
      options: plan.elements.map((/** @type {any} */ element) => ({ value: element.id, text: String(inLanguage(element, "name")) })),
    }));
  }

  /** Polygon layers that may rule out what they cover: not the zones themselves. */
  grounds() {
    return config.layers.filter((layer) => layer.geometry === "polygon" && layer.detail !== "/api/zones/{id}").map(({ id, title }) => ({ value: id, text: title }));
  }

  /**
   * @param {Question} question
   * @param {"level"|"prefer_level"} field
   */
  levelBoxes(question, field) {
    const chosen = question[field];
    const boxes = Object.entries(this.levels).map(([level, title]) => {
      const id = `siting-${field}-${level}`;
      const box = el("input", { type: "checkbox", id, checked: chosen.includes(level), change: (event) => this.change({ [field]: event.target.checked ? [...chosen, level] : chosen.filter((other) => other !== level) }) });
      return el("label", { for: id, class: "siting-check" }, box, title);
    });
    return el("fieldset", {}, el("legend", {}, t(`siting_${field}`)), el("div", { class: "siting-checks" }, ...boxes));
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

  /** @param {string} gateway */
  gatewayName(gateway) {
    return localized(this.options.gateways.find((/** @type {any} */ each) => each.name === gateway)?.title) || gateway;
  }

  /**
   * Whether functional areas are told inside their park or stand for themselves.
   * @param {Question} question
   */
  areas({ areas }) {
    const box = el("input", { type: "checkbox", id: "siting-areas", checked: areas === "separate", change: (event) => this.change({ areas: event.target.checked ? "separate" : "" }) });
    return el("label", { for: "siting-areas", class: "siting-check" }, box, t("siting_areas_separate"));
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
    const levels = (/** @type {string[]} */ ids) => list(ids.map((level) => this.levels[level] ?? level));
    const parts = present([
      question.level.length > 0 && levels(question.level),
      question.districts.length > 0 && named(question.districts, zones),
      question.avoid_districts.length > 0 && t("siting_says_avoid", { names: named(question.avoid_districts, zones) }),
      question.in_elements.length > 0 && named(question.in_elements, elements),
      question.avoid_elements.length > 0 && t("siting_says_avoid", { names: named(question.avoid_elements, elements) }),
      question.within && t("siting_says_within"),
      (question.prefer_level.length > 0 || question.prefer_districts.length > 0) && t("siting_says_prefer", { names: list([...question.prefer_level.map((level) => this.levels[level] ?? level), ...question.prefer_districts.map((id) => this.placeName(id))]) }),
      ...distancesSay(question, (gateway) => this.gatewayName(gateway), (id) => this.placeName(id)),
      question.exclude_layers.length > 0 && t("siting_says_avoid", { names: named(question.exclude_layers, [{ title: null, options: this.grounds() }]) }),
      question.areas === "separate" && t("siting_says_separate"),
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
