// Drawing by clicks: a line follows the pointer, a bar over the map says what it measures and how to go on.
import { t } from "../../config.js";
import { byId, el, oncePerFrame } from "../../dom.js";
import { look, PANE } from "./board.js";

/** @typedef {import("../../geometry.js").Position} Position */
/** @typedef {"polygon"|"line"|"point"} Kind */

/**
 * @typedef {object} Listener
 * @property {(geometry: any) => void} finished
 * @property {() => void} ended finished or given up
 * @property {(geometry: any) => string} measure
 * @property {(text: string) => Position} read what somebody types; throws a Fault
 * @property {(error: any) => string} explain
 */

const NEAR = 12; // pixels around the first corner that close a polygon
const SAME = 6; // pixels within which a second click is the same place
const LEAST = { polygon: 3, line: 2, point: 1 };

export class Sketch {
  /**
   * @param {any} map
   * @param {Kind} kind
   * @param {string} color
   * @param {Listener} listener
   */
  constructor(map, kind, color, listener) {
    this.map = map;
    this.kind = kind;
    this.listener = listener;
    /** @type {Position[]} */
    this.corners = [];
    /** @type {Position|null} */
    this.pointer = null;
    this.shape = (kind === "polygon" ? L.polygon([], { ...look(color, true), pane: PANE, interactive: false }) : L.polyline([], { ...look(color, true), fill: false, pane: PANE, interactive: false })).addTo(map);
    this.dots = L.layerGroup().addTo(map);
    this.color = color;
    this.redraw = oncePerFrame(() => this.draw());
    this.move = (/** @type {any} */ event) => {
      this.pointer = [event.latlng.lng, event.latlng.lat];
      this.redraw();
    };
    this.leave = () => {
      this.pointer = null;
      this.redraw();
    };
    this.twice = (/** @type {any} */ event) => {
      L.DomEvent.stop(event);
      this.finish();
    };
    this.key = (/** @type {KeyboardEvent} */ event) => this.onKey(event);
    this.start();
  }

  start() {
    this.couldZoom = this.map.doubleClickZoom.enabled();
    this.map.doubleClickZoom.disable();
    this.map.getContainer().classList.add("sketching");
    document.body.classList.add("with-sketch");
    this.map.on("mousemove", this.move).on("mouseout", this.leave).on("dblclick", this.twice);
    document.addEventListener("keydown", this.key, true);
    this.bar = this.makeBar();
    byId("stage").append(this.bar);
    this.map.getContainer().focus({ preventScroll: true });
    this.draw();
  }

  stop() {
    this.map.off("mousemove", this.move).off("mouseout", this.leave).off("dblclick", this.twice);
    document.removeEventListener("keydown", this.key, true);
    // A double click that ends the drawing shall not zoom as well.
    if (this.couldZoom) setTimeout(() => this.map.doubleClickZoom.enable(), 0);
    this.map.getContainer().classList.remove("sketching");
    document.body.classList.remove("with-sketch");
    this.shape.remove();
    this.dots.remove();
    this.bar?.remove();
    this.listener.ended();
  }

  makeBar() {
    this.told = el("output", { class: "sketch-told" });
    this.fault = el("p", { class: "hint fault", role: "alert" });
    this.field = /** @type {HTMLInputElement} */ (el("input", { type: "text", class: "sketch-field", placeholder: t("measure_next_placeholder"), "aria-label": t("measure_next") }));
    this.undoButton = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button", click: () => this.back() }, t("measure_back")));
    this.finishButton = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button button-main", click: () => this.finish() }, t("measure_finish")));
    const cancel = el("button", { type: "button", class: "button", click: () => this.stop() }, t("measure_cancel"));
    const bar = el("div", { class: "sketch-bar", role: "group", "aria-label": t(`measure_draw_${this.kind}`) }, el("p", { class: "sketch-hint" }, t(`measure_hint_${this.kind}`)), this.told, el("div", { class: "sketch-row" }, this.field, this.undoButton, this.finishButton, cancel), this.fault);
    L.DomEvent.disableClickPropagation(bar);
    L.DomEvent.disableScrollPropagation(bar);
    return bar;
  }

  /**
   * A click on the map.
   * @param {any} at Leaflet's LatLng
   */
  click(at) {
    const pixel = this.map.latLngToContainerPoint(at);
    const distance = (/** @type {Position|undefined} */ corner) => (corner ? this.map.latLngToContainerPoint([corner[1], corner[0]]).distanceTo(pixel) : Infinity);
    const closes = this.kind === "polygon" && this.corners.length >= LEAST.polygon && distance(this.corners[0]) <= NEAR;
    if (closes) this.finish();
    else if (distance(this.corners.at(-1)) > SAME) this.add([at.lng, at.lat]);
  }

  /** @param {Position} position */
  add(position) {
    this.corners.push(position);
    this.fault?.replaceChildren();
    if (this.kind === "point") this.finish();
    else this.draw();
  }

  back() {
    this.corners.pop();
    this.draw();
  }

  finish() {
    const least = LEAST[this.kind];
    if (this.corners.length < least) {
      this.fault?.replaceChildren(t("measure_fault_more_points", { least, count: this.corners.length }));
      return;
    }
    const geometry = this.geometry(this.corners);
    this.stop();
    this.listener.finished(geometry);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const inField = event.target === this.field;
    if (event.target instanceof HTMLElement && !inField && event.target.closest("input, textarea, select, button, a")) {
      if (event.key !== "Escape") return;
    }
    if (event.key === "Escape") this.stop();
    else if (event.key === "Enter") inField && this.field?.value.trim() ? this.addTyped() : this.finish();
    else if (event.key === "Backspace" && !(inField && this.field?.value)) this.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  addTyped() {
    const field = /** @type {HTMLInputElement} */ (this.field);
    try {
      const position = this.listener.read(field.value);
      field.value = "";
      this.add(position);
      if (!this.map.getBounds().contains([position[1], position[0]])) this.map.panTo([position[1], position[0]]);
    } catch (error) {
      this.fault?.replaceChildren(this.listener.explain(error));
    }
  }

  draw() {
    const following = this.pointer && this.corners.length ? [...this.corners, this.pointer] : this.corners;
    this.shape.setLatLngs(following.map(([lng, lat]) => [lat, lng]));
    this.dots.clearLayers();
    for (const [lng, lat] of this.corners) L.circleMarker([lat, lng], { radius: 4, color: this.color, weight: 2, fillColor: "#fff", fillOpacity: 1, pane: PANE, interactive: false }).addTo(this.dots);
    const enough = following.length >= LEAST[this.kind] && this.kind !== "point";
    const measured = enough ? this.listener.measure(this.geometry(following)) : "";
    this.told?.replaceChildren(this.kind === "point" ? "" : t("measure_points", { count: this.corners.length }) + measured);
    if (this.undoButton) this.undoButton.disabled = this.corners.length === 0;
    if (this.finishButton) this.finishButton.disabled = this.corners.length < LEAST[this.kind];
  }

  /** @param {Position[]} corners */
  geometry(corners) {
    const line = corners.map(([lng, lat]) => [lng, lat]);
    if (this.kind === "point") return { type: "Point", coordinates: line[0] };
    return this.kind === "line" ? { type: "LineString", coordinates: line } : { type: "Polygon", coordinates: [[...line, [...line[0]]]] };
  }
}
