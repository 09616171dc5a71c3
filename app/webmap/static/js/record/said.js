// What documents say of a zone or a plan element itself, and, apart from that, of what it belongs to.
import { t } from "../config.js";
import { el, present } from "../dom.js";
import { note, source, sourceText } from "../evidence.js";
import { section } from "../fold.js";
import { inLanguage, isEmpty } from "../format.js";
import { contradicted } from "./contradictions.js";
import { evidenced, few, grouped, nameOf, place, quoted, term } from "./parts.js";

/** @typedef {import("./parts.js").Context} Context */

const FEW_DIRECTIONS = 4;
const MANY_STATEMENTS = 40; // of more, each sector is folded

/** @param {any} record */
export function positioning(record) {
  const text = inLanguage(record, "positioning");
  return isEmpty(text) ? null : el("p", { class: "positioning" }, text);
}

/**
 * Where a zone belongs and where it lies, where the two differ.
 * @param {any} record
 * @param {Context} context
 */
export function district({ id, district: home, lies_in: lies }, context) {
  if (!home || home.id === id) return null;
  const found = lies ?? [];
  const elsewhere = found.some((/** @type {any} */ one) => one.district.id !== home.id);
  const rows = [el("div", {}, el("dt", {}, t("record_administered")), el("dd", {}, place(context, { ...home, kind: "district" })))];
  if (elsewhere) {
    const places = found.map((/** @type {any} */ one) => el("span", {}, place(context, { ...one.district, kind: "district" }), found.length > 1 && context.own ? ` ${share(one.share)}` : ""));
    const listed = places.flatMap((/** @type {Node} */ one, /** @type {number} */ index) => (index ? [t("list"), one] : [one]));
    rows.push(el("div", { class: "lies-in" }, el("dt", {}, t("record_lies_in")), el("dd", {}, ...listed, el("small", {}, t(context.own ? "record_lies_in_basis" : "record_lies_in_schematic")))));
  }
  return el("dl", { class: "rows districts" }, ...rows);
}

/** @param {number} part of a whole */
function share(part) {
  return part < 0.01 ? t("record_share_least") : t("record_share", { percent: Math.round(part * 100) });
}

/** @param {any[]} found */
export function directions(found) {
  if (!found.length) return null;
  const entries = found.map((one) => {
    const ours = inLanguage(one, "text");
    return el("li", {}, quoted(one.clause_zh), isEmpty(ours) ? null : el("span", { class: "said" }, t("record_in_short", { text: ours })), source(one.evidence, one.clause_zh));
  });
  return section({ title: t("record_directions"), key: "directions", count: found.length }, ...few(el("ul", { class: "lines" }, ...entries), FEW_DIRECTIONS));
}

/**
 * @param {any[]} statements
 * @param {Context} context
 * @param {string} [title]
 */
export function industries(statements, { contradictions }, title = t("record_industries")) {
  if (statements.length === 0) return null;
  const sectors = grouped(statements, (statement) => statement.sector?.id ?? statement.id);
  return section(
    { title, key: "industries" },
    ...sectors.map((found) => {
      const ids = new Set(found.flatMap((statement) => [statement.id, statement.sector?.id ?? statement.id]));
      const head = el("h4", {}, nameOf(found[0].sector ?? found[0]));
      const body = [evidenced(found, term), contradicted(contradictions, ...ids)];
      if (statements.length <= MANY_STATEMENTS) return el("div", { class: "sector" }, head, ...body);
      return el("details", { class: "kind" }, el("summary", {}, head, el("span", { class: "kind-counts" }, t("record_items", { count: found.length }))), ...body);
    }),
  );
}

/**
 * What a document says of an element of a plan as a whole: never said as the zone's own.
 * @param {any} record
 * @param {Context} context
 */
export function surrounding({ surrounding: statements, is_park: park }, { link }) {
  if (!statements?.length) return null;
  const lines = grouped(statements, ({ of, statement }) => `${of.id} ${sourceText(statement.evidence)}`).map((said) => {
    const [{ of, plan, statement }] = said;
    const terms = said.map((one) => term(one.statement));
    const notes = said.map((one) => note(one.statement));
    const head = el("span", { class: "surrounding-of" }, link(of.id, t("record_surrounding_of", { name: nameOf(of) }), plan.id), t("colon"));
    return el("li", {}, el("span", { class: "terms" }, head, ...terms), ...present(notes), source(statement.evidence, statement.wording));
  });
  return section({ title: t(park ? "record_surrounding" : "record_surrounding_zone"), key: "surrounding", class: "surrounding" }, el("p", { class: "hint" }, t("record_surrounding_hint")), el("ul", { class: "lines" }, ...lines));
}
