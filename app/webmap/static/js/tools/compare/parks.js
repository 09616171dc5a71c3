// Two to four zones in the columns of a table, which the service makes.
import { getJson, Problem } from "../../api.js";
import { config, t } from "../../config.js";
import { el } from "../../dom.js";
import { bringIntoView, extent } from "../../view.js";
import { finder } from "./finder.js";
import { PaperTable } from "./paper.js";
import { comparisonTable } from "./table.js";

const LEAST = 2;
const MOST = 4;

export class Parks {
  /**
   * @param {import("../../main.js").Workbench} workbench
   * @param {(push: boolean) => void} changed
   */
  constructor(workbench, changed) {
    this.workbench = workbench;
    this.changed = changed;
    /** @type {string[]} ids of zones, in the order of the columns */
    this.ids = [];
    /** @type {Map<string, any>} what the roster says of each zone */
    this.roster = new Map();
    this.onlyDifferent = false;
    /** Whether one more was wanted than fit. */
    this.full = false;
    /** Whether one was added since the map last showed them all. */
    this.added = false;
    /** @type {AbortController|null} */
    this.request = null;
    /** @type {any} */
    this.told = null;
    this.paper = new PaperTable(() => this.told && this.table(this.told, false));
  }

  /**
   * @param {string} id
   * @returns {boolean} whether it is among the zones now
   */
  add(id) {
    this.full = !this.ids.includes(id) && this.ids.length >= MOST;
    this.added = true;
    if (!this.ids.includes(id) && !this.full) this.ids = [...this.ids, id];
    return this.ids.includes(id);
  }

  /** @param {HTMLElement} container */
  start(container) {
    this.chosen = el("ul", { class: "compare-chosen", "aria-label": t("compare_chosen") });
    this.said = el("p", { class: "hint", role: "status" });
    this.place = el("div", { class: "compare-place" });
    const box = finder({ add: (id) => this.choose(id), has: (id) => this.ids.includes(id) });
    container.replaceChildren(box, this.chosen, this.said, this.place);
    this.paper.start();
    void this.show();
  }

  stop() {
    this.request?.abort();
    this.paper.stop();
    this.told = null;
    this.place = undefined;
    if (this.lighting) this.workbench.emphasis?.set(null);
    this.lighting = false;
  }

  /** @param {string} id */
  choose(id) {
    this.add(id);
    this.changed(true);
    void this.show();
  }

  /** @param {string} id */
  remove(id) {
    this.ids = this.ids.filter((one) => one !== id);
    this.full = false;
    this.changed(true);
    void this.show();
    document.getElementById("compare-find")?.focus();
  }

  async show() {
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.listChosen();
    this.light();
    const { place } = this;
    if (!place) return;
    this.told = null;
    const enough = this.ids.length >= LEAST;
    place.replaceChildren(...(enough ? [el("p", { class: "hint" }, el("span", { class: "spinner" }), t("loading"))] : []));
    try {
      await this.readRoster(signal);
      if (!enough) return;
      const told = await getJson(`/api/compare?${this.query}`, signal);
      if (signal.aborted) return;
      this.told = told;
      this.bringIntoView(told.zones);
      place.replaceChildren(this.controls(), this.table(told, true));
    } catch (error) {
      if (signal.aborted) return;
      const detail = error instanceof Problem ? error.message : t("bad_answer");
      const retry = el("button", { type: "button", class: "button", click: () => void this.show() }, t("retry"));
      place.replaceChildren(el("p", { class: "hint fault", role: "alert" }, t("compare_failed", { detail })), retry);
      if (!(error instanceof Problem)) console.error(error);
    }
  }

  get query() {
    return new URLSearchParams({ zones: this.ids.join(), lang: config.language }).toString().replaceAll("%2C", ",");
  }

  /** @param {AbortSignal} signal */
  async readRoster(signal) {
    if (!this.roster.size) {
      const { zones } = await getJson("/api/zones", signal);
      this.roster = new Map(zones.map((/** @type {any} */ zone) => [zone.id, zone]));
    }
    if (!signal.aborted) this.listChosen();
  }

  /** @param {string} id */
  name(id) {
    const zone = this.roster.get(id);
    return zone ? String((config.language === "en" && zone.name_en) || zone.name_zh) : id;
  }

  listChosen() {
    const { chosen, said, ids } = this;
    if (!chosen || !said) return;
    document.getElementById("dock")?.style.setProperty("--compared", String(Math.max(ids.length, LEAST)));
    this.workbench.fitRoom();
    chosen.replaceChildren(
      ...ids.map((id) => el("li", {}, this.name(id), el("button", { type: "button", "aria-label": t("compare_remove", { name: this.name(id) }), click: () => this.remove(id) }, "×"))),
    );
    said.textContent = this.full ? t("compare_full", { most: MOST }) : ids.length < LEAST ? t("compare_few", { missing: LEAST - ids.length, most: MOST }) : "";
    said.hidden = !said.textContent;
  }

  /** Light the zones on the map as long as they are compared. */
  light() {
    this.lighting = this.ids.length >= LEAST;
    this.workbench.emphasis?.set(this.lighting ? new Set(this.ids) : null);
  }

  /**
   * Show the zones together on the map, once one has been added.
   * @param {any[]} zones
   */
  bringIntoView(zones) {
    const box = extent(zones);
    if (this.added && box) bringIntoView(this.workbench, box);
    this.added = false;
  }

  controls() {
    const box = el("input", { type: "checkbox", id: "compare-different", checked: this.onlyDifferent });
    box.addEventListener("change", () => {
      this.onlyDifferent = /** @type {HTMLInputElement} */ (box).checked;
      this.place?.querySelector("table")?.classList.toggle("only-different", this.onlyDifferent);
    });
    const files = ["xlsx", "csv"].map((form) => el("a", { class: "button", href: `${config.root}/api/compare.${form}?${this.query}`, download: "" }, t("compare_download", { form: form.toUpperCase() })));
    const print = el("button", { type: "button", class: "button", click: () => window.print() }, t("print_feature"));
    return el("div", { class: "compare-controls" }, el("span", {}, box, el("label", { for: "compare-different" }, t("compare_only_different"))), ...files, print);
  }

  /**
   * @param {any} told
   * @param {boolean} linked whether names lead to the map
   */
  table(told, linked) {
    const show = linked ? (/** @type {string} */ id) => void this.goTo(id) : null;
    return comparisonTable(told, { show, onlyDifferent: linked && this.onlyDifferent });
  }

  /** @param {string} id */
  async goTo(id) {
    const layers = ["parks", "development-zones", "functional-areas", "theme-parks", "districts"];
    const kinds = { park: 0, development_zone: 1, functional_area: 2, theme_park: 3, district: 4 };
    const kind = /** @type {keyof typeof kinds} */ (this.roster.get(id)?.kind);
    await this.workbench.showFeature(layers[kinds[kind] ?? 0], id);
  }
}
