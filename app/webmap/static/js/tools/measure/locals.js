// Layers from files of one's own, on the map for as long as the page is open.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { boundsOf, positions, within } from "../../geometry.js";
import { isOn } from "./hit.js";

/** @typedef {import("./files.js").Loaded} Loaded */
/** @typedef {{id: number, name: string, color: string, shown: boolean, notes: string[], group: any, items: {geometry: any, properties: Record<string, any>, bounds: import("../../geometry.js").Bounds}[], bounds: import("../../geometry.js").Bounds}} LocalLayer */

const PANE = "local-files";
const PANE_ORDER = 560; // over the layers, under the drawings
const COLORS = ["#b5179e", "#7a5c00", "#00798c", "#5a189a", "#9b2226"];
const MOST_SHOWN = 5; // features in one popup

export class Locals {
  /**
   * @param {any} map
   * @param {() => void} changed
   */
  constructor(map, changed) {
    this.map = map;
    this.changed = changed;
    /** @type {LocalLayer[]} */
    this.list = [];
    this.count = 0;
    if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = String(PANE_ORDER);
    map.getPane(PANE).classList.add("untouchable");
    this.renderer = L.canvas({ pane: PANE });
    this.popup = L.popup({ className: "local-popup", maxWidth: 320, maxHeight: 280, autoPanPadding: [12, 12] });
  }

  /**
   * @param {Loaded} loaded
   * @param {string[]} notes
   */
  add({ name, features }, notes) {
    const items = features.map(({ geometry, properties }) => ({ geometry, properties, bounds: boundsOf(positions(geometry)) }));
    const bounds = boundsOf(items.flatMap(({ bounds: [west, south, east, north] }) => /** @type {[number, number][]} */ ([[west, south], [east, north]])));
    const color = COLORS[this.count % COLORS.length];
    const style = look(color);
    const collection = { type: "FeatureCollection", features: features.map(({ geometry }) => ({ type: "Feature", geometry, properties: {} })) };
    const options = { pane: PANE, renderer: this.renderer, interactive: false, ...style };
    const group = L.geoJSON(collection, { ...options, style: () => options, pointToLayer: (/** @type {any} */ _, /** @type {any} */ at) => L.circleMarker(at, { ...options, radius: 5 }) }).addTo(this.map);
    this.count += 1;
    this.list.push({ id: this.count, name, color, shown: true, notes, group, items, bounds });
    this.changed();
    return this.list[this.list.length - 1];
  }

  /** @param {LocalLayer} layer */
  remove(layer) {
    layer.group.remove();
    this.popup.remove();
    this.list = this.list.filter((one) => one !== layer);
    this.changed();
  }

  /**
   * @param {LocalLayer} layer
   * @param {boolean} shown
   */
  show(layer, shown) {
    layer.shown = shown;
    if (shown) layer.group.addTo(this.map);
    else layer.group.remove();
  }

  /**
   * @param {LocalLayer} layer
   * @param {string} color
   */
  paint(layer, color) {
    layer.color = color;
    layer.group.setStyle(look(color));
  }

  /** @param {LocalLayer} layer */
  zoomTo({ bounds: [west, south, east, north] }) {
    this.map.fitBounds([[south, west], [north, east]], { padding: [30, 30], maxZoom: 17 });
  }

  /**
   * Tell of the features at a place, if there are any.
   * @param {any} at Leaflet's LatLng
   */
  tell(at) {
    const reach = 12 / 2 ** this.map.getZoom(); // degrees, some pixels
    const found = this.list.filter(({ shown }) => shown).flatMap((layer) => layer.items.filter(({ geometry, bounds }) => near(bounds, at, reach) && isOn(this.map, geometry, at)).map((item) => ({ layer, item })));
    if (found.length === 0) return false;
    const shown = found.slice(-MOST_SHOWN).reverse();
    const more = found.length - shown.length;
    this.popup.setLatLng(at).setContent(el("div", {}, ...shown.map(({ layer, item }) => attributes(layer, item.properties)), more ? el("p", { class: "hint" }, t("measure_more_here", { count: more })) : null)).openOn(this.map);
    return true;
  }
}

/** @param {string} color */
function look(color) {
  return { color, weight: 2, opacity: 1, fillColor: color, fillOpacity: 0.12 };
}

/**
 * @param {import("../../geometry.js").Bounds} bounds
 * @param {any} at
 * @param {number} reach
 */
function near([west, south, east, north], { lng, lat }, reach) {
  const margin = reach * 20;
  return within([west - margin, south - margin, east + margin, north + margin], [lng, lat]);
}

/**
 * @param {LocalLayer} layer
 * @param {Record<string, any>} properties
 */
function attributes(layer, properties) {
  const rows = Object.entries(properties).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const table = rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, typeof value === "object" ? JSON.stringify(value) : String(value))));
  return el("section", { class: "local-feature" }, el("h3", {}, layer.name), rows.length ? el("dl", { class: "rows" }, ...table) : el("p", { class: "hint" }, t("measure_no_attributes")));
}
