// The answer on the map: rank numbers, and the polygon that was searched in.
import { config } from "../../config.js";
import { el } from "../../dom.js";

const PANE = "siting";
const FRONT = 3;

/** Where a number may stand from its place, in its own sizes: above it, else around it. */
const AROUND = [[0, -1], [1.15, -1], [-1.15, -1], [0, -2.1], [1.15, 0.2], [-1.15, 0.2], [0, 1], [1.15, -2.1], [-1.15, -2.1], [2.3, -1], [-2.3, -1], [2.3, 0.2], [-2.3, 0.2]];
const SIZE = 24; // pixels

/** @typedef {import("./scoring.js").Placed} Placed */

export class Marks {
  /**
   * @param {import("../../main.js").Workbench} workbench
   * @param {(result: any) => void} choose
   */
  constructor(workbench, choose) {
    this.map = workbench.map;
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

  clear() {
    this.map.off("zoomend", this.part);
    this.placed = [];
    for (const marker of this.markers.values()) marker.remove();
    this.markers.clear();
    this.outline(null);
  }
}
