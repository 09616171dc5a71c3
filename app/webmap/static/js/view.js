// Bringing a part of the land into what is seen of the map.

/** @typedef {import("./geometry.js").Bounds} Bounds */

const RIM = 30; // pixels around it
const NEAREST = 13; // zoom: what is small is not looked at more closely

/**
 * The box around zones; null where none has a geometry.
 * @param {{bbox: Bounds|null}[]} zones
 * @returns {Bounds|null}
 */
export function extent(zones) {
  const boxes = zones.flatMap(({ bbox }) => (bbox ? [bbox] : []));
  if (!boxes.length) return null;
  const [w, s, e, n] = [0, 1, 2, 3].map((corner) => boxes.map((box) => box[corner]));
  return [Math.min(...w), Math.min(...s), Math.max(...e), Math.max(...n)];
}

/**
 * Show a part of the land as large as it fits beside what lies over the map.
 * @param {import("./main.js").Workbench} workbench
 * @param {Bounds} box
 */
export function fit(workbench, [west, south, east, north]) {
  const { map, cover } = workbench;
  map.fitBounds([[south, west], [north, east]], { paddingTopLeft: [RIM, RIM], paddingBottomRight: [RIM, RIM + cover], maxZoom: NEAREST, animate: false });
}

/**
 * The same, unless all of it is seen already.
 * @param {import("./main.js").Workbench} workbench
 * @param {Bounds} box
 */
export function bringIntoView(workbench, box) {
  workbench.fitRoom();
  const { map, cover } = workbench;
  const [west, south, east, north] = box;
  const { x, y } = map.getSize();
  const corners = [[north, west], [south, east]].map((corner) => map.latLngToContainerPoint(corner));
  if (!L.bounds([0, 0], [x, y - cover]).contains(L.bounds(corners))) fit(workbench, box);
}
