// What lies under a point of the map: every feature of every layer that is drawn there, the topmost first.
import { distanceToLine, inPolygon, linesOf, polygonsOf, positions, within } from "./geometry.js";
import { stackRadius } from "./layer.js";

/** @typedef {import("./layer.js").Item} Item */

const REACH = 5; // pixels beside a point or a line that still count as on it

/**
 * @param {any} map
 * @param {Iterable<import("./layer.js").RemoteLayer>} layers
 * @param {any} at Leaflet's LatLng
 * @returns {Item[][]} features at one place go together
 */
export function identify(map, layers, at) {
  const pixel = map.latLngToContainerPoint(at);
  const zoom = map.getZoom();
  const drawn = [...layers].filter((layer) => map.hasLayer(layer) && layer.inRange(zoom));
  drawn.sort((a, b) => b.rank - a.rank);
  return drawn.flatMap((layer) => layer.stacks.filter((stack) => isUnder(map, stack, at, pixel)).reverse());
}

/**
 * @param {any} map
 * @param {Item[]} stack
 * @param {any} at
 * @param {any} pixel
 */
function isUnder(map, stack, at, pixel) {
  const [item] = stack;
  const { definition } = item.layer;
  if (definition.geometry === "polygon") {
    if (!within(item.bounds, [at.lng, at.lat])) return false;
    return polygonsOf(item.geometry).some((rings) => inPolygon(rings, [at.lng, at.lat]));
  }
  /** @param {import("./geometry.js").Position} position */
  const toPixel = ([lng, lat]) => map.latLngToContainerPoint([lat, lng]);
  if (definition.geometry === "point") {
    const radius = stack.length > 1 ? stackRadius(stack.length) : definition.style.radius + REACH;
    return positions(item.geometry).some((position) => toPixel(position).distanceTo(pixel) <= radius);
  }
  return linesOf(item.geometry).some((line) => distanceToLine(line.map(toPixel), pixel) <= definition.style.weight + REACH);
}
