// GCJ-02, the offset datum of phone maps in China, to and from WGS 84 (taken as identical to CGCS2000).
// No official formula is public; this is the one that the open tools share, the same as app/geodesy/datum.py.

/** @typedef {import("../../geometry.js").Position} Position */

const SEMI_MAJOR_AXIS_M = 6378245; // Krasovsky 1940
const ECCENTRICITY_SQUARED = 0.00669342162296594323; // the published digits
const [WEST, SOUTH, EAST, NORTH] = [72.004, 0.8293, 137.8347, 55.8271]; // where the formula offsets a point
const TOLERANCE_DEG = 1e-11;
const MAX_STEPS = 30;
const DEGREE = Math.PI / 180;

/** @param {Position} position */
function inChina([lng, lat]) {
  return lng >= WEST && lng <= EAST && lat >= SOUTH && lat <= NORTH;
}

/**
 * @param {Position} position WGS 84
 * @returns {Position} GCJ-02, approximately; the same position where the formula does not apply
 */
export function toGcj02(position) {
  return inChina(position) ? offset(position) : position;
}

/**
 * The inverse of toGcj02 within 1e-9 degrees.
 * @param {Position} position GCJ-02
 * @returns {Position}
 */
export function fromGcj02(position) {
  if (!inChina(position)) return position;
  let [lng, lat] = position;
  for (let step = 0; step < MAX_STEPS; step++) {
    const [thereLng, thereLat] = offset([lng, lat]);
    const [missingLng, missingLat] = [position[0] - thereLng, position[1] - thereLat];
    [lng, lat] = [lng + missingLng, lat + missingLat];
    if (Math.max(Math.abs(missingLng), Math.abs(missingLat)) < TOLERANCE_DEG) return [lng, lat];
  }
  throw new RangeError(`the datum inverse did not settle at ${position}`);
}

/**
 * @param {Position} position
 * @returns {Position}
 */
function offset([lng, lat]) {
  const [east, north] = offsetMetres(lng - 105, lat - 35);
  const phi = lat * DEGREE;
  const w2 = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) ** 2;
  const primeVertical = SEMI_MAJOR_AXIS_M / Math.sqrt(w2);
  const meridian = (SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED)) / w2 ** 1.5;
  return [lng + east / (primeVertical * Math.cos(phi)) / DEGREE, lat + north / meridian / DEGREE];
}

/**
 * @param {number} x degrees east of 105°
 * @param {number} y degrees north of 35°
 * @returns {[number, number]} east and north, metres
 */
function offsetMetres(x, y) {
  const root = Math.sqrt(Math.abs(x));
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
  const ripple = 20 * sin(6 * x) + 20 * sin(2 * x);
  const eastWaves = 20 * sin(x) + 40 * sin(x / 3) + 150 * sin(x / 12) + 300 * sin(x / 30);
  const northWaves = 20 * sin(y) + 40 * sin(y / 3) + 160 * sin(y / 12) + 320 * sin(y / 30);
  return [east + ((ripple + eastWaves) * 2) / 3, north + ((ripple + northWaves) * 2) / 3];
}

/** @param {number} halfTurns */
function sin(halfTurns) {
  return Math.sin(halfTurns * Math.PI);
}
