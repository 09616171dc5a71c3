// Rows of coordinates: a column of point names, numbers or heights may stand beside the pairs; also the text format in
// which surveyors hand over boundary points (界址点坐标交换格式): plots that end in @, rows of name, ring, X, Y.
import { inPolygon } from "../../geometry.js";
import { anglesOf, plain, recognise } from "./coordinate.js";
import { Fault } from "./fault.js";

/** @typedef {import("../../geometry.js").Position} Position */
/** @typedef {{numbers: number[], ring: number, row: number}} Row row is its place in the text, from 1 */
/** @typedef {{name: string, rows: Row[]}} Plot */

const NUMBER = /^[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;
const DATUMS = /坐标系\s*[=:：]\s*(.+)/;
const OLD_DATUM = /80|54|西安|北京/;
const LARGEST_RING = 99;

/**
 * @param {string} text
 * @param {"polygon"|"line"|"point"} kind
 * @returns {{type: string, coordinates: any, name: string}[]} pairs are as written
 * @throws {Fault}
 */
export function parseRows(text, kind) {
  const datum = DATUMS.exec(text)?.[1];
  if (datum && OLD_DATUM.test(datum)) throw new Fault("datum", { name: datum.trim() });
  const plots = plotsOf(text);
  const all = plots.flatMap((plot) => plot.rows);
  if (all.length === 0) throw new Fault("no_numbers");
  const column = columnOf(all);
  /** @param {Row} row @returns {Position} */
  const pair = ({ numbers }) => [numbers[column], numbers[column + 1]];
  if (kind === "point") return all.map((row) => ({ type: "Point", coordinates: pair(row), name: "" }));
  if (kind === "line") return plots.map(({ rows, name }) => ({ type: "LineString", coordinates: rows.map(pair), name }));
  return plots.flatMap(({ rows, name }) => polygons(rings(rows, pair)).map((coordinates) => ({ type: "Polygon", coordinates, name })));
}

/**
 * @param {string} text
 * @returns {Plot[]}
 */
function plotsOf(text) {
  /** @type {Plot[]} */
  const plots = [{ name: "", rows: [] }];
  text.split(/\r?\n/).forEach((line, place) => {
    const trimmed = line.trim();
    if (trimmed.endsWith("@")) plots.push({ name: plotName(trimmed), rows: [] });
    else if (trimmed === "" && plots[plots.length - 1].rows.length) plots.push({ name: "", rows: [] });
    else if (trimmed && !/^\[|[=＝]/.test(trimmed)) addRow(plots[plots.length - 1], trimmed, place + 1);
  });
  return plots.filter((plot) => plot.rows.length);
}

/** Fields: number of points, area, number of the plot, its name, and more. @param {string} line */
function plotName(line) {
  const fields = line.split(",").map((field) => field.trim());
  return fields[3] || fields[2] || "";
}

/**
 * @param {Plot} plot
 * @param {string} line
 * @param {number} row
 */
function addRow(plot, line, row) {
  const cleaned = plain(line);
  const marked = /[°'"]/.test(cleaned);
  const fields = cleaned.split(/[\s,\t]+/).filter(Boolean);
  const named = /^[A-Z]*\d*[A-Z]+\d*(?:-\d+)?$/i.test(fields[0]) && !/^[NSEW]\d/i.test(fields[0]);
  const numbers = marked ? anglesOf(named ? fields.slice(1).join(" ") : cleaned).map(({ value }) => value) : fields.filter((field) => NUMBER.test(field)).map(Number);
  if (numbers.length < 2) {
    if (plot.rows.length === 0 && numbers.length === 0) return; // a heading
    throw new Fault("row", { row, text: line.slice(0, 40) });
  }
  const isRing = named && !marked && numbers.length >= 3 && Number.isInteger(numbers[0]) && numbers[0] >= 1 && numbers[0] <= LARGEST_RING && recognise(numbers[1], numbers[2]) !== null;
  plot.rows.push(isRing ? { numbers: numbers.slice(1), ring: numbers[0], row } : { numbers, ring: 1, row });
}

/**
 * The column in which the pairs begin: the first that makes sense in all rows, but no running number.
 * @param {Row[]} rows
 */
function columnOf(rows) {
  const count = Math.min(...rows.map(({ numbers }) => numbers.length));
  const running = rows.length > 1 && count > 2 && rows.every(({ numbers }, place) => place === 0 || numbers[0] === rows[place - 1].numbers[0] + 1);
  for (let column = running ? 1 : 0; column + 1 < count; column++) {
    if (rows.every(({ numbers }) => recognise(numbers[column], numbers[column + 1]))) return column;
  }
  for (let column = 0; column + 1 < count; column++) {
    const odd = rows.filter(({ numbers }) => !recognise(numbers[column], numbers[column + 1]));
    if (odd.length * 2 < rows.length) throw new Fault("row_magnitude", { row: odd[0].row, first: odd[0].numbers[column], second: odd[0].numbers[column + 1] });
  }
  const [{ numbers }] = rows;
  const place = count > 2 && running ? 1 : 0;
  throw new Fault(numbers.every((value) => Math.abs(value) <= 180) ? "outside_china" : "magnitude", { first: numbers[place], second: numbers[place + 1] });
}

/**
 * @param {Row[]} rows
 * @param {(row: Row) => Position} pair
 * @returns {Position[][]}
 */
function rings(rows, pair) {
  /** @type {Map<number, Position[]>} */
  const found = new Map();
  for (const row of rows) found.set(row.ring, [...(found.get(row.ring) ?? []), pair(row)]);
  return [...found.values()];
}

/**
 * A ring inside the one before it is a hole; any other is a polygon of its own.
 * @param {Position[][]} found
 */
function polygons(found) {
  /** @type {Position[][][]} */
  const out = [];
  for (const ring of found) {
    const shell = out.find(([outer]) => outer.length >= 3 && inPolygon([outer], ring[0]));
    if (shell) shell.push(ring);
    else out.push([ring]);
  }
  return out;
}
