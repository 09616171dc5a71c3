// The sections of the panel: each a chart, what it is drawn from, and its numbers as a table.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { inLanguage, number } from "../../format.js";
import { levelChart, name, RANKS, sectorChart, sectorHeight } from "./charts.js";
import { drawn, heightOf, indicatorChart, natureOf, printed, titleOf } from "./indicators.js";
import { covers, fades, levelKey, scopeKey, sectorKey } from "./lit.js";
import { clicked } from "./look.js";
import { areaOf, button, periodOf, tableState, unique } from "./parts.js";
import { dataTable } from "./table.js";

/**
 * What a section needs to be drawn.
 * @typedef {object} Frame
 * @property {any} data the answer of the server
 * @property {import("./look.js").Look} look
 * @property {string|null} lit key of what is lit
 * @property {(key: string) => void} light
 * @property {(level: string) => string} levelName
 * @property {"investment_total"|"count"} measure of projects
 * @property {(measure: "investment_total"|"count") => void} setMeasure
 * @property {string} group of indicators
 * @property {(group: string) => void} setGroup
 * @property {Set<string>} open ids of the sections whose table is open
 */

/** @typedef {{title: string, before?: Node[], chart: {height: number, label: string, config: any}|null, notes: string[], documents: any[], table: HTMLElement|null, after?: Node[]}} Section */

/**
 * @param {Frame} frame
 * @returns {Section}
 */
export function sectorSection(frame) {
  const { data, look, lit, light } = frame;
  const { sectors, parks } = data;
  const title = t("statistics_sectors");
  const pick = (/** @type {any} */ event, /** @type {any} */ chart) => {
    const bar = clicked(event, chart, "y");
    if (bar) light(sectorKey(sectors[bar.index].sector.id, bar.series === null ? undefined : chart.data.datasets[bar.series].rank));
  };
  const faded = (/** @type {number} */ index, /** @type {number} */ rank) => fades(lit, sectorKey(sectors[index].sector.id, RANKS[rank]));
  const rows = sectors.map((/** @type {any} */ one) => [
    button(frame, name(one.sector), sectorKey(one.sector.id)),
    ...RANKS.map((rank) => (one[rank].length ? button(frame, number(one[rank].length), sectorKey(one.sector.id, rank), `${name(one.sector)} ${t(`statistics_${rank}`)} ${one[rank].length}`) : "0")),
    number(one.parks),
    areaOf(one.area_ha, one.with_area, one.parks),
    one.documents.map((/** @type {any} */ document) => document.short_title_zh).join("、"),
  ]);
  const heads = [t("statistics_sector"), ...RANKS.map((rank) => t(`statistics_${rank}`)), t("statistics_total"), t("statistics_computed_ha"), t("statistics_documents")];
  return {
    title,
    chart: sectors.length ? { height: sectorHeight(sectors), label: t("statistics_sectors_label", { count: sectors.length, first: name(sectors[0].sector), parks: sectors[0].parks }), config: sectorChart(sectors, look, { pick, faded }) } : null,
    notes: present([sectors.length > 0 && t("statistics_sectors_note"), parks.without_industry > 0 && t("statistics_without_industry", { count: parks.without_industry })]),
    documents: unique(sectors.flatMap((/** @type {any} */ one) => one.documents)),
    table: sectors.length ? dataTable(title, heads, rows, tableState(frame, "sectors")) : null,
  };
}

/**
 * @param {Frame} frame
 * @returns {Section}
 */
export function levelSection(frame) {
  const { data, look, lit, light, levelName } = frame;
  const { levels, parks } = data;
  const title = t("statistics_levels");
  const pick = (/** @type {any} */ event, /** @type {any} */ chart) => {
    const bar = clicked(event, chart, "y");
    if (bar) light(levelKey(levels[bar.index].level, bar.series === 1));
  };
  const faded = (/** @type {number} */ index, /** @type {number} */ series) => fades(lit, levelKey(levels[index].level, series === 1));
  const rows = levels.map((/** @type {any} */ one) => [
    button(frame, levelName(one.level), levelKey(one.level)),
    number(one.zones.length),
    areaOf(one.area_ha, one.with_area, one.zones.length),
    one.official_zones.length ? button(frame, number(one.official_zones.length), levelKey(one.level, true), `${levelName(one.level)} ${t("statistics_official")} ${one.official_zones.length}`) : "0",
    one.official_area_ha === null ? t("statistics_not_stated") : number(one.official_area_ha),
  ]);
  const heads = [t("statistics_level"), t("statistics_axis_parks"), t("statistics_computed_ha"), t("statistics_official_count"), t("statistics_official_ha")];
  return {
    title,
    chart: levels.length ? { height: levels.length * 48 + 82, label: t("statistics_levels_label", { ha: number(parks.area_ha, 1), official: number(parks.official.area_ha), count: parks.official.count }), config: levelChart(levels, look, { pick, faded, levelName }) } : null,
    notes: levels.length ? [t("statistics_levels_note", { count: parks.official.count, area: parks.with_area, all: parks.count })] : [],
    documents: [],
    table: levels.length ? dataTable(title, heads, rows, tableState(frame, "levels")) : null,
  };
}

/**
 * The name of an indicator, and below it its kind and our note.
 * @param {any} item
 */
function headOf(item) {
  const remarks = present([natureOf(item) || null, inLanguage(item, "note")]);
  return el("span", {}, titleOf(item), ...remarks.map((remark) => el("small", { class: "statistics-remark" }, String(remark))));
}

/**
 * A value as printed, and below it the year.
 * @param {{text: string|null}} side
 * @param {number|null} year
 */
function valueOf(side, year) {
  const text = printed(side, null);
  return side.text !== null && year ? el("span", {}, text, el("small", { class: "statistics-remark" }, t("statistics_year", { year }))) : text;
}

/** @param {any} group of indicators */
export function groupId({ scope, document, kind }) {
  return `${scope.id}.${document.id}.${kind}`;
}

/**
 * @param {Frame} frame
 * @returns {Section}
 */
export function indicatorSection(frame) {
  const { data, look, lit, light } = frame;
  const title = t("statistics_indicators");
  const groups = data.indicators;
  const group = groups.find((/** @type {any} */ one) => groupId(one) === frame.group) ?? groups[0];
  if (!group) return { title, chart: null, notes: [], documents: [], table: null };
  const items = drawn(group.items);
  const key = scopeKey(group.scope.id);
  const options = groups.map((/** @type {any} */ one) => el("option", { value: groupId(one), selected: one === group }, t(`statistics_group_${one.kind}`, { zone: name(one.scope), document: one.document.short_title_zh, count: one.items.length })));
  const select = el("select", { id: "statistics-group", "aria-label": t("statistics_group"), change: (/** @type {any} */ event) => frame.setGroup(event.target.value) }, ...options);
  const show = el("button", { type: "button", class: "button", id: "statistics-scope", "aria-pressed": String(lit === key), click: () => light(key) }, t("statistics_show_scope", { zone: name(group.scope), count: group.zones.length }));
  const rows = group.items.map((/** @type {any} */ item) => [headOf(item), valueOf(item.base, item.base_year), valueOf(item.target, item.target_year), item.locator]);
  const heads = ["indicator", "base", "target", "locator"].map((key) => t(`statistics_${key}`));
  const table = dataTable(`${title}${t("dot")}${name(group.scope)}${t("dot")}${group.document.short_title_zh}`, heads, rows, tableState(frame, "indicators"));
  if (!items.length) table.setAttribute("open", "");
  const left = group.items.length - items.length;
  return {
    title,
    before: present([select, periodOf(group.period), show]),
    chart: items.length
      ? {
          height: heightOf(items),
          label: t("statistics_indicators_label", { zone: name(group.scope), count: items.length }),
          config: indicatorChart(items, look, { pick: () => light(key), faded: lit !== null && lit.startsWith("scope.") && !covers(lit, key) }),
        }
      : null,
    notes: present([items.length > 0 && t("statistics_indicators_note"), left > 0 && t("statistics_indicators_left", { count: left })]),
    documents: [group.document],
    table,
  };
}
