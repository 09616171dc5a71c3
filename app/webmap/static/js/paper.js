// How a sheet of paper is divided. Lengths are millimetres, from the upper left corner.

/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {{size: [number, number], title: Box, map: Box, legend: Box, foot: Box}} Division */

/** Width and height upright (ISO 216). */
export const PAPERS = /** @type {Record<string, [number, number]>} */ ({ A4: [210, 297], A3: [297, 420] });

/** Denominators of the scales that maps usually have. */
export const SCALES = [1000, 2000, 5000, 10000, 20000, 25000, 50000, 75000, 100000, 150000, 200000, 250000, 300000, 400000, 500000, 750000, 1000000, 1500000, 2000000, 3000000];

export const PX_PER_MM = 96 / 25.4; // CSS Values and Units 4, 6.2
const EARTH_RADIUS = 6378137; // of Web Mercator (EPSG:3857), metres
const TILE = 256;
const EDGE = 8; // of the paper that printers leave blank
const RIM = 5.5; // around the map, where the numbers of the grid stand

/**
 * @param {string} paper
 * @param {string} orientation
 * @returns {Division}
 */
export function division(paper, orientation) {
  const [short, long] = PAPERS[paper];
  const portrait = orientation === "portrait";
  const large = paper === "A3";
  const size = /** @type {[number, number]} */ (portrait ? [short, long] : [long, short]);
  const [width, height] = [size[0] - 2 * EDGE, size[1] - 2 * EDGE];
  const title = { x: EDGE, y: EDGE, width, height: large ? 18 : 13 };
  const footHeight = large ? 26 : 21;
  const foot = { x: EDGE, y: size[1] - EDGE - footHeight, width, height: footHeight };
  const room = { x: EDGE, y: EDGE + title.height, width, height: height - title.height - footHeight - 2 };
  const [map, legend] = portrait ? above(room, large ? 78 : 58) : beside(room, large ? 82 : 60);
  return { size, title, map: { x: map.x + RIM, y: map.y + RIM, width: map.width - 2 * RIM, height: map.height - 2 * RIM }, legend, foot };
}

/**
 * @param {Box} room
 * @param {number} width of the legend
 */
function beside(room, width) {
  const legend = { x: room.x + room.width - width, y: room.y, width, height: room.height };
  return [{ ...room, width: room.width - width - 2 }, legend];
}

/**
 * @param {Box} room
 * @param {number} height of the legend
 */
function above(room, height) {
  const legend = { x: room.x, y: room.y + room.height - height, width: room.width, height };
  return [{ ...room, height: room.height - height - 2 }, legend];
}

/**
 * Ground distance of a pixel of the map at zoom 0, metres.
 * @param {number} lat degrees
 */
function resolution(lat) {
  return (2 * Math.PI * EARTH_RADIUS * Math.cos((lat * Math.PI) / 180)) / TILE;
}

/**
 * The zoom at which a map has a scale on paper, at a latitude.
 * @param {number} scale denominator
 * @param {number} lat degrees
 */
export function zoomOf(scale, lat) {
  return Math.log2((resolution(lat) * PX_PER_MM * 1000) / scale);
}

/**
 * The scale that a zoom has on paper, at a latitude.
 * @param {number} zoom
 * @param {number} lat degrees
 * @returns {number} denominator
 */
export function scaleOf(zoom, lat) {
  return (resolution(lat) * PX_PER_MM * 1000) / 2 ** zoom;
}

/**
 * The largest usual scale at which as much is seen as at another.
 * @param {number} scale denominator
 */
export function usualScale(scale) {
  return SCALES.find((one) => one >= scale * 0.999) ?? SCALES[SCALES.length - 1];
}
