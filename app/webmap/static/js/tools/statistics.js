// Statistics: charts of the parks, indicators and projects. What is clicked in a chart lights up on the map.
import { getJson, Problem } from "../api.js";
import { config, t } from "../config.js";
import { byId, el, present } from "../dom.js";
import { area, names, number } from "../format.js";
import { loadScript } from "../load.js";
import { Malformed } from "../permalink.js";
import { shortened } from "../state.js";
import { isKey, resolved } from "./statistics/lit.js";
import { lookOf } from "./statistics/look.js";
import { sources } from "./statistics/parts.js";
import { projectSection } from "./statistics/projects.js";
import { indicatorSection, levelSection, sectorSection } from "./statistics/sections.js";

const CHARTS = "/assets/chart.js/chart.umd.min.js";
const PAUSE = 250; // milliseconds that the map has to rest before its extent is counted anew

const SECTIONS = { sectors: sectorSection, levels: levelSection, indicators: indicatorSection, projects: projectSection };

/** @typedef {keyof typeof SECTIONS} SectionId */

export default class Statistics {
  /** @param {import("../main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    /** @type {any} the numbers that are shown */
    this.data = null;
    /** @type {Map<SectionId, any>} charts that are drawn */
    this.charts = new Map();
    /** @type {Set<string>} sections whose table is open */
    this.openTables = new Set();
    /** @type {AbortController|null} */
    this.asking = null;
    this.timer = 0;
    this.inView = false;
    /** @type {string|null} key of what is lit */
    this.lit = null;
    /** the group of indicators that is shown; empty: the first */
    this.group = "";
    /** @type {"investment_total"|"count"} */
    this.measure = "investment_total";
    this.moved = () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.count(), PAUSE);
    };
    this.recolor = () => this.draw();
  }

  reset() {
    this.inView = false;
    this.lit = null;
    this.group = "";
    this.measure = "investment_total";
  }

  /** @param {HTMLElement} container */
  async open(container) {
    await loadScript(CHARTS);
    this.tick = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", id: "statistics-view", change: () => this.setInView(this.tick?.checked ?? false) }));
    this.status = el("div", { class: "statistics-status", role: "status" });
    this.litBox = el("div", { class: "statistics-lit", hidden: true });
    this.sections = new Map(/** @type {SectionId[]} */ (Object.keys(SECTIONS)).map((id) => [id, el("section", { class: "statistics-section", id: `statistics-${id}` })]));
    this.root = el(
      "div",
      { class: "statistics" },
      el("label", { class: "statistics-check" }, this.tick, t("statistics_in_view")),
      this.status,
      this.litBox,
      el("p", { class: "hint" }, t("statistics_hint")),
      ...this.sections.values(),
    );
    container.append(this.root);
    document.addEventListener("theme-changed", this.recolor);
    await this.count();
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
    this.workbench.map.off("moveend", this.moved);
    document.removeEventListener("theme-changed", this.recolor);
    for (const chart of this.charts.values()) chart.destroy();
    this.charts.clear();
    this.data = null;
    this.reset();
    this.showLit();
  }

  state() {
    const parts = [this.inView && "view", this.measure === "count" && "by:count", this.group && `group:${this.group}`, this.lit && `lit:${this.lit}`];
    return parts.filter(Boolean).join() || null;
  }

  /** @param {string} text such as `view,by:count,lit:sector.equipment.*` */
  async restore(text) {
    this.reset();
    const unknown = text.split(",").filter((part) => part && !this.understand(part));
    if (this.tick) this.tick.checked = this.inView;
    this.followMap();
    await this.count();
    if (unknown.length) throw new Malformed(t("statistics_unknown", { name: shortened(unknown.join()) }));
  }

  /**
   * Take over a part of the state.
   * @param {string} part
   * @returns {boolean} whether it is one
   */
  understand(part) {
    const [name, value = ""] = part.split(":");
    if (part === "view") this.inView = true;
    else if (part === "by:count") this.measure = "count";
    else if (name === "group" && /^[a-z0-9_.-]+$/.test(value)) this.group = value;
    else if (name === "lit" && isKey(value)) this.lit = value;
    else return false;
    return true;
  }

  changed() {
    this.workbench.permalink.changed("statistics", { push: true });
  }

  /** @param {boolean} inView */
  setInView(inView) {
    this.inView = inView;
    this.followMap();
    this.changed();
    void this.count();
  }

  followMap() {
    this.workbench.map.off("moveend", this.moved);
    if (this.inView) this.workbench.map.on("moveend", this.moved);
  }

  /** What is seen of the map: a sheet from below covers some of it on a narrow screen. */
  get extent() {
    const { map, cover } = this.workbench;
    const { x, y } = map.getSize();
    const [northWest, southEast] = [map.containerPointToLatLng([0, 0]), map.containerPointToLatLng([x, Math.max(1, y - cover)])];
    return [northWest.lng, southEast.lat, southEast.lng, northWest.lat].map((degrees, place) => Math.max(-(place % 2 ? 90 : 180), Math.min(place % 2 ? 90 : 180, degrees)).toFixed(5));
  }

  /** Ask for the numbers and show them. */
  async count() {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.root?.setAttribute("aria-busy", "true");
    if (!this.data) this.status?.replaceChildren(el("p", { class: "hint" }, el("span", { class: "spinner" }), t("loading")));
    try {
      const data = await getJson(`/api/statistics${this.inView ? `?bbox=${this.extent.join()}` : ""}`, asking.signal);
      if (this.asking !== asking) return;
      this.data = data;
      this.show();
    } catch (error) {
      if (this.asking !== asking) return;
      if (!(error instanceof Problem)) throw error;
      const again = el("button", { type: "button", class: "button", click: () => void this.count() }, t("retry"));
      this.status?.replaceChildren(el("p", { class: "hint fault" }, t("statistics_failed", { detail: error.message })), again);
    } finally {
      if (this.asking === asking) this.root?.removeAttribute("aria-busy");
    }
  }

  show() {
    const { parks } = this.data;
    const said = t(this.inView ? "statistics_parks_in_view" : "statistics_parks_all", { count: number(parks.count) });
    this.status?.replaceChildren(
      ...present([
        el("p", { class: "statistics-total" }, said),
        parks.with_area > 0 && el("p", {}, `${t("statistics_computed")}${t("colon")}${area(parks.area_ha)}`),
        parks.count > parks.with_area && el("p", { class: "source" }, parks.with_area ? t("statistics_area_note", { count: parks.with_area, others: parks.count - parks.with_area }) : t("statistics_area_none")),
        parks.official.count > 0 && el("p", {}, `${t("statistics_official_of", { count: parks.official.count })}${t("colon")}${area(parks.official.area_ha, 0)}`),
        this.inView && el("p", { class: "source" }, t("statistics_view_note")),
      ]),
    );
    this.showLit();
    this.draw();
  }

  /** Draw every section, with the colours of the page as they are now. */
  draw() {
    if (!this.root || !this.data) return;
    const look = lookOf(this.root);
    const focused = this.focusedKey();
    for (const [id, section] of this.sections ?? []) {
      this.charts.get(id)?.destroy();
      this.charts.delete(id);
      const { title, before = [], chart, notes, documents, table, after = [] } = SECTIONS[id](this.frame(look));
      const canvas = chart ? /** @type {HTMLCanvasElement} */ (el("canvas", { role: "img", "aria-label": chart.label })) : null;
      const box = canvas ? el("div", { class: "statistics-chart" }, canvas) : null;
      if (box && chart) box.style.height = `${chart.height}px`;
      section.replaceChildren(
        ...present([
          el("h3", {}, title),
          ...before,
          box ?? (table || after.length ? null : el("p", { class: "hint" }, t(this.inView ? "statistics_none_in_view" : "statistics_none"))),
          ...notes.map((note) => el("p", { class: "statistics-note" }, note)),
          sources(documents),
          table,
          ...after,
        ]),
      );
      if (canvas && chart) this.charts.set(id, new /** @type {any} */ (globalThis).Chart(canvas, chart.config));
    }
    this.refocus(focused);
  }

  /**
   * @param {import("./statistics/look.js").Look} look
   * @returns {import("./statistics/sections.js").Frame}
   */
  frame(look) {
    return {
      data: this.data,
      look,
      lit: this.lit,
      light: (key) => this.light(key),
      levelName: (level) => this.levelName(level),
      measure: this.measure,
      setMeasure: (measure) => {
        this.measure = measure;
        this.changed();
        this.draw();
      },
      group: this.group,
      setGroup: (group) => {
        this.group = group;
        this.changed();
        this.draw();
      },
      open: this.openTables,
    };
  }

  /** Which of the controls that are drawn anew has the focus: its section and its place there. */
  focusedKey() {
    const at = document.activeElement;
    const section = at?.closest(".statistics-section");
    return section ? { id: section.id, place: [...section.querySelectorAll("button, select, summary")].indexOf(/** @type {Element} */ (at)) } : null;
  }

  /** @param {{id: string, place: number}|null} focused */
  refocus(focused) {
    if (!focused || focused.place < 0) return;
    const control = byId(focused.id).querySelectorAll("button, select, summary")[focused.place];
    if (control instanceof HTMLElement) control.focus({ preventScroll: true });
  }

  /** @param {string} level */
  levelName(level) {
    return this.workbench.layers.get("parks")?.definition.fields.find(({ name }) => name === "level")?.choices?.[level] ?? level;
  }

  /**
   * Light what a bar stands for; once more ends it.
   * @param {string} key
   */
  light(key) {
    this.lit = this.lit === key ? null : key;
    this.workbench.permalink.together(() => {
      this.changed();
      this.showLit();
    });
    this.draw();
  }

  showLit() {
    const { workbench } = this;
    const found = this.lit && this.data ? resolved(this.lit, this.data, (level) => this.levelName(level)) : null;
    const ids = found ? new Set(found.ids) : null;
    if (found) workbench.switch(/** @type {any} */ (workbench.layers.get(found.layer)), true);
    workbench.emphasis?.set(found?.layer === "parks" ? ids : null);
    workbench.layers.get("projects")?.emphasise(found?.layer === "projects" ? ids : null);
    workbench.layers.get("districts")?.emphasise(found?.district ? new Set([found.district]) : null);
    void this.showLitBox(found);
  }

  /**
   * Say what is lit, with a way to each of it.
   * @param {import("./statistics/lit.js").Lit|null} found
   */
  async showLitBox(found) {
    const { litBox, workbench } = this;
    if (!litBox) return;
    litBox.hidden = !this.lit;
    if (!this.lit) return litBox.replaceChildren();
    const end = el("button", { type: "button", class: "button", id: "statistics-end", click: () => this.light(/** @type {string} */ (this.lit)) }, t("statistics_end"));
    if (!found?.ids.length) return litBox.replaceChildren(el("p", {}, t("statistics_nothing_lit")), end);
    const key = this.lit;
    const layer = /** @type {import("../layer.js").RemoteLayer} */ (workbench.layers.get(found.layer));
    await layer.load();
    if (this.lit !== key || !this.data) return;
    const items = [...layer.items, ...layer.unplaced].filter((item) => found.ids.includes(item.id));
    const placed = items.filter((item) => item.geometry);
    const order = new Map(found.ids.map((id, place) => [id, place]));
    items.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
    const entries = items.map((item) => el("li", {}, el("button", { type: "button", class: "choice", click: () => void workbench.showFeature(layer.id, item.id, { zoom: true }) }, names(item).title)));
    const wasOpen = litBox.querySelector("details")?.open ?? false;
    litBox.replaceChildren(
      ...present([
        el("p", { class: "statistics-lit-title" }, t(found.layer === "parks" ? "statistics_lit_parks" : "statistics_lit_count", { title: found.title, count: number(found.ids.length) })),
        placed.length < items.length && el("p", { class: "source" }, t("statistics_lit_unplaced", { count: number(items.length - placed.length) })),
        el("p", { class: "statistics-buttons" }, placed.length > 0 && el("button", { type: "button", class: "button", id: "statistics-zoom", click: () => this.zoomTo(placed) }, t("statistics_zoom")), end),
        el("details", { open: wasOpen }, el("summary", {}, t("statistics_names")), el("ol", { lang: config.language === "en" ? "en" : "zh-CN" }, ...entries)),
      ]),
    );
  }

  /** @param {import("../layer.js").Item[]} items */
  zoomTo(items) {
    const { map, cover } = this.workbench;
    const box = L.latLngBounds(items.flatMap(({ bounds: [west, south, east, north] }) => [[south, west], [north, east]]));
    map.fitBounds(box, { paddingTopLeft: [30, 30], paddingBottomRight: [30, 30 + cover], maxZoom: 13, animate: false });
  }
}
