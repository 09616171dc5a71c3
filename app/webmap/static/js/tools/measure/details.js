// What is said of the current drawing, and what can be done with it.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { number } from "../../format.js";
import { linesOf, polygonsOf, positions } from "../../geometry.js";
import { corners } from "./check.js";
import { copyButton } from "./copy.js";
import { MOST_HANDLES } from "./handles.js";
import { readout } from "./mark.js";
import { areaText, lengthText } from "./units.js";
import { toWkt } from "./wkt.js";

/** @typedef {import("../../geometry.js").Position} Position */
/** @typedef {import("../measure.js").default} Measure */
/** @typedef {import("./drawings.js").Drawing} Drawing */

const LONGEST_NAME = 60;
const CODE = 4548;

/**
 * @param {Measure} tool
 * @param {Drawing} drawing
 */
export function current(tool, drawing) {
  const { drawings } = tool;
  const { id, geometry } = drawing;
  const name = /** @type {HTMLInputElement} */ (el("input", { type: "text", maxlength: String(LONGEST_NAME), value: drawing.name, placeholder: tool.title({ ...drawing, name: "" }), "aria-label": t("measure_name"), "data-focus": `name-${id}` }));
  name.addEventListener("change", () => drawings.change(id, { name: name.value.trim() }));
  const color = /** @type {HTMLInputElement} */ (el("input", { type: "color", value: drawing.color, "aria-label": t("measure_color"), "data-focus": `color-${id}` }));
  color.addEventListener("change", () => drawings.change(id, { color: color.value }));
  const link = (/** @type {string} */ key, /** @type {() => void} */ click) => el("button", { type: "button", class: "link", "data-focus": `${key}-${id}`, click }, t(key));
  const canSearch = /Polygon$/.test(geometry.type) && tool.flawOf(geometry) === null && tool.workbench.tools.entries.has("siting");
  return el(
    "div",
    { class: "drawing-body" },
    el("div", { class: "measure-row" }, color, name),
    figures(tool, geometry),
    positions(geometry).length > MOST_HANDLES ? el("p", { class: "hint" }, t("measure_many_corners", { most: MOST_HANDLES })) : null,
    el(
      "div",
      { class: "measure-links" },
      link("measure_zoom", () => tool.zoomTo([geometry])),
      canSearch ? link("measure_search", () => tool.search(drawing)) : null,
      copyButton(() => toWkt(geometry), "", t("measure_copy_wkt")),
      geometry.type === "Point" ? null : copyButton(() => rowsText(tool, geometry), "", t("measure_copy_rows")),
      link("measure_delete", () => drawings.remove(id)),
    ),
    geometry.type === "Point" ? null : cornerTable(tool, geometry),
  );
}

/**
 * @param {Measure} tool
 * @param {any} geometry
 */
function figures(tool, geometry) {
  const meter = tool.meter;
  if (geometry.type === "Point") return readout(geometry.coordinates, tool.projection);
  const wrong = tool.flawOf(geometry);
  if (wrong) return el("p", { class: "hint fault", role: "alert" }, t(wrong.key, wrong.values));
  const { area, perimeter, length } = meter.measure(geometry);
  /** @type {[string, string][]} */
  const lines = [];
  if (area !== null) lines.push([t("measure_area_title"), areaText(area, tool.units)], [t("measure_perimeter"), lengthText(perimeter ?? 0, tool.units)]);
  if (length !== null) lines.push([t("measure_length"), lengthText(length, tool.units)]);
  if (geometry.type === "LineString" && geometry.coordinates.length === 2) lines.push([t("measure_azimuth"), `${meter.azimuth(geometry.coordinates[0], geometry.coordinates[1]).toFixed(2)}°`]);
  return el("dl", { class: "rows" }, ...lines.map(([title, text]) => el("div", {}, el("dt", {}, title), el("dd", {}, text))));
}

/** @param {any} geometry */
function chains(geometry) {
  const rings = polygonsOf(geometry).flat();
  return rings.length ? rings.map((ring) => ({ line: corners(ring), closed: true })) : linesOf(geometry).map((line) => ({ line, closed: false }));
}

/**
 * The corners in rows that can be pasted again: number, northing, easting.
 * @param {Measure} tool
 * @param {any} geometry
 */
function rowsText(tool, geometry) {
  const plane = (/** @type {Position} */ position) => {
    const [easting, northing] = tool.projection.toPlane(CODE, position);
    return `${northing.toFixed(3)},${easting.toFixed(3)}`;
  };
  return chains(geometry).map(({ line }, ring) => line.map((position, place) => `J${place + 1},${ring + 1},${plane(position)}`).join("\n")).join("\n");
}

/**
 * @param {Measure} tool
 * @param {any} geometry
 */
function cornerTable(tool, geometry) {
  const table = el("details", { class: "corner-table" }, el("summary", {}, t("measure_corners", { count: chains(geometry).reduce((sum, { line }) => sum + line.length, 0) })));
  // Filled when it is opened: a large drawing has thousands of rows.
  table.addEventListener("toggle", () => /** @type {HTMLDetailsElement} */ (table).open && table.childElementCount === 1 && table.append(cornerRows(tool, geometry)), { once: true });
  return table;
}

/**
 * @param {Measure} tool
 * @param {any} geometry
 */
function cornerRows(tool, geometry) {
  const meter = tool.meter;
  const head = el("tr", {}, ...["measure_corner_number", "measure_northing", "measure_easting", "measure_next_length"].map((key) => el("th", { scope: "col" }, t(key))));
  const rows = chains(geometry).flatMap(({ line, closed }) =>
    line.map((position, place) => {
      const [easting, northing] = tool.projection.toPlane(CODE, position);
      const next = line[place + 1] ?? (closed ? line[0] : null);
      const cells = [String(place + 1), northing.toFixed(2), easting.toFixed(2), next ? number(meter.length([position, next]), 2) : ""];
      return el("tr", {}, ...cells.map((cell) => el("td", {}, cell)));
    }),
  );
  return el("div", { class: "corner-scroll", tabindex: "0" }, el("table", {}, el("caption", {}, t("measure_corners_caption")), el("thead", {}, head), el("tbody", {}, ...rows)));
}
