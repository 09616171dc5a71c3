// Projects: those of the table by sector and year, and how many each district has, whether or not they are located.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { name, projectChart, projectGrid } from "./charts.js";
import { fades, projectKey } from "./lit.js";
import { clicked } from "./look.js";
import { button, tableState } from "./parts.js";
import { dataTable, plainTable } from "./table.js";

/** @typedef {import("./sections.js").Frame} Frame */
/** @typedef {import("./sections.js").Section} Section */

/**
 * @param {Frame} frame
 * @returns {Section}
 */
export function projectSection(frame) {
  const { data, look, lit, light, measure, setMeasure } = frame;
  const { projects } = data;
  const title = t("statistics_projects");
  const grid = projectGrid(projects);
  if (!projects.count) return { title, chart: null, notes: [], documents: [], table: null };
  const id = (/** @type {number} */ series) => grid.sectors[series].sector?.id ?? null;
  const pick = (/** @type {any} */ event, /** @type {any} */ chart) => {
    const bar = clicked(event, chart, "x");
    if (bar) light(projectKey(bar.series === null ? undefined : id(bar.series), grid.years[bar.index]));
  };
  const faded = (/** @type {number} */ index, /** @type {number} */ series) => fades(lit, projectKey(id(series), grid.years[index]));
  const measures = /** @type {const} */ (["investment_total", "count"]).map((one) =>
    el("button", { type: "button", class: "button", id: `statistics-${one}`, "aria-pressed": String(one === measure), click: () => setMeasure(one) }, t(`statistics_by_${one}`)),
  );
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
  const heads = [t("statistics_sector_yi"), ...grid.years.map(yearName), t("statistics_total")];
  return {
    title,
    before: [el("div", { class: "statistics-measures", role: "group", "aria-label": t("statistics_measure") }, ...measures)],
    chart: { height: 250 + 22 * Math.ceil(grid.sectors.length / 3), label: t("statistics_projects_label", { count: projects.count, total: number(projects.investment_total) }), config: projectChart(grid, look, { pick, faded, measure }) },
    notes: [t("statistics_projects_total", { count: projects.count, total: number(projects.investment_total) }), t("statistics_projects_note")],
    documents: projects.documents,
    table: dataTable(title, heads, rows, tableState(frame, "projects")),
  };
}

/**
 * @param {Map<any, any>} cells
 * @param {string} field
 */
function sum(cells, field) {
  // Sums of decimals as printed: four places are more than any document has.
  return Math.round([...cells.values()].reduce((total, cell) => total + cell[field], 0) * 1e4) / 1e4;
}
