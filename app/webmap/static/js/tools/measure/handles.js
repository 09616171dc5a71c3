// The corners of the current drawing, to be dragged, added and removed: by pointer, finger or keyboard.
import { t } from "../../config.js";
import { el } from "../../dom.js";

/** @typedef {import("../../geometry.js").Position} Position */

export const MOST_HANDLES = 300;
const STEP = 1; // pixels that an arrow key moves a corner
const LEAP = 10; // with Shift

/**
 * A list of positions within a geometry, as far as it can be edited.
 * @typedef {{line: Position[], closed: boolean, least: number}} Path
 */

export class Handles {
  /**
   * @param {any} map
   * @param {{moving: (geometry: any) => void, moved: (geometry: any) => void}} listener
   */
  constructor(map, listener) {
    this.map = map;
    this.listener = listener;
    this.group = L.layerGroup().addTo(map);
    this.geometry = null;
  }

  /** @param {any} geometry GeoJSON; null takes the handles away */
  show(geometry) {
    const focused = this.focused();
    this.group.clearLayers();
    this.geometry = geometry ? structuredClone(geometry) : null;
    const paths = geometry ? this.paths() : [];
    if (paths.reduce((sum, { line }) => sum + line.length, 0) > MOST_HANDLES) return;
    for (const [place, path] of paths.entries()) this.showPath(path, place);
    if (focused) this.element(focused)?.focus({ preventScroll: true });
  }

  /** @returns {Path[]} sharing their arrays with the geometry; of a ring without the closing position */
  paths() {
    const { type, coordinates } = /** @type {any} */ (this.geometry);
    /** @param {Position[]} ring */
    const ring = (ring) => ({ line: ring, closed: true, least: 3 });
    if (type === "Point") return [{ line: [coordinates], closed: false, least: 1 }];
    if (type === "LineString") return [{ line: coordinates, closed: false, least: 2 }];
    if (type === "Polygon") return coordinates.map(ring);
    if (type === "MultiPolygon") return coordinates.flat().map(ring);
    return [];
  }

  /**
   * @param {Path} path
   * @param {number} which
   */
  showPath(path, which) {
    const count = path.closed ? path.line.length - 1 : path.line.length;
    for (let place = 0; place < count; place++) {
      this.corner(path, which, place);
      if (place + 1 < path.line.length) this.middle(path, place);
    }
  }

  /**
   * @param {Path} path
   * @param {number} which
   * @param {number} place
   */
  corner(path, which, place) {
    const title = t("measure_corner", { number: place + 1 });
    const marker = this.marker(path.line[place], "handle", title, true);
    marker.on("drag", () => {
      this.move(path, place, position(marker));
      this.listener.moving(this.geometry);
    });
    marker.on("dragend", () => this.listener.moved(this.geometry));
    marker.on("contextmenu dblclick", (/** @type {any} */ event) => {
      L.DomEvent.stop(event);
      this.drop(path, place);
    });
    const element = marker.getElement();
    element.dataset.handle = `${which}-${place}`;
    element.setAttribute("aria-label", title);
    element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event, path, place));
  }

  /**
   * A faint handle between two corners, which becomes a corner when it is dragged or clicked.
   * @param {Path} path
   * @param {number} place
   */
  middle(path, place) {
    const [[x1, y1], [x2, y2]] = [path.line[place], path.line[place + 1]];
    const marker = this.marker([(x1 + x2) / 2, (y1 + y2) / 2], "handle handle-middle", t("measure_add_corner"), false);
    let added = false;
    const add = () => {
      if (!added) path.line.splice(place + 1, 0, position(marker));
      added = true;
    };
    marker.on("drag", () => {
      add();
      path.line[place + 1] = position(marker);
      this.listener.moving(this.geometry);
    });
    marker.on("dragend click", (/** @type {any} */ event) => {
      if (event.type === "click") L.DomEvent.stop(event);
      add();
      this.listener.moved(this.geometry);
    });
  }

  /**
   * @param {Position} at
   * @param {string} className
   * @param {string} title
   * @param {boolean} keyboard
   */
  marker([lng, lat], className, title, keyboard) {
    const icon = L.divIcon({ className, html: el("span"), iconSize: [26, 26] });
    return L.marker([lat, lng], { icon, draggable: true, keyboard, title, autoPanOnFocus: false }).addTo(this.group);
  }

  /**
   * @param {Path} path
   * @param {number} place
   * @param {Position} to
   */
  move(path, place, to) {
    path.line[place][0] = to[0];
    path.line[place][1] = to[1];
    if (path.closed && place === 0) path.line[path.line.length - 1] = [...to];
  }

  /**
   * @param {Path} path
   * @param {number} place
   */
  drop(path, place) {
    const count = path.closed ? path.line.length - 1 : path.line.length;
    if (count <= path.least) return;
    path.line.splice(place, 1);
    if (path.closed && place === 0) path.line[path.line.length - 1] = [...path.line[0]];
    this.listener.moved(this.geometry);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Path} path
   * @param {number} place
   */
  key(event, path, place) {
    /** @type {Record<string, [number, number]>} */
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Delete" || event.key === "Backspace") this.drop(path, place);
    else if (event.key in steps) {
      const size = event.shiftKey ? LEAP : STEP;
      const [lng, lat] = path.line[place];
      const at = this.map.latLngToContainerPoint([lat, lng]).add(L.point(steps[event.key]).multiplyBy(size));
      const there = this.map.containerPointToLatLng(at);
      this.move(path, place, [there.lng, there.lat]);
      this.listener.moved(this.geometry);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  focused() {
    const focus = document.activeElement;
    return focus instanceof HTMLElement ? (focus.dataset.handle ?? null) : null;
  }

  /** @param {string} name */
  element(name) {
    return /** @type {HTMLElement|null} */ (this.map.getContainer().querySelector(`[data-handle="${name}"]`));
  }
}

/**
 * @param {any} marker
 * @returns {Position}
 */
function position(marker) {
  const { lng, lat } = marker.getLatLng();
  return [lng, lat];
}
