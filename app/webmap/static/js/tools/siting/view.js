// Bringing the places of an answer into what is left of the map beside legend and sheet, and the outlines of zones.
/** @typedef {import("../../main.js").Workbench} Workbench */
/** @typedef {{point: [number, number]|null, bounds?: import("../../geometry.js").Bounds}} Spot */

const RIM = 30; // pixels around it
const NUMBER = 34; // pixels that a number stands above its place
const NEAREST = 12; // zoom

/**
 * How much of each side of the map something lies over, pixels. The legend stands in a corner: it takes the left or the
 * lower side, whichever costs less of the map.
 * @param {Workbench} workbench
 * @returns {{left: number, bottom: number}[]} the ways to stay clear of it
 */
function covers({ map, cover }) {
  const box = map.getContainer().getBoundingClientRect();
  const legend = document.getElementById("legend")?.getBoundingClientRect();
  if (!legend || legend.width === 0 || legend.right <= box.left || legend.top >= box.bottom) return [{ left: 0, bottom: cover }];
  const [width, height] = [Math.max(0, legend.right - box.left), Math.max(0, box.bottom - legend.top)];
  return [{ left: width, bottom: cover }, { left: 0, bottom: Math.max(cover, height) }];
}

/**
 * @param {Spot[]} spots
 * @returns {any} Leaflet's bounds of them; null where none has a place
 */
function boundsOf(spots) {
  const corners = spots.flatMap(({ point, bounds }) => (bounds ? [[bounds[1], bounds[0]], [bounds[3], bounds[2]]] : point ? [[point[1], point[0]]] : []));
  return corners.length ? L.latLngBounds(corners) : null;
}

/**
 * Bring the places into view.
 * @param {Workbench} workbench
 * @param {Spot[]} spots
 * @param {boolean} snug whether they are to fill the view; else the map stays where all of them are seen already
 */
export function fitBeside(workbench, spots, snug) {
  const { map } = workbench;
  const bounds = boundsOf(spots);
  if (!bounds) return;
  const { x: width, y: height } = map.getSize();
  const paddings = covers(workbench).map(({ left, bottom }) => {
    const side = Math.min(RIM, width / 12);
    return { from: L.point(side + left, side + NUMBER), to: L.point(side, side + bottom) };
  });
  const isSeen = paddings.some(({ from, to }) => {
    const room = L.bounds([from.x, from.y], [width - to.x, height - to.y]);
    return room.contains(map.latLngToContainerPoint(bounds.getNorthWest())) && room.contains(map.latLngToContainerPoint(bounds.getSouthEast()));
  });
  if (isSeen && !snug) return;
  const zooms = paddings.map(({ from, to }) => map.getBoundsZoom(bounds, false, from.add(to)));
  const { from, to } = paddings[zooms.indexOf(Math.max(...zooms))];
  map.fitBounds(bounds, { paddingTopLeft: from, paddingBottomRight: to, maxZoom: NEAREST, animate: false });
}

/**
 * The outline of a zone, where one of the layers has it.
 * @param {Workbench} workbench
 * @param {string[]} layers
 * @param {string} id
 */
export async function outlineOf(workbench, layers, id) {
  for (const layer of layers) {
    const item = await workbench.layers.get(layer)?.feature(id);
    if (item?.geometry?.type.endsWith("Polygon")) return item.geometry;
  }
  return null;
}
