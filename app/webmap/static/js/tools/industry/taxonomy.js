// The taxonomy as the browser holds it: its nodes by id, and which of them a person's words lead to.
import { getJson } from "../../api.js";

/**
 * @typedef {object} Node
 * @property {string} id
 * @property {any} record what the server says of it
 * @property {Node|null} parent
 * @property {Node[]} children
 * @property {number} level 1 for a sector
 */

/**
 * Why a node is found.
 * @typedef {object} Found
 * @property {number} score the higher the better
 * @property {string|null} word the alias, term or code that matched; null: the name itself
 * @property {"name"|"alias"|"term"|"code"} how
 * @property {boolean} related whether the word only is near to what the node means
 */

/** White space, control characters, hyphens, dots and quotes do not count, as on the server. */
const IGNORED = /[\s\u0000-\u001f\-‐‑‒–—―·・“”"'‘’「」《》]+/g;

/** Weight from which a term means an industry, or a map looks for it there. */
const FOUND = 0.8;

const [EXACT, PREFIX, CONTAINED] = [300, 200, 100];

/** @param {string} text */
export function normalise(text) {
  return text.normalize("NFKC").toLowerCase().replace(IGNORED, "");
}

export class Taxonomy {
  /** @param {any[]} records of the sectors, their parts within them */
  constructor(records) {
    /** @type {Map<string, Node>} */
    this.nodes = new Map();
    this.roots = records.map((record) => this.add(record, null, 1));
    this.words = new Map([...this.nodes.values()].map((node) => [node, wordsOf(node.record)]));
  }

  static async load() {
    return new Taxonomy((await getJson("/api/industries")).industries);
  }

  /**
   * @param {any} record
   * @param {Node|null} parent
   * @param {number} level
   * @returns {Node}
   */
  add(record, parent, level) {
    /** @type {Node} */
    const node = { id: record.id, record, parent, children: [], level };
    this.nodes.set(node.id, node);
    node.children = record.children.map((/** @type {any} */ child) => this.add(child, node, level + 1));
    return node;
  }

  /**
   * The nodes from a sector down to a node.
   * @param {Node} node
   * @returns {Node[]}
   */
  path(node) {
    return node.parent ? [...this.path(node.parent), node] : [node];
  }

  /**
   * What words lead to; null where there are none.
   * @param {string} text
   * @returns {Map<Node, Found>|null}
   */
  find(text) {
    const asked = normalise(text);
    if (!asked) return null;
    /** @type {Map<Node, Found>} */
    const found = new Map();
    for (const [node, words] of this.words) {
      let best = null;
      for (const word of words) {
        const score = scoreOf(asked, word);
        if (score > (best?.score ?? 0)) best = { score, word: word.how === "name" ? null : word.said, how: word.how, related: word.related };
      }
      if (best) found.set(node, best);
    }
    return found;
  }

  /**
   * @param {Map<Node, Found>} found
   * @returns {Node|null}
   */
  best(found) {
    let best = null;
    for (const [node, { score }] of found) if (!best || score > best.score) best = { node, score };
    return best?.node ?? null;
  }
}

/** @typedef {{said: string, normal: string, how: Found["how"], bonus: number, related: boolean}} Word */

/**
 * @param {any} record
 * @returns {Word[]}
 */
function wordsOf(record) {
  /** @type {Word[]} */
  const words = [];
  /**
   * @param {string|null|undefined} said
   * @param {Word["how"]} how
   * @param {number} bonus
   */
  const add = (said, how, bonus, related = false) => {
    if (said) words.push({ said, normal: normalise(said), how, bonus, related });
  };
  add(record.name_zh, "name", 40);
  add(record.name_en, "name", 40);
  for (const alias of record.aliases) add(alias, "alias", 30);
  for (const { term, weight } of record.terms) add(term, "term", 20 * weight, weight < FOUND);
  for (const { code, title_zh: title, weight } of record.gbt) {
    add(code, "code", 10 * weight, weight < FOUND);
    add(title, "code", 9 * weight, weight < FOUND);
  }
  return words;
}

/**
 * @param {string} asked
 * @param {Word} word
 */
function scoreOf(asked, { normal, bonus, how }) {
  if (normal === asked || (how === "code" && /^[a-z]\d/.test(normal) && normal.slice(1) === asked)) return EXACT + bonus;
  if (normal.startsWith(asked)) return PREFIX + bonus;
  // A single letter is in half of all English names.
  if (normal.includes(asked) && !/^[a-z0-9]$/.test(asked)) return CONTAINED + bonus;
  return 0;
}
