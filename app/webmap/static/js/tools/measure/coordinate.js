// What two numbers mean as a position, told by their magnitude; and positions as people type them.
import { Fault } from "./fault.js";
import { codeOfEasting, HOME_MERIDIAN } from "./projection.js";

/** @typedef {import("../../geometry.js").Position} Position */

/**
 * How pairs of numbers are read.
 * @typedef {object} Reading
 * @property {number} code EPSG
 * @property {"lonlat"|"latlon"|"ne"|"en"} order
 * @property {boolean} [gcj02] of a phone map
 */

/** @typedef {"auto"|"4490"|"4548"|"4527"|"gcj02"} Choice what somebody says the numbers are */

// China with its seas, degrees; longitudes and latitudes there cannot be taken for one another.
const [WEST, SOUTH, EAST, NORTH] = [73, 3, 136, 54];
// Metres. The northing of 9° N is above every easting without a prefix.
const LEAST_NORTHING = 1e6;
const GREATEST_NORTHING = 6.2e6;
const LEAST_EASTING = 1.6e5; // 3 degrees west of the meridian at the equator
const GREATEST_EASTING = 8.4e5;
// Web Mercator around Tianjin, metres: west of every easting of zone 13, so that neither is taken for the other.
const MERCATOR = { west: 12.97e6, east: 13.159e6, south: 4.6e6, north: 4.95e6 };

/** @param {Position} position */
export function inChina([lng, lat]) {
  return lng >= WEST && lng <= EAST && lat >= SOUTH && lat <= NORTH;
}

/** @param {number} value */
function isNorthing(value) {
  return value >= LEAST_NORTHING && value <= GREATEST_NORTHING;
}

/** @param {number} value */
function isEasting(value) {
  const withinZone = value % 1e6;
  return withinZone >= LEAST_EASTING && withinZone <= GREATEST_EASTING && codeOfEasting(value) !== null;
}

/**
 * @param {number} x
 * @param {number} y
 */
function isMercator(x, y) {
  return x >= MERCATOR.west && x <= MERCATOR.east && y >= MERCATOR.south && y <= MERCATOR.north;
}

/**
 * @param {number} a
 * @param {number} b
 * @returns {Reading|null} null where the magnitudes fit nothing
 */
export function recognise(a, b) {
  if (inChina([a, b])) return { code: 4490, order: "lonlat" };
  if (inChina([b, a])) return { code: 4490, order: "latlon" };
  if (isMercator(a, b)) return { code: 3857, order: "en" };
  if (isNorthing(a) && isEasting(b)) return { code: /** @type {number} */ (codeOfEasting(b)), order: "ne" };
  if (isEasting(a) && isNorthing(b)) return { code: /** @type {number} */ (codeOfEasting(a)), order: "en" };
  return null;
}

/**
 * Recognise a pair, and hold it against what somebody has said that it is.
 * @param {number} a
 * @param {number} b
 * @param {Choice} choice
 * @returns {Reading}
 * @throws {Fault}
 */
export function read(a, b, choice) {
  const reading = recognise(a, b);
  if (!reading) throw faultOf(a, b);
  const said = choice === "auto" ? reading.code : choice === "gcj02" ? 4490 : Number(choice);
  if (said !== reading.code) throw new Fault("choice", { first: a, second: b, chosen: choice === "gcj02" ? "GCJ-02" : `EPSG:${choice}`, found: `EPSG:${reading.code}` });
  return choice === "gcj02" ? { ...reading, gcj02: true } : reading;
}

/**
 * @param {number} a
 * @param {number} b
 */
function faultOf(a, b) {
  const values = { first: a, second: b };
  return Math.abs(a) <= 180 && Math.abs(b) <= 180 ? new Fault("outside_china", values) : new Fault("magnitude", values);
}

/**
 * @param {Reading} reading
 * @param {Position} pair as written
 * @returns {Position} longitude and latitude, or easting and northing
 */
export function eastFirst(reading, [a, b]) {
  return reading.order === "lonlat" || reading.order === "en" ? [a, b] : [b, a];
}

/**
 * What is to be said about how something was read: keys of texts, with values.
 * @param {Reading} reading
 * @returns {{key: string, values: Record<string, string|number>}[]}
 */
export function assumptions(reading) {
  const said = [{ key: `measure_read_${reading.order}`, values: { crs: reading.gcj02 ? "GCJ-02" : `EPSG:${reading.code}` } }];
  if (reading.code === 4548) said.push({ key: "measure_read_meridian", values: /** @type {any} */ ({ meridian: HOME_MERIDIAN }) });
  if (reading.gcj02) said.push({ key: "measure_read_gcj02", values: /** @type {any} */ ({}) });
  return said;
}

const WORDS = [
  [/东经/g, "E"],
  [/西经/g, "W"],
  [/北纬/g, "N"],
  [/南纬/g, "S"],
  [/[度º˚]/g, "°"],
  [/[″“”〃]|''|′′|’’|秒/g, '"'],
  [/[′‵‘’´`分]/g, "'"],
  [/[，、；;]/g, ","],
  [/[−－–]/g, "-"],
];
const LABELS = /(?:经度|纬度|[北东纵横]坐标|[XYBL](?=\s*[=:]))\s*[=:]?/gi;
const THOUSANDS = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])/g;

/**
 * The same text with half-width signs, one sign for each thing, and without labels.
 * @param {string} text
 */
export function plain(text) {
  // Double primes first: NFKC would make two primes of one.
  let out = text.replace(/[″‶〃]/g, '"').normalize("NFKC").trim();
  for (const [pattern, sign] of /** @type {[RegExp, string][]} */ (WORDS)) out = out.replace(pattern, sign);
  return out.replace(LABELS, " ").replace(/([NSEW])\s*[:=]/gi, "$1 ");
}

/**
 * A position as typed: degrees, degrees-minutes-seconds, or Gauss-Kruger metres, in either order.
 * @param {string} text
 * @param {Choice} [choice]
 * @returns {{pair: Position, reading: Reading}}
 * @throws {Fault}
 */
export function parsePosition(text, choice = "auto") {
  const cleaned = withoutThousands(plain(text));
  if (!/\d/.test(cleaned)) throw new Fault("no_numbers");
  const angles = anglesOf(cleaned);
  const [a, b] = angles;
  if (angles.length !== 2) throw new Fault("two_numbers", { count: angles.length });
  const reading = read(a.value, b.value, choice);
  const east = (/** @type {Angle} */ angle) => /[EW]/.test(angle.side);
  const north = (/** @type {Angle} */ angle) => /[NS]/.test(angle.side);
  if (reading.code === 4490 && (reading.order === "lonlat" ? north(a) || east(b) : east(a) || north(b))) throw new Fault("sides", { first: a.value, second: b.value });
  return { pair: [a.value, b.value], reading };
}

/** @param {string} text */
function withoutThousands(text) {
  const found = text.match(THOUSANDS) ?? [];
  return found.length === 2 ? text.replace(THOUSANDS, (number) => number.replaceAll(",", "")) : text;
}

/** @typedef {{value: number, side: string}} Angle a number or an angle, with the letter of its side of the world */

/**
 * @param {string} text
 * @returns {Angle[]}
 */
export function anglesOf(text) {
  const tokens = text.toUpperCase().match(/[NSEW]|[+-]?\d+(?:\.\d+)?|[°'":,]/g) ?? [];
  if (!tokens.some((token) => "°'\":".includes(token))) return withoutMarks(tokens);
  const before = /[NSEW]/.test(tokens[0] ?? ""); // letters stand before the angle, or behind it
  /** @type {{parts: number[], side: string, open: boolean}[]} */
  const angles = [];
  let side = "";
  for (const [place, token] of tokens.entries()) {
    const last = angles.at(-1);
    if (/[NSEW]/.test(token)) {
      if (before || !last) side = token;
      else last.side = token;
      if (last) last.open = false;
    } else if (token === ",") {
      if (last) last.open = false;
    } else if ("°'\":".includes(token)) {
      if (last) last.open = token !== '"';
    } else if (last?.open && last.parts.length < 3 && tokens[place + 1] !== "°") {
      last.parts.push(Number(token));
      last.open = false;
    } else {
      angles.push({ parts: [Number(token)], side, open: false });
      side = "";
    }
  }
  return angles.map(({ parts, side: letter }) => ({ value: angle(parts, letter), side: letter }));
}

/**
 * Numbers without signs of degrees: two, four (degrees and minutes) or six (and seconds).
 * @param {string[]} tokens
 * @returns {Angle[]}
 */
function withoutMarks(tokens) {
  const numbers = tokens.filter((token) => /\d/.test(token)).map(Number);
  const letters = tokens.filter((token) => /[NSEW]/.test(token));
  const size = numbers.length === 4 || numbers.length === 6 ? numbers.length / 2 : 1;
  const groups = Array.from({ length: numbers.length / size }, (_, place) => numbers.slice(place * size, (place + 1) * size));
  return groups.map((parts, place) => {
    const side = letters[place] ?? "";
    // N and E may also label a northing and an easting, which have no side of the world.
    return { value: angle(parts, parts[0] > 180 ? "" : side), side: parts[0] > 180 ? "" : side };
  });
}

/**
 * @param {number[]} parts degrees, minutes, seconds
 * @param {string} side
 */
function angle([degrees, minutes = 0, seconds = 0], side) {
  if (minutes >= 60 || seconds >= 60 || minutes < 0 || seconds < 0) throw new Fault("sexagesimal", { minutes, seconds });
  const value = Math.abs(degrees) + minutes / 60 + seconds / 3600;
  return degrees < 0 || side === "W" || side === "S" ? -value : value;
}
