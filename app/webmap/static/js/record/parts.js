// What the sections of a record share: terms, lists that are cut short, statements under their sources.
import { t } from "../config.js";
import { el } from "../dom.js";
import { note, source, sourceText } from "../evidence.js";
import { inLanguage, isEmpty } from "../format.js";

/** @typedef {(id: string, title: string, where: string) => Node} Link makes a name a way to what it names; where: the kind of zone, or the layer */

/**
 * What the sections of a record need to know.
 * @typedef {object} Context
 * @property {Link} link
 * @property {(collection: "things"|"rules", id: string) => void} open shows what no layer draws
 * @property {any[]} contradictions those that bear on the subject of the panel
 * @property {{id: string, title: string}} about the subject
 * @property {boolean} own whether its shape is its own extent
 */

export const FEW = 8; // entries of a long list that are shown at once

/**
 * Things by a key, in the order the keys first appear.
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => string} key
 * @returns {T[][]}
 */
export function grouped(things, key) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const thing of things) groups.set(key(thing), [...(groups.get(key(thing)) ?? []), thing]);
  return [...groups.values()];
}

/** @param {any} record */
export function nameOf(record) {
  return String(inLanguage(record, "name"));
}

/**
 * A name as a way to what it names.
 * @param {Context} context
 * @param {any} zone
 */
export function place({ link }, zone) {
  return link(zone.id, nameOf(zone), zone.kind);
}

/**
 * Nodes with the separator of lists between them.
 * @param {Node[]} nodes
 */
export function between(nodes) {
  return nodes.flatMap((node, index) => (index ? [t("list"), node] : [node]));
}

/** @param {any} statement on an industry */
export function term(statement) {
  const { rank, wording, qualifier } = statement;
  const name = nameOf(statement);
  const qualified = qualifier ? `${name}（${qualifier.split(";").join("、")}）` : name;
  const said = isEmpty(wording) || wording === name || wording === qualified ? null : el("small", { lang: "zh-CN" }, t("record_wording", { wording }));
  const mark = rank === "supporting" || rank === "service" ? el("small", { class: "rank" }, t(`record_rank_${rank}`)) : null;
  return el("span", { class: "term" }, qualified, said, mark);
}

/**
 * What is said, a line a source, our notes below it.
 * @param {any[]} statements
 * @param {(statement: any) => Node} show
 */
export function evidenced(statements, show) {
  const sources = grouped(statements, (statement) => sourceText(statement.evidence));
  const lines = sources.map((said) => {
    return el("li", {}, el("span", { class: "terms" }, ...said.map(show)), ...notesOn(said), source(said[0].evidence, said[0].wording ?? said[0].name_zh));
  });
  return el("ul", { class: "lines" }, ...lines);
}

/**
 * Our notes on statements of one source: what is the same for several stands once.
 * @param {any[]} said
 */
function notesOn(said) {
  const noted = said.map((statement) => ({ statement, text: note(statement)?.textContent ?? "" })).filter(({ text }) => text);
  return grouped(noted, ({ text }) => text).map((alike) => {
    const names = [...new Set(alike.map(({ statement }) => nameOf(statement)))].join(t("list"));
    return note(alike[0].statement, said.length > alike.length ? names : null);
  });
}

/**
 * A list whose end is hidden behind a button where it is long.
 * @param {HTMLElement} list
 * @param {number} [shown]
 * @returns {HTMLElement[]} the list, and the button
 */
export function few(list, shown = FEW) {
  const count = list.children.length;
  const rest = [...list.children].slice(shown);
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

/**
 * Words of a document, letter by letter.
 * @param {string} words
 */
export function quoted(words) {
  return el("q", { class: "clause", lang: "zh-CN" }, words);
}

/**
 * @param {string} text
 * @param {string} [kind]
 */
export function tag(text, kind = "") {
  return el("small", { class: kind ? `tag tag-${kind}` : "tag" }, text);
}

/**
 * How a place is known, where the document does not say it: one of several candidates, or inferred; with the ground.
 * @param {any} record
 * @param {string} ground name of the member that holds the ground, without its language
 * @returns {HTMLElement|null}
 */
export function doubt(record, ground) {
  const { certainty } = record;
  if (certainty !== "one_of" && certainty !== "inferred") return null;
  const why = inLanguage(record, ground);
  return el("span", { class: "doubt" }, tag(t(`record_certainty_${certainty}`), "doubt"), isEmpty(why) ? "" : ` ${why}`);
}
