// The answer on the map: what meets the conditions lit, a number for each ranked place, a shape for the others, outlines.
import { config } from "../../config.js";
import { el } from "../../dom.js";
import { nameOf } from "./localized.js";
import { isUncertain } from "./scoring.js";
import { fitBeside, outlineOf } from "./view.js";

const PANE = "siting";
const FRONT = 3;

/** Where a number may stand from its place, in its own sizes: above it, else around it. */
const AROUND = [[0, -1], [1.15, -1], [-1.15, -1], [0, -2.1], [1.15, 0.2], [-1.15, 0.2], [0, 1], [1.15, -2.1], [-1.15, -2.1], [2.3, -1], [-2.3, -1], [2.3, 0.2], [-2.3, 0.2]];
const SIZE = 24; // pixels

/** How far below the numbers marks without one lie. */
const UNRANKED = 1000;

/** The layers that may draw a kind of zone, the likelier first. */
const LAYERS = /** @type {Record<string, string[]>} */ ({ park: ["parks"], functional_area: ["functional-areas"], development_zone: ["parks", "development-zones"], district: ["districts"], theme_park: ["theme-parks"] });

/** @param {string|undefined} kind of a zone; unknown: it is taken for a park */
function layersOf(kind) {
  return LAYERS[kind ?? "park"] ?? LAYERS.park;
}

const [ZONES, ELEMENTS] = ["/api/zones/{id}", "/api/elements/{id}"];

/** @typedef {import("./scoring.js").Placed} Placed */

export class Marks {
  /**
   * @param {import("../../main.js").Workbench} workbench
   * @param {(result: any) => void} choose
   */
  constructor(workbench, choose) {
    this.workbench = workbench;
    this.map = workbench.map;
    /** @type {import("../../layer.js").RemoteLayer|undefined} the layer of candidates that are no zones */
    this.dimmed = undefined;
    this.choose = choose;
    /** @type {Map<string, any>} markers by the candidate's id */
    this.markers = new Map();
    this.range = null;
    /** @type {any[]} outlines of what documents name elsewhere, or of what is asked about */
    this.outlines = [];
    this.turn = 0;
    /** @type {Placed[]} the better ones first */
    this.placed = [];
    this.part = () => this.separate();
  }

  /** @param {Placed[]} placed */
  show(placed) {
    this.pane();
    const wanted = new Map(placed.filter(({ result }) => result.point).map((place) => [place.result.id, place]));
    for (const [id, marker] of this.markers) {
      if (wanted.has(id)) continue;
      marker.remove();
      this.markers.delete(id);
    }
    for (const [id, { result, rank }] of wanted) {
      const marker = this.markers.get(id) ?? this.add(result);
      const badge = /** @type {HTMLElement} */ (marker.getElement().firstChild);
      badge.className = rank === null ? `siting-mark siting-shape siting-shape-${result.tier}` : "siting-mark siting-mark-number";
      badge.textContent = rank === null ? "" : String(rank);
      badge.classList.toggle("siting-mark-front", rank !== null && rank <= FRONT);
      badge.classList.toggle("siting-uncertain", isUncertain(result));
      marker.setZIndexOffset(-10 * (rank ?? UNRANKED));
    }
    this.placed = [...wanted.values()];
    this.map.off("zoomend", this.part).on("zoomend", this.part);
    this.separate();
  }

  /** Marks that would lie over each other step aside; the better one keeps its place. */
  separate() {
    /** @type {{x: number, y: number}[]} */
    const taken = [];
    for (const { result } of this.placed) {
      const at = this.map.latLngToLayerPoint([result.point[1], result.point[0]]);
      const places = AROUND.map(([right, down]) => ({ x: at.x + right * SIZE, y: at.y + down * SIZE * 0.75 }));
      const free = places.find((place) => taken.every((other) => Math.abs(other.x - place.x) >= SIZE || Math.abs(other.y - place.y) >= SIZE * 0.9)) ?? places[0];
      taken.push(free);
      const badge = this.markers.get(result.id).getElement().firstChild;
      badge.style.setProperty("--aside", `${free.x - at.x}px`);
      badge.style.setProperty("--above", `${free.y - at.y}px`);
    }
  }

  pane() {
    if (this.map.getPane(PANE)) return;
    this.map.createPane(PANE).style.zIndex = "655"; // over the names, under what is said of a feature
  }

  /** @param {any} result */
  add(result) {
    const [lng, lat] = result.point;
    const badge = el("span", { class: "siting-mark", "aria-hidden": "true" });
    const icon = L.divIcon({ html: badge, className: "siting-mark-place", iconSize: [0, 0] });
    const marker = L.marker([lat, lng], { icon, pane: PANE, keyboard: false, title: nameOf(result), bubblingMouseEvents: false }).addTo(this.map);
    marker.on("click", () => this.choose(result));
    this.markers.set(result.id, marker);
    return marker;
  }

  /** @param {any} shape GeoJSON, or null */
  outline(shape) {
    this.range?.remove();
    this.range = null;
    if (!shape) return;
    this.pane();
    this.range = L.geoJSON(shape, { pane: PANE, interactive: false, style: { className: "siting-searched", fill: false, weight: 2.5, dashArray: "7 5" } }).addTo(this.map);
  }

  /**
   * Outline the districts and zones that documents name though no park of theirs is drawn.
   * @param {any[]} places
   */
  outlineElsewhere(places) {
    return this.outlineZones(places, { className: "siting-elsewhere", fill: false, weight: 2.5, dashArray: "2 6" });
  }

  /**
   * Outline the zone that a question is about, and bring it into view.
   * @param {any} zone
   * @param {boolean} fit
   */
  async outlineSubject(zone, fit) {
    await this.outlineZones([zone], { className: "siting-searched", fill: false, weight: 3 });
    const [outline] = this.outlines;
    if (!outline || !fit) return;
    const bounds = outline.getBounds();
    fitBeside(this.workbench, [{ point: null, bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] }], true);
  }

  /**
   * @param {any[]} zones
   * @param {any} style
   */
  async outlineZones(zones, style) {
    const turn = ++this.turn;
    for (const outline of this.outlines) outline.remove();
    this.outlines = [];
    for (const zone of zones) {
      const shape = await outlineOf(this.workbench, layersOf(zone.kind), zone.id);
      if (turn !== this.turn) return;
      if (!shape) continue;
      this.pane();
      this.outlines.push(L.geoJSON(shape, { pane: PANE, interactive: false, style }).addTo(this.map));
    }
  }

  /**
   * Light the candidates that meet the conditions, and fade the others.
   * @param {Set<string>|null} ids
   * @param {string} layerId the layer of the candidates; empty: parks and functional areas
   */
  light(ids, layerId) {
    const layer = this.workbench.layers.get(layerId);
    if (this.dimmed && this.dimmed !== layer) this.dimmed.emphasise(null);
    this.dimmed = layer;
    layer?.emphasise(ids);
    this.workbench.emphasis?.set(layer ? null : ids);
  }

  /**
   * Have the map say of each candidate under the pointer where it stands, or why it was ruled out; null ends it.
   * @param {Map<string, {name: string, text: string}>|null} remarks by the candidate's id
   * @param {string} layerId the layer of the candidates; empty: parks and functional areas
   */
  say(remarks, layerId) {
    const isCandidate = (/** @type {import("../../layer.js").RemoteLayer} */ layer) => (layerId ? layer.id === layerId : layer.definition.detail === ZONES);
    this.workbench.hover?.have(remarks && (({ layer, id }) => (isCandidate(layer) ? (remarks.get(id) ?? null) : null)));
  }

  /**
   * Switch on what draws these places, and bring them into view.
   * @param {any[]} results
   * @param {string} layerId
   * @param {boolean} snug whether they are to fill the view
   */
  bring(results, layerId, snug) {
    const { workbench } = this;
    const layers = new Set(layerId ? [layerId] : results.map(({ kind }) => layersOf(kind)[0]));
    workbench.permalink.together(() => {
      for (const id of layers) {
        const layer = workbench.layers.get(id);
        if (layer) workbench.switch(layer, true);
      }
    });
    this.fit(results, snug);
  }

  /**
   * Move the map where one of them is not to be seen beside what lies over it.
   * @param {any[]} results
   * @param {boolean} [snug] whether they are to fill the view
   */
  fit(results, snug = false) {
    const items = results.map((result) => ({ point: result.point, bounds: this.workbench.layers.get(layersOf(result.kind)[0])?.items.find((item) => item.id === result.id)?.bounds }));
    fitBeside(this.workbench, items, snug);
  }

  /**
   * Open the panel of a zone or an element of a plan; the page of a zone that no layer has.
   * @param {any} record
   * @param {string} layerId
   */
  async go({ id, kind, address }, layerId) {
    const { workbench } = this;
    const layers = layerId ? [layerId] : kind === "element" ? await this.layersOfElement(id) : layersOf(kind);
    for (const layer of layers) if (await workbench.showFeature(layer, id)) return;
    if (address) window.open(config.root + address, "_blank", "noopener");
  }

  /**
   * Each plan has a layer of its own.
   * @param {string} id of an element
   */
  async layersOfElement(id) {
    for (const layer of this.workbench.layers.values()) if (layer.definition.detail === ELEMENTS && (await layer.feature(id))) return [layer.id];
    return [];
  }

  clear() {
    this.light(null, "");
    this.say(null, "");
    this.map.off("zoomend", this.part);
    this.placed = [];
    for (const marker of this.markers.values()) marker.remove();
    this.markers.clear();
    this.outline(null);
    void this.outlineElsewhere([]);
  }
}
