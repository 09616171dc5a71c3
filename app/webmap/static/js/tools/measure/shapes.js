// Shapes from text: GeoJSON, WKT or rows of coordinates, in degrees or in Gauss-Kruger metres.
import { positions } from "../../geometry.js";
import { eastFirst, read, recognise } from "./coordinate.js";
import { fromGcj02 } from "./datum.js";
import { Fault } from "./fault.js";
import { definition } from "./projection.js";
import { parseRows } from "./rows.js";
import { isWkt, parseWkt } from "./wkt.js";

/** @typedef {import("../../geometry.js").Position} Position */
/** @typedef {import("./coordinate.js").Reading} Reading */
/** @typedef {import("./coordinate.js").Choice} Choice */
/** @typedef {{geometry: any, properties: Record<string, any>|null, name: string}} Shape */

const GEOMETRIES = new Set(["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]);
const UNPREFIXED = 4548;

/**
 * @param {string} text
 * @param {import("./projection.js").Projection} projection
 * @param {{choice?: Choice, kind?: "polygon"|"line"|"point"}} [options]
 * @returns {{shapes: Shape[], reading: Reading}} in degrees, longitude first
 * @throws {Fault}
 */
export function parseShapes(text, projection, { choice = "auto", kind = "polygon" } = {}) {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (!trimmed) throw new Fault("empty");
  if (trimmed.startsWith("<")) throw new Fault("markup");
  if (/^[{[]/.test(trimmed) && !/^\[[^\]\d"{[]/.test(trimmed)) return shapesOfJson(json(trimmed), projection, choice);
  if (isWkt(trimmed)) {
    const parts = trimmed.split(/\r?\n(?=\s*(?:SRID|[A-Z]+)\b)/i).filter((part) => part.trim());
    const found = parts.map(parseWkt);
    return placed(found.map(({ geometry }) => ({ geometry, properties: null, name: "" })), projection, choice, found[0].code);
  }
  const rows = parseRows(trimmed, kind);
  return placed(rows.map(({ type, coordinates, name }) => ({ geometry: { type, coordinates }, properties: null, name })), projection, choice, null);
}

/** @param {string} text */
function json(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault("json", { detail: error instanceof Error ? error.message : "" });
  }
}

/**
 * @param {any} value parsed GeoJSON, or the nested arrays of a polygon
 * @param {import("./projection.js").Projection} projection
 * @param {Choice} [choice]
 * @param {boolean} [tolerant] whether some positions may lie elsewhere, as in a file
 */
export function shapesOfJson(value, projection, choice = "auto", tolerant = false) {
  const shapes = Array.isArray(value) ? [arrays(value)] : flattened(value);
  if (shapes.length === 0) throw new Fault("empty");
  return placed(shapes, projection, choice, declared(value), tolerant);
}

/** @param {any} value */
function arrays(value) {
  let [depth, inner] = [0, value];
  for (; Array.isArray(inner) && Array.isArray(inner[0]); inner = inner[0]) depth++;
  const coordinates = depth === 1 ? [value] : value;
  if (depth < 1 || depth > 3) throw new Fault("geojson");
  return { geometry: checked({ type: depth === 3 ? "MultiPolygon" : "Polygon", coordinates }), properties: null, name: "" };
}

/**
 * @param {any} value
 * @returns {Shape[]}
 */
function flattened(value) {
  if (value?.type === "FeatureCollection" && Array.isArray(value.features)) return value.features.flatMap(flattened);
  if (value?.type === "Feature") {
    if (!value.geometry) return [];
    const properties = value.properties && typeof value.properties === "object" ? value.properties : {};
    const name = properties.name ?? properties.名称 ?? properties.NAME ?? properties.Name ?? "";
    return flattened(value.geometry).map(({ geometry }) => ({ geometry, properties, name: String(name) }));
  }
  if (value?.type === "GeometryCollection" && Array.isArray(value.geometries)) return value.geometries.flatMap(flattened);
  if (GEOMETRIES.has(value?.type)) return [{ geometry: checked(value), properties: null, name: "" }];
  throw new Fault("geojson");
}

/** @param {any} geometry */
function checked({ type, coordinates }) {
  const depth = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[/** @type {string} */ (type)] ?? 0;
  /** @param {any} value @param {number} left @returns {boolean} */
  const sound = (value, left) =>
    Array.isArray(value) && (left === 0 ? value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]) : value.every((part) => sound(part, left - 1)));
  if (!sound(coordinates, depth)) throw new Fault("geojson_coordinates", { type });
  return { type, coordinates };
}

/**
 * The CRS that a collection names, as GeoJSON did before RFC 7946.
 * @param {any} value
 * @returns {number|null}
 */
function declared(value) {
  const name = value?.crs?.properties?.name;
  if (typeof name !== "string" || /CRS84/i.test(name)) return null;
  const code = /EPSG:{1,2}(?:[\d.]*:)?(\d+)$/i.exec(name)?.[1];
  if (!code) throw new Fault("crs", { name });
  return Number(code);
}

/**
 * Bring shapes to degrees.
 * @param {Shape[]} shapes
 * @param {import("./projection.js").Projection} projection
 * @param {Choice} choice
 * @param {number|null} code EPSG, where the text itself names one
 * @param {boolean} tolerant
 */
function placed(shapes, projection, choice, code, tolerant = false) {
  const pairs = shapes.flatMap(({ geometry }) => positions(geometry));
  if (pairs.length === 0) throw new Fault("empty");
  const reading = readingOf(tolerant ? common(pairs) : pairs, choice, code);
  const convert = converter(reading, projection);
  return { shapes: shapes.map((shape) => ({ ...shape, geometry: mapped(shape.geometry, convert) })), reading };
}

/**
 * Of many pairs those that are alike, where they are the most.
 * @param {Position[]} pairs
 */
function common(pairs) {
  /** @type {Map<string, Position[]>} */
  const kinds = new Map();
  for (const pair of pairs) {
    const reading = recognise(pair[0], pair[1]);
    const kind = reading ? `${reading.code} ${reading.order}` : "";
    const known = kinds.get(kind);
    if (known) known.push(pair);
    else kinds.set(kind, [pair]);
  }
  const most = [...kinds].reduce((one, other) => (other[1].length > one[1].length ? other : one));
  return most[0] && most[1].length * 2 >= pairs.length ? most[1] : pairs;
}

/**
 * @param {Position[]} pairs
 * @param {Choice} choice
 * @param {number|null} code
 * @returns {Reading}
 */
function readingOf(pairs, choice, code) {
  if (code !== null && definition(code) === null) throw new Fault("crs", { name: `EPSG:${code}` });
  const first = read(pairs[0][0], pairs[0][1], choice);
  for (const [place, [a, b]] of pairs.entries()) {
    const other = recognise(a, b);
    if (other?.code !== first.code || other.order !== first.order) throw new Fault("mixed", { place: place + 1, first: a, second: b });
  }
  if (code === null || code === first.code || (first.code === 4490 && code === 4326)) return first;
  // Without a prefix the magnitudes cannot tell the meridian; the text has told it.
  if (first.code === UNPREFIXED && /\+x_0=500000 /.test(definition(code) ?? "")) return { ...first, code };
  throw new Fault("declared", { declared: `EPSG:${code}`, found: `EPSG:${first.code}` });
}

/**
 * @param {Reading} reading
 * @param {import("./projection.js").Projection} projection
 * @returns {(pair: Position) => Position}
 */
export function converter(reading, projection) {
  if (reading.code === 4490) return (pair) => (reading.gcj02 ? fromGcj02(eastFirst(reading, pair)) : eastFirst(reading, pair));
  return (pair) => projection.toDegrees(reading.code, eastFirst(reading, pair));
}

/**
 * @param {any} geometry
 * @param {(pair: Position) => Position} convert
 */
export function mapped({ type, coordinates }, convert) {
  /** @param {any} value @returns {any} */
  const walk = (value) => (typeof value[0] === "number" ? convert([value[0], value[1]]) : value.map(walk));
  const moved = walk(coordinates);
  const close = (/** @type {Position[][]} */ polygon) => polygon.map(closed);
  if (type === "Polygon") return { type, coordinates: close(moved) };
  if (type === "MultiPolygon") return { type, coordinates: moved.map(close) };
  return { type, coordinates: moved };
}

/** @param {Position[]} ring */
function closed(ring) {
  const [first, last] = [ring[0], ring[ring.length - 1]];
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, [...first]];
}
