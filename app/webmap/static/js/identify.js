// What lies under a point of the map: every feature of every layer that is drawn there, the topmost first.

/** @typedef {import("./layer.js").Item} Item */

/**
 * @param {any} map
 * @param {Iterable<import("./layer.js").RemoteLayer>} layers
 * @param {any} at Leaflet's LatLng
 * @returns {Item[][]} features at one place go together; classes that are switched off are not among them
 */
export function identify(map, layers, at) {
  const zoom = map.getZoom();
  const drawn = [...layers].filter((layer) => map.hasLayer(layer) && layer.inRange(zoom) && layer.opacity > 0 && layer.isSeenAt(at));
  drawn.sort((a, b) => b.rank - a.rank);
  return drawn.flatMap((layer) => layer.hits(map, at));
}

/**
 * What was looked for at a place, and what was found.
 * @typedef {object} Findings
 * @property {any} at Leaflet's LatLng
 * @property {Item[][]} stacks
 * @property {import("./layer.js").RemoteLayer[]} asked the layers that were looked at, the topmost first
 */

/**
 * @param {any} map
 * @param {Iterable<import("./layer.js").RemoteLayer>} layers
 * @param {any} at Leaflet's LatLng
 * @returns {Findings}
 */
export function findings(map, layers, at) {
  const all = [...layers];
  const asked = all.filter((layer) => map.hasLayer(layer) && layer.state === "ready" && layer.inRange(map.getZoom()) && layer.opacity > 0 && layer.isSeenAt(at));
  return { at, stacks: identify(map, all, at), asked: asked.sort((a, b) => b.rank - a.rank) };
}
