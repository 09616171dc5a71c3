// The whole record of what a panel is about, as sections: the most important first.
import { t } from "../config.js";
import { el, present } from "../dom.js";
import { note } from "../evidence.js";
import { neighbours, throughPlans, ways } from "./around.js";
import { contradictions } from "./contradictions.js";
import { indicators, projects } from "./figures.js";
import { named } from "./named.js";
import { between, few, place } from "./parts.js";
import { clusters, firms, hosted, plans, relations } from "./relations.js";
import { links, rules } from "./rules.js";
import { directions, district, industries, positioning, surrounding } from "./said.js";
import { section } from "../fold.js";
import { KINDS, thingEntry } from "./things.js";

export { documentSections, kindOf, layerOf, ruleSections, thingSections } from "./single.js";

/** @typedef {import("./parts.js").Context} Context */

/**
 * What documents state of a zone itself.
 * @param {any} record as of /api/zones/{id}
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
export function zoneSections(record, context) {
  const said = record.directions ?? [];
  return present([
    district(record, context),
    said.length ? null : positioning(record),
    directions(said),
    industries(record.industries ?? [], context),
    surrounding(record, context),
    contradictions(record.contradictions ?? []),
    plans(record.plans ?? [], context),
    clusters(record.clusters ?? [], context),
    hosted("theme_parks", record.theme_parks, context),
    hosted("hosts", record.hosts, context),
    named(record.named, context),
  ]);
}

/**
 * What documents ask at a zone, and its links to others.
 * @param {any} record as of /api/zones/{id}
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
export function zoneRules(record, context) {
  return present([rules(record, context), links(record.links, context)]);
}

/**
 * The rest of what is known of a zone.
 * @param {any} record as of /api/zones/{id}
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
export function zoneBackground(record, context) {
  return present([firms(record.firms), relations(record, context)]);
}

/**
 * Projects and indicators of a zone and of what it lies in.
 * @param {any} around as of /api/zones/{id}/surroundings
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
export function figureSections(around, context) {
  return present([throughPlans(around.plans, context), projects(around, context), indicators(around, context)]);
}

/**
 * What lies around a zone, and how far.
 * @param {any} around as of /api/zones/{id}/surroundings
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
export function waySections(around, context) {
  return present([ways(around.facilities, context), neighbours(around.neighbours, context)]);
}

/**
 * What a document states of an element of a plan as a whole.
 * @param {any} record as of /api/elements/{id}
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
export function elementSections(record, context) {
  const said = record.directions ?? [];
  return present([
    said.length ? null : positioning(record),
    directions(said),
    industries(record.industries ?? [], context, t("record_element_industries")),
    members(record, context),
    contradictions(record.contradictions ?? []),
    things(record.things ?? [], context),
    rules(record, context),
    links(record.links, context),
  ]);
}

/**
 * Who belongs to an element, who is its core only, and what it is merely drawn through.
 * @param {any} record
 * @param {Context} context
 */
function members(record, context) {
  const rows = ["members", "core", "drawn_through"].filter((key) => record[key]?.length).map((key) => {
    const zones = between(record[key].map((/** @type {any} */ one) => place(context, one)));
    return el("div", { class: `element-${key}` }, el("dt", {}, t(`record_element_${key}`)), el("dd", {}, ...zones));
  });
  if (!rows.length) return null;
  return section({ title: t("record_members"), key: "members" }, el("dl", { class: "rows" }, ...rows), note(record));
}

/**
 * @param {any[]} found
 * @param {Context} context
 */
function things(found, context) {
  if (!found.length) return null;
  const sorted = [...found].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  const entries = sorted.map((one) => thingEntry(one, one.kind, context));
  return section({ title: t("record_named"), key: "named", count: found.length }, ...few(el("ul", { class: "lines" }, ...entries)));
}
