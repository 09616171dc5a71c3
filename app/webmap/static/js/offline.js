// The basemap of this host: the districts as land, and coast, rivers, roads and railways as indicative lines.
import { getJson } from "./api.js";
import { config } from "./config.js";
import { svg } from "./dom.js";
import { loadStyle } from "./load.js";

/** @typedef {{kind: string, name_zh: string, name_en: string, main?: boolean}} Told */

const MAIN_ZOOM = 8; // from which all lines are drawn
const NAMES_ZOOM = 9.5; // from which lines bear their names
const ORDER = ["land", "reservoir", "river", "coast", "railway", "road", "motorway"];
const DRAW_PIXELS = 1.2; // how far a line may be from its points: it is drawn often
const AREAS = ["land", "reservoir"];
const NAMELESS = ["land", "coast"]; // districts have a layer of their own
const IMPORTANCE = ["reservoir", "river", "motorway", "railway", "road"]; // of names
const STRAIGHT = 0.93; // of its length a piece spans at least that bears a name
const PLACES = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9]; // along a line where its name may stand
let count = 0;

export class OfflineBasemap extends L.LayerGroup {
  /**
   * @param {string} pane
   */
  static async load(pane) {
    const [collection] = await Promise.all([getJson("/basemap/offline.geojson"), loadStyle("/static/css/offline.css")]);
    return new OfflineBasemap(pane, collection.features);
  }

  /**
   * @param {string} pane
   * @param {any[]} features GeoJSON
   */
  constructor(pane, features) {
    super();
    this.renderer = L.svg({ pane, padding: 0.3 });
    const look = { pane, renderer: this.renderer, interactive: false, smoothFactor: DRAW_PIXELS };
    /** @type {{path: any, told: Told}[]} */
    this.named = [];
    const sorted = [...features].sort((a, b) => ORDER.indexOf(a.properties.kind) - ORDER.indexOf(b.properties.kind));
    for (const feature of sorted) {
      const told = feature.properties;
      const line = L.geoJSON(feature, { ...look, style: () => ({ className: `base base-${told.kind}`, fill: AREAS.includes(told.kind) }) });
      this.addLayer(line);
      if (!NAMELESS.includes(told.kind)) line.eachLayer((/** @type {any} */ path) => this.named.push({ path, told }));
    }
  }

  /** @param {any} map */
  onAdd(map) {
    super.onAdd(map);
    map.on("zoomend moveend", this.write, this);
    this.write();
    return this;
  }

  /** @param {any} map */
  onRemove(map) {
    map.off("zoomend moveend", this.write, this);
    super.onRemove(map);
  }

  /** Write the name of each line along the part of it that is in the view. */
  write() {
    const group = this.renderer._rootGroup;
    if (!group) return;
    for (const old of group.querySelectorAll("text, .base-guide")) old.remove();
    const zoom = this._map.getZoom();
    group.classList.toggle("base-far", zoom < MAIN_ZOOM);
    if (zoom < NAMES_ZOOM) return;
    /** @type {{x: number, y: number}[]} */
    const taken = [];
    for (const { path, told } of [...this.named].sort((a, b) => IMPORTANCE.indexOf(a.told.kind) - IMPORTANCE.indexOf(b.told.kind))) {
      group.append(...(told.kind === "reservoir" ? nameIn(path, told) : nameAlong(path, told, this.inView(path), taken)));
    }
  }

  /**
   * The longest piece of a line that is in the view, from left to right.
   * @param {any} path
   * @returns {{x: number, y: number}[]}
   */
  inView(path) {
    const size = this._map.getSize();
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    const view = L.bounds(corner, corner.add(size));
    /** @type {{x: number, y: number}[]} */
    let best = [];
    for (const part of path._parts) {
      /** @type {{x: number, y: number}[]} */
      let piece = [];
      for (let i = 1; i < part.length; i += 1) {
        // Not rounded: beside an edge between two pixels Leaflet would round out of the view, and cut for ever.
        const cut = L.LineUtil.clipSegment(part[i - 1], part[i], view, false, false);
        if (!cut) piece = [];
        else if (piece.length && cut[0].equals(piece[piece.length - 1])) piece.push(cut[1]);
        else piece = [...cut];
        if (lengthOf(piece) > lengthOf(best)) best = [...piece];
      }
    }
    return best.length && best[0].x > best[best.length - 1].x ? best.reverse() : best;
  }
}

/** @param {Told} told */
function nameOf(told) {
  return config.language === "en" ? told.name_en : told.name_zh;
}

/**
 * Room that a name takes along a line, pixels.
 * @param {string} text
 */
function widthOf(text) {
  return [...text].reduce((width, letter) => width + (letter > "\u2e80" ? 12.5 : 7), 0);
}

/**
 * @param {any} path
 * @param {Told} told
 */
function nameIn(path, told) {
  const text = nameOf(told);
  const { x, y } = path._pxBounds.getCenter();
  const has = path._pxBounds.getSize().x > widthOf(text);
  return has ? [svg("text", { class: "base-name base-name-reservoir", x, y, "text-anchor": "middle" }, document.createTextNode(text))] : [];
}

/**
 * @param {any} path
 * @param {Told} told
 * @param {{x: number, y: number}[]} points
 * @param {{x: number, y: number}[]} taken middles of the names that are written already
 */
function nameAlong(path, told, points, taken) {
  const text = nameOf(told);
  const length = lengthOf(points);
  const width = widthOf(text);
  const share = PLACES.find((one) => {
    const middle = pointAt(points, one * length);
    const fits = Math.min(one, 1 - one) * length > width / 2 + 6;
    return fits && isStraight(points, one * length, width) && taken.every(({ x, y }) => Math.hypot(x - middle.x, y - middle.y) > width * 0.75);
  });
  if (share === undefined) return [];
  taken.push(pointAt(points, share * length));
  const id = (path.baseNameId ??= `base-line-${++count}`);
  const guide = svg("path", { id, class: "base-guide", d: `M${points.map(({ x, y }) => `${x} ${y}`).join("L")}` });
  const along = svg("textPath", { href: `#${id}`, startOffset: `${share * 100}%` }, document.createTextNode(text));
  return [guide, svg("text", { class: `base-name base-name-${told.kind}`, "text-anchor": "middle", dy: -3 }, along)];
}

/**
 * Whether letters along a piece of a line can be read.
 * @param {{x: number, y: number}[]} points
 * @param {number} middle of the piece, along them
 * @param {number} width
 */
function isStraight(points, middle, width) {
  const [a, b] = [pointAt(points, middle - width / 2), pointAt(points, middle + width / 2)];
  return Math.hypot(b.x - a.x, b.y - a.y) > STRAIGHT * width;
}

/**
 * @param {{x: number, y: number}[]} points
 * @param {number} distance along them
 */
function pointAt(points, distance) {
  let left = distance;
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (left <= length) return { x: a.x + ((b.x - a.x) * left) / length, y: a.y + ((b.y - a.y) * left) / length };
    left -= length;
  }
  return points[points.length - 1] ?? { x: 0, y: 0 };
}

/** @param {{x: number, y: number}[]} points */
function lengthOf(points) {
  let length = 0;
  for (let i = 1; i < points.length; i += 1) length += Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
  return length;
}
