// The grid: a head that sorts and filters, and of the rows those that are looked at.
import { t } from "../../config.js";
import { el, oncePerFrame, onPause, svg } from "../../dom.js";
import { isEmpty } from "../../format.js";
import { cells } from "./columns.js";

/** @typedef {import("./columns.js").Column} Column */

const ROW = 30; // pixels, as in the style sheet
const SPARE = 8; // rows drawn beyond the edges
const GO_WIDTH = 44;

/** No browser lays out an element taller than some tens of millions of pixels. */
export const MOST_ROWS = 500_000;

/**
 * @typedef {object} Handlers
 * @property {(column: Column) => void} sort
 * @property {(column: Column, text: string, typing?: boolean) => void} filter typing: perhaps not all of it is there yet
 * @property {(feature: any) => void} go
 * @property {(from: number, to: number) => void} want
 */

export class Grid {
  /**
   * @param {import("../../config.js").Definition} definition
   * @param {Handlers} handlers
   */
  constructor(definition, handlers) {
    this.definition = definition;
    this.handlers = handlers;
    /** @type {Column[]} */
    this.columns = [];
    /** @type {import("./source.js").Source|null} */
    this.source = null;
    this.active = 0;
    /** @type {string|null} id of the feature that is selected on the map */
    this.selected = null;
    this.head = el("div", { class: "grid-head", role: "rowgroup" });
    this.body = el("div", { class: "grid-body", role: "rowgroup" });
    this.root = el("div", { class: "grid", role: "grid", "aria-label": t("table_of", { name: definition.title }), tabindex: "-1" }, this.head, this.body);
    this.drawSoon = oncePerFrame(() => this.draw());
    this.root.addEventListener("scroll", this.drawSoon, { passive: true });
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.resized = new ResizeObserver(this.drawSoon);
    this.resized.observe(this.root);
  }

  close() {
    this.resized.disconnect();
  }

  /**
   * @param {Column[]} columns
   * @param {{by: string, descending: boolean}|null} sort
   * @param {Map<string, string>} filters what is typed, by column
   */
  setColumns(columns, sort, filters) {
    this.columns = columns;
    const template = [`${GO_WIDTH}px`, ...columns.map(({ width }) => `minmax(${width}px, ${Math.round(width / 10)}fr)`)].join(" ");
    this.root.style.setProperty("--grid-columns", template);
    this.root.style.setProperty("--grid-width", `${GO_WIDTH + columns.reduce((sum, { width }) => sum + width, 0)}px`);
    this.root.setAttribute("aria-colcount", String(columns.length + 1));
    const titles = columns.map((column) => this.headCell(column, sort));
    const inputs = columns.map((column) => el("div", { class: "grid-cell", role: "gridcell" }, this.filterInput(column, filters.get(column.name) ?? "")));
    this.head.replaceChildren(
      el("div", { class: "grid-row", role: "row", "aria-rowindex": "1" }, el("div", { class: "grid-cell", role: "columnheader" }, el("span", { class: "hidden-text" }, t("table_go"))), ...titles),
      el("div", { class: "grid-row grid-filters", role: "row", "aria-rowindex": "2" }, el("div", { class: "grid-cell", role: "gridcell" }), ...inputs),
    );
    this.draw();
  }

  /**
   * @param {Column} column
   * @param {{by: string, descending: boolean}|null} sort
   */
  headCell(column, sort) {
    const sorted = sort?.by === column.name;
    const mark = sorted ? (sort.descending ? "▼" : "▲") : "";
    const order = sorted ? (sort.descending ? "descending" : "ascending") : "none";
    const press = el("button", { type: "button", class: "grid-sort", title: column.title, click: () => this.handlers.sort(column) }, el("span", { class: "grid-title" }, column.title), el("span", { class: "grid-mark", "aria-hidden": "true" }, mark));
    return el("div", { class: `grid-cell grid-${column.kind}`, role: "columnheader", "aria-sort": order }, press);
  }

  /**
   * @param {Column} column
   * @param {string} text
   */
  filterInput(column, text) {
    const label = t("table_filter", { name: column.title });
    const changed = (/** @type {Event} */ event) => this.handlers.filter(column, /** @type {HTMLInputElement} */ (event.target).value);
    const values = column.kind === "boolean" ? { true: t("yes"), false: t("no") } : column.field.choices;
    if (values) {
      const options = Object.entries(values).map(([value, title]) => el("option", { value, selected: value === text }, title));
      return el("select", { "aria-label": label, change: changed, "data-column": column.name }, el("option", { value: "" }, t("table_any")), ...options);
    }
    const hints = /** @type {Record<string, string>} */ ({ number: "table_hint_number", date: "table_hint_date", list: "table_hint_list" });
    const input = /** @type {HTMLInputElement} */ (el("input", { type: "text", "aria-label": label, maxlength: "200", spellcheck: "false", autocomplete: "off", "data-column": column.name, placeholder: t(hints[column.kind] ?? "table_hint_text"), change: changed }));
    input.value = text;
    onPause(input, (typed) => this.handlers.filter(column, typed, true));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && input.value) {
        event.stopPropagation();
        input.value = "";
        this.handlers.filter(column, "");
      }
    });
    return input;
  }

  /**
   * Say that what is typed above a column cannot be read, or that it can.
   * @param {string} name
   * @param {string|null} fault
   */
  mark(name, fault) {
    const input = this.head.querySelector(`[data-column="${CSS.escape(name)}"]`);
    if (fault) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
    if (input instanceof HTMLElement) input.title = fault ?? "";
  }

  /**
   * Show another source from its first row.
   * @param {import("./source.js").Source} source
   */
  show(source) {
    this.source = source;
    this.active = 0;
    this.root.scrollTop = 0;
    this.body.replaceChildren();
    this.root.setAttribute("aria-busy", "true");
    this.handlers.want(0, 0);
  }

  get total() {
    return Math.min(this.source?.total ?? 0, MOST_ROWS);
  }

  /** The rows between the edges. */
  get range() {
    const room = this.root.clientHeight - this.head.offsetHeight;
    const first = Math.floor(this.root.scrollTop / ROW);
    return { first, last: Math.min(this.total, first + Math.ceil(room / ROW)) - 1 };
  }

  draw() {
    const { source, total } = this;
    if (!source || source.total === null) return;
    this.root.removeAttribute("aria-busy");
    this.root.setAttribute("aria-rowcount", String(source.exact ? total + 2 : -1));
    this.body.style.height = `${total * ROW}px`;
    const { first, last } = this.range;
    this.handlers.want(first - SPARE, Math.min(total - 1, last + SPARE));
    const focused = this.body.contains(document.activeElement);
    /** @type {HTMLElement[]} */
    const drawn = [];
    for (let index = Math.max(0, first - SPARE); index <= Math.min(total - 1, last + SPARE); index++) drawn.push(this.row(index, source.row(index)));
    this.body.replaceChildren(...drawn);
    if (focused) this.focusActive();
  }

  /**
   * @param {number} index
   * @param {any} feature null where it is still on its way
   */
  row(index, feature) {
    const texts = feature ? cells(this.definition, this.columns, feature.properties) : new Map();
    const chosen = feature !== null && String(feature.id) === this.selected;
    const drawn = !feature || hasShape(this.definition, feature);
    const way = t(drawn ? "table_go" : "table_open");
    const go = el("button", { type: "button", class: "grid-go", tabindex: "-1", disabled: !feature, "aria-label": way, title: way, click: () => feature && this.handlers.go(feature) }, drawn ? crosshair() : page());
    const parts = this.columns.map(({ name, kind }) => {
      const text = feature ? (texts.get(name) ?? "") : "…";
      return el("div", { class: `grid-cell grid-${kind}`, role: "gridcell", title: text.length > 12 ? text : undefined }, text);
    });
    const line = el("div", { class: "grid-row", role: "row", "aria-rowindex": String(index + 3), "aria-selected": String(chosen), tabindex: index === this.active ? "0" : "-1", "data-index": String(index), dblclick: () => feature && this.handlers.go(feature) }, el("div", { class: "grid-cell", role: "gridcell" }, go), ...parts);
    line.addEventListener("focus", () => (this.active = index));
    line.style.transform = `translateY(${index * ROW}px)`;
    return line;
  }

  focusActive() {
    const line = this.body.querySelector(`[data-index="${this.active}"]`);
    if (line instanceof HTMLElement) line.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Enter") {
      const feature = this.source?.row(this.active);
      if (feature) this.handlers.go(feature);
      return;
    }
    const page = Math.max(1, this.range.last - this.range.first);
    /** @type {Record<string, number>} */
    const places = { ArrowDown: this.active + 1, ArrowUp: this.active - 1, PageDown: this.active + page, PageUp: this.active - page, Home: 0, End: this.total - 1 };
    if (!(event.key in places)) return;
    event.preventDefault();
    this.active = Math.max(0, Math.min(this.total - 1, places[event.key]));
    this.reveal(this.active);
    this.draw();
    this.focusActive();
  }

  /** @param {number} index */
  reveal(index) {
    const room = this.root.clientHeight - this.head.offsetHeight;
    const top = index * ROW;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + ROW > this.root.scrollTop + room) this.root.scrollTop = top + ROW - room;
  }

  /** @param {string|null} id */
  select(id) {
    this.selected = id;
    this.draw();
  }
}

/** The attribute that a feature has if and only if it has a geometry. */
export const SHAPE = "extent_basis";

/**
 * Whether a feature is drawn; rows come without geometries.
 * @param {import("../../config.js").Definition} definition
 * @param {any} feature
 */
function hasShape(definition, { properties }) {
  return !definition.fields.some(({ name }) => name === SHAPE) || !isEmpty(properties[SHAPE]);
}

/** A sheet with lines: what is known, without a place on the map. */
function page() {
  const lines = svg("path", { d: "M9 9h6M9 13h6M9 17h4" });
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: "M6 3h12v18H6z" }), lines);
}

/** A circle with four arms: go there. */
function crosshair() {
  const arms = svg("path", { d: "M12 2v6M12 16v6M2 12h6M16 12h6" });
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("circle", { cx: 12, cy: 12, r: 5 }), arms);
}
