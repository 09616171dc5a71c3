// The drawings on the map: their shapes, what they measure, and where one crosses itself.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { labelPoint, linesOf } from "../../geometry.js";

/** @typedef {import("./drawings.js").Drawing} Drawing */
/** @typedef {{title: string, text: string, flaw: {at: [number, number]}|null}} Told */

export const PANE = "drawings";
const PANE_ORDER = 590; // over every layer and label, under Leaflet's markers
const POINT_RADIUS = 6;

export class Board {
  /** @param {any} map */
  constructor(map) {
    this.map = map;
    if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = String(PANE_ORDER);
    map.getPane(PANE).classList.add("untouchable");
    this.group = L.layerGroup().addTo(map);
    /** @type {Map<number, {path: any, label: any, flaw: any}>} */
    this.drawn = new Map();
  }

  /**
   * @param {Drawing[]} drawings
   * @param {number|null} currentId
   * @param {(drawing: Drawing) => Told} tell
   */
  show(drawings, currentId, tell) {
    // Leaflet would fade the old labels out beside the new ones.
    for (const { label } of this.drawn.values()) label.getElement()?.remove();
    this.group.clearLayers();
    this.drawn.clear();
    for (const drawing of drawings) this.draw(drawing, drawing.id === currentId, tell(drawing));
  }

  /**
   * @param {Drawing} drawing
   * @param {boolean} isCurrent
   * @param {Told} told
   */
  draw(drawing, isCurrent, told) {
    const path = shape(drawing.geometry, look(drawing.color, isCurrent)).addTo(this.group);
    const label = L.tooltip({ permanent: true, interactive: false, direction: labelSide(drawing.geometry), className: "drawing-label", opacity: 1 });
    label.setLatLng(labelPlace(drawing.geometry)).setContent(content(told));
    this.group.addLayer(label);
    const flaw = told.flaw ? flawMark(told.flaw.at).addTo(this.group) : null;
    this.drawn.set(drawing.id, { path, label, flaw });
  }

  /**
   * While a corner is dragged: the shape and its label follow.
   * @param {number} id
   * @param {any} geometry
   * @param {Told} told
   */
  follow(id, geometry, told) {
    const drawn = this.drawn.get(id);
    if (!drawn) return;
    const path = drawn.path.getLayers ? drawn.path.getLayers()[0] : drawn.path;
    if (geometry.type === "Point") path.setLatLng(L.GeoJSON.coordsToLatLng(geometry.coordinates));
    else path.setLatLngs(L.GeoJSON.coordsToLatLngs(geometry.coordinates, { LineString: 0, Polygon: 1, MultiLineString: 1, MultiPolygon: 2 }[/** @type {string} */ (geometry.type)] ?? 0));
    drawn.label.setLatLng(labelPlace(geometry)).setContent(content(told));
    if (drawn.flaw) this.group.removeLayer(drawn.flaw);
    drawn.flaw = told.flaw ? flawMark(told.flaw.at).addTo(this.group) : null;
  }
}

/**
 * @param {any} geometry
 * @param {any} style
 */
function shape(geometry, style) {
  const options = { ...style, pane: PANE, interactive: false };
  return L.geoJSON({ type: "Feature", geometry, properties: {} }, { ...options, style: () => options, pointToLayer: (/** @type {any} */ _, /** @type {any} */ at) => L.circleMarker(at, { ...options, radius: POINT_RADIUS }) });
}

/**
 * @param {string} color
 * @param {boolean} isCurrent
 */
export function look(color, isCurrent) {
  return { color, weight: isCurrent ? 4 : 2.5, opacity: 1, fillColor: color, fillOpacity: isCurrent ? 0.2 : 0.1 };
}

/** @param {any} geometry */
function labelSide(geometry) {
  return /Polygon$/.test(geometry.type) ? "center" : "right";
}

/** @param {any} geometry */
function labelPlace(geometry) {
  const lines = linesOf(geometry);
  const [lng, lat] = lines.length ? /** @type {[number, number]} */ (lines.at(-1)?.at(-1)) : labelPoint(geometry);
  return L.latLng(lat, lng);
}

/** @param {Told} told */
function content({ title, text }) {
  return el("div", {}, el("strong", {}, title), el("span", {}, text));
}

/** @param {[number, number]} at */
function flawMark([lng, lat]) {
  const icon = L.divIcon({ className: "drawing-flaw", html: el("span", { title: t("measure_flaw_here") }, "×"), iconSize: [18, 18] });
  return L.marker([lat, lng], { icon, interactive: false, keyboard: false });
}
