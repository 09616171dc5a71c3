// The charts of parks and projects.
import { t } from "../../config.js";
import { inLanguage, number } from "../../format.js";
import { axisTitle, categories, common, numbers, shade } from "./look.js";

/** @typedef {import("./look.js").Look} Look */
/** @typedef {(event: any, chart: any) => void} Pick */
/** @typedef {(index: number, series: number) => boolean} Faded */

export const RANKS = ["leading", "supporting", "service"];

/** @param {any} record */
export function name(record) {
  return record ? String(inLanguage(record, "name")) : t("statistics_no_sector");
}

/** @param {any[]} sectors */
export function sectorHeight(sectors) {
  return sectors.length * 27 + 82;
}

/**
 * @param {any[]} sectors
 * @param {Look} look
 * @param {{pick: Pick, faded: Faded}} how
 */
export function sectorChart(sectors, look, { pick, faded }) {
  const shown = RANKS.filter((rank) => sectors.some((sector) => sector[rank].length));
  const colors = [look.series[0], look.series[1], look.muted];
  const datasets = shown.map((rank, series) => ({
    label: t(`statistics_${rank}`),
    rank,
    data: sectors.map((sector) => sector[rank].length),
    backgroundColor: sectors.map((_, index) => shade(colors[RANKS.indexOf(rank)], faded(index, RANKS.indexOf(rank)))),
    borderColor: look.paper,
    borderWidth: { right: series < shown.length ? 1 : 0 },
    maxBarThickness: 18,
  }));
  return {
    type: "bar",
    data: { labels: sectors.map(({ sector }) => name(sector)), datasets },
    options: {
      ...common(look, { pick, legend: true, tooltip: { callbacks: { afterTitle: (/** @type {any[]} */ [item]) => tipOf(sectors[item.dataIndex]) } } }),
      indexAxis: "y",
      scales: { x: { ...numbers(look, { stacked: true, title: axisTitle(look, t("statistics_axis_parks")) }) }, y: categories(look, { stacked: true }) },
    },
  };
}

/** @param {any} sector */
function tipOf({ parks, area_ha: ha, with_area: count }) {
  return count ? t("statistics_sector_tip", { parks, count, ha: number(ha, 1) }) : t("statistics_sector_tip_none", { parks });
}

/**
 * @param {any[]} levels
 * @param {Look} look
 * @param {{pick: Pick, faded: Faded, levelName: (level: string) => string}} how
 */
export function levelChart(levels, look, { pick, faded, levelName }) {
  // Where all outlines are estimates there is no area, which is not an area of nothing.
  levels = levels.map((level) => ({ ...level, drawn_ha: level.with_area ? level.area_ha : null }));
  const series = (/** @type {string} */ label, /** @type {string} */ field, /** @type {string} */ color, /** @type {number} */ place) => ({
    label,
    data: levels.map((level) => level[field]),
    backgroundColor: levels.map((_, index) => shade(color, faded(index, place))),
    maxBarThickness: 16,
  });
  const unit = t("statistics_ha");
  return {
    type: "bar",
    data: {
      labels: levels.map(({ level, drawn_ha: drawn, official_area_ha: official }) => (drawn === null && official === null ? t("statistics_level_none", { level: levelName(level) }) : levelName(level))),
      datasets: [series(t("statistics_computed"), "drawn_ha", look.series[2], 0), series(t("statistics_official"), "official_area_ha", look.series[3], 1)],
    },
    options: {
      ...common(look, { pick, legend: true, tooltip: { callbacks: { label: (/** @type {any} */ item) => ` ${item.dataset.label}${t("colon")}${number(item.parsed.x)} ${unit}` } } }),
      indexAxis: "y",
      scales: { x: numbers(look, { title: axisTitle(look, unit) }), y: categories(look) },
    },
  };
}

/**
 * Projects by sector (lines) and starting year (columns).
 * @param {any} projects
 */
export function projectGrid({ cells }) {
  const years = [...new Set(cells.map((/** @type {any} */ { year }) => year))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  /** @type {Map<string, {sector: any, cells: Map<number|null, any>}>} */
  const sectors = new Map();
  for (const cell of cells) {
    const key = cell.sector?.id ?? "";
    const line = sectors.get(key) ?? { sector: cell.sector, cells: new Map() };
    line.cells.set(cell.year, cell);
    sectors.set(key, line);
  }
  return { years, sectors: [...sectors.values()] };
}

/**
 * @param {ReturnType<typeof projectGrid>} grid
 * @param {Look} look
 * @param {{pick: Pick, faded: Faded, measure: "investment_total"|"count"}} how
 */
export function projectChart({ years, sectors }, look, { pick, faded, measure }) {
  const unit = t(measure === "count" ? "statistics_axis_projects" : "statistics_yi");
  const datasets = sectors.map((line, series) => ({
    label: name(line.sector),
    data: years.map((year) => line.cells.get(year)?.[measure] ?? 0),
    backgroundColor: years.map((_, index) => shade(look.series[series % look.series.length], faded(index, series))),
    borderColor: look.paper,
    borderWidth: 1,
    maxBarThickness: 46,
  }));
  return {
    type: "bar",
    data: { labels: years.map((year) => (year === null ? t("statistics_no_year") : String(year))), datasets },
    options: {
      ...common(look, {
        pick,
        legend: true,
        tooltip: { filter: (/** @type {any} */ item) => item.parsed.y > 0, callbacks: { label: (/** @type {any} */ item) => ` ${item.dataset.label}${t("colon")}${number(item.parsed.y)} ${unit}` } },
      }),
      scales: { x: categories(look, { stacked: true }), y: numbers(look, { stacked: true, title: axisTitle(look, unit) }) },
    },
  };
}
