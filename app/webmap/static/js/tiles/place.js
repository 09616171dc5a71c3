// Places in tiles: between units of a tile and degrees, and what lies under a point.
import { distanceToLine } from "../geometry.js";

/** @typedef {import("./decode.js").Decoded} Decoded */
/** @typedef {{z: number, x: number, y: number}} Address */
/** @typedef {import("../geometry.js").Position} Position */

/**
 * A place in units of a tile.
 * @param {Address} address
 * @param {number} extent
 * @param {{lng: number, lat: number}} at
 */
export function toUnits({ z, x, y }, extent, { lng, lat }) {
  const side = 2 ** z;
  const sine = Math.sin((lat * Math.PI) / 180);
  const down = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return { x: ((lng / 360 + 0.5) * side - x) * extent, y: (down * side - y) * extent };
}

/**
 * @param {Address} address
 * @param {number} extent
 * @param {number} unitsX
 * @param {number} unitsY
 * @returns {Position}
 */
function toDegrees({ z, x, y }, extent, unitsX, unitsY) {
  const side = 2 ** z;
  const lng = ((x + unitsX / extent) / side) * 360 - 180;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + unitsY / extent)) / side))) * 180) / Math.PI;
  return [lng, lat];
}

/**
 * The piece of a feature that a tile has, as GeoJSON.
 * @param {Decoded} data
 * @param {number} i
 * @param {Address} address
 * @param {"point"|"line"|"polygon"} kind
 */
export function geometryOf(data, i, address, kind) {
  /** @type {Position[][]} */
  const parts = [];
  for (let ring = data.rings[i]; ring < data.rings[i + 1]; ring++) {
    /** @type {Position[]} */
    const part = [];
    for (let v = data.starts[ring]; v < data.starts[ring + 1]; v++) part.push(toDegrees(address, data.extent, data.xy[2 * v], data.xy[2 * v + 1]));
    parts.push(part);
  }
  if (kind === "point") return { type: "MultiPoint", coordinates: parts.flat() };
  if (kind === "line") return { type: "MultiLineString", coordinates: parts };
  /** @type {Position[][][]} */
  const polygons = [];
  for (const ring of parts) {
    ring.push(ring[0]);
    // Outer rings go clockwise on the screen and so in degrees, whose latitude goes up (specification, 4.3.4.4).
    if (polygons.length === 0 || isClockwise(ring)) polygons.push([ring]);
    else polygons[polygons.length - 1].push(ring);
  }
  return { type: "MultiPolygon", coordinates: polygons };
}

/** @param {Position[]} ring */
function isClockwise(ring) {
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i++) twice += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  return twice < 0;
}

/**
 * The features under a point, the topmost first.
 * @param {Decoded} data
 * @param {{x: number, y: number}} point units
 * @param {number} reach units beside a point or a line that count as on it
 * @param {"point"|"line"|"polygon"} kind
 * @returns {number[]}
 */
export function under(data, point, reach, kind) {
  const margin = kind === "polygon" ? 0 : reach;
  const found = [];
  for (let place = data.order.length - 1; place >= 0; place--) {
    const i = data.order[place];
    const box = 4 * i;
    if (point.x < data.boxes[box] - margin || point.x > data.boxes[box + 2] + margin) continue;
    if (point.y < data.boxes[box + 1] - margin || point.y > data.boxes[box + 3] + margin) continue;
    if (isOn(data, i, point, reach, kind)) found.push(i);
  }
  return found;
}

/**
 * @param {Decoded} data
 * @param {number} i
 * @param {{x: number, y: number}} point
 * @param {number} reach
 * @param {"point"|"line"|"polygon"} kind
 */
function isOn(data, i, point, reach, kind) {
  let inside = false;
  for (let ring = data.rings[i]; ring < data.rings[i + 1]; ring++) {
    const [from, to] = [data.starts[ring], data.starts[ring + 1]];
    if (kind === "polygon") {
      if (crosses(data.xy, from, to, point)) inside = !inside;
    } else {
      const line = Array.from({ length: to - from }, (_, n) => ({ x: data.xy[2 * (from + n)], y: data.xy[2 * (from + n) + 1] }));
      const near = kind === "line" ? distanceToLine(line, point) <= reach : line.some((one) => Math.hypot(one.x - point.x, one.y - point.y) <= reach);
      if (near) return true;
    }
  }
  return inside;
}

/**
 * Whether a ray from the point crosses a ring an odd number of times.
 * @param {Int16Array} xy
 * @param {number} from
 * @param {number} to
 * @param {{x: number, y: number}} point
 */
function crosses(xy, from, to, { x, y }) {
  let odd = false;
  for (let i = from, j = to - 1; i < to; j = i++) {
    const [xi, yi, xj, yj] = [xy[2 * i], xy[2 * i + 1], xy[2 * j], xy[2 * j + 1]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}
