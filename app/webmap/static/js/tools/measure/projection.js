// The coordinate reference systems of the desk: CGCS2000 degrees, and Gauss-Kruger metres with and without zone prefix.

/** @typedef {import("../../geometry.js").Position} Position */

// CGCS2000's ellipsoid (EPSG 1024) has the axis and the flattening that PROJ keeps as GRS80.
const ELLIPSOID = "+ellps=GRS80";
const DEGREES = `+proj=longlat ${ELLIPSOID} +no_defs`;
export const HOME_MERIDIAN = 117; // of Tianjin: 3-degree zone 39
export const HOME_ZONE = 39;

/**
 * @param {number} meridian degrees east
 * @param {number} falseEasting metres
 */
export function gaussKruger(meridian, falseEasting) {
  return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 ${ELLIPSOID} +units=m +no_defs`;
}

/**
 * A CRS by its EPSG code, as far as CGCS2000 has one in degrees or in Gauss-Kruger metres; WGS 84 counts as the same.
 * Codes and zones: EPSG Dataset.
 * @param {number} code
 * @returns {string|null} PROJ definition
 */
export function definition(code) {
  if (code === 4490 || code === 4326) return DEGREES;
  if (code === 3857) return "EPSG:3857"; // proj4 has it
  const zone = (/** @type {number} */ first, /** @type {number} */ last, /** @type {number} */ base) => (code >= first && code <= last ? code - base : null);
  const wide = zone(4491, 4501, 4478); // 6-degree zones 13 to 23
  if (wide) return gaussKruger(6 * wide - 3, wide * 1e6 + 500000);
  const wideMeridian = zone(4502, 4512, 4489); // the same, named after the meridian
  if (wideMeridian) return gaussKruger(6 * wideMeridian - 3, 500000);
  const narrow = zone(4513, 4533, 4488); // 3-degree zones 25 to 45
  if (narrow) return gaussKruger(3 * narrow, narrow * 1e6 + 500000);
  const narrowMeridian = zone(4534, 4554, 4509); // the same, named after the meridian
  if (narrowMeridian) return gaussKruger(3 * narrowMeridian, 500000);
  return null;
}

/**
 * The code of the grid that an easting belongs to, by its zone prefix.
 * @param {number} easting metres
 * @returns {number|null} EPSG code; null for a prefix that no zone has
 */
export function codeOfEasting(easting) {
  const prefix = Math.floor(easting / 1e6);
  if (prefix === 0) return 4509 + HOME_ZONE;
  if (prefix >= 13 && prefix <= 23) return 4478 + prefix;
  if (prefix >= 25 && prefix <= 45) return 4488 + prefix;
  return null;
}

export class Projection {
  /** @param {any} proj4 */
  constructor(proj4) {
    this.proj4 = proj4;
    /** @type {Map<string, any>} */
    this.converters = new Map();
  }

  /** @param {string} crs PROJ definition, WKT, or a name that proj4 knows */
  converter(crs) {
    let found = this.converters.get(crs);
    if (!found) {
      found = this.proj4(DEGREES, crs);
      this.converters.set(crs, found);
    }
    return found;
  }

  /**
   * @param {number} code EPSG
   * @param {Position} position degrees
   * @returns {Position} easting and northing, metres
   */
  toPlane(code, position) {
    return this.converter(/** @type {string} */ (definition(code))).forward([...position]);
  }

  /**
   * @param {number|string} crs EPSG code, or a definition
   * @param {Position} point easting and northing, metres
   * @returns {Position} degrees
   */
  toDegrees(crs, point) {
    return this.converter(typeof crs === "number" ? /** @type {string} */ (definition(crs)) : crs).inverse([point[0], point[1]]);
  }
}
