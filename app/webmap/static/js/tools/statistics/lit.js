// What a bar stands for on the map. It has a key, so that an address can hold it and other numbers do not lose it.
import { t } from "../../config.js";
import { name } from "./charts.js";

/**
 * @typedef {object} Lit
 * @property {"parks"|"projects"} layer the layer whose features light up
 * @property {string[]} ids
 * @property {string} title
 * @property {string} [district] a district that lights up too
 */

const ANY = "*";
const NONE = "-";

/** @param {string} id @param {string} [rank] */
export function sectorKey(id, rank = ANY) {
  return `sector.${id}.${rank}`;
}

/** @param {string} level @param {boolean} [official] only those with a published area */
export function levelKey(level, official = false) {
  return `level.${level}.${official ? "official" : ANY}`;
}

/** @param {string} zone */
export function scopeKey(zone) {
  return `scope.${zone}.${ANY}`;
}

/** @param {string|null|undefined} sector undefined: any @param {number|null|undefined} year undefined: any */
export function projectKey(sector, year) {
  const written = (/** @type {string|number|null|undefined} */ value) => (value === undefined ? ANY : (value ?? NONE));
  return `project.${written(sector)}.${written(year)}`;
}

/** @param {string|null} district null: those that no document places in a district */
export function districtKey(district) {
  return `district.${district ?? NONE}.${ANY}`;
}

/** @param {string} text */
export function isKey(text) {
  return /^(sector|level|scope|project|district)\.[a-z0-9*-]+\.[a-z0-9*-]+$/.test(text);
}

/**
 * Whether a bar belongs to what is lit: a key may leave one of its parts open.
 * @param {string|null} lit
 * @param {string} bar
 */
export function covers(lit, bar) {
  if (!lit) return false;
  const [asked, own] = [lit.split("."), bar.split(".")];
  return asked.every((part, place) => part === own[place] || part === ANY);
}

/**
 * Whether a bar fades: another one of its chart is lit.
 * @param {string|null} lit
 * @param {string} bar
 */
export function fades(lit, bar) {
  return lit !== null && lit.split(".")[0] === bar.split(".")[0] && !covers(lit, bar);
}

/**
 * What a key stands for among these numbers; null where they do not have it.
 * @param {string} key
 * @param {any} data
 * @param {(level: string) => string} levelName
 * @returns {Lit|null}
 */
export function resolved(key, data, levelName) {
  const [kind, first, second] = key.split(".");
  if (kind === "sector") return sectorOf(first, second, data);
  if (kind === "level") return levelOf(first, second, data, levelName);
  if (kind === "scope") {
    const group = data.indicators.find((/** @type {any} */ one) => one.scope.id === first);
    return group ? { layer: "parks", ids: group.zones, title: t("statistics_lit_scope", { zone: name(group.scope) }) } : null;
  }
  return kind === "district" ? districtOf(first, data) : projectsOf(first, second, data);
}

/**
 * @param {string} id
 * @param {any} data
 * @returns {Lit|null}
 */
function districtOf(id, { projects }) {
  const ids = projects.items.filter((/** @type {any} */ one) => (one.district ?? NONE) === id).map((/** @type {any} */ one) => one.id);
  if (!ids.length) return null;
  const found = projects.districts.find((/** @type {any} */ one) => one.district.id === id);
  return { layer: "projects", ids, title: t("statistics_lit_projects", { what: found ? name(found.district) : t("statistics_no_district") }), district: found?.district.id };
}

/**
 * @param {string} id
 * @param {string} rank
 * @param {any} data
 * @returns {Lit|null}
 */
function sectorOf(id, rank, data) {
  const found = data.sectors.find((/** @type {any} */ one) => one.sector.id === id);
  if (!found) return null;
  const ids = rank === ANY ? [...found.leading, ...found.supporting, ...found.service] : (found[rank] ?? []);
  return { layer: "parks", ids, title: rank === ANY ? name(found.sector) : `${name(found.sector)}${t("dot")}${t(`statistics_${rank}`)}` };
}

/**
 * @param {string} level
 * @param {string} which
 * @param {any} data
 * @param {(level: string) => string} levelName
 * @returns {Lit|null}
 */
function levelOf(level, which, data, levelName) {
  const found = data.levels.find((/** @type {any} */ one) => one.level === level);
  if (!found) return null;
  if (which === ANY) return { layer: "parks", ids: found.zones, title: levelName(level) };
  return { layer: "parks", ids: found.official_zones, title: `${levelName(level)}${t("dot")}${t("statistics_official")}` };
}

/**
 * @param {string} sector
 * @param {string} year
 * @param {any} data
 * @returns {Lit|null}
 */
function projectsOf(sector, year, data) {
  const cells = data.projects.cells.filter((/** @type {any} */ cell) => covers(`project.${sector}.${year}`, projectKey(cell.sector?.id ?? null, cell.year)));
  if (!cells.length) return null;
  const parts = [sector !== ANY && name(cells[0].sector), year !== ANY && (year === NONE ? t("statistics_no_year") : year)].filter(Boolean);
  return { layer: "projects", ids: cells.flatMap((/** @type {any} */ cell) => cell.projects), title: t("statistics_lit_projects", { what: parts.join(t("dot")) }) };
}
