// The places of an answer under the tiers of what documents say of them; put in order anew whenever a weight moves.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { Entry } from "./entry.js";
import { asSent, isUncertain } from "./scoring.js";

/** @typedef {import("./scoring.js").Placed} Placed */
/** @typedef {import("./scoring.js").Numbers} Numbers */

/** Places that are listed before all are asked for. */
const FIRST = 10;

/**
 * A heading with the places below it, those in doubt apart.
 * @typedef {object} Group
 * @property {string} id
 * @property {HTMLElement} root
 * @property {HTMLElement} certain
 * @property {HTMLElement} uncertain
 * @property {HTMLElement} doubt what stands around the uncertain ones
 * @property {(place: Placed) => boolean} holds
 */

export class Places {
  /**
   * @param {object} how
   * @param {(level: string) => string} how.levelName
   * @param {(record: any) => void} how.show
   * @param {(id: string, on: boolean) => void} how.compare
   * @param {() => void} how.unfold
   * @param {(all: boolean) => void} how.listNotNamed
   */
  constructor(how) {
    this.how = how;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    /** @type {Group[]} */
    this.groups = [];
    /** @type {Placed[]} places beside the results: better, related, not named */
    this.others = [];
    this.all = false;
    /** @type {Map<string, HTMLElement>} statements on several places */
    this.statements = new Map();
    this.more = el("button", { type: "button", class: "button siting-more", click: () => this.unfold() });
    this.documented = el("div", { class: "siting-places" });
    this.beyond = el("div", { class: "siting-places" });
  }

  /**
   * @param {any} answer
   * @param {Set<string>} compared
   */
  take(answer, compared) {
    const open = new Set([...this.entries.values()].filter(({ details }) => details.open).map(({ result }) => result.id));
    const inside = [this.documented, this.beyond].find((list) => list.contains(document.activeElement));
    const focused = inside ? (document.activeElement?.closest("li.siting-entry")?.getAttribute("data-id") ?? "") : "";
    const { results, better = [], related = [], not_named: notNamed = [], kind } = answer;
    this.others = asSent([...better, ...related, ...notNamed]);
    this.statements.clear();
    const context = { ...this.how, answer, compared };
    this.entries = new Map([...results, ...better, ...related, ...notNamed].map((result) => [result.id, new Entry(result, context)]));
    if (kind === "place" && results.length === 1) open.add(results[0].id);
    for (const id of open) {
      const entry = this.entries.get(id);
      if (entry) entry.details.open = true;
    }
    this.groups = kind === "place" ? [this.group("place", results.length), this.group("better", better.length)] : [this.group("itself", results.length), this.group("surrounding", results.length)];
    this.documented.replaceChildren(...this.groups.map(({ root }) => root), this.more);
    const lone = results.length === 0;
    const folded = [this.folded("related", related, answer.counts?.related, lone), this.folded("not_named", notNamed, answer.counts?.not_named, true)];
    this.beyond.replaceChildren(...present([...folded, this.notNamed(answer)]));
    this.refocus = focused ? () => this.entries.get(focused)?.root.querySelector("button")?.focus({ preventScroll: true }) : null;
  }

  /**
   * @param {string} id
   * @param {number} count
   * @returns {Group}
   */
  group(id, count) {
    const heading = `siting-group-${id}`;
    const title = t(`siting_group_${id}`);
    const certain = el(id === "itself" ? "ol" : "ul", { class: "siting-list", "aria-labelledby": heading });
    const uncertain = el("ul", { class: "siting-list", "aria-labelledby": `${heading}-doubt` });
    const doubt = el("div", { class: "siting-doubtful" }, el("h4", { id: `${heading}-doubt` }, t("siting_possible")), el("p", { class: "siting-note" }, t("siting_possible_note")), uncertain);
    const shape = id === "surrounding" ? sample(id) : null;
    const root = el("section", { class: "siting-group", "data-group": id, hidden: count === 0 }, el("h3", { id: heading }, shape, title), el("p", { class: "siting-note" }, t(`siting_group_${id}_note`)), certain, doubt);
    const tiers = id === "place" ? null : id;
    const isBetter = (/** @type {any} */ result) => this.others.some((other) => other.result === result);
    const holds = (/** @type {Placed} */ { result }) => (id === "better" ? isBetter(result) : !isBetter(result) && (tiers === null || result.tier === tiers));
    return { id, root, certain, uncertain, doubt, holds };
  }

  /**
   * Places that no document places here: below all others, without ranks.
   * @param {string} id
   * @param {any[]} results
   * @param {number|undefined} count of all there are
   * @param {boolean} open
   */
  folded(id, results, count, open) {
    if (!results.length) return null;
    const list = el("ul", { class: "siting-list", "aria-label": t(`siting_group_${id}`) }, ...results.map((result) => this.entries.get(result.id)?.root));
    const rest = count !== undefined && count > results.length ? el("p", { class: "siting-note" }, t("siting_more_of", { count: number(count), shown: number(results.length) })) : null;
    return el("details", { class: "siting-group siting-fold", "data-group": id, open }, el("summary", {}, el("h3", {}, sample(id), t(`siting_group_${id}`), " ", el("small", {}, number(count ?? results.length)))), el("p", { class: "siting-note" }, t(`siting_group_${id}_note`)), list, rest);
  }

  /** @param {any} answer */
  notNamed({ not_named: listed = [], counts, kind, unread }) {
    if (unread || !["where", "place"].includes(kind ?? "where")) return null;
    if (listed.length) return el("button", { type: "button", class: "button siting-more", click: () => this.how.listNotNamed(false) }, t("siting_not_named_hide"));
    if (!counts?.not_named) return null;
    return el("button", { type: "button", class: "button siting-more", click: () => this.how.listNotNamed(true) }, t("siting_not_named_show", { count: number(counts.not_named) }));
  }

  /**
   * @param {Placed[]} placed the results in their order
   * @param {Numbers} weights
   * @param {{confirmed: boolean, most: number}} how
   * @returns {Placed[]} those that are shown
   */
  show(placed, weights, { confirmed, most }) {
    const count = this.all ? placed.length : Math.min(placed.length, most || FIRST);
    const shown = placed.slice(0, count);
    const ranks = new Map([...placed, ...this.others].map(({ result, rank }) => [result.id, rank]));
    for (const place of [...placed, ...this.others]) this.entries.get(place.result.id)?.update(place, weights, confirmed, ranks);
    for (const group of this.groups) this.fill(group, group.id === "better" ? this.others : shown);
    this.refocus?.();
    this.refocus = null;
    this.more.hidden = count === placed.length;
    this.more.textContent = t("siting_show_all", { count: number(placed.length) });
    return [...shown, ...this.others];
  }

  /**
   * @param {Group} group
   * @param {Placed[]} placed
   */
  fill({ id, root, certain, uncertain, doubt, holds }, placed) {
    const own = placed.filter(holds);
    const sure = own.filter(({ result }) => !isUncertain(result));
    put(certain, id === "surrounding" ? this.clusters(sure) : sure.map((place) => this.rootOf(place)));
    put(uncertain, own.filter(({ result }) => isUncertain(result)).map((place) => this.rootOf(place)));
    root.hidden = own.length === 0;
    doubt.hidden = uncertain.children.length === 0;
    certain.hidden = certain.children.length === 0;
  }

  /**
   * Places of which one and the same statement is made stand together below it.
   * @param {Placed[]} placed
   */
  clusters(placed) {
    const statements = [...new Set(placed.map((place) => this.entryOf(place).reason))];
    return statements.flatMap((statement) => {
      const own = placed.filter((place) => this.entryOf(place).reason === statement);
      for (const place of own) this.entryOf(place).reasonLine.hidden = own.length > 1;
      if (own.length === 1) return [this.rootOf(own[0])];
      const cluster = this.statements.get(statement) ?? el("li", { class: "siting-cluster" }, el("p", {}, statement), el("ul", {}));
      this.statements.set(statement, cluster);
      put(/** @type {HTMLElement} */ (cluster.lastElementChild), own.map((place) => this.rootOf(place)));
      return [cluster];
    });
  }

  /** @param {Placed} place */
  entryOf({ result }) {
    return /** @type {Entry} */ (this.entries.get(result.id));
  }

  /** @param {Placed} place */
  rootOf(place) {
    return this.entryOf(place).root;
  }

  unfold() {
    this.all = true;
    this.how.unfold();
  }
}

/**
 * The mark of a tier without ranks as the map has it.
 * @param {string} tier
 */
function sample(tier) {
  return el("span", { class: `siting-shape siting-shape-${tier}`, "aria-hidden": "true" });
}

/**
 * Leave a list alone that is as it should be: what has the focus in it keeps it.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} wanted
 */
function put(list, wanted) {
  if (wanted.length !== list.children.length || wanted.some((element, place) => list.children[place] !== element)) list.replaceChildren(...wanted);
}
