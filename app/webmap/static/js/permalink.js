// The address of the page is its state. Whoever has state registers a part of the query; nobody else writes the address.
import { config, t } from "./config.js";
import { clear, notify } from "./notices.js";
import { addressOf, query, shortened } from "./state.js";

/**
 * A part of the address.
 * @typedef {object} Part
 * @property {() => string|null} get the state as text; null: nothing to say, the part is left out
 * @property {(text: string|null, isStale: () => boolean) => void|Promise<void>} set make the state what the text says; null:
 *   what it is without one. Throws `Malformed` where the text cannot be understood. What takes time asks isStale() before
 *   it goes on: another state may have been asked for since.
 */

/** What a part throws for a text that it cannot read. It may say more than that. */
export class Malformed extends Error {}

/** Longest address that mail and messaging programs pass on whole, characters. */
export const LONGEST = 2000;

/** Browsers slow down who rewrites the address more often than some hundred times in half a minute. */
const PAUSE_MS = 300;

/** Parts of the address that the server reads. */
const SERVERS = ["lang", ...(config.sheet ? [...Object.keys(config.sheet), "print", "tool", "search", "compare", "table", "statistics"] : [])];

export class Permalink {
  constructor() {
    /** @type {Map<string, Part>} */
    this.parts = new Map();
    /** @type {Set<string>} parts whose set() is under way: what they change meanwhile is not news */
    this.restoring = new Set();
    /** @type {Set<string>} parts that have changed and are not written yet */
    this.waiting = new Set();
    this.push = false;
    this.held = 0;
    this.isRestoring = false;
    this.turn = 0;
    this.wrote = -Infinity;
    this.timer = 0;
    window.addEventListener("popstate", () => void this.restore());
  }

  /**
   * @param {string} name of the query's parameter
   * @param {Part} part
   */
  register(name, part) {
    this.parts.set(name, part);
  }

  /**
   * What the address says of a part.
   * @param {string} name
   */
  text(name) {
    return query().get(name);
  }

  /**
   * The state of a part has changed: write it.
   * @param {string} name
   * @param {{push?: boolean}} [how] push: the state before can be come back to
   */
  changed(name, { push = false } = {}) {
    const part = this.parts.get(name);
    if (!part || this.restoring.has(name)) return;
    this.waiting.add(name);
    this.push ||= push && !this.isRestoring && part.get() !== this.text(name);
    if (this.held) return;
    const wait = this.wrote + PAUSE_MS - performance.now();
    if (this.push || wait <= 0) this.flush();
    else if (!this.timer) this.timer = window.setTimeout(() => this.late(), wait);
  }

  /** The pause is over; what is held together meanwhile is written when it is let go. */
  late() {
    this.timer = 0;
    if (!this.held) this.flush();
  }

  /**
   * Write what changes meanwhile as one step of the history.
   * @template T
   * @param {() => T} work
   * @returns {T} where it is a promise, the step ends with it
   */
  together(work) {
    this.held += 1;
    const release = () => {
      this.held -= 1;
      if (!this.held && this.waiting.size) this.flush();
    };
    let result;
    try {
      result = work();
    } catch (error) {
      release();
      throw error;
    }
    if (result instanceof Promise) return /** @type {any} */ (result.finally(release));
    release();
    return result;
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    const now = query();
    for (const name of this.waiting) {
      const text = this.parts.get(name)?.get() ?? null;
      if (text === null) now.delete(name);
      else now.set(name, text);
    }
    const push = this.push;
    this.waiting.clear();
    this.push = false;
    this.write(now, push);
  }

  /**
   * @param {URLSearchParams} now
   * @param {boolean} push
   */
  write(now, push) {
    if (config.sheet) return; // a sheet of paper stays as it was asked for
    const address = addressOf(now);
    if (address === addressOf(query())) return;
    this.wrote = performance.now();
    if (push) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    this.tell();
  }

  tell() {
    document.dispatchEvent(new CustomEvent("address"));
    if (location.href.length <= LONGEST) clear("long-address");
    else if (!this.long) notify("long-address", t("long_address"), { label: t("share"), run: () => document.getElementById("share")?.click() });
    this.long = location.href.length > LONGEST;
  }

  /** The whole address of what is on the screen. */
  url() {
    if (this.waiting.size) this.flush();
    return location.href;
  }

  /**
   * Make the state what the address says.
   * @param {Iterable<string>} [done] parts that are so already
   */
  async restore(done = []) {
    const turn = ++this.turn;
    clearTimeout(this.timer);
    this.timer = 0;
    this.waiting.clear();
    this.push = false;
    this.restoring.clear();
    const said = query();
    this.checkNames(said);
    const skip = new Set(done);
    const parts = [...this.parts].filter(([name]) => !skip.has(name));
    for (const [name] of parts) this.restoring.add(name);
    // All are set at once, each after those that were registered before it; what is loaded for one keeps none waiting.
    this.isRestoring = true;
    const settled = Promise.all(parts.map(([name, part]) => this.restorePart(name, part, said.get(name), turn)));
    this.isRestoring = false;
    document.dispatchEvent(new CustomEvent("address"));
    await settled;
    if (turn === this.turn) document.dispatchEvent(new CustomEvent("restored"));
  }

  /**
   * @param {string} name
   * @param {Part} part
   * @param {string|null} text
   * @param {number} turn
   */
  async restorePart(name, part, text, turn) {
    const isStale = () => turn !== this.turn;
    let fault = null;
    try {
      if (text !== part.get()) await part.set(text, isStale);
    } catch (error) {
      fault = error;
    }
    if (isStale()) return;
    this.restoring.delete(name);
    if (!fault) clear(`part-${name}`);
    else {
      if (!(fault instanceof Malformed)) console.error(fault);
      notify(`part-${name}`, fault instanceof Malformed && fault.message ? fault.message : t("bad_part", { name }));
      this.changed(name);
    }
  }

  /** @param {URLSearchParams} said */
  checkNames(said) {
    const unknown = [...new Set(said.keys())].filter((name) => !this.parts.has(name) && !SERVERS.includes(name));
    if (unknown.length) notify("unknown-parts", t("unknown_parts", { names: unknown.slice(0, 5).map(shortened).join(t("list")) }));
    else clear("unknown-parts");
  }
}
