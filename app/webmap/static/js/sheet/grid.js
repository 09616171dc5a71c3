// The frame of a map on paper, and the grid of coordinates in it. Lengths are millimetres of paper.
import { loadModule, loadScript } from "../load.js";
import { PX_PER_MM } from "../paper.js";
import { svg } from "../dom.js";
import { t } from "../config.js";

/** @typedef {import("../paper.js").Box} Box */
/** @typedef {import("../geometry.js").Position} Position */
/** @typedef {[number, number]} Point millimetres of paper */
/** @typedef {(first: number, second: number) => Position} ToDegrees of an abscissa and an ordinate of the grid */

const LEAST = 28; // millimetres between two lines
const DEGREE_STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 18000]; // seconds
const METRE_STEPS = [100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000];
const SEGMENTS = 24; // of a line that is bent
const GAUSS_KRUGER = 4527; // CGCS2000, 3-degree zone 39 with its prefix: the zone of Tianjin
const TICK = 1.2;
const BASELINE = 0.75; // below the middle of a number

/**
 * @param {any} map
 * @param {"none"|"degrees"|"kilometres"} kind
 * @param {Box} frame
 * @returns {Promise<{nodes: SVGElement[], crs: string}>}
 */
export async function grid(map, kind, frame) {
  const border = [
    svg("rect", { ...rect(frame, 0), class: "sheet-neatline" }),
    svg("rect", { ...rect(frame, kind === "none" ? 1.2 : 4.6), class: "sheet-border" }),
  ];
  if (kind === "none") return { nodes: border, crs: "" };
  const paper = onPaper(map, frame);
  const lines = kind === "degrees" ? degrees(map, frame) : await kilometres(map, frame);
  const clip = svg("clipPath", { id: "sheet-frame" }, svg("rect", rect(frame, 0)));
  const drawn = [...lines.up, ...lines.across].map(({ points }) => svg("polyline", { points: points.map((point) => paper(point).join()).join(" "), class: "sheet-line" }));
  const numbers = [...lines.up.flatMap((line) => ends(line, "up", frame, paper)), ...lines.across.flatMap((line) => ends(line, "across", frame, paper))];
  return { nodes: [clip, svg("g", { "clip-path": "url(#sheet-frame)" }, ...drawn), ...border, ...numbers], crs: t(`print_grid_${kind}_crs`) };
}

/**
 * @param {Box} box
 * @param {number} by
 */
function rect({ x, y, width, height }, by) {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/**
 * @param {any} map
 * @param {Box} frame
 * @returns {(position: Position) => Point}
 */
function onPaper(map, { x, y }) {
  const zoom = map.getZoom();
  const origin = map.project(map.getBounds().getNorthWest(), zoom);
  return ([lng, lat]) => {
    const at = map.project([lat, lng], zoom);
    return [x + (at.x - origin.x) / PX_PER_MM, y + (at.y - origin.y) / PX_PER_MM];
  };
}

/** @typedef {{points: Position[], label: string}} Line */

/**
 * @param {any} map
 * @param {Box} frame
 * @returns {{up: Line[], across: Line[]}}
 */
function degrees(map, { width }) {
  const bounds = map.getBounds();
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const step = DEGREE_STEPS.find((one) => (one / 3600 / (east - west)) * width >= LEAST) ?? DEGREE_STEPS[DEGREE_STEPS.length - 1];
  const up = multiples(west, east, step / 3600).map((lng) => ({ points: /** @type {Position[]} */ ([[lng, south], [lng, north]]), label: dms(lng, step) }));
  const across = multiples(south, north, step / 3600).map((lat) => ({ points: /** @type {Position[]} */ ([[west, lat], [east, lat]]), label: dms(lat, step) }));
  return { up, across };
}

/**
 * @param {any} map
 * @param {Box} frame
 * @returns {Promise<{up: Line[], across: Line[]}>}
 */
async function kilometres(map, { width }) {
  const [{ Projection }] = await Promise.all([loadModule("/static/js/tools/measure/projection.js"), loadScript("/assets/proj4/proj4.js")]);
  const projection = new Projection(/** @type {any} */ (globalThis).proj4);
  const bounds = map.getBounds();
  const corners = [bounds.getNorthWest(), bounds.getNorthEast(), bounds.getSouthEast(), bounds.getSouthWest()].map(({ lng, lat }) => projection.toPlane(GAUSS_KRUGER, [lng, lat]));
  const [eastings, northings] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, right] = [Math.min(...eastings), Math.max(...eastings)];
  const [low, high] = [Math.min(...northings), Math.max(...northings)];
  const step = METRE_STEPS.find((one) => (one / (right - left)) * width >= LEAST) ?? METRE_STEPS[METRE_STEPS.length - 1];
  /** @type {ToDegrees} */
  const back = (x, y) => projection.toDegrees(GAUSS_KRUGER, [x, y]);
  const up = multiples(left, right, step).map((x) => ({ points: parts(low, high).map((y) => back(x, y)), label: kilometre(x, step) }));
  const across = multiples(low, high, step).map((y) => ({ points: parts(left, right).map((x) => back(x, y)), label: kilometre(y, step) }));
  return { up, across };
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} step
 */
function multiples(from, to, step) {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/**
 * @param {number} from
 * @param {number} to
 */
function parts(from, to) {
  return Array.from({ length: SEGMENTS + 1 }, (_, i) => from + ((to - from) * i) / SEGMENTS);
}

/**
 * @param {number} value degrees
 * @param {number} step seconds
 */
function dms(value, step) {
  const total = Math.round(value * 3600);
  const [whole, minutes, seconds] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${whole}°${two(minutes)}′${step % 60 ? `${two(seconds)}″` : ""}`;
}

/**
 * @param {number} metres
 * @param {number} step metres
 */
function kilometre(metres, step) {
  return (metres / 1000).toFixed(step % 1000 ? 1 : 0);
}

/**
 * The numbers where a line meets the frame, with the ticks between it and the border.
 * @param {Line} line
 * @param {"up"|"across"} way
 * @param {Box} frame
 * @param {(position: Position) => Point} paper
 * @returns {SVGElement[]}
 */
function ends({ points, label }, way, { x, y, width, height }, paper) {
  const drawn = points.map(paper);
  const up = way === "up";
  return (up ? [y, y + height] : [x, x + width]).flatMap((edge, side) => {
    const at = crossing(drawn, edge, up ? 1 : 0);
    const [from, to] = up ? [x, x + width] : [y, y + height];
    if (at === null || at < from - 0.01 || at > to + 0.01) return [];
    const out = side === 0 ? -1 : 1;
    const tick = up ? { x1: at, y1: edge, x2: at, y2: edge + out * TICK } : { x1: edge, y1: at, x2: edge + out * TICK, y2: at };
    const middle = edge + out * 2.9;
    /** @type {Record<string, string|number>} */
    const place = up ? { x: at, y: middle + BASELINE } : { x: BASELINE, y: 0, transform: `translate(${middle} ${at}) rotate(-90) translate(${-BASELINE} ${BASELINE})` };
    return [svg("line", { ...tick, class: "sheet-tick" }), svg("text", { ...place, "text-anchor": "middle", class: "sheet-number" }, document.createTextNode(label))];
  });
}

/**
 * Where a line crosses an edge.
 * @param {Point[]} points
 * @param {number} edge
 * @param {0|1} axis that the edge is a value of
 * @returns {number|null} the other coordinate
 */
function crossing(points, edge, axis) {
  const other = axis === 0 ? 1 : 0;
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    const [low, high] = [Math.min(a[axis], b[axis]), Math.max(a[axis], b[axis])];
    if (edge < low - 0.05 || edge > high + 0.05 || high === low) continue;
    return a[other] + ((b[other] - a[other]) * (edge - a[axis])) / (b[axis] - a[axis]);
  }
  return null;
}
