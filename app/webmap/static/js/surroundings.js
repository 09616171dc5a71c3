// Sections of what is around a zone: ways out, neighbours, projects, the indicators of its area.
import { t } from "./config.js";
import { section, source } from "./detail.js";
import { el, present } from "./dom.js";
import { inLanguage, isEmpty, number } from "./format.js";

/** @typedef {import("./detail.js").Link} Link */

const FEW = 8; // entries of a long list that are shown at once
const WINDS = 8;

/**
 * A distance: metres below a kilometre, else kilometres with one decimal.
 * @param {number} metres
 */
export function distance(metres) {
  return metres < 1000 ? `${number(metres, 0)} m` : `${number(metres / 1000, 1)} km`;
}

/**
 * The wind of eight that a direction is nearest to.
 * @param {number} azimuth degrees from north over east
 */
export function wind(azimuth) {
  return t(`wind_${Math.round((azimuth * WINDS) / 360) % WINDS}`);
}

/**
 * @param {any} around as of /api/zones/{id}/surroundings
 * @param {Link} link
 * @returns {HTMLElement[]}
 */
export function surroundingSections(around, link) {
  return present([throughPlans(around.plans, link), ways(around.facilities, link), neighbours(around.neighbours, link), projects(around.projects, link), indicators(around)]);
}

/**
 * @param {any[]} roles
 * @param {Link} link
 */
function throughPlans(roles, link) {
  const through = roles.filter((role) => role.through);
  if (through.length === 0) return null;
  const entries = through.map((role) => {
    const name = [role.plan, role.element].map((part) => inLanguage(part, "name")).join(t("dot"));
    const by = t("plan_through", { name: String(inLanguage(role.through, "name")) });
    return el("li", {}, link(role.element.id, name, role.plan.id), el("span", { class: "said" }, present([by, inLanguage(role, "positioning")]).join(t("colon"))), source(role.evidence));
  });
  return section(t("plans_through"), el("ul", { class: "lines" }, ...entries));
}

/**
 * @param {any[]} facilities
 * @param {Link} link
 */
function ways(facilities, link) {
  if (facilities.length === 0) return null;
  const lines = facilities.map((one) => {
    const far = one.boundary_m === 0 ? t("distance_inside") : `${distance(one.boundary_m)} ${wind(one.azimuth)}`;
    const note = t("position_accuracy", { metres: number(one.accuracy_m, 0) });
    const said = el("dd", {}, link(one.id, String(inLanguage(one, "name")), "facilities"), " ", el("strong", {}, far), " ", t("distance_centre", { distance: distance(one.centroid_m) }));
    said.append(el("span", { class: "source" }, present([note, inLanguage(one, "source")]).join("　")));
    return el("div", {}, el("dt", {}, t(`facility_${one.kind}`)), said);
  });
  return section(t("distances"), el("dl", { class: "rows ways" }, ...lines), el("p", { class: "hint" }, t("distances_note")));
}

/**
 * @param {any[]} found
 * @param {Link} link
 */
function neighbours(found, link) {
  if (found.length === 0) return null;
  const entries = found.map((one) => {
    const meets = one.overlap_ha === null ? t("neighbour_adjoining") : t("neighbour_overlap", { ha: number(one.overlap_ha, 1) });
    const far = one.boundary_m === 0 ? meets : distance(one.boundary_m);
    const centres = t("distance_centre", { distance: distance(one.centroid_m) });
    return el("li", { class: "neighbour" }, link(one.zone.id, String(inLanguage(one.zone, "name")), one.zone.kind), el("span", {}, `${wind(one.azimuth)} ${far} `, el("small", {}, centres)));
  });
  return section(t("neighbours"), el("ul", { class: "lines" }, ...entries), el("p", { class: "hint" }, t("neighbours_note")));
}

/**
 * @param {any} found
 * @param {Link} link
 */
function projects({ count, investment_total: total, items }, link) {
  if (count === 0) return null;
  const text = isEmpty(total) ? t("projects_count", { count }) : t("projects_text", { count, total: number(Number(total)) });
  const entries = items.map((/** @type {any} */ one) => {
    const years = one.year_start && t("project_years", { start: one.year_start, end: one.year_end ?? one.year_start });
    const money = isEmpty(one.investment_total) ? null : t("project_money", { total: number(Number(one.investment_total)) });
    const said = present([money, years, one.owner_zh]).join(t("dot"));
    return el("li", {}, link(one.id, one.name_zh, "projects"), said ? el("span", { class: "said" }, said) : null, source(one.evidence));
  });
  return section(t("projects"), el("p", {}, text), ...few(el("ul", { class: "lines" }, ...entries), count));
}

/** @param {any} around */
function indicators({ zone, indicators: found }) {
  if (!found) return null;
  const name = String(inLanguage(found.scope, "name"));
  const own = found.scope.id === zone.id;
  const years = [...new Set(found.items.map((/** @type {any} */ one) => one.base_year).filter(Boolean))];
  const head = [t("indicator"), years.length === 1 ? t("indicator_base", { year: String(years[0]) }) : t("indicator_base", { year: "2020" }), t("indicator_target")];
  const rows = found.items.map((/** @type {any} */ one) => indicatorRow(one, years.length > 1));
  const body = el("tbody", {}, ...rows);
  const table = el("table", { class: "indicators" }, el("thead", {}, el("tr", {}, ...head.map((title) => el("th", { scope: "col" }, title)))), body);
  const note = own ? null : el("p", { class: "hint" }, t("indicators_own_none", { name }));
  return section(t("indicators_of", { name }), note, table, ...few(body, rows.length).slice(1));
}

/**
 * @param {any} one
 * @param {boolean} dated whether the rows are of different years
 */
function indicatorRow(one, dated) {
  const year = dated && one.base_year && one.base_year !== 2020 ? ` (${one.base_year})` : "";
  const title = el("th", { scope: "row", lang: "zh-CN" }, one.unit ? `${one.name_zh}（${one.unit}）` : one.name_zh, source(one.evidence));
  return el("tr", {}, title, el("td", {}, isEmpty(one.base) ? "—" : `${one.base}${year}`), el("td", {}, isEmpty(one.target_2025) ? "—" : one.target_2025));
}

/**
 * A list whose end is hidden behind a button where it is long.
 * @param {HTMLElement} list
 * @param {number} count
 * @returns {HTMLElement[]} the list, and the button
 */
function few(list, count) {
  const rest = [...list.children].slice(FEW);
  if (rest.length < 2) return [list];
  for (const one of rest) one.toggleAttribute("hidden", true);
  const more = el("button", { type: "button", class: "link more" }, t("show_all", { count }));
  more.addEventListener("click", () => {
    for (const one of rest) one.removeAttribute("hidden");
    const first = /** @type {HTMLElement} */ (rest[0]);
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    more.remove();
  });
  return [list, more];
}
