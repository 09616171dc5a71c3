// What the search has found, as the options of a list box: grouped by kind, each saying what of it matched.
import { t } from "../../config.js";
import { el, svg } from "../../dom.js";

/**
 * @typedef {object} Part
 * @property {string|null} layer
 * @property {string|null} feature
 * @property {string} title
 */

/**
 * @typedef {object} Hit
 * @property {string} kind
 * @property {string} id
 * @property {string} title
 * @property {string} subtitle
 * @property {{how: string, form: string, term: string, ranges: [number, number][]}} matched
 * @property {string|null} layer
 * @property {string|null} feature
 * @property {[number, number, number, number]|null} bbox
 * @property {number} [zones]
 * @property {Part[]} [parts]
 */

/**
 * An option: what is shown, and what happens when it is chosen.
 * @typedef {object} Option
 * @property {HTMLElement} element
 * @property {() => void} run
 */

/** @type {Record<string, string[]>} kinds of hits by the group they stand in */
export const GROUPS = {
  zones: ["development_zone", "park", "district", "functional_area", "theme_park", "municipality"],
  plans: ["plan", "plan_element"],
  industries: ["industry", "cluster"],
  projects: ["project", "owner"],
  carriers: ["carrier", "platform"],
  designations: ["designation"],
  infrastructure: ["infrastructure"],
  firms: ["firm", "unit"],
  policies: ["policy", "fund", "technology", "governance", "rule"],
  facilities: ["facility"],
  documents: ["document"],
};

/** @type {Record<string, string>} a picture for each group, in a square of 16 */
const PICTURES = {
  zones: "M2.5 4.5l5-2 6 3-1 7-7 1z",
  plans: "M8 2.2a5.8 5.8 0 1 0 .01 0zM8 6a2 2 0 1 0 .01 0z",
  industries: "M2 13.5v-6l4 2.5v-2.5l4 2.5V2.5h3.5v11z",
  projects: "M2.5 13.5h11M4 13.5V6l4-3.5L12 6v7.5M6.8 13.5V9.5h2.4v4",
  carriers: "M3 13.5V3h6v10.5M9 6.5h4v7M5 5.5h2M5 8h2M5 10.5h2",
  designations: "M8 2l1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5z",
  infrastructure: "M5 2L3 14M11 2l2 12M8 2v2.5M8 7v2.5M8 12v2",
  firms: "M2.5 5.5h11v8h-11zM6 5.5v-2h4v2M2.5 9h11",
  policies: "M4 2.5h6l2.5 2.5v8.5H4zM6 7h4.5M6 9.5h4.5",
  facilities: "M8 14s-4.5-4.3-4.5-7.5a4.5 4.5 0 0 1 9 0C12.5 9.7 8 14 8 14zM8 5a1.5 1.5 0 1 0 .01 0z",
  documents: "M4 2.5h8v11H4zM6 5h4M6 7.5h4M6 10h4",
};

/** @param {string} kind of a hit */
export function groupOf(kind) {
  return Object.keys(GROUPS).find((name) => GROUPS[name].includes(kind)) ?? "documents";
}

/** @param {string} name of a group */
export function picture(name) {
  return svg("svg", { class: "search-picture", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: PICTURES[name] }));
}

/**
 * The hits by group, the group of the best hit first.
 * @param {Hit[]} hits
 * @returns {[string, Hit[]][]}
 */
export function grouped(hits) {
  /** @type {Map<string, Hit[]>} */
  const found = new Map();
  for (const hit of hits) {
    const name = groupOf(hit.kind);
    found.set(name, [...(found.get(name) ?? []), hit]);
  }
  return [...found];
}

/**
 * @param {string} id
 * @param {string} title
 * @param {HTMLElement[]} options
 * @param {string} [name] of the group, for its picture
 */
export function group(id, title, options, name) {
  const heading = el("div", { class: "search-group", id, role: "presentation" }, name ? picture(name) : null, title);
  return el("div", { role: "group", "aria-labelledby": id }, heading, ...options);
}

/**
 * @param {string} id
 * @param {...(Node|string|null)} children
 */
export function option(id, ...children) {
  return el("div", { class: "search-option", id, role: "option", "aria-selected": "false" }, ...children);
}

/**
 * @param {string} id
 * @param {Hit} hit
 */
export function hitOption(id, hit) {
  const { matched } = hit;
  const itself = matched.term === hit.title;
  const title = el("span", { class: "search-title" }, ...(itself ? marked(matched.term, matched.ranges) : [hit.title]));
  const line = el("span", { class: "search-line" }, title, badge(matched.how));
  const counted = hit.zones === undefined ? [] : [t(hit.zones === 1 ? "search_zones_one" : "search_zones", { count: hit.zones })];
  const details = el("span", { class: "search-detail" }, [hit.subtitle, ...counted].filter(Boolean).join(t("dot")));
  const other = itself ? null : el("span", { class: "search-matched" }, t(`search_form_${matched.form}`), t("colon"), ...marked(matched.term, matched.ranges));
  return option(id, line, details, other);
}

/**
 * Buttons that leave one group of the hits, or all.
 * @param {string[]} names
 * @param {string|null} chosen
 * @param {(name: string|null) => void} choose
 */
export function filters(names, chosen, choose) {
  const button = (/** @type {string|null} */ name) =>
    el("button", { type: "button", class: "search-filter", "aria-pressed": String(name === chosen), click: () => choose(name) }, name && picture(name), t(name ? `search_group_${name}` : "search_all"));
  return [button(null), ...names.map(button)];
}

/** @param {string} how */
function badge(how) {
  return ["pinyin", "initials", "fuzzy"].includes(how) ? el("span", { class: "search-how" }, t(`search_how_${how}`)) : null;
}

/**
 * A text with some of its characters marked. The server counts characters, JavaScript halves of some.
 * @param {string} text
 * @param {[number, number][]} ranges
 * @returns {(Node|string)[]}
 */
export function marked(text, ranges) {
  const characters = [...text];
  let at = 0;
  const parts = ranges.flatMap(([begin, end]) => {
    const part = [characters.slice(at, begin).join(""), el("mark", {}, characters.slice(begin, end).join(""))];
    at = end;
    return part;
  });
  return [...parts, characters.slice(at).join("")];
}
