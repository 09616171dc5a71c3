// Plane geometry of GeoJSON in degrees: good enough to tell what lies under a pointer and where to put a label.

/** @typedef {[number, number]} Position longitude, latitude */
/** @typedef {[number, number, number, number]} Bounds west, south, east, north */

/** @type {Record<string, number>} how many arrays are around the positions of a geometry */
const DEPTHS = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };

/**
 * Every position of a geometry.
 * @param {any} geometry
 * @returns {Position[]}
 */
export function positions(geometry) {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(positions);
  const depth = DEPTHS[geometry.type];
  return depth === 0 ? [geometry.coordinates] : geometry.coordinates.flat(depth - 1);
}

/**
 * @param {Position[]} points
 * @returns {Bounds}
 */
export function boundsOf(points) {
  /** @type {Bounds} */
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}

/**
 * @param {Bounds} bounds
 * @param {Position} point
 */
export function within([west, south, east, north], [x, y]) {
  return x >= west && x <= east && y >= south && y <= north;
}

/**
 * The polygons of a geometry, each a list of rings.
 * @param {any} geometry
 * @returns {Position[][][]}
 */
export function polygonsOf(geometry) {
  if (geometry.type === "Polygon") return [geometry.coordinates];
  if (geometry.type === "MultiPolygon") return geometry.coordinates;
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(polygonsOf);
  return [];
}

/**
 * The lines of a geometry that has no inside.
 * @param {any} geometry
 * @returns {Position[][]}
 */
export function linesOf(geometry) {
  if (geometry.type === "LineString") return [geometry.coordinates];
  if (geometry.type === "MultiLineString") return geometry.coordinates;
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(linesOf);
  return [];
}

/**
 * Even-odd rule over all rings, so that holes count as outside.
 * @param {Position[][]} rings
 * @param {Position} point
 */
export function inPolygon(rings, [x, y]) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

/**
 * Signed area of a ring, square degrees.
 * @param {Position[]} ring
 */
function ringArea(ring) {
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) twice += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
  return twice / 2;
}

/**
 * Area of all outer rings, square degrees: for telling the smaller of two, not for stating an area.
 * @param {any} geometry
 */
export function roughArea(geometry) {
  return polygonsOf(geometry).reduce((sum, rings) => sum + Math.abs(ringArea(rings[0])), 0);
}

/**
 * A place for a label: inside the largest polygon, where it is wide.
 * @param {any} geometry
 * @returns {Position}
 */
export function labelPoint(geometry) {
  const polygons = polygonsOf(geometry);
  if (polygons.length === 0) {
    const points = positions(geometry);
    return points[Math.floor(points.length / 2)];
  }
  const rings = polygons.reduce((a, b) => (Math.abs(ringArea(b[0])) > Math.abs(ringArea(a[0])) ? b : a));
  const [, south, , north] = boundsOf(rings[0]);
  let best = { score: -1, point: rings[0][0] };
  for (const share of [0.5, 0.42, 0.58, 0.34, 0.66, 0.25, 0.75]) {
    const y = south + (north - south) * share;
    const [from, to] = widestCrossing(rings, y);
    const score = (to - from) * (1 - Math.abs(share - 0.5));
    if (score > best.score * 1.1) best = { score, point: [(from + to) / 2, y] };
  }
  return best.point;
}

/**
 * @param {Position[][]} rings
 * @param {number} y
 * @returns {[number, number]}
 */
function widestCrossing(rings, y) {
  /** @type {number[]} */
  const crossings = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y) crossings.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
    }
  }
  crossings.sort((a, b) => a - b);
  /** @type {[number, number]} */
  let widest = [rings[0][0][0], rings[0][0][0]];
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    if (crossings[i + 1] - crossings[i] > widest[1] - widest[0]) widest = [crossings[i], crossings[i + 1]];
  }
  return widest;
}

/**
 * Distance of a point from a line, in the unit of both.
 * @param {{x: number, y: number}[]} line
 * @param {{x: number, y: number}} point
 */
export function distanceToLine(line, point) {
  let nearest = Infinity;
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i], line[i + 1]];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.max(0, Math.min(1, along));
    nearest = Math.min(nearest, Math.hypot(point.x - a.x - share * dx, point.y - a.y - share * dy));
  }
  return nearest;
}
