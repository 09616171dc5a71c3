// The attribute table of a layer: sorted, filtered, and leading to the map.
import { Problem } from "../api.js";
import { config, t } from "../config.js";
import { el, onPause } from "../dom.js";
import { factsOf } from "../facts.js";
import { number } from "../format.js";
import { BadFilter, condition } from "./table/filters.js";
import { columnsOf } from "./table/columns.js";
import { Grid, MOST_ROWS, SHAPE } from "./table/grid.js";
import { parameters, Source } from "./table/source.js";

/** @typedef {import("./table/columns.js").Column} Column */

const FORMATS = ["xlsx", "csv", "geojson", "gpkg", "shp.zip"];

/**
 * @param {Column} column
 * @param {string} text
 */
function isReadable(column, text) {
  try {
    condition(column, text);
    return true;
  } catch (error) {
    if (error instanceof BadFilter) return false;
    throw error;
  }
}

export default class Table {
  /** @param {import("../main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.moved = () => this.bounded && this.ask();
    this.selectionChanged = (/** @type {any} */ event) => {
      const item = event.detail?.item;
      this.grid?.select(item && item.layer.id === this.definition?.id ? item.id : null);
    };
    /** @type {import("../config.js").Definition|null} */
    this.definition = null;
    /** @type {{by: string, descending: boolean}|null} */
    this.sort = null;
    /** @type {Map<string, string>} what is typed above the columns */
    this.filters = new Map();
    /** @type {Set<string>|null} names of the columns shown; null: those the layer file begins with */
    this.chosen = null;
    this.q = "";
    this.bounded = false;
  }

  reset() {
    this.sort = null;
    this.filters = new Map();
    this.chosen = null;
    this.q = "";
    this.bounded = false;
  }

  /**
   * @param {HTMLElement} container
   * @param {string} [layer] id of the layer; without one, the uppermost that is on
   */
  open(container, layer) {
    this.container = container;
    this.workbench.map.on("moveend", this.moved);
    document.addEventListener("selection-changed", this.selectionChanged);
    const first = layer ?? this.definition?.id ?? this.workbench.layerOrder()[0] ?? config.layers[0].id;
    this.show(first);
  }

  close() {
    this.workbench.map.off("moveend", this.moved);
    document.removeEventListener("selection-changed", this.selectionChanged);
    this.source?.close();
    this.grid?.close();
    this.grid = null;
  }

  /** @param {string} id */
  show(id) {
    const definition = config.layers.find((one) => one.id === id);
    if (!definition || !this.container) return;
    if (this.definition !== definition) {
      if (this.definition) this.reset();
      this.definition = definition;
    }
    this.columns = columnsOf(definition);
    this.grid?.close();
    this.grid = new Grid(definition, {
      sort: (column) => this.sortBy(column),
      filter: (column, text, typing) => this.filterBy(column, text, typing),
      go: (feature) => void this.workbench.showFeature(definition.id, String(feature.id), { zoom: true }),
      want: (from, to) => this.source?.want(from, to),
    });
    const selected = this.workbench.selection?.item;
    this.grid.selected = selected?.layer.id === id ? selected.id : null;
    this.said = el("span", { class: "table-said", role: "status" });
    this.fault = el("p", { class: "hint fault", role: "alert", hidden: true });
    this.files = el("details", { class: "table-menu" });
    this.container.replaceChildren(el("div", { class: "table" }, this.bar(definition), this.fault, this.grid.root));
    this.grid.setColumns(this.shown, this.sort, this.filters);
    this.ask();
  }

  /** @param {import("../config.js").Definition} definition */
  bar(definition) {
    const layers = el("select", { class: "table-layer", "aria-label": t("table_layer"), change: (event) => this.change(event.target.value) }, ...config.layers.map((one) => el("option", { value: one.id, selected: one === definition }, one.title)));
    const search = /** @type {HTMLInputElement} */ (el("input", { type: "search", class: "table-q", maxlength: "200", placeholder: t("table_search"), "aria-label": t("table_search"), change: (event) => this.searchFor(event.target.value) }));
    search.value = this.q;
    onPause(search, (text) => this.searchFor(text));
    const box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", id: "table-bounded", change: () => this.bound(box.checked) }));
    box.checked = this.bounded;
    const clearing = el("button", { type: "button", class: "button", click: () => this.clear() }, t("table_clear"));
    const searchable = /** @type {any} */ (definition).search?.length > 0;
    return el("div", { class: "table-bar" }, layers, searchable && search, el("label", { class: "table-check", for: box.id }, box, t("table_bounded")), this.said, el("span", { class: "table-gap" }), clearing, this.columnMenu(), this.files);
  }

  /** The columns that are shown, in the layer's order. */
  get shown() {
    const { chosen, columns = [] } = this;
    return columns.filter((column) => (chosen ? chosen.has(column.name) : column.first));
  }

  columnMenu() {
    const boxes = (this.columns ?? []).map((column) => {
      const box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", change: () => this.toggle(column, box.checked) }));
      box.checked = this.shown.includes(column);
      return el("label", { class: "table-check" }, box, column.title);
    });
    return el("details", { class: "table-menu" }, el("summary", { class: "button" }, t("table_columns")), el("div", { class: "table-pop" }, ...boxes));
  }

  /**
   * @param {Column} column
   * @param {boolean} on
   */
  toggle(column, on) {
    const names = new Set(this.shown.map(({ name }) => name));
    if (on) names.add(column.name);
    else names.delete(column.name);
    this.chosen = names;
    if (!on) this.filters.delete(column.name);
    if (!on && this.sort?.by === column.name) this.sort = null;
    this.refresh();
  }

  /** @param {string} id */
  change(id) {
    this.show(id);
    this.changed(true);
  }

  /** @param {Column} column */
  sortBy({ name }) {
    if (this.sort?.by !== name) this.sort = { by: name, descending: false };
    else if (!this.sort.descending) this.sort = { by: name, descending: true };
    else this.sort = null;
    this.refresh();
    const at = this.shown.findIndex((column) => column.name === name);
    const button = this.grid?.head.querySelectorAll(".grid-sort")[at];
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  }

  /**
   * @param {Column} column
   * @param {string} text
   * @param {boolean} [typing] perhaps not all of it is there yet: what cannot be read is waited for, not faulted
   */
  filterBy(column, text, typing = false) {
    if (text === (this.filters.get(column.name) ?? "") || (typing && !isReadable(column, text))) return;
    if (text.trim()) this.filters.set(column.name, text);
    else this.filters.delete(column.name);
    const input = this.grid?.head.querySelector(`[data-column="${CSS.escape(column.name)}"]`);
    if ((input instanceof HTMLInputElement || input instanceof HTMLSelectElement) && input.value !== text) input.value = text;
    this.ask();
    this.changed();
  }

  /** @param {string} text */
  searchFor(text) {
    if (text.trim() === this.q) return;
    this.q = text.trim();
    this.ask();
    this.changed();
  }

  /** @param {boolean} on */
  bound(on) {
    this.bounded = on;
    this.ask();
    this.changed();
  }

  clear() {
    this.reset();
    if (this.definition) this.show(this.definition.id);
    this.changed();
  }

  refresh() {
    this.grid?.setColumns(this.shown, this.sort, this.filters);
    this.ask();
    this.changed();
  }

  /** The question that the table stands for; what cannot be read is said and left out. */
  question() {
    const definition = /** @type {import("../config.js").Definition} */ (this.definition);
    const parts = [];
    const faults = [];
    for (const column of this.columns ?? []) {
      const typed = this.filters.get(column.name);
      let fault = null;
      try {
        const part = typed === undefined ? null : condition(column, typed);
        if (part) parts.push(part);
      } catch (error) {
        if (!(error instanceof BadFilter)) throw error;
        fault = `${column.title}${t("colon")}${error.message}`;
        faults.push(fault);
      }
      this.grid?.mark(column.name, fault);
    }
    this.say(faults.join(" "));
    const by = this.sort && this.columns?.find(({ name }) => name === this.sort?.by);
    const box = this.workbench.map.getBounds();
    const edges = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((edge) => edge.toFixed(5)).join();
    return {
      layer: definition.id,
      properties: this.shown.flatMap(({ field, other }) => (other ? [field.name, other.name] : [field.name])),
      unseen: definition.fields.some(({ name }) => name === SHAPE) ? [SHAPE] : [],
      sortby: by ? (this.sort?.descending ? "-" : "") + by.field.name : null,
      filter: parts.join(" AND ") || null,
      q: this.q || null,
      bbox: this.bounded ? edges : null,
    };
  }

  /** Ask anew for what the table shows. */
  async ask() {
    const { grid } = this;
    if (!grid || !this.definition) return;
    this.source?.close();
    const question = this.question();
    this.offerFiles(question);
    const whole = !question.filter && !question.q && !question.bbox;
    const turn = (this.turn = {});
    const known = whole ? ((await factsOf(question.layer))?.count ?? null) : null;
    if (turn !== this.turn || grid !== this.grid) return;
    const source = new Source(question, () => this.arrived(source), (error) => this.failed(source, error), known);
    this.source = source;
    this.said?.replaceChildren(el("span", { class: "spinner" }), t("loading"));
    grid.show(source);
  }

  /** @param {Source} source */
  arrived(source) {
    if (source !== this.source) return;
    const total = source.total ?? 0;
    const count = number(total);
    const known = this.bounded ? "table_in_view" : "count";
    const text = total === 0 ? t("table_none") : t(source.exact ? known : "table_more", { count });
    this.said?.replaceChildren(total > MOST_ROWS ? t("table_too_many", { count, most: number(MOST_ROWS) }) : text);
    this.grid?.draw();
  }

  /**
   * @param {Source} source
   * @param {any} error
   */
  failed(source, error) {
    if (source !== this.source) return;
    this.said?.replaceChildren(el("button", { type: "button", class: "button", click: () => void this.ask() }, t("retry")));
    this.say(t("table_failed", { detail: error instanceof Problem ? error.message : t("bad_answer") }));
  }

  /** @param {string} text */
  say(text) {
    if (!this.fault) return;
    this.fault.hidden = !text;
    this.fault.textContent = text;
  }

  /** @param {import("./table/source.js").Question} question */
  offerFiles(question) {
    const asked = parameters(question).toString();
    const links = FORMATS.map((format) => el("a", { href: `${config.root}/layers/${question.layer}.${format}${asked ? `?${asked}` : ""}`, download: true }, format.split(".")[0].toUpperCase()));
    this.files?.replaceChildren(el("summary", { class: "button" }, t("table_export")), el("div", { class: "table-pop" }, ...links));
  }

  /** @param {boolean} [push] */
  changed(push = false) {
    this.workbench.permalink.changed("table", { push });
  }

  state() {
    if (!this.definition) return null;
    const parts = new URLSearchParams({ layer: this.definition.id });
    if (this.sort) parts.set("sort", (this.sort.descending ? "-" : "") + this.sort.by);
    if (this.q) parts.set("q", this.q);
    if (this.bounded) parts.set("view", "1");
    if (this.chosen) parts.set("columns", [...this.chosen].join());
    for (const [name, text] of this.filters) parts.set(`f.${name}`, text);
    return parts.toString();
  }

  /** @param {string} text */
  restore(text) {
    this.reset();
    const parts = new URLSearchParams(text);
    const id = parts.get("layer");
    const definition = config.layers.find((one) => one.id === id);
    if (!definition) return this.show(this.definition?.id ?? this.workbench.layerOrder()[0] ?? config.layers[0].id);
    const names = new Set(columnsOf(definition).map(({ name }) => name));
    const sort = parts.get("sort") ?? "";
    const by = sort.replace(/^-/, "");
    if (names.has(by)) this.sort = { by, descending: sort.startsWith("-") };
    this.q = parts.get("q") ?? "";
    this.bounded = parts.get("view") === "1";
    const chosen = (parts.get("columns") ?? "").split(",").filter((name) => names.has(name));
    this.chosen = chosen.length ? new Set(chosen) : null;
    for (const [key, value] of parts) if (key.startsWith("f.") && names.has(key.slice(2))) this.filters.set(key.slice(2), value);
    this.definition = definition;
    this.show(definition.id);
  }
}
