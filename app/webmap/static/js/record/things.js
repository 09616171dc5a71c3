// What documents name, as entries of a list: name, state, content, figures as printed, how sure the place is, source.
import { t } from "../config.js";
import { el, present } from "../dom.js";
import { note, source } from "../evidence.js";
import { inLanguage, isEmpty } from "../format.js";
import { contradicted } from "./contradictions.js";
import { between, doubt, nameOf, place, tag } from "./parts.js";

/** @typedef {import("./parts.js").Context} Context */

/** The kinds in the order in which they are shown. */
export const KINDS = ["carrier", "platform", "project", "designation", "infrastructure", "firm", "technology", "governance", "policy", "fund", "unit"];

/**
 * Whether it is there, under way or planned: a title is obtained or sought, all else is done or planned.
 * @param {string} kind
 * @param {string|null} status
 * @returns {string|null}
 */
export function statusText(kind, status) {
  return status ? t(`record_status_${kind === "designation" ? "title_" : ""}${status}`) : null;
}

/**
 * Figures letter by letter, whether they come as texts or with their values.
 * @param {any[]|undefined} figures
 */
export function figuresText(figures) {
  return (figures ?? []).map((one) => one.printed ?? one).join(t("list_of_lists"));
}

/**
 * Where a thing is, as far as a document says it: places it names, or lists as candidates; never more.
 * @param {any} thing as of /api/things
 * @param {Context} context
 * @returns {HTMLElement|null}
 */
export function whereabouts(thing, context) {
  const { certainty, places, place_zh: printed, area } = thing;
  if (!places) return doubt(thing, "place_basis");
  const other = context.about.id;
  const named = between(places.map((/** @type {any} */ one) => place(context, one)));
  if (certainty === "named" && places.length === 1 && places[0].id === other) return null;
  if (places.length) return el("span", { class: "said" }, t(`record_places_${certainty}`), t("colon"), ...named, certainty === "inferred" ? groundOf(thing) : null);
  if (printed) return el("span", { class: "said" }, t("record_place_printed", { place: printed }));
  return el("span", { class: "said" }, area && area.id !== other ? t("record_place_listed", { name: nameOf(area) }) : t("record_place_none"));
}

/** @param {any} thing */
function groundOf(thing) {
  const ground = inLanguage(thing, "place_basis");
  return isEmpty(ground) ? null : el("span", {}, t("record_ground", { ground }));
}

/**
 * @param {any} thing in short as of a zone's record, or whole as of /api/things
 * @param {string} kind
 * @param {Context} context
 */
export function thingEntry(thing, kind, context) {
  const name = el("button", { type: "button", class: "link", click: () => context.open("things", thing.id) }, nameOf(thing));
  const status = statusText(kind, thing.status);
  const figures = figuresText(thing.figures);
  const summary = inLanguage(thing, "summary");
  return el(
    "li",
    { class: "thing" },
    el("span", {}, name, status && tag(status, String(thing.status))),
    ...present([
      isEmpty(summary) ? null : el("span", { class: "said" }, summary),
      figures ? el("span", { class: "said figures", lang: "zh-CN" }, t("record_figures", { figures })) : null,
      whereabouts(thing, context),
      note(thing),
      contradicted(context.contradictions, thing.id),
    ]),
    source(thing.evidence, thing.name_zh),
  );
}
