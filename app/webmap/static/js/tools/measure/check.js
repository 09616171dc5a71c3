// Whether a geometry can be measured: enough points, in China, no ring that crosses itself.
import { inPolygon, positions, polygonsOf } from "../../geometry.js";
import { inChina } from "./coordinate.js";
import { Fault } from "./fault.js";

/** @typedef {import("../../geometry.js").Position} Position */

export const MOST_VERTICES = 5000; // of a drawing
const FLAT = 1e-10; // degrees from a straight line: hundredths of a millimetre

/**
 * Refuse what cannot be drawn at all.
 * @param {any} geometry
 * @throws {Fault}
 */
export function checkShape(geometry) {
  const points = positions(geometry);
  if (points.length === 0) throw new Fault("empty");
  if (points.length > MOST_VERTICES) throw new Fault("vertices", { count: points.length, most: MOST_VERTICES });
  for (const point of points) {
    if (!point.every(Number.isFinite)) throw new Fault("not_numbers");
    if (!inChina(point)) throw new Fault("outside_china", { first: point[0].toFixed(4), second: point[1].toFixed(4) });
  }
  for (const rings of polygonsOf(geometry)) {
    for (const ring of rings) if (corners(ring).length < 3) throw new Fault("three_points", { count: corners(ring).length });
  }
  if (/LineString$/.test(geometry.type)) {
    const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
    if (lines.some((/** @type {Position[]} */ line) => distinct(line).length < 2)) throw new Fault("two_points");
  }
}

/**
 * What keeps a polygon from having an area.
 * @param {any} geometry
 * @returns {{key: string, values: Record<string, string|number>, at: Position}|null}
 */
export function flaw(geometry) {
  for (const rings of polygonsOf(geometry)) {
    const shell = corners(rings[0]);
    if (isFlat(shell)) return { key: "measure_flaw_flat", values: {}, at: shell[0] };
    const crossing = firstCrossing(rings);
    if (crossing) {
      const [lng, lat] = crossing.at;
      const values = { first: crossing.edges[0], second: crossing.edges[1], lng: lng.toFixed(5), lat: lat.toFixed(5) };
      return { key: "measure_flaw_crossing", values, at: crossing.at };
    }
    const outside = rings.slice(1).find((hole) => !inPolygon([rings[0]], hole[0]));
    if (outside) return { key: "measure_flaw_hole", values: {}, at: outside[0] };
  }
  return null;
}

/**
 * The positions of a ring or line without repetitions in a row.
 * @param {Position[]} line
 */
export function distinct(line) {
  return line.filter(([x, y], i) => i === 0 || x !== line[i - 1][0] || y !== line[i - 1][1]);
}

/**
 * The corners of a ring: as `distinct`, and without the last one that closes it.
 * @param {Position[]} ring
 */
export function corners(ring) {
  const found = distinct(ring);
  const [first, last] = [found[0], found[found.length - 1]];
  return found.length > 1 && first[0] === last[0] && first[1] === last[1] ? found.slice(0, -1) : found;
}

/**
 * Whether all corners lie on one straight line.
 * @param {Position[]} ring
 */
function isFlat([first, ...others]) {
  const size = (/** @type {Position} */ [x, y]) => Math.hypot(x - first[0], y - first[1]);
  const far = others.reduce((one, other) => (size(other) > size(one) ? other : one), first);
  const [dx, dy] = [far[0] - first[0], far[1] - first[1]];
  return others.every(([x, y]) => Math.abs(dx * (y - first[1]) - dy * (x - first[0])) <= FLAT * size(far));
}

/** @typedef {{a: Position, b: Position, ring: number, place: number, count: number, west: number, east: number}} Edge */

/**
 * Sweeping from west to east, so that only edges above one another are compared.
 * @param {Position[][]} rings
 * @returns {{at: Position, edges: [number, number]}|null} edges are numbered from 1 through all rings
 */
export function firstCrossing(rings) {
  /** @type {Edge[]} */
  const edges = [];
  for (const [ring, whole] of rings.entries()) {
    const points = corners(whole);
    points.forEach((a, place) => {
      const b = points[(place + 1) % points.length];
      edges.push({ a, b, ring, place, count: points.length, west: Math.min(a[0], b[0]), east: Math.max(a[0], b[0]) });
    });
  }
  const numbers = new Map(edges.map((edge, place) => [edge, place + 1]));
  edges.sort((one, other) => one.west - other.west);
  /** @type {Edge[]} */
  let open = [];
  for (const edge of edges) {
    open = open.filter((other) => other.east >= edge.west);
    for (const other of open) {
      const at = meeting(other, edge);
      if (at) {
        const pair = [numbers.get(other) ?? 0, numbers.get(edge) ?? 0].sort((x, y) => x - y);
        return { at, edges: [pair[0], pair[1]] };
      }
    }
    open.push(edge);
  }
  return null;
}

/**
 * Where two edges meet that should not. Neighbours may share their corner, and nothing more.
 * @param {Edge} one
 * @param {Edge} other
 * @returns {Position|null}
 */
function meeting(one, other) {
  const apart = one.ring === other.ring ? Math.abs(one.place - other.place) : 2;
  const neighbours = one.ring === other.ring && (apart === 1 || apart === one.count - 1);
  const sides = [side(one.a, one.b, other.a), side(one.a, one.b, other.b), side(other.a, other.b, one.a), side(other.a, other.b, one.b)];
  if (neighbours) return sides.every((value) => value === 0) && goesBack(one, other) ? one.b : null;
  if (sides[0] * sides[1] < 0 && sides[2] * sides[3] < 0) return crossing(one, other);
  const ends = /** @type {[Position, number, Edge][]} */ ([[other.a, sides[0], one], [other.b, sides[1], one], [one.a, sides[2], other], [one.b, sides[3], other]]);
  return ends.find(([end, value, edge]) => value === 0 && between(edge, end))?.[0] ?? null;
}

/**
 * Which side of the line from a to b the point c is on.
 * @param {Position} a
 * @param {Position} b
 * @param {Position} c
 */
function side(a, b, c) {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

/**
 * @param {Edge} one
 * @param {Edge} other its neighbour on the same straight line
 */
function goesBack(one, other) {
  return (one.b[0] - one.a[0]) * (other.b[0] - other.a[0]) + (one.b[1] - one.a[1]) * (other.b[1] - other.a[1]) < 0;
}

/**
 * @param {Edge} edge
 * @param {Position} point on its straight line
 */
function between({ a, b }, [x, y]) {
  return x >= Math.min(a[0], b[0]) && x <= Math.max(a[0], b[0]) && y >= Math.min(a[1], b[1]) && y <= Math.max(a[1], b[1]);
}

/**
 * @param {Edge} one
 * @param {Edge} other
 * @returns {Position}
 */
function crossing({ a, b }, { a: c, b: d }) {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const share = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / (rx * sy - ry * sx);
  return [a[0] + share * rx, a[1] + share * ry];
}
