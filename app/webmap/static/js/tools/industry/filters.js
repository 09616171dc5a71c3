// Which zones of an industry are listed: pure functions over what the server says of them.

/**
 * A zone in which an industry is named.
 * @typedef {object} Zone
 * @property {string} id
 * @property {string} kind
 * @property {boolean} is_park
 * @property {string|null} level
 * @property {{id: string}|null} district the one that administers it
 * @property {string[]} lies_in ids of the districts its footprint lies in, the largest share first
 * @property {"document"|"members"|"host"|"schematic"|null} extent_basis what its extent rests on
 * @property {number|null} area_ha
 * @property {number|null} official_area_ha
 * @property {number|null} official_area_year
 * @property {[number, number, number, number]|null} bbox
 * @property {{plan: any, element: any, through: any}[]} plans
 * @property {{industry: any, rank: string, qualifier: string|null, wording: string, note_zh: string|null, note_en: string|null, evidence: any}[]} statements the leading ones first
 */

/** @typedef {{kind: string, level: string, district: string, element: string, rank: string}} Filters empty: no such filter */
/** @typedef {"level"|"district"|"element"|"rank"} FilterName */

/** @type {FilterName[]} */
export const FILTERS = ["rank", "level", "district", "element"];

export const RANKS = ["leading", "supporting", "service"];

/** Kinds of zone that are listed, and the layer that draws each. */
export const KINDS = new Map([
  ["park", "parks"],
  ["functional_area", "functional-areas"],
  ["theme_park", "theme-parks"],
  ["development_zone", "development-zones"],
  ["district", "districts"],
]);

/** @returns {Filters} */
export function noFilters() {
  return { kind: "park", level: "", district: "", element: "", rank: "" };
}

/**
 * @param {Zone} zone
 * @param {string} kind
 */
export function isOfKind(zone, kind) {
  return kind === "park" ? zone.is_park : zone.kind === kind;
}

/**
 * The values that a zone has for a filter.
 * @param {Zone} zone
 * @param {FilterName} name
 * @returns {string[]}
 */
export function valuesOf(zone, name) {
  if (name === "level") return zone.level ? [zone.level] : [];
  if (name === "district") return zone.district ? [zone.district.id] : [];
  if (name === "element") return zone.plans.map(({ element }) => element.id);
  return [rankOf(zone)];
}

/**
 * The highest rank that any document gives the industry there.
 * @param {Zone} zone
 */
export function rankOf(zone) {
  return zone.statements[0].rank;
}

/**
 * @param {Zone[]} zones
 * @param {Filters} filters
 * @param {{kind?: string, without?: FilterName}} [how] without: leave a filter out of account
 */
export function listed(zones, filters, { kind = filters.kind, without } = {}) {
  const active = FILTERS.filter((name) => filters[name] && name !== without);
  return zones.filter((zone) => isOfKind(zone, kind) && active.every((name) => valuesOf(zone, name).includes(filters[name])));
}

/**
 * How many zones each value of a filter would leave, the other filters being as they are; every value that occurs.
 * @param {Zone[]} zones
 * @param {Filters} filters
 * @param {FilterName} name
 * @returns {Map<string, number>}
 */
export function counts(zones, filters, name) {
  const found = new Map(zones.filter((zone) => isOfKind(zone, filters.kind)).flatMap((zone) => valuesOf(zone, name).map((value) => [value, 0])));
  for (const zone of listed(zones, filters, { without: name })) {
    for (const value of new Set(valuesOf(zone, name))) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return found;
}

/**
 * Where nothing is left: each filter without which something would be, and how much.
 * @param {Zone[]} zones
 * @param {Filters} filters
 * @returns {{name: FilterName, count: number}[]}
 */
export function obstacles(zones, filters) {
  return FILTERS.filter((name) => filters[name])
    .map((name) => ({ name, count: listed(zones, filters, { without: name }).length }))
    .filter(({ count }) => count > 0);
}

/**
 * Computed and published areas, each summed over the zones that have one, 公顷; an estimated outline has none.
 * @param {Zone[]} zones
 */
export function sums(zones) {
  const sum = (/** @type {(number|null)[]} */ values) => values.reduce((/** @type {number} */ total, value) => total + (value ?? 0), 0);
  return {
    count: zones.length,
    measured: zones.filter(({ area_ha: area }) => area !== null).length,
    undrawn: zones.filter(({ bbox }) => bbox === null).length,
    area: sum(zones.map(({ area_ha: area }) => area)),
    official: zones.filter(({ official_area_ha: area }) => area !== null).length,
    officialArea: sum(zones.map(({ official_area_ha: area }) => area)),
  };
}

/**
 * The state as a part of the address: `integrated-circuits,level:national`.
 * @param {string} industry
 * @param {Filters} filters
 */
export function written(industry, filters) {
  const names = /** @type {(keyof Filters)[]} */ (["kind", ...FILTERS]);
  const usual = noFilters();
  return [industry, ...names.filter((name) => filters[name] !== usual[name]).map((name) => `${name}:${filters[name]}`)].join();
}

/**
 * @param {string} text
 * @returns {{industry: string, filters: Filters, unknown: string[]}}
 */
export function parsed(text) {
  const [industry = "", ...parts] = text.split(",");
  const filters = noFilters();
  const unknown = [];
  for (const part of parts) {
    const [name, value = ""] = part.split(":");
    const fits = (name === "kind" && KINDS.has(value)) || (name === "rank" && RANKS.includes(value)) || (["level", "district", "element"].includes(name) && /^[a-z0-9-]+$/.test(value));
    if (fits) filters[/** @type {keyof Filters} */ (name)] = value;
    else unknown.push(part);
  }
  return { industry, filters, unknown };
}
