// Lengths and areas on the CGCS2000 ellipsoid by Karney's geodesics, as PROJ and PostGIS compute them.
import { linesOf, polygonsOf } from "../../geometry.js";

/** @typedef {import("../../geometry.js").Position} Position */
/** @typedef {{length: number|null, perimeter: number|null, area: number|null}} Measures metres and square metres */

// EPSG Dataset, ellipsoid 1024 (CGCS2000)
const SEMI_MAJOR_AXIS_M = 6378137;
const INVERSE_FLATTENING = 298.257222101;

export class Meter {
  /** @param {any} geodesic the module geographiclib-geodesic */
  constructor(geodesic) {
    this.earth = new geodesic.Geodesic.Geodesic(SEMI_MAJOR_AXIS_M, 1 / INVERSE_FLATTENING);
  }

  /**
   * Length of a line, metres.
   * @param {Position[]} line
   */
  length(line) {
    let sum = 0;
    for (let i = 0; i + 1 < line.length; i++) sum += this.between(line[i], line[i + 1]).s12;
    return sum;
  }

  /**
   * Direction from one position to another, degrees clockwise from north.
   * @param {Position} from
   * @param {Position} to
   */
  azimuth(from, to) {
    return (this.between(from, to).azi1 + 360) % 360;
  }

  /**
   * @param {Position} from
   * @param {Position} to
   */
  between([lng1, lat1], [lng2, lat2]) {
    return this.earth.Inverse(lat1, lng1, lat2, lng2);
  }

  /**
   * Area and perimeter of a ring, whichever way it runs and whether or not its first position closes it.
   * @param {Position[]} ring
   * @returns {{area: number, perimeter: number}} square metres, metres
   */
  ring(ring) {
    const polygon = this.earth.Polygon(false);
    for (const [lng, lat] of ring) polygon.AddPoint(lat, lng);
    const { area, perimeter } = polygon.Compute(false, true);
    return { area: Math.abs(area), perimeter };
  }

  /**
   * @param {any} geometry GeoJSON
   * @returns {Measures}
   */
  measure(geometry) {
    const polygons = polygonsOf(geometry);
    if (polygons.length) return { length: null, ...this.polygons(polygons) };
    const lines = linesOf(geometry);
    const length = lines.length ? lines.reduce((sum, line) => sum + this.length(line), 0) : null;
    return { length, perimeter: null, area: null };
  }

  /** @param {Position[][][]} polygons */
  polygons(polygons) {
    let [area, perimeter] = [0, 0];
    for (const rings of polygons) {
      for (const [place, positions] of rings.entries()) {
        const one = this.ring(positions);
        area += place === 0 ? one.area : -one.area;
        perimeter += one.perimeter;
      }
    }
    return { area, perimeter };
  }
}
