// The answer on the map: what meets the conditions lit, rank numbers, and the polygon that was searched in.
import { config } from "../../config.js";
import { el } from "../../dom.js";

const PANE = "siting";
const FRONT = 3;

/** Where a number may stand from its place, in its own sizes: above it, else around it. */
const AROUND = [[0, -1], [1.15, -1], [-1.15, -1], [0, -2.1], [1.15, 0.2], [-1.15, 0.2], [0, 1], [1.15, -2.1], [-1.15, -2.1], [2.3, -1], [-2.3, -1], [2.3, 0.2], [-2.3, 0.2]];
const SIZE = 24; // pixels

/** The layer that draws a kind of candidate. */
const LAYERS = /** @type {Record<string, string>} */ ({ park: "parks", functional_area: "functional-areas", development_zone: "parks" });

const ZONES = "/api/zones/{id}";

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
    /** @type {Placed[]} the better ones first */
    this.placed = [];
    this.part = () => this.separate();
  }

  /** @param {Placed[]} placed */
  show(placed) {
    this.pane();
    const wanted = new Map(placed.filter(({ result }) => result.point).map((one) => [one.result.id, one]));
    for (const [id, marker] of this.markers) {
      if (wanted.has(id)) continue;
      marker.remove();
      this.markers.delete(id);
    }
    for (const [id, { result, rank }] of wanted) {
      const marker = this.markers.get(id) ?? this.add(result);
      const badge = /** @type {HTMLElement} */ (marker.getElement().firstChild);
      badge.textContent = String(rank);
      badge.classList.toggle("siting-mark-front", rank <= FRONT);
      marker.setZIndexOffset(-10 * rank);
    }
    this.placed = [...wanted.values()];
    this.map.off("zoomend", this.part).on("zoomend", this.part);
    this.separate();
  }

  /** Numbers that would lie over each other step aside; the better one keeps its place. */
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
    const title = String(config.language === "en" ? result.name_en : result.name_zh);
    const marker = L.marker([lat, lng], { icon, pane: PANE, keyboard: false, title, bubblingMouseEvents: false }).addTo(this.map);
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
   * Switch on what draws these candidates, and bring them into view.
   * @param {any[]} results
   * @param {string} layerId
   */
  bring(results, layerId) {
    const { workbench } = this;
    const layers = new Set(layerId ? [layerId] : results.map(({ kind }) => LAYERS[kind] ?? "parks"));
    workbench.permalink.together(() => {
      for (const id of layers) {
        const layer = workbench.layers.get(id);
        if (layer) workbench.switch(layer, true);
      }
    });
    this.fit(results);
  }

  /**
   * Move the map where one of them is not to be seen.
   * @param {any[]} results
   */
  fit(results) {
    const { map } = this;
    const { cover } = this.workbench;
    const points = results.flatMap(({ point }) => (point ? [[point[1], point[0]]] : []));
    const { x: width, y: height } = map.getSize();
    const isSeen = (/** @type {number[]} */ point) => {
      const { x, y } = map.latLngToContainerPoint(point);
      return x > 20 && y > 30 && x < width - 20 && y < height - cover - 20;
    };
    const aside = Math.min(50, width / 8);
    if (!points.every(isSeen)) map.fitBounds(points, { paddingTopLeft: [aside, 60], paddingBottomRight: [aside, 60 + cover], maxZoom: 12, animate: false });
  }

  /**
   * @param {any} record a candidate
   * @param {string} layerId
   */
  async go({ id, kind }, layerId) {
    const found = await this.workbench.showFeature(layerId || (LAYERS[kind] ?? "parks"), id);
    if (!found && kind === "development_zone") await this.workbench.showFeature("development-zones", id);
  }

  clear() {
    this.light(null, "");
    this.say(null, "");
    this.map.off("zoomend", this.part);
    this.placed = [];
    for (const marker of this.markers.values()) marker.remove();
    this.markers.clear();
    this.outline(null);
  }
}
