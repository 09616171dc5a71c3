// The ranked list: it is put in order anew whenever a weight moves.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { number } from "../../format.js";
import { Entry } from "./entry.js";

/** @typedef {import("./scoring.js").Placed} Placed */
/** @typedef {import("./scoring.js").Numbers} Numbers */

/** Candidates that are listed before all are asked for. */
const FIRST = 10;

export class Ranking {
  /**
   * @param {object} how
   * @param {(level: string) => string} how.levelName
   * @param {(result: any) => void} how.show
   * @param {(id: string, on: boolean) => void} how.compare
   * @param {() => void} how.unfold
   */
  constructor(how) {
    this.how = how;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    this.all = false;
    this.list = el("ol", { class: "siting-list", "aria-label": t("siting_list") });
    this.more = el("button", { type: "button", class: "button siting-more", click: () => this.unfold() });
    this.root = el("div", {}, this.list, this.more);
  }

  /**
   * @param {any} answer
   * @param {Set<string>} compared
   */
  take(answer, compared) {
    const open = new Set([...this.entries.values()].filter(({ details }) => details.open).map(({ result }) => result.id));
    const within = this.list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const at = within?.closest("li.siting-entry")?.getAttribute("data-id") ?? "";
    this.entries = new Map(answer.results.map((/** @type {any} */ result) => [result.id, new Entry(result, { ...this.how, answer, compared: compared.has(result.id) })]));
    for (const id of open) {
      const entry = this.entries.get(id);
      if (entry) entry.details.open = true;
    }
    this.list.replaceChildren();
    this.refocus = within ? () => /** @type {HTMLElement|null|undefined} */ (this.entries.get(at)?.root.querySelector("button"))?.focus({ preventScroll: true }) : null;
  }

  /**
   * @param {Placed[]} placed
   * @param {Numbers} weights
   * @param {{confirmed: boolean, most: number}} how
   * @returns {Placed[]} those that are shown
   */
  show(placed, weights, { confirmed, most }) {
    const count = this.all ? placed.length : Math.min(placed.length, most || FIRST);
    const shown = placed.slice(0, count);
    const ranks = new Map(placed.map(({ result, rank }) => [result.id, rank]));
    for (const one of placed) this.entries.get(one.result.id)?.update(one, weights, confirmed, ranks);
    const wanted = shown.map(({ result }) => /** @type {Entry} */ (this.entries.get(result.id)).root);
    if (wanted.length !== this.list.children.length || wanted.some((one, place) => this.list.children[place] !== one)) this.list.replaceChildren(...wanted);
    this.refocus?.();
    this.refocus = null;
    this.more.hidden = count === placed.length;
    this.more.textContent = t("siting_show_all", { count: number(placed.length) });
    return shown;
  }

  unfold() {
    this.all = true;
    this.how.unfold();
  }
}
