// Projects: those of the table by sector and year, and how many each district has, whether or not they are located.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { name, projectChart, projectGrid } from "./charts.js";
import { districtKey, fades, projectKey } from "./lit.js";
import { clicked } from "./look.js";
import { button, tableState } from "./parts.js";
import { dataTable, plainTable } from "./table.js";

/** @typedef {import("./sections.js").Frame} Frame */
/** @typedef {import("./sections.js").Section} Section */

const NONE = "—"; // a district without a project of the table

/**
 * @param {Frame} frame
 * @returns {Section}
 */
export function projectSection(frame) {
  const { projects } = frame.data;
  const title = t("statistics_projects");
  if (!projects.count) return { title, chart: null, notes: [], documents: [], table: null };
  const grid = projectGrid(projects);
  const { park, district, none } = projects.located;
  const drawn = grid.sectors.length > 0;
  return {
    title,
    before: present([el("p", {}, t("statistics_projects_total", { count: projects.count, table: projects.in_table, total: number(projects.investment_total) })), drawn && measures(frame)]),
    chart: drawn ? chartOf(frame, grid) : null,
    notes: present([drawn && t("statistics_projects_note")]),
    documents: projects.documents,
    table: drawn ? dataTable(title, ...numbersOf(frame, grid), tableState(frame, "projects")) : null,
    after: [
      el("h4", {}, t("statistics_districts")),
      el("p", { class: "statistics-note" }, t("statistics_located", { park, district, none })),
      plainTable(t("statistics_districts"), ...districtsOf(frame)),
    ],
  };
}

/** @param {Frame} frame */
function measures({ measure, setMeasure }) {
  const buttons = /** @type {const} */ (["investment_total", "count"]).map((one) =>
    el("button", { type: "button", class: "button", id: `statistics-${one}`, "aria-pressed": String(one === measure), click: () => setMeasure(one) }, t(`statistics_by_${one}`)),
  );
  return el("div", { class: "statistics-measures", role: "group", "aria-label": t("statistics_measure") }, ...buttons);
}

/**
 * @param {Frame} frame
 * @param {ReturnType<typeof projectGrid>} grid
 */
function chartOf({ data, look, lit, light, measure }, grid) {
  const { projects } = data;
  const id = (/** @type {number} */ series) => grid.sectors[series].sector?.id ?? null;
  const pick = (/** @type {any} */ event, /** @type {any} */ chart) => {
    const bar = clicked(event, chart, "x");
    if (bar) light(projectKey(bar.series === null ? undefined : id(bar.series), grid.years[bar.index]));
  };
  const faded = (/** @type {number} */ index, /** @type {number} */ series) => fades(lit, projectKey(id(series), grid.years[index]));
  return {
    height: 250 + 22 * Math.ceil(grid.sectors.length / 3),
    label: t("statistics_projects_label", { count: projects.in_table, total: number(projects.investment_total) }),
    config: projectChart(grid, look, { pick, faded, measure }),
  };
}

/**
 * Heads and rows: a sector a row, a starting year a column.
 * @param {Frame} frame
 * @param {ReturnType<typeof projectGrid>} grid
 * @returns {[string[], import("./table.js").Cell[][]]}
 */
function numbersOf(frame, grid) {
  const yearName = (/** @type {number|null} */ year) => (year === null ? t("statistics_no_year") : String(year));
  const rows = grid.sectors.map((line) => [
    button(frame, name(line.sector), projectKey(line.sector?.id ?? null, undefined)),
    ...grid.years.map((year) => {
      const cell = line.cells.get(year);
      if (!cell) return "";
      const text = t("statistics_cell", { count: cell.count, total: number(cell.investment_total) });
      return button(frame, text, projectKey(line.sector?.id ?? null, year), `${name(line.sector)} ${yearName(year)} ${text}`);
    }),
    t("statistics_cell", { count: sum(line.cells, "count"), total: number(sum(line.cells, "investment_total")) }),
  ]);
  return [[t("statistics_sector_yi"), ...grid.years.map(yearName), t("statistics_total")], rows];
}

/**
 * Heads and rows: a district a row, and one for what no document places in any.
 * @param {Frame} frame
 * @returns {[string[], import("./table.js").Cell[][]]}
 */
function districtsOf(frame) {
  const { districts, items } = frame.data.projects;
  const inPark = (/** @type {string|null} */ id) => items.filter((/** @type {any} */ one) => one.district === id && one.located === "park").length;
  const rows = districts.map((/** @type {any} */ { district, count, in_table: listed, investment_total: total }) => [
    button(frame, name(district), districtKey(district.id)),
    number(count),
    number(inPark(district.id)),
    number(listed),
    total === null ? NONE : number(total),
  ]);
  const nowhere = items.filter((/** @type {any} */ one) => one.district === null);
  const listed = nowhere.filter((/** @type {any} */ one) => one.in_table).length;
  if (nowhere.length) rows.push([button(frame, t("statistics_no_district"), districtKey(null)), number(nowhere.length), number(inPark(null)), number(listed), NONE]);
  return [["district", "count", "in_park", "in_table", "table_money"].map((key) => t(`statistics_head_${key}`)), rows];
}

/**
 * @param {Map<any, any>} cells
 * @param {string} field
 */
function sum(cells, field) {
  // Sums of decimals as printed: four places are more than any document has.
  return Math.round([...cells.values()].reduce((total, cell) => total + cell[field], 0) * 1e4) / 1e4;
}
