// Files of one's own, read in the browser: GeoJSON, KML and KMZ, zipped Shapefile. Nothing of them leaves it.
import { positions } from "../../geometry.js";
import { inChina, recognise } from "./coordinate.js";
import { fromGcj02 } from "./datum.js";
import { Fault } from "./fault.js";
import { datumOf } from "./prj.js";
import { mapped, shapesOfJson } from "./shapes.js";

/** @typedef {import("../../geometry.js").Position} Position */
/** @typedef {import("./coordinate.js").Choice} Choice */
/** @typedef {{geometry: any, properties: Record<string, any>}} Feature */
/** @typedef {{key: string, values: Record<string, string|number>}} Note */
/** @typedef {{name: string, features: Feature[], notes: Note[]}} Loaded */

const MB = 1e6;
const LARGEST_BYTES = 30 * MB;
const LARGEST_UNPACKED_BYTES = 200 * MB;
const MOST_FEATURES = 20000;
const MOST_POSITIONS = 500000;
const SHP_CODE = 9994; // ESRI Shapefile Technical Description, 1998: first word of a main file
const LANGUAGE_DRIVER_GBK = 0x4d; // of a dBASE file: Chinese GBK (PRC) Windows
const STYLE = /^(stroke|fill|icon|label|visibility|style)(-|$)|^style(Url|Hash|MapHash)$/;
/** @type {Record<string, string>} what .cpg files say, as browsers name it */
const ENCODINGS = { 936: "gbk", "ansi 936": "gbk", cp936: "gbk", gb2312: "gbk", gbk: "gbk", gb18030: "gb18030", 54936: "gb18030", 65001: "utf-8", utf8: "utf-8", "utf-8": "utf-8", 950: "big5", big5: "big5", 1252: "windows-1252", "ansi 1252": "windows-1252", "iso-8859-1": "windows-1252", "88591": "windows-1252" };

/**
 * @param {{name: string, size: number, arrayBuffer: () => Promise<ArrayBuffer>}} file
 * @param {{libraries: import("./libraries.js").Libraries, projection: import("./projection.js").Projection, choice?: Choice}} means
 * @returns {Promise<Loaded[]>} one for each layer in the file
 * @throws {Fault}
 */
export async function readFile(file, means) {
  const { name, size } = file;
  if (size > LARGEST_BYTES) throw new Fault("file_size", { name, size: (size / MB).toFixed(1), most: LARGEST_BYTES / MB });
  if (size === 0) throw new Fault("file_empty", { name });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const extension = /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? "";
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const title = name.replace(/\.[^.]+$/, "");
  if (isArchive) return readArchive(bytes, title, means);
  const text = decoded(bytes);
  const start = text.trimStart()[0];
  if (extension === "kml" || (start === "<" && extension !== "gpx")) return [await readMarkup(text, title, means)];
  if (start === "{" || start === "[") return [readJson(text, title, means)];
  if (["shp", "dbf", "shx", "prj"].includes(extension)) throw new Fault("file_unzipped", { name });
  throw new Fault("file_kind", { name });
}

/**
 * UTF-8, and GB 18030 where it is none.
 * @param {Uint8Array} bytes
 */
export function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/**
 * @param {string} text
 * @param {string} name
 * @param {{projection: any, choice?: Choice}} means
 * @returns {Loaded}
 */
function readJson(text, name, { projection, choice = "auto" }) {
  let value;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Fault("json", { detail: error instanceof Error ? error.message : "" });
  }
  const { shapes, reading } = shapesOfJson(value, projection, choice, true);
  /** @type {Note[]} */
  const notes = reading.code === 4490 && reading.order === "lonlat" && !reading.gcj02 ? [] : [{ key: `measure_read_${reading.order}`, values: { crs: reading.gcj02 ? "GCJ-02" : `EPSG:${reading.code}` } }];
  return bounded({ name, features: shapes.map(({ geometry, properties }) => ({ geometry, properties: properties ?? {} })), notes });
}

/**
 * @param {string} text
 * @param {string} name
 * @param {{libraries: any, choice?: Choice}} means
 * @returns {Promise<Loaded>}
 */
async function readMarkup(text, name, { libraries, choice }) {
  const parsed = new DOMParser().parseFromString(text, "text/xml");
  if (parsed.querySelector("parsererror")) throw new Fault("xml", { name });
  if (parsed.documentElement.localName !== "kml") throw new Fault("file_kind", { name });
  const { kml } = await libraries.markup();
  const features = simple(kml(parsed).features).map(({ geometry, properties }) => ({ geometry, properties: withoutStyle(properties) }));
  if (features.length === 0) throw new Fault("file_no_features", { name });
  const gcj02 = choice === "gcj02";
  const moved = gcj02 ? features.map((one) => ({ ...one, geometry: mapped(one.geometry, fromGcj02) })) : features;
  return bounded({ name, features: moved, notes: gcj02 ? [{ key: "measure_read_gcj02", values: {} }] : [] });
}

/**
 * What a KML says of its colours and icons is no attribute of the feature.
 * @param {Record<string, any>} properties
 */
function withoutStyle(properties) {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !STYLE.test(name)));
}

/**
 * Features of one simple geometry each, with their positions in the plane.
 * @param {any[]} features
 * @returns {Feature[]}
 */
function simple(features) {
  return features.flatMap(({ geometry, properties }) => {
    const parts = geometry?.type === "GeometryCollection" ? geometry.geometries : [geometry];
    return parts.filter(Boolean).map((/** @type {any} */ part) => ({ geometry: mapped(part, (pair) => pair), properties: properties ?? {} }));
  });
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 * @param {any} means
 * @returns {Promise<Loaded[]>}
 */
async function readArchive(bytes, name, means) {
  const entries = await unpacked(bytes, name, means.libraries);
  const markup = [...entries].filter(([path]) => path.endsWith(".kml"));
  const bases = [...entries.keys()].filter((path) => path.endsWith(".shp")).map((path) => path.slice(0, -4));
  const json = [...entries].filter(([path]) => /\.(geo)?json$/.test(path));
  if (markup.length + bases.length + json.length === 0) throw new Fault("archive", { name });
  const layers = await Promise.all(bases.map((base) => readShapefile(base, entries, means)));
  for (const [, part] of markup) layers.push(await readMarkup(decoded(part), name, means));
  for (const [path, part] of json) layers.push(readJson(decoded(part), lastPart(path), means));
  return layers;
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 * @param {any} libraries
 * @returns {Promise<Map<string, Uint8Array>>} by path, its ending in small letters
 */
async function unpacked(bytes, name, libraries) {
  // Without it the package would look for it without end.
  if (!hasDirectory(bytes)) throw new Fault("archive_broken", { name });
  const { iter } = await libraries.archive();
  /** @type {Map<string, Uint8Array>} */
  const entries = new Map();
  let total = 0;
  try {
    for (const entry of iter(bytes)) {
      const path = entry.filename.replace(/\.[^./]+$/, (/** @type {string} */ ending) => ending.toLowerCase());
      if (!/\.(shp|dbf|prj|cpg|kml|json|geojson)$/.test(path) || /(^|\/)(__MACOSX|\._)/.test(path)) continue;
      const content = await entry.read();
      total += content.byteLength;
      if (total > LARGEST_UNPACKED_BYTES) throw new Fault("archive_size", { name, most: LARGEST_UNPACKED_BYTES / MB });
      entries.set(path, content);
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("archive_broken", { name });
  }
  return entries;
}

/**
 * Whether an archive has the record that ends its directory: cut off, it has not (PKWARE APPNOTE.TXT, 4.3.16).
 * @param {Uint8Array} bytes
 */
function hasDirectory(bytes) {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--) {
    if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 5 && bytes[at + 3] === 6) return true;
  }
  return false;
}

/** @param {string} path */
function lastPart(path) {
  return path.replace(/^.*\//, "").replace(/\.[^.]+$/, "");
}

/**
 * @param {string} base path without its ending
 * @param {Map<string, Uint8Array>} entries
 * @param {any} means
 * @returns {Promise<Loaded>}
 */
async function readShapefile(base, entries, { libraries, projection, choice = "auto" }) {
  const name = lastPart(`${base}.shp`);
  const [parseShapes, parseTable] = await Promise.all([libraries.shapes(), libraries.table()]);
  const main = view(/** @type {Uint8Array} */ (entries.get(`${base}.shp`)));
  if (main.byteLength < 100 || main.getInt32(0) !== SHP_CODE) throw new Fault("shapefile", { name });
  const table = entries.get(`${base}.dbf`);
  const prj = entries.get(`${base}.prj`);
  const cpg = entries.get(`${base}.cpg`);
  let geometries;
  /** @type {any[]} */
  let rows = [];
  try {
    geometries = parseShapes(main, false);
    if (table) rows = parseTable(view(table), encodingOf(table, cpg ? decoded(cpg) : null));
  } catch {
    throw new Fault("shapefile", { name });
  }
  const features = simple(geometries.map((/** @type {any} */ geometry, /** @type {number} */ place) => ({ geometry, properties: tidy(rows[place] ?? {}) })));
  if (features.length === 0) throw new Fault("file_no_features", { name });
  /** @type {Note[]} */
  const notes = table ? [] : [{ key: "measure_note_no_table", values: { name } }];
  const placed = prj ? projected(features, decoded(prj), projection, choice, name) : guessed(features, projection, choice);
  return bounded({ name, features: placed.features, notes: [...notes, ...placed.notes] });
}

/** @param {Uint8Array} bytes */
function view(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The encoding of a table: as its .cpg says, else as its header says, else UTF-8 where it is that, else GB 18030.
 * @param {Uint8Array} table
 * @param {string|null} cpg
 */
export function encodingOf(table, cpg) {
  const said = ENCODINGS[(cpg ?? "").trim().toLowerCase()];
  if (said) return said;
  if (table[29] === LANGUAGE_DRIVER_GBK) return "gbk";
  try {
    // Text in GBK is practically never valid UTF-8. The header is left out: it has bytes that are no text.
    const header = new DataView(table.buffer, table.byteOffset, table.byteLength).getUint16(8, true);
    new TextDecoder("utf-8", { fatal: true }).decode(table.subarray(header));
    return "utf-8";
  } catch {
    return "gb18030";
  }
}

/** @param {Record<string, any>} row */
function tidy(row) {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => !(typeof value === "number" && Number.isNaN(value)) && !(value instanceof Date && Number.isNaN(value.getTime())))
      .map(([key, value]) => [key, value instanceof Date ? [value.getFullYear(), value.getMonth() + 1, value.getDate()].map((part) => String(part).padStart(2, "0")).join("-") : value]),
  );
}

/**
 * Coordinates in the CRS of a .prj file.
 * @param {Feature[]} features
 * @param {string} prj
 * @param {any} projection
 * @param {Choice} choice
 * @param {string} name
 */
function projected(features, prj, projection, choice, name) {
  const datum = datumOf(prj);
  if (!datum.known) throw new Fault("datum", { name: datum.name });
  /** @type {Note[]} */
  const notes = [{ key: "measure_note_prj", values: { crs: datum.title } }];
  let convert;
  if (datum.geographic) convert = choice === "gcj02" ? fromGcj02 : (/** @type {Position} */ pair) => pair;
  else {
    try {
      projection.toDegrees(prj, [0, 0]);
    } catch {
      throw new Fault("prj", { name });
    }
    convert = (/** @type {Position} */ pair) => projection.toDegrees(prj, pair);
  }
  if (choice === "gcj02" && datum.geographic) notes.push({ key: "measure_read_gcj02", values: {} });
  return { features: features.map((one) => ({ ...one, geometry: mapped(one.geometry, convert) })), notes };
}

/**
 * Without a .prj file: what the magnitudes tell.
 * @param {Feature[]} features
 * @param {any} projection
 * @param {Choice} choice
 */
function guessed(features, projection, choice) {
  const collection = { type: "FeatureCollection", features: features.map(({ geometry }) => ({ type: "Feature", geometry })) };
  const { shapes, reading } = shapesOfJson(collection, projection, choice, true);
  /** @type {Note[]} */
  const notes = [{ key: "measure_note_no_prj", values: {} }, { key: `measure_read_${reading.order}`, values: { crs: reading.gcj02 ? "GCJ-02" : `EPSG:${reading.code}` } }];
  return { features: features.map((one, place) => ({ ...one, geometry: shapes[place].geometry })), notes };
}

/**
 * @param {Loaded} loaded
 * @returns {Loaded}
 * @throws {Fault} where it is too much, or lies elsewhere
 */
function bounded(loaded) {
  const { name, features } = loaded;
  if (features.length > MOST_FEATURES) throw new Fault("file_features", { name, count: features.length, most: MOST_FEATURES });
  let count = 0;
  let far = 0;
  /** @type {Position|null} */
  let example = null;
  for (const { geometry } of features) {
    const points = positions(geometry);
    count += points.length;
    if (count > MOST_POSITIONS) throw new Fault("file_positions", { name, most: MOST_POSITIONS });
    const outside = points.find((point) => !inChina(point));
    if (outside) far += 1;
    example ??= outside ?? null;
  }
  if (example && far === features.length) {
    const [first, second] = example;
    const metres = Math.abs(first) > 360 || Math.abs(second) > 360;
    throw new Fault(metres && !recognise(first, second) ? "file_metres" : "file_far", { name, first: short(first), second: short(second) });
  }
  return far ? { ...loaded, notes: [...loaded.notes, { key: "measure_note_some_far", values: { count: far } }] } : loaded;
}

/** @param {number} value */
function short(value) {
  return Number(value.toFixed(4));
}
