// What the search has found, as the options of a list box: grouped by kind, each saying what of it matched.
import { t } from "../../config.js";
import { el } from "../../dom.js";

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

const GROUPS = {
  zones: ["development_zone", "park", "district", "functional_area", "theme_park", "municipality"],
  plans: ["plan", "plan_element"],
  industries: ["industry", "cluster"],
  projects: ["project", "owner", "firm"],
  facilities: ["facility"],
  documents: ["document"],
};

/**
 * The hits by group, the group of the best hit first.
 * @param {Hit[]} hits
 * @returns {[string, Hit[]][]}
 */
export function grouped(hits) {
  /** @type {Map<string, Hit[]>} */
  const found = new Map();
  for (const hit of hits) {
    const [name] = Object.entries(GROUPS).find(([, kinds]) => kinds.includes(hit.kind)) ?? ["documents"];
    found.set(name, [...(found.get(name) ?? []), hit]);
  }
  return [...found];
}

/**
 * @param {string} id
 * @param {string} title
 * @param {HTMLElement[]} options
 */
export function group(id, title, options) {
  const heading = el("div", { class: "search-group", id, role: "presentation" }, title);
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
