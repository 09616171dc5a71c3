// Projects and indicators: those of a table and those of running text told apart, with the years they were planned for.
import { t } from "../config.js";
import { periodText } from "../documents.js";
import { el, present } from "../dom.js";
import { note, source } from "../evidence.js";
import { section } from "../fold.js";
import { inLanguage, isEmpty, number } from "../format.js";
import { contradicted } from "./contradictions.js";
import { few, grouped, nameOf, quoted, tag } from "./parts.js";

/** @typedef {import("./parts.js").Context} Context */

const TABLES = ["headline", "sector_target"]; // kinds of indicators that stand in a table

/** Kinds of zones that hold others, whose projects are among theirs. */
const HOLDING = ["municipality", "district", "development_zone"];

/**
 * @param {any} around
 * @param {Context} context
 */
export function projects({ zone, projects: { count, investment_total: total, items } }, context) {
  if (!count) return null;
  const [listed, mentioned] = [true, false].map((table) => items.filter((/** @type {any} */ one) => Boolean(one.in_table) === table));
  /**
   * @param {string} title
   * @param {any[]} some
   */
  const part = (title, some) => (some.length ? [el("h4", {}, title), ...few(el("ul", { class: "lines" }, ...some.map((one) => projectEntry(one, context))))] : []);
  const money = isEmpty(total) ? "" : t("record_projects_money", { total: number(Number(total)) });
  return section(
    { title: t("record_projects"), key: "projects", count },
    HOLDING.includes(zone.kind) ? el("p", { class: "hint" }, t("record_projects_hint")) : null,
    ...part(`${t("record_projects_table", { count: listed.length })}${money}`, listed),
    ...part(t("record_projects_text", { count: mentioned.length }), mentioned),
  );
}

/**
 * @param {any} project
 * @param {Context} context
 */
function projectEntry(project, { link }) {
  const { year_start: start, year_end: end, investment_total: total, owner_zh: owner, figures, located } = project;
  const years = start && t("record_project_years", { start, end: end ?? start });
  const money = isEmpty(total) ? null : t("record_project_money", { total: number(Number(total)) });
  const said = present([money, years, owner]).join(t("dot"));
  const places = inLanguage(project, "places");
  const where = isEmpty(places) ? (located && located !== "park" ? t("record_place_none") : null) : t("record_place_named", { places: places.join(t("list")) });
  return el(
    "li",
    {},
    link(project.id, nameOf(project), "projects"),
    ...present([
      said ? el("span", { class: "said" }, said) : null,
      figures?.length ? el("span", { class: "said figures", lang: "zh-CN" }, t("record_figures", { figures: figures.join(t("list_of_lists")) })) : null,
      where ? el("span", { class: "said" }, where) : null,
    ]),
    source(project.evidence, project.name_zh),
  );
}

/**
 * @param {any} around
 * @param {Context} context
 */
export function indicators({ zone, indicators: found }, context) {
  if (!found?.items.length) return null;
  const name = nameOf(found.scope);
  const hint = found.scope.id === zone.id ? null : el("p", { class: "hint" }, t("record_indicators_own_none", { name }));
  const documents = grouped(found.items, (/** @type {any} */ one) => one.evidence.document).flatMap((group) => {
    const years = periodText(group[0].period);
    const head = el("p", { class: "period" }, el("span", { lang: "zh-CN" }, group[0].evidence.short_title_zh), years ? t("dot") : null, years);
    const [tables, text] = [true, false].map((table) => group.filter((one) => TABLES.includes(one.kind) === table));
    return [head, ...table(tables, context), ...numbers(text, context)];
  });
  return section({ title: t("record_indicators_of", { name }), key: "indicators", count: found.items.length }, hint, ...documents);
}

/**
 * The rows of the tables of one document.
 * @param {any[]} items
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
function table(items, context) {
  if (!items.length) return [];
  const [bases, targets] = ["base_year", "target_year"].map((key) => [...new Set(items.map((one) => one[key]).filter(Boolean))]);
  const heads = [t("record_indicator"), bases.length === 1 ? t("record_year", { year: bases[0] }) : t("record_base"), targets.length === 1 ? t("record_year", { year: targets[0] }) : t("record_target")];
  const body = el("tbody", {}, ...items.map((one) => row(one, bases.length === 1 ? bases[0] : null, targets.length === 1 ? targets[0] : null, context)));
  const whole = el("table", { class: "indicators" }, el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))), body);
  return [whole, ...few(body).slice(1)];
}

/**
 * Numbers of the running text, each with the words it stands in.
 * @param {any[]} items of one document
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
function numbers(items, { contradictions }) {
  if (!items.length) return [];
  const entries = items.map((one) => {
    const said = ["base", "target"].filter((key) => !isEmpty(one[key])).map((key) => {
      const year = one[`${key}_year`];
      return el("span", {}, tag(year ? t(`record_${key}_year`, { year }) : t(`record_${key}`)), " ", quoted(one[key]));
    });
    const nature = one.nature ? tag(t(`record_nature_${one.nature}`)) : null;
    return el("li", {}, el("span", { lang: "zh-CN" }, one.name_zh, nature), ...said, ...present([note(one), contradicted(contradictions, one.id)]), source(one.evidence, one.target ?? one.base));
  });
  return [el("h4", {}, t("record_indicators_text")), ...few(el("ul", { class: "lines numbers" }, ...entries))];
}

/**
 * @param {any} one
 * @param {number|null} base year that the column is of
 * @param {number|null} target
 * @param {Context} context
 */
function row(one, base, target, { contradictions }) {
  const title = one.unit ? `${one.name_zh}（${one.unit}）` : one.name_zh;
  const nature = one.nature ? tag(t(`record_nature_${one.nature}`)) : null;
  const more = present([note(one), contradicted(contradictions, one.id)]);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("span", { lang: "zh-CN" }, title), nature, ...more, source(one.evidence, one.target ?? one.base)),
    el("td", { lang: "zh-CN" }, value(one.base, one.base_year, base)),
    el("td", { lang: "zh-CN" }, value(one.target, one.target_year, target)),
  );
}

/**
 * @param {string|null} text as printed
 * @param {number|null} year
 * @param {number|null} said the year that the column says
 */
function value(text, year, said) {
  if (isEmpty(text)) return "—";
  return year && year !== said ? `${text}${t("record_of_year", { year })}` : String(text);
}
