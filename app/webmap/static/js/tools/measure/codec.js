// Drawings as a short text for the address: differences of millionths of a degree in base 64, as polylines are kept.

/** @typedef {import("../../geometry.js").Position} Position */
/** @typedef {{geometry: any, name: string, color: number}} Kept color is a place in the palette, or a number of red, green and blue above it */
/** @typedef {{drawings: Kept[], mark: Position|null, units: string}} Contents */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SCALE = 1e6;
const BITS = 5;
const MORE = 1 << BITS;
// Signs that need no escape in the query of an address.
const [BETWEEN_ITEMS, BETWEEN_LINES, BETWEEN_POLYGONS, BEFORE_NAME] = ["*", ",", "/", "."];
/** @type {Record<string, string>} */
const LETTERS = { Polygon: "p", MultiPolygon: "q", LineString: "l", MultiLineString: "m", Point: "t", MultiPoint: "u" };
const MARK = "g";
const UNITS = "s";
const MOST_ITEMS = 200;

export class Unreadable extends Error {}

/**
 * @param {Contents} contents
 * @returns {string} empty where there is nothing to keep
 */
export function encode({ drawings, mark, units }) {
  const items = drawings.map(({ geometry, name, color }) => {
    const label = name ? BEFORE_NAME + escaped(name) : "";
    return LETTERS[geometry.type] + number(color) + shape(geometry) + label;
  });
  if (mark) items.push(MARK + line([mark]));
  if (units) items.push(UNITS + units);
  return items.join(BETWEEN_ITEMS);
}

/**
 * @param {string} text
 * @returns {Contents}
 * @throws {Unreadable}
 */
export function decode(text) {
  /** @type {Contents} */
  const contents = { drawings: [], mark: null, units: "" };
  const items = text.split(BETWEEN_ITEMS).filter(Boolean);
  if (items.length > MOST_ITEMS) throw new Unreadable("too many");
  for (const item of items) {
    if (item[0] === MARK) contents.mark = onlyPosition(readLine(item.slice(1)));
    else if (item[0] === UNITS) contents.units = item.slice(1);
    else contents.drawings.push(drawing(item));
  }
  return contents;
}

/** @param {string} item */
function drawing(item) {
  const type = Object.keys(LETTERS).find((one) => LETTERS[one] === item[0]);
  if (!type) throw new Unreadable(item[0]);
  const [body, ...names] = item.slice(1).split(BEFORE_NAME);
  const { value: color, next } = readNumber(body, 0);
  return { geometry: { type, coordinates: coordinatesOf(type, body.slice(next)) }, name: unescaped(names.join(BEFORE_NAME)), color };
}

/** @param {any} geometry */
function shape({ type, coordinates }) {
  if (type === "Point") return line([coordinates]);
  if (type === "LineString" || type === "MultiPoint") return line(coordinates);
  if (type === "MultiLineString") return coordinates.map(line).join(BETWEEN_LINES);
  const rings = (/** @type {Position[][]} */ polygon) => polygon.map((ring) => line(ring.slice(0, -1))).join(BETWEEN_LINES);
  return type === "Polygon" ? rings(coordinates) : coordinates.map(rings).join(BETWEEN_POLYGONS);
}

/**
 * @param {string} type
 * @param {string} text
 */
function coordinatesOf(type, text) {
  if (type === "Point") return onlyPosition(readLine(text));
  if (type === "LineString" || type === "MultiPoint") return readLine(text);
  if (type === "MultiLineString") return text.split(BETWEEN_LINES).map(readLine);
  const polygons = text.split(BETWEEN_POLYGONS).map((polygon) => polygon.split(BETWEEN_LINES).map((ring) => closed(readLine(ring))));
  return type === "Polygon" ? polygons[0] : polygons;
}

/** @param {Position[]} positions */
function line(positions) {
  let [x, y] = [0, 0];
  return positions
    .map(([lng, lat]) => {
      const [nextX, nextY] = [Math.round(lng * SCALE), Math.round(lat * SCALE)];
      const step = number(zigzag(nextX - x)) + number(zigzag(nextY - y));
      [x, y] = [nextX, nextY];
      return step;
    })
    .join("");
}

/**
 * @param {string} text
 * @returns {Position[]}
 */
function readLine(text) {
  /** @type {Position[]} */
  const positions = [];
  let [x, y, at] = [0, 0, 0];
  while (at < text.length) {
    const east = readNumber(text, at);
    const north = readNumber(text, east.next);
    at = north.next;
    [x, y] = [x + unzigzag(east.value), y + unzigzag(north.value)];
    positions.push([x / SCALE, y / SCALE]);
  }
  if (positions.length === 0) throw new Unreadable("no positions");
  return positions;
}

/** @param {Position[]} positions */
function onlyPosition([position]) {
  return position;
}

/** @param {Position[]} ring */
function closed(ring) {
  return [...ring, ring[0]];
}

/** @param {number} value whole, not negative, below 2^53 */
function number(value) {
  let text = "";
  while (value >= MORE) {
    text += DIGITS[MORE + (value % MORE)];
    value = Math.floor(value / MORE);
  }
  return text + DIGITS[value];
}

/**
 * @param {string} text
 * @param {number} at
 */
function readNumber(text, at) {
  let [value, weight, next] = [0, 1, at];
  for (;;) {
    const digit = DIGITS.indexOf(text[next] ?? "?");
    if (digit < 0 || next - at > 9) throw new Unreadable(text.slice(at, next + 1));
    next++;
    value += (digit % MORE) * weight;
    weight *= MORE;
    if (digit < MORE) return { value, next };
  }
}

/** @param {number} value */
function zigzag(value) {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** @param {number} value */
function unzigzag(value) {
  return value % 2 ? -(value + 1) / 2 : value / 2;
}

/** @param {string} name */
function escaped(name) {
  return name.replace(/[%*]/g, (sign) => (sign === "%" ? "%25" : "%2A"));
}

/** @param {string} text */
function unescaped(text) {
  return text.replaceAll("%2A", "*").replaceAll("%25", "%");
}
