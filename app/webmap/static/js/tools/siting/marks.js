// The answer on the map: rank numbers, and the polygon that was searched in.
import { config } from "../../config.js";
import { el } from "../../dom.js";

const PANE = "siting";
const FRONT = 3;

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
    for (const marker of this.markers.values()) marker.remove();
    this.markers.clear();
    this.outline(null);
  }
}
