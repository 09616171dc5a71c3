// What is said of the zones of an industry: how many, how large, which, and what removes them all.
import { config, t } from "../../config.js";
import { el, present } from "../../dom.js";
import { source } from "../../evidence.js";
import { area, inLanguage, list, number } from "../../format.js";
import { isOfKind, KINDS, RANKS, rankOf, sums } from "./filters.js";

/** @typedef {import("./filters.js").Zone} Zone */

/** Formats of the list as a file. */
const FORMATS = [
  ["xlsx", "XLSX"],
  ["csv", "CSV"],
  ["geojson", "GeoJSON"],
];

/** @param {any} record */
export function name(record) {
  return String(inLanguage(record, "name"));
}

/**
 * The name of a kind of zone, in the plural where the language has one.
 * @param {string} kind
 * @param {number} count
 */
export function kindName(kind, count) {
  return t(`industry_${count === 1 ? "one" : "many"}_${kind}`);
}

/**
 * Buttons that choose the kind of zone that is listed.
 * @param {Zone[]} zones
 * @param {string} chosen
 * @param {(kind: string) => void} choose
 */
export function kindChoices(zones, chosen, choose) {
  const choices = [...KINDS.keys()].map((kind) => {
    const count = zones.filter((zone) => isOfKind(zone, kind)).length;
    const attributes = { type: "button", id: `industry-kind-${kind}`, "aria-pressed": String(kind === chosen), disabled: count === 0 && kind !== chosen, click: () => choose(kind) };
    return el("button", attributes, t(`industry_kind_${kind}`), el("span", { class: "industry-count" }, number(count)));
  });
  return el("div", { class: "industry-kinds", role: "group", "aria-label": t("industry_kinds") }, ...choices);
}

/**
 * How many zones there are, and what their areas add up to: the computed and the published ones apart.
 * @param {Zone[]} zones
 * @param {string} kind
 */
export function summary(zones, kind) {
  const { count, measured, undrawn, area: computed, official, officialArea } = sums(zones);
  const others = count - measured - undrawn;
  const lines = [el("p", { class: "industry-total" }, el("strong", {}, number(count)), ` ${kindName(kind, count)}`)];
  if (measured) lines.push(line(t("industry_computed"), computed, 1));
  if (official) lines.push(line(t("industry_official", { count: official }), officialArea, 0));
  const notes = present([
    others > 0 && kind === "theme_park" && t("industry_hosted", { count: others }),
    others > 0 && kind !== "theme_park" && (measured ? t("industry_estimates", { count: measured, others }) : t("industry_all_estimates")),
    undrawn > 0 && t("industry_undrawn", { count: undrawn }),
    official > 0 && measured > 0 && t("industry_apart"),
  ]);
  return [...lines, ...notes.map((note) => el("p", { class: "industry-note" }, note))];
}

/**
 * @param {string} title
 * @param {number} ha 公顷
 * @param {number} decimals
 */
function line(title, ha, decimals) {
  const [first, ...others] = area(ha, decimals).split(/(?=[（(])/);
  return el("p", { class: "industry-sum" }, el("span", {}, title), " ", el("b", {}, first), el("span", { class: "industry-units" }, others.join("")));
}

/**
 * The zones, those that lead in the industry before those that support it.
 * @param {Zone[]} zones
 * @param {object} how
 * @param {(zone: Zone) => void} how.show
 * @param {(level: string) => string} how.levelName
 * @param {(id: string) => string} how.districtName
 */
export function zoneList(zones, { show, levelName, districtName }) {
  return RANKS.map((rank) => [rank, zones.filter((zone) => rankOf(zone) === rank)])
    .filter(([, found]) => found.length)
    .map(([rank, found]) => {
      const heading = el("h3", { id: `industry-rank-${rank}`, class: `industry-rank industry-rank-${rank}` }, t(`industry_${rank}`), el("span", { class: "industry-count" }, number(found.length)));
      const entries = /** @type {Zone[]} */ (found).map((zone) => entry(zone, show, levelName, districtName));
      return el("section", { class: "industry-group", "aria-labelledby": heading.id }, heading, el("ol", { class: "industry-zones" }, ...entries));
    });
}

/**
 * @param {Zone} zone
 * @param {(zone: Zone) => void} show
 * @param {(level: string) => string} levelName
 * @param {(id: string) => string} districtName
 */
function entry(zone, show, levelName, districtName) {
  const place = present([zone.level && levelName(zone.level), zone.district && zone.district.id !== zone.id && name(zone.district)]);
  return el(
    "li",
    { class: "industry-zone", "data-id": zone.id },
    el(
      "div",
      { class: "industry-head" },
      el("button", { type: "button", class: "choice", click: () => show(zone) }, name(zone)),
      el("span", { class: "industry-place" }, place.join(t("dot"))),
    ),
    el("p", { class: "industry-areas" }, areas(zone)),
    elsewhere(zone, districtName),
    roles(zone),
    evidence(zone),
  );
}

/** @param {Zone} zone */
function areas(zone) {
  const { area_ha: computed, official_area_ha: official, official_area_year: year } = zone;
  const published = official === null ? null : t(year ? "industry_area_official_year" : "industry_area_official", { ha: number(official), year: year ?? "" });
  return present([computed === null ? t(noAreaOf(zone)) : t("industry_area_computed", { ha: number(computed, 1) }), published]).join(t("industry_semicolon"));
}

/** @param {Zone} zone */
function noAreaOf({ bbox, extent_basis: basis }) {
  if (bbox === null) return "industry_no_geometry";
  return basis === "host" ? "industry_area_host" : "industry_area_none";
}

/**
 * Where its footprint lies, if that is not just the district that administers it.
 * @param {Zone} zone
 * @param {(id: string) => string} districtName
 */
function elsewhere({ district, lies_in: lies }, districtName) {
  if (!lies.some((id) => id !== district?.id)) return null;
  return el("p", { class: "industry-areas" }, t("industry_lies_in", { names: list(lies.map(districtName)) }));
}

/**
 * The plan elements it belongs to; those of the development zone it is a part of are said to be so.
 * @param {Zone} zone
 */
function roles(zone) {
  if (!zone.plans.length) return null;
  const words = zone.plans.map(({ plan, element, through }) => {
    const role = `${name(plan)}${t("dot")}${name(element)}`;
    return through ? t("industry_through", { role, zone: name(through) }) : role;
  });
  return el("details", { class: "industry-roles" }, el("summary", {}, t("industry_roles", { count: words.length })), el("ul", {}, ...words.map((word) => el("li", {}, word))));
}

/**
 * What the documents say: the industries they name here, by rank, each under its document and place, with our notes.
 * @param {{statements: Zone["statements"]}} zone
 */
export function evidence(zone) {
  const documents = [...new Set(zone.statements.map(({ evidence: said }) => said.short_title_zh))];
  /** @type {Map<string, Zone["statements"]>} */
  const sources = new Map();
  for (const statement of zone.statements) {
    const { document, locator } = statement.evidence;
    const key = [statement.rank, document, locator].join("\n");
    sources.set(key, [...(sources.get(key) ?? []), statement]);
  }
  const lines = [...sources.values()].map((said) =>
    el(
      "li",
      {},
      el("span", { class: `industry-chip industry-rank-${said[0].rank}` }, t(`industry_${said[0].rank}`)),
      " ",
      list(said.map(termOf)),
      ...remarks(said).map((remark) => el("span", { class: "industry-remark" }, remark)),
      source(said[0].evidence, said[0].wording),
    ),
  );
  const first = el("summary", {}, t("industry_evidence"), el("span", { lang: "zh-CN" }, documents.join("、")));
  return el("details", { class: "industry-evidence" }, first, el("ul", {}, ...lines));
}

/**
 * Our notes on statements, each once.
 * @param {Zone["statements"]} said
 * @returns {string[]}
 */
function remarks(said) {
  return [...new Set(said.map((statement) => inLanguage(statement, "note")).filter(Boolean))];
}

/** @param {Zone["statements"][0]} statement */
function termOf({ industry, qualifier, wording }) {
  const said = name(industry);
  const full = qualifier ? `${said}（${qualifier.split(";").join("、")}）` : said;
  return config.language === "zh" && wording && !full.includes(wording) ? `${full}〔${wording}〕` : full;
}

/**
 * Links to files of just what is listed.
 * @param {string} industry
 * @param {Zone[]} zones what is listed
 * @param {string} kind
 * @param {boolean} all whether that is all zones of the kind that the industry has
 */
export function downloads(industry, zones, kind, all) {
  const layer = KINDS.get(kind);
  const query = new URLSearchParams({ industry });
  if (!all) query.set("filter", `id IN (${zones.map(({ id }) => `'${id}'`).join(",")})`);
  const links = FORMATS.map(([extension, title]) => el("a", { class: "button", href: `${config.root}/layers/${layer}.${extension}?${query}`, download: `${layer}-${industry}.${extension}` }, title));
  return el("p", { class: "industry-files", role: "group", "aria-label": t("industry_download") }, el("span", {}, t("industry_download")), ...links);
}
