// The outline around the selected feature.
import { stackRadius } from "./look.js";

/** @typedef {import("./layer.js").Item} Item */

export class Selection {
  /** @param {any} map */
  constructor(map) {
    this.map = map;
    /** @type {Item|null} */
    this.item = null;
    /** @type {any} */
    this.outline = null;
  }

  clear() {
    this.outline?.remove();
    this.outline = null;
    this.item = null;
  }

  /** @param {Item} item */
  set(item) {
    this.clear();
    this.item = item;
    if (!item.geometry) return;
    // A pale line under a dark one is seen on any colour.
    const lines = [
      { color: "#ffffff", weight: 7, opacity: 0.9 },
      { color: "#0b2545", weight: 3, opacity: 1 },
    ];
    this.outline = L.layerGroup(lines.map((line) => this.line(item, line))).addTo(this.map);
  }

  /**
   * @param {Item} item
   * @param {object} line
   */
  line(item, line) {
    const { definition, stacks } = item.layer;
    const stack = stacks.find((one) => one.includes(item)) ?? [item];
    const radius = (stack.length > 1 ? stackRadius(stack.length) : definition.style.radius) + 4;
    const style = { ...line, fill: false, interactive: false, pane: "selection", radius };
    const feature = { type: "Feature", geometry: item.geometry, properties: {} };
    return L.geoJSON(feature, { style, interactive: false, pane: "selection", pointToLayer: (/** @type {any} */ _, /** @type {any} */ at) => L.circleMarker(at, style) });
  }

  /**
   * @param {Item} item
   * @param {number} cover pixels of the map's lower edge that are covered
   */
  zoomTo(item, cover) {
    if (!item.geometry) return;
    const [west, south, east, north] = item.bounds;
    this.map.invalidateSize({ pan: false });
    const room = { paddingTopLeft: [60, 60], paddingBottomRight: [60, 60 + cover] };
    this.map.fitBounds([[south, west], [north, east]], { ...room, maxZoom: 12, animate: false });
  }
}
