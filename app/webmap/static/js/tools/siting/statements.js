// What documents say beside the ranking: rules, places elsewhere, industries of a place, premises; each with its source.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { source } from "../../evidence.js";
import { number } from "../../format.js";
import { few } from "../../record/parts.js";
import { badge, localized, nameOf, textOf } from "./localized.js";
import { quoted, sources } from "./sources.js";

/** Places elsewhere that are listed at once. */
const FEW_ELSEWHERE = 5;

/** Rules that are listed at once. */
const FEW_RULES = 5;

/** Places that a rule names at once. */
const FEW_PLACES = 4;

/** Premises that are listed at once: the places follow below them. */
const FEW_PREMISES = 4;

/**
 * Ways from a statement to what the map has of it.
 * @typedef {object} Ways
 * @property {(record: any) => void} zone opens the panel of a zone
 * @property {(collection: "rules"|"things", id: string, title: string) => void} record opens a record that no layer draws
 * @property {(id: string) => any} place a listed place, where it is listed
 */

/**
 * @param {string} id
 * @param {string|(Node|string)[]} title
 * @param {...(Node|null|undefined)} content
 */
function section(id, title, ...content) {
  return el("section", { class: "siting-statement-section", "aria-labelledby": `siting-says-${id}` }, el("h3", { id: `siting-says-${id}` }, ...[title].flat()), ...content);
}

/**
 * A name as a way to the panel of what it names.
 * @param {any} record
 * @param {Ways} ways
 */
function zoneLink(record, ways) {
  return el("button", { type: "button", class: "choice", click: () => ways.zone(record) }, nameOf(record));
}

/**
 * What the documents say where the industry or the places are concerned.
 * @param {any[]} found
 * @param {Ways} ways
 */
export function rules(found, ways) {
  if (!found?.length) return null;
  return section("rules", t("siting_rules"), el("p", { class: "siting-note" }, t("siting_rules_note")), ...few(ruleList(found, ways), FEW_RULES));
}

/**
 * @param {any[]} found
 * @param {Ways} ways
 */
function ruleList(found, ways) {
  return el("ul", { class: "siting-statements" }, ...found.map((rule) => ruleEntry(rule, ways)));
}

/**
 * @param {any} rule
 * @param {Ways} ways
 */
function ruleEntry(rule, ways) {
  const says = localized(rule.says);
  const clause = rule.clause && !unquoted(says).includes(unquoted(rule.clause)) ? quoted(rule.clause) : null;
  const places = present((rule.places ?? []).map(ways.place)).map(nameOf);
  const names = places.length > FEW_PLACES ? t("siting_names_more", { names: places.slice(0, FEW_PLACES).join(t("list")), count: places.length }) : places.join(t("list"));
  const open = rule.address ? el("button", { type: "button", class: "link", click: () => ways.record("rules", rule.id, says) }, t("siting_rule_record"), el("span", { class: "hidden-text" }, `${t("colon")}${says}`)) : null;
  return el(
    "li",
    { "data-effect": rule.effect },
    el("p", {}, badge(textOf("effect", rule.effect), rule.effect), " ", says),
    clause && el("p", {}, clause),
    places.length > 0 && el("p", { class: "siting-note" }, t("siting_rule_places", { names })),
    el("p", { class: "siting-source-line" }, source(rule, rule.clause), open),
  );
}

/**
 * Quotes within quotes are written otherwise.
 * @param {string} text
 */
function unquoted(text) {
  return text.replace(/[“”‘’"']/g, "");
}

/**
 * Places that documents name for the industry, of which no park is drawn.
 * @param {any[]} found
 * @param {Ways} ways
 */
export function elsewhere(found, ways) {
  if (!found?.length) return null;
  const items = found.map((place) =>
    el("li", { "data-id": place.id }, el("p", {}, zoneLink(place, ways), t("colon"), localized(place.says)), localized(place.note) && el("p", { class: "siting-note" }, localized(place.note)), sources(place.evidence, { open: true })),
  );
  const sample = el("span", { class: "siting-sample-line", "aria-hidden": "true" });
  return section("elsewhere", [sample, t("siting_elsewhere")], el("p", { class: "siting-note" }, t("siting_elsewhere_note")), ...few(el("ul", { class: "siting-statements" }, ...items), FEW_ELSEWHERE));
}

/**
 * What documents state for a place, where it is asked what suits it.
 * @param {any} answer
 * @param {Ways} ways
 */
export function industries({ industries: found, place }, ways) {
  if (!found?.length && !place) return null;
  const parts = ["itself", "surrounding"].map((tier) => {
    const own = (found ?? []).filter((/** @type {any} */ statement) => statement.tier === tier);
    if (!own.length) return null;
    const items = own.map(industryEntry);
    return el("div", {}, el("h4", {}, t(`siting_what_${tier}`)), ...few(el("ul", { class: "siting-statements" }, ...items)));
  });
  const lead = place && el("p", {}, t("siting_what_panel"), " ", zoneLink(place, ways));
  return section("industries", place ? t("siting_what_of", { place: nameOf(place) }) : t("siting_what_title"), lead, ...present(parts));
}

/** @param {any} statement */
function industryEntry({ industry, says, rank, evidence }) {
  const mark = ["leading", "supporting", "service"].includes(rank) ? badge(t(`siting_rank_${rank}`)) : null;
  return el("li", {}, el("p", {}, el("b", {}, nameOf(industry)), " ", mark, " ", el("span", { class: "siting-note" }, localized(says))), sources(evidence, { open: true }));
}

/**
 * Buildings that documents name, where floor area is asked for.
 * @param {any[]} found
 * @param {any} floor of the request
 * @param {Ways} ways
 */
export function premises(found, floor, ways) {
  if (!floor) return null;
  const note = el("p", { class: "siting-note" }, t("siting_premises_note"));
  if (!found?.length) return section("premises", t("siting_premises"), el("p", {}, t("siting_premises_none")), note);
  const items = found.map((thing) =>
    el(
      "li",
      {},
      el("p", {}, el("button", { type: "button", class: "choice", click: () => ways.record("things", thing.id, nameOf(thing)) }, nameOf(thing)), ...(thing.place ? [" ", el("span", { class: "siting-note" }, t("siting_premises_at")), zoneLink(thing.place, ways)] : [])),
      el("p", {}, localized(thing.says)),
      sources(thing.evidence, { open: true }),
    ),
  );
  return section("premises", t("siting_premises_count", { count: number(found.length) }), note, ...few(el("ul", { class: "siting-statements" }, ...items), FEW_PREMISES));
}

/**
 * What documents say against, and which control layers the service does not have.
 * @param {any} against
 * @param {Ways} ways
 */
export function objections(against, ways) {
  if (!against) return null;
  const { statements = [], missing_layers: missing = [] } = against;
  const layers = missing.length > 0 && el("div", {}, el("h4", {}, t("siting_layers_missing")), el("ul", { class: "siting-lines" }, ...missing.map((/** @type {any} */ layer) => el("li", {}, localized(layer)))));
  return section("against", t("siting_against"), el("p", {}, localized(against.says)), ...(statements.length ? few(ruleList(statements, ways)) : []), layers || null);
}
