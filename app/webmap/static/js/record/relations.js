// What a zone has to do with: plans, tracks, theme parks and their hosts, firms, what it is part of.
import { t } from "../config.js";
import { el, present } from "../dom.js";
import { note, source } from "../evidence.js";
import { section } from "../fold.js";
import { inLanguage, isEmpty, list } from "../format.js";
import { contradicted } from "./contradictions.js";
import { doubt, evidenced, grouped, nameOf, place, quoted, tag } from "./parts.js";

/** @typedef {import("./parts.js").Context} Context */

const FIRMS_SHOWN = 8; // more are listed when they are wanted

/**
 * @param {any[]} roles
 * @param {Context} context
 */
export function plans(roles, { link }) {
  if (!roles.length) return null;
  const entries = roles.map((role) => {
    const text = inLanguage(role, "positioning");
    const name = [role.plan, role.element].map(nameOf).join(t("dot"));
    const core = role.role === "core" && tag(t("record_role_core"));
    return el("li", {}, el("span", {}, link(role.element.id, name, role.plan.id), core), isEmpty(text) ? null : el("span", { class: "said" }, text), note(role), source(role.evidence));
  });
  return section({ title: t("record_plans"), key: "plans", count: roles.length }, el("ul", { class: "lines" }, ...entries));
}

/**
 * The tracks of future industries, each with what it has here and how sure that is.
 * @param {any[]} entries
 * @param {Context} context
 */
export function clusters(entries, { link }) {
  if (!entries.length) return null;
  const tracks = grouped(entries, (one) => one.id).map((places) => {
    const lines = places.map((one) => {
      const role = one.role && t(`record_track_${one.role}`);
      return el("li", {}, el("span", { class: "said" }, present([role, one.place_zh]).join(t("colon"))), doubt(one, "basis"), note(one), source(one.evidence, one.role === "responsible" ? null : one.place_zh));
    });
    return el("div", { class: "sector track" }, el("h4", {}, link(places[0].id, nameOf(places[0]), "future-clusters")), el("ul", { class: "lines" }, ...lines));
  });
  return section({ title: t("record_clusters"), key: "clusters", count: tracks.length }, ...tracks);
}

/**
 * Theme parks of a zone, or the zones that a theme park is placed in: with the statement of every document.
 * @param {"theme_parks"|"hosts"} which
 * @param {any[]} statements
 * @param {Context} context
 */
export function hosted(which, statements, context) {
  if (!statements?.length) return null;
  const zones = grouped(statements, (one) => one.id).map((said) => {
    const lines = said.map((one) => el("li", {}, el("span", {}, quoted(one.wording), one.role === "core" && tag(t("record_host_core"))), source(one.evidence, one.wording)));
    return el("div", { class: "sector" }, el("h4", {}, place(context, said[0])), el("ul", { class: "lines" }, ...lines), contradicted(context.contradictions, said[0].id));
  });
  return section({ title: t(`record_${which}`), key: which, count: zones.length }, ...zones);
}

/** @param {any[]} named firms and research bodies, each for an industry */
export function firms(named) {
  if (!named?.length) return null;
  const groups = grouped(named, (firm) => firm.industry.id).map((group) =>
    el("div", { class: "sector" }, el("h4", {}, nameOf(group[0].industry)), evidenced(group, (firm) => el("span", { class: "term", lang: "zh-CN" }, firm.name_zh))),
  );
  const count = new Set(named.map((firm) => firm.name_zh)).size;
  return section({ title: t("record_firms"), key: "firms", count, open: count <= FIRMS_SHOWN }, ...groups);
}

/**
 * @param {any} record
 * @param {Context} context
 */
export function relations(record, context) {
  /** @type {[string, any[]][]} */
  const kinds = [
    ["record_parent", record.parent ? [record.parent] : []],
    ["record_children", record.children ?? []],
  ];
  const lines = kinds.filter(([, zones]) => zones.length).map(([key, zones]) => el("div", {}, el("dt", {}, t(key)), el("dd", { class: "links" }, ...zones.map((zone) => place(context, zone)))));
  if (record.aliases?.length) lines.push(el("div", {}, el("dt", {}, t("record_aliases")), el("dd", { lang: "zh-CN" }, list(record.aliases))));
  return lines.length ? section({ title: t("record_relations"), key: "relations" }, el("dl", { class: "rows" }, ...lines)) : null;
}
