// Whether a place on the screen is on a geometry.
import { distanceToLine, inPolygon, linesOf, polygonsOf, positions } from "../../geometry.js";

const REACH = 8; // pixels

/**
 * @param {any} map
 * @param {any} geometry
 * @param {any} at Leaflet's LatLng
 */
export function isOn(map, geometry, at) {
  const pixel = map.latLngToContainerPoint(at);
  /** @param {import("../../geometry.js").Position} position */
  const toPixel = ([lng, lat]) => map.latLngToContainerPoint([lat, lng]);
  const polygons = polygonsOf(geometry);
  if (polygons.length) return polygons.some((rings) => inPolygon(rings, [at.lng, at.lat]) || rings.some((ring) => distanceToLine(ring.map(toPixel), pixel) <= REACH / 2));
  const lines = linesOf(geometry);
  if (lines.length) return lines.some((line) => distanceToLine(line.map(toPixel), pixel) <= REACH);
  return positions(geometry).some((position) => toPixel(position).distanceTo(pixel) <= REACH);
}
