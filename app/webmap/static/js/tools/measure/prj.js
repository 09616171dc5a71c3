// What a .prj file (WKT 1 of a coordinate reference system) says of the datum.

// CGCS2000, and WGS 84, which is taken as identical to it. Older datums lie some hundred metres off, and no public
// parameters bring them over.
const KNOWN = /china[ _]*(geodetic[ _]*coordinate[ _]*system[ _]*)?2000|cgcs[ _]*2000|wgs[ _]*(19)?84|itrf/i;

/**
 * @param {string} wkt
 * @returns {{known: boolean, geographic: boolean, name: string, title: string}} name of the datum, title of the CRS
 */
export function datumOf(wkt) {
  const name = /(?:DATUM|TRF)\s*\[\s*"([^"]*)"/i.exec(wkt)?.[1] ?? "";
  const title = /^\s*\w+\s*\[\s*"([^"]*)"/.exec(wkt)?.[1] ?? "";
  return { known: KNOWN.test(name), geographic: /^\s*GEOG/i.test(wkt), name: name || title || wkt.slice(0, 40), title };
}
