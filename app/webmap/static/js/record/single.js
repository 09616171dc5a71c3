// The panel of one thing, one rule or one document: for what no layer draws, and what adds to a layer's own attributes.
import { t } from "../config.js";
import { periodText } from "../documents.js";
import { el, present } from "../dom.js";
import { addressInText, note, source } from "../evidence.js";
import { section } from "../fold.js";
import { inLanguage, isEmpty, list } from "../format.js";
import { contradictions } from "./contradictions.js";
import { between, nameOf, place, quoted } from "./parts.js";
import { figuresText, statusText, thingEntry, whereabouts } from "./things.js";

/** @typedef {import("./parts.js").Context} Context */

/** @type {Record<string, string>} the layer that has things of a kind as features */
const LAYERS = { project: "projects", carrier: "carriers", platform: "carriers", designation: "designations", infrastructure: "infrastructure" };

/**
 * What a record is, in a word or two.
 * @param {string} collection
 * @param {any} told
 */
export function kindOf(collection, told) {
  return t(collection === "things" ? `record_kind_${told.kind}` : collection === "rules" ? "record_rules" : "record_document");
}

/**
 * @param {string} collection
 * @param {any} told
 * @returns {string|null}
 */
export function layerOf(collection, told) {
  return collection === "things" ? (LAYERS[told.kind] ?? null) : null;
}

/**
 * @param {[string, (Node|string|null|undefined|false)[]][]} rows key of the title, and what it says
 */
function definitions(rows) {
  const told = rows.map(([key, parts]) => [key, present(parts).filter((part) => part !== "")]).filter(([, parts]) => parts.length);
  return told.length ? el("dl", { class: "rows" }, ...told.map(([key, parts]) => el("div", {}, el("dt", {}, t(String(key))), el("dd", {}, ...parts)))) : null;
}

/** @param {any} thing */
function years({ year_start: start, year_end: end }) {
  return start ? t("record_project_years", { start, end: end ?? start }) : null;
}

/** @param {any[]} industries */
function industriesText(industries) {
  return industries?.length ? list(industries.map(nameOf)) : null;
}

/**
 * @param {any} thing as of /api/things/{id}
 * @param {Context} context
 * @param {boolean} drawn whether a layer shows its attributes already
 * @returns {HTMLElement[]}
 */
export function thingSections(thing, context, drawn) {
  const told = drawn
    ? definitions([["record_aliases", [thing.aliases?.length ? list(thing.aliases) : null]]])
    : definitions([
        ["record_state", [statusText(thing.kind, thing.status)]],
        ["record_content", [inLanguage(thing, "summary")]],
        ["record_figures_printed", [figuresText(thing.figures)]],
        ["record_industry", [industriesText(thing.industries)]],
        ["record_owner", [thing.owner_zh]],
        ["record_years", [years(thing)]],
        ["record_area", [thing.area && place(context, thing.area)]],
        ["record_aliases", [thing.aliases?.length ? list(thing.aliases) : null]],
        ["record_period", [periodText(thing.period)]],
      ]);
  const where = drawn && !thing.places.length ? null : whereabouts(thing, context);
  const line = drawn ? null : el("p", { class: "single-source" }, ...present([note(thing), source(thing.evidence, thing.name_zh)]));
  const alike = thing.alike?.length
    ? section({ title: t("record_alike"), key: "alike", count: thing.alike.length }, el("ul", { class: "lines" }, ...thing.alike.map((/** @type {any} */ one) => thingEntry(one, one.kind, context))))
    : null;
  return present([told, where && el("p", { class: "whereabouts" }, where), line, contradictions(thing.contradictions ?? []), alike]);
}

/**
 * @param {any} rule as of /api/rules/{id}
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
export function ruleSections(rule, context) {
  const told = definitions([
    ["record_clause", [quoted(rule.clause_zh)]],
    ["record_verb_title", [rule.verb_zh && quoted(rule.verb_zh)]],
    ["record_ours", [inLanguage(rule, "summary")]],
    ["record_theme", [t(`record_theme_${rule.theme}`)]],
    ["record_scope", between(rule.scope.map((/** @type {any} */ one) => place(context, one)))],
    ["record_industry", [industriesText(rule.industries)]],
    ["record_period", [periodText(rule.period)]],
  ]);
  const line = el("p", { class: "single-source" }, ...present([note(rule), source(rule.evidence, rule.clause_zh)]));
  return present([told, line, el("p", { class: "hint" }, t("record_rules_hint")), contradictions(rule.contradictions ?? [])]);
}

/**
 * @param {import("../documents.js").Document} document
 * @returns {HTMLElement[]}
 */
export function documentSections(document) {
  const address = addressInText(document.id);
  const told = definitions([
    ["record_issuer", [document.issuer_zh]],
    ["record_issued", [document.issued_on]],
    ["record_period", [periodText(document.planned)]],
    ["record_text", [address && el("a", { href: address, target: "_blank", rel: "noopener" }, t("record_read"))]],
  ]);
  const ours = inLanguage(document, "note");
  return present([told, isEmpty(ours) ? null : el("p", {}, note(document))]);
}
