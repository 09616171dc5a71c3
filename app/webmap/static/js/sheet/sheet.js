// The page as a sheet of paper: title, map with grid and north arrow, legend, scale, sources, notes. Says when it is ready.
import { config, t } from "../config.js";
import { allDocuments } from "../documents.js";
import { el, svg } from "../dom.js";
import { allFacts } from "../facts.js";
import { loadTexts } from "../load.js";
import { division, scaleOf, usualScale, zoomOf } from "../paper.js";
import { foot } from "./foot.js";
import { grid } from "./grid.js";
import { legend } from "./legend.js";
import { viewInAddress } from "../state.js";

/** @typedef {import("../paper.js").Box} Box */
/** @typedef {import("../main.js").Workbench} Workbench */

const SMALLEST_TYPE = 0.62; // of the usual size: below some 5.5 points nothing can be read on paper
const LARGEST_TYPE = config.sheet?.paper === "A3" ? 1.25 : 1;
const TYPE_STEP = 0.04;

export class Sheet {
  /** @param {Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.map = workbench.map;
    this.options = /** @type {import("../config.js").SheetOptions} */ (config.sheet);
    this.division = division(this.options.paper, this.options.orientation);
  }

  /**
   * Lay everything out, and say that it is ready, or what is wrong.
   * @param {Promise<any>} restored
   */
  async make(restored) {
    const { dataset } = document.documentElement;
    try {
      await loadTexts("print");
      this.setPage();
      this.layOut();
      await restored;
      this.setView();
      await this.settled();
      await this.surround();
      dataset.wrong = JSON.stringify(said(["unknown-", "part-"]));
      dataset.faults = JSON.stringify(this.faults());
    } catch (error) {
      console.error(error);
      dataset.faults = JSON.stringify([t("bad_answer")]);
    }
    dataset.ready = "true";
    document.dispatchEvent(new CustomEvent("sheet-ready"));
  }

  /** The paper that browsers print on. */
  setPage() {
    const [width, height] = this.division.size;
    const style = new CSSStyleSheet();
    style.replaceSync(`@page { size: ${width}mm ${height}mm; margin: 0; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    document.title = this.title;
  }

  get title() {
    return this.options.title || t("print_usual_title");
  }

  layOut() {
    const { division: parts } = this;
    const frame = el("div", { class: "sheet-map" });
    frame.append(this.map.getContainer());
    this.legend = el("section", { class: "sheet-legend" });
    this.foot = el("footer", { class: "sheet-foot" });
    this.sheet = el("article", { class: "sheet", lang: document.documentElement.lang }, el("h1", { class: "sheet-title" }, this.title), frame, this.legend, this.foot);
    put(this.sheet, { x: 0, y: 0, width: parts.size[0], height: parts.size[1] });
    put(/** @type {HTMLElement} */ (this.sheet.firstElementChild), parts.title);
    put(frame, parts.map);
    put(this.legend, parts.legend);
    put(this.foot, parts.foot);
    document.body.append(this.sheet);
    fit(/** @type {HTMLElement} */ (this.sheet.firstElementChild), "--title-type");
    this.map.invalidateSize({ pan: false, animate: false });
  }

  setView() {
    const { map, options } = this;
    map.options.zoomSnap = 0;
    map.options.minZoom = 0;
    map.options.maxZoom = 22;
    const view = viewInAddress();
    if (!view) {
      const [west, south, east, north] = config.home;
      map.fitBounds([[south, west], [north, east]], { animate: false });
    }
    const center = view ?? map.getCenter();
    this.scale = options.scale ?? usualScale(scaleOf(view?.zoom ?? map.getZoom(), center.lat));
    map.setView(center, zoomOf(this.scale, center.lat), { animate: false });
  }

  get shown() {
    const { map, workbench } = this;
    const on = workbench.layerOrder().map((id) => /** @type {import("../layer.js").RemoteLayer} */ (workbench.layers.get(id)));
    return on.filter((layer) => layer.inRange(map.getZoom()) && layer.opacity > 0);
  }

  /** Settles when layers, tiles, names and letters are drawn. */
  async settled() {
    const { workbench } = this;
    const layers = [...workbench.layers.values()].filter((layer) => workbench.isOn(layer));
    await Promise.all(layers.map((layer) => layer.load()));
    await Promise.all(layers.filter(({ state }) => state === "ready").map(({ drawing }) => (drawing && "load" in drawing ? drawing.load().catch(() => undefined) : null)));
    await workbench.basemaps?.settled();
    await document.fonts.ready;
    // Names find their places in the frame after the one that draws what they belong to.
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  }

  /** What stands around the map and over it. */
  async surround() {
    const { map, division: parts, options } = this;
    const [facts, documents] = await Promise.all([allFacts(), allDocuments()]);
    const lines = await grid(map, options.grid, parts.map);
    const { sheet, legend: place, foot: bottom } = /** @type {{sheet: HTMLElement, legend: HTMLElement, foot: HTMLElement}} */ (/** @type {unknown} */ (this));
    const overlay = svg("svg", { class: "sheet-grid", viewBox: `0 0 ${parts.size[0]} ${parts.size[1]}`, "aria-hidden": "true" }, ...lines.nodes, north(parts.map));
    put(/** @type {any} */ (overlay), { x: 0, y: 0, width: parts.size[0], height: parts.size[1] });
    sheet.append(overlay);
    place.append(...legend(map, this.shown));
    fit(/** @type {HTMLElement} */ (place.querySelector(".sheet-legend-body")), "--type", place);
    bottom.append(...foot({ scale: /** @type {number} */ (this.scale), grid: lines.crs, layers: this.shown, facts, documents, options, basemap: this.workbench.basemaps }));
    fit(/** @type {HTMLElement} */ (bottom.querySelector(".sheet-sources")), "--type");
  }

  /** Why the map is not whole. */
  faults() {
    const { basemaps } = this.workbench;
    const layers = said(["layer-"]);
    const failed = basemaps?.state === "failed" ? [t("print_basemap_failed", { name: basemaps.title(basemaps.current) })] : [];
    return [...layers, ...failed];
  }
}

/**
 * What messages of some kinds say.
 * @param {string[]} kinds how their keys begin
 */
function said(kinds) {
  const notices = [...document.querySelectorAll("#notices .notice")].filter((notice) => notice instanceof HTMLElement && kinds.some((kind) => notice.dataset.key?.startsWith(kind)));
  return notices.map((notice) => notice.querySelector("p")?.textContent ?? "");
}

/**
 * @param {HTMLElement} element
 * @param {Box} box
 */
function put(element, { x, y, width, height }) {
  Object.assign(element.style, { left: `${x}mm`, top: `${y}mm`, width: `${width}mm`, height: `${height}mm` });
}

/**
 * Make the letters of an element small enough for it.
 * @param {HTMLElement} element
 * @param {string} property of the style sheet that the sizes are multiples of
 * @param {HTMLElement} [on] the element that the sizes are those of
 */
function fit(element, property, on = element) {
  for (let type = LARGEST_TYPE; type >= SMALLEST_TYPE; type -= TYPE_STEP) {
    on.style.setProperty(property, String(type));
    if (element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth + 1) return;
  }
  element.classList.add("sheet-cut");
  element.dataset.cut = t("print_cut");
}

/**
 * True north: the map's meridians run straight up.
 * @param {Box} map
 */
function north({ x, y, width }) {
  const at = `translate(${x + width - 11} ${y + 6})`;
  const letter = svg("text", { x: 0, y: 0, "text-anchor": "middle", class: "sheet-north-letter" }, document.createTextNode(t("print_north")));
  const left = svg("path", { d: "M0 1.5 L-3.2 12 L0 9.6 Z", class: "sheet-north-dark" });
  const right = svg("path", { d: "M0 1.5 L3.2 12 L0 9.6 Z", class: "sheet-north-light" });
  const ground = svg("circle", { cx: 0, cy: 5, r: 8.4, class: "sheet-north-ground" });
  return svg("g", { transform: at, class: "sheet-north" }, ground, letter, left, right);
}
