// Well-known text, with or without `SRID=…;` before it.
import { Fault } from "./fault.js";

/** @typedef {{type: string, coordinates: any}} Geometry */

/** @type {Record<string, {type: string, depth: number}>} depth: arrays around the positions */
const TYPES = {
  POINT: { type: "Point", depth: 0 },
  LINESTRING: { type: "LineString", depth: 1 },
  POLYGON: { type: "Polygon", depth: 2 },
  MULTIPOINT: { type: "MultiPoint", depth: 1 },
  MULTILINESTRING: { type: "MultiLineString", depth: 2 },
  MULTIPOLYGON: { type: "MultiPolygon", depth: 3 },
};
const OPENING = /^\s*(?:SRID\s*=\s*(\d+)\s*;)?\s*([A-Z]+)\s*(?:ZM|Z|M)?\s*(?=\(|EMPTY)/i;

/** @param {string} text */
export function isWkt(text) {
  const name = OPENING.exec(text)?.[2]?.toUpperCase() ?? "";
  return name in TYPES || name === "GEOMETRYCOLLECTION";
}

/**
 * @param {string} text
 * @returns {{geometry: Geometry, code: number|null}}
 * @throws {Fault}
 */
export function parseWkt(text) {
  const [opening, srid, name] = OPENING.exec(text) ?? [""];
  const known = TYPES[(name ?? "").toUpperCase()];
  if (!known) throw new Fault("wkt_type", { name: name ?? "" });
  const body = text.slice(opening.length).trim().replace(/;$/, "");
  if (/^EMPTY$/i.test(body)) throw new Fault("empty");
  // MULTIPOINT may write its points with or without brackets of their own.
  const plainBody = known.type === "MultiPoint" ? body.replace(/\(\s*([^()]+?)\s*\)(?=\s*[,)])/g, "$1") : body;
  const [opened, closed] = ["(", ")"].map((bracket) => body.split(bracket).length - 1);
  if (opened !== closed) throw new Fault("wkt_brackets", { opened, closed });
  let nested;
  try {
    nested = JSON.parse(asJson(plainBody));
  } catch {
    throw new Fault("wkt", { text: body.slice(0, 60) });
  }
  const coordinates = known.depth === 0 ? nested[0] : nested;
  if (!hasDepth(coordinates, known.depth)) throw new Fault("wkt", { text: body.slice(0, 60) });
  return { geometry: { type: known.type, coordinates }, code: srid ? Number(srid) : null };
}

/** @param {string} body */
function asJson(body) {
  const positions = body.replace(/[^(),]+/g, (part) => {
    const numbers = part.trim().split(/\s+/).filter(Boolean);
    return numbers.length ? `[${numbers.map((number) => Number(number)).join()}]` : "";
  });
  return positions.replaceAll("(", "[").replaceAll(")", "]");
}

/**
 * @param {any} value
 * @param {number} depth
 * @returns {boolean}
 */
function hasDepth(value, depth) {
  if (!Array.isArray(value) || value.length === 0) return false;
  if (depth === 0) return value.length >= 2 && value.every((number) => typeof number === "number" && Number.isFinite(number));
  return value.every((part) => hasDepth(part, depth - 1));
}

/**
 * @param {Geometry} geometry
 * @returns {string} longitude before latitude
 */
export function toWkt({ type, coordinates }) {
  const position = (/** @type {number[]} */ [x, y]) => `${round(x)} ${round(y)}`;
  const nested = (/** @type {any} */ value) => (typeof value[0] === "number" ? position(value) : `(${value.map(nested).join(", ")})`);
  return `${type.toUpperCase()} ${type === "Point" ? `(${position(coordinates)})` : nested(coordinates)}`;
}

/** @param {number} value degrees */
function round(value) {
  return Number(value.toFixed(7));
}
