// The layer tree: groups, a checkbox a layer, its count, status and state.
import { getJson } from "./api.js";
import { config, t } from "./config.js";
import { byId, el } from "./dom.js";
import { number } from "./format.js";
import { listing } from "./listing.js";
import { statusBadge } from "./style.js";

/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */

export class Tree {
  /**
   * @param {any} map
   * @param {Map<string, RemoteLayer>} layers
   * @param {(item: import("./layer.js").Item) => void} open what choosing a feature of a list does
   */
  constructor(map, layers, open) {
    this.map = map;
    this.layers = layers;
    this.open = open;
    /** @type {Map<string, any>} what GET /layers says of each */
    this.facts = new Map();
    const close = el("button", { type: "button", class: "tree-close", id: "close-layers", "aria-label": t("close") }, "×");
    byId("layers").append(el("div", { class: "tree-head" }, el("h2", {}, t("layers")), close));
    for (const group of config.groups) this.addGroup(group);
    for (const layer of layers.values()) {
      layer.on("add remove state", () => this.update(layer));
      this.update(layer);
    }
  }

  /** @param {{id: string, title: string}} group */
  addGroup(group) {
    const members = [...this.layers.values()].filter((layer) => layer.definition.group === group.id);
    if (members.length === 0) return;
    const heading = el("summary", {}, el("span", { class: "group-title" }, group.title), el("span", { class: "group-state", id: `group-${group.id}` }));
    const entries = members.map((layer) => this.entry(layer));
    byId("layers").append(el("details", { class: "group", open: true }, heading, el("ul", {}, ...entries)));
  }

  /** @param {RemoteLayer} layer */
  entry(layer) {
    const { id, title, description, status } = layer.definition;
    const box = el("input", { type: "checkbox", id: `layer-${id}`, change: () => this.toggle(layer) });
    const told = el("div", { class: "entry-told" }, el("p", {}, description));
    const more = el("div", { class: "entry-more", id: `about-${id}`, hidden: true }, told, el("div", { class: "entry-listing" }));
    const about = el(
      "button",
      { type: "button", class: "entry-about", "aria-expanded": "false", "aria-controls": more.id, "aria-label": t("about_layer", { name: title }) },
      "i",
    );
    about.addEventListener("click", () => {
      more.hidden = !more.hidden;
      about.setAttribute("aria-expanded", String(!more.hidden));
    });
    return el(
      "li",
      { class: "entry", id: `entry-${id}` },
      el("div", { class: "entry-line" }, box, el("label", { for: box.id }, title), el("span", { class: "entry-count" }), statusBadge(status), about),
      el("div", { class: "entry-state" }),
      more,
    );
  }

  /** @param {RemoteLayer} layer */
  toggle(layer) {
    if (this.map.hasLayer(layer)) this.map.removeLayer(layer);
    else this.map.addLayer(layer);
  }

  /** @param {RemoteLayer} layer */
  update(layer) {
    const entry = byId(`entry-${layer.id}`);
    const on = this.map.hasLayer(layer);
    const box = /** @type {HTMLInputElement} */ (byId(`layer-${layer.id}`));
    box.checked = on;
    entry.dataset.state = on ? layer.state : "off";
    const state = /** @type {HTMLElement} */ (entry.querySelector(".entry-state"));
    state.replaceChildren();
    if (on && layer.state === "loading") state.append(el("span", { class: "spinner" }), t("loading"));
    if (on && layer.state === "failed") {
      state.append(el("span", { class: "fault" }, layer.fault ?? ""), el("button", { type: "button", click: () => void layer.load() }, t("retry")));
    }
    this.updateListing(layer, entry);
    this.updateCount(layer, entry);
    this.updateGroup(layer.definition.group);
  }

  /**
   * A layer that is on and has its features offers the list of them.
   * @param {RemoteLayer} layer
   * @param {HTMLElement} entry
   */
  updateListing(layer, entry) {
    const place = /** @type {HTMLElement} */ (entry.querySelector(".entry-listing"));
    if (entry.dataset.state !== "ready") place.replaceChildren();
    else if (!place.hasChildNodes()) place.append(listing(layer, this.open));
  }

  /**
   * @param {RemoteLayer} layer
   * @param {HTMLElement} entry
   */
  updateCount(layer, entry) {
    const loaded = layer.state === "ready" ? layer.items.length + layer.unplaced.length : undefined;
    const count = this.facts.get(layer.id)?.count ?? loaded;
    const badge = /** @type {HTMLElement} */ (entry.querySelector(".entry-count"));
    badge.textContent = count === undefined ? "" : number(count);
    badge.title = count === undefined ? "" : t("count", { count: number(count) });
    const told = /** @type {HTMLElement} */ (entry.querySelector(".entry-told"));
    const known = [el("p", {}, layer.definition.description)];
    const documents = (this.facts.get(layer.id)?.documents ?? []).map((/** @type {any} */ d) => d.short_title_zh);
    if (documents.length) known.push(el("p", {}, t("documents"), t("colon"), documents.join(t("list"))));
    if (layer.unplaced.length) known.push(el("p", {}, t("without_geometry", { count: layer.unplaced.length })));
    told.replaceChildren(...known);
  }

  /** @param {string} group */
  updateGroup(group) {
    const members = [...this.layers.values()].filter((layer) => layer.definition.group === group);
    const shown = members.filter((layer) => this.map.hasLayer(layer)).length;
    byId(`group-${group}`).textContent = t("group_state", { shown, all: members.length });
  }

  /** Counts and documents come from the service; the tree does without them where they cannot be had. */
  async loadFacts() {
    try {
      const listing = await getJson("/layers");
      this.facts = new Map(listing.layers.map((/** @type {any} */ layer) => [layer.id, layer]));
    } catch {
      return;
    }
    for (const layer of this.layers.values()) this.updateCount(layer, byId(`entry-${layer.id}`));
  }
}
