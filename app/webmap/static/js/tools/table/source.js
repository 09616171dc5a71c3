// Rows of a layer, fetched page by page as they are looked at. Of 200,000 only what was seen is held.
import { getJson } from "../../api.js";

/** Rows asked for at a time. */
export const PAGE = 200;

const MOST_PAGES = 40; // held at once

/**
 * @typedef {object} Question
 * @property {string} layer
 * @property {string[]} properties
 * @property {string[]} [unseen] properties that the rows need and no column shows
 * @property {string|null} sortby
 * @property {string|null} filter CQL2 text
 * @property {string|null} q
 * @property {string|null} bbox
 */

/**
 * The parameters of a question, for the items and for the files of a layer alike.
 * @param {Question} question
 */
export function parameters({ properties, sortby, filter, q, bbox }) {
  const asked = new URLSearchParams();
  if (properties.length) asked.set("properties", properties.join());
  if (sortby) asked.set("sortby", sortby);
  if (filter) asked.set("filter", filter);
  if (q) asked.set("q", q);
  if (bbox) asked.set("bbox", bbox);
  return asked;
}

export class Source {
  /**
   * @param {Question} question
   * @param {() => void} arrived what is done when rows have come
   * @param {(error: any) => void} failed
   * @param {number|null} [known] how many rows there are, where that is known beyond what the service counts
   */
  constructor(question, arrived, failed, known = null) {
    this.known = known;
    this.question = question;
    this.arrived = arrived;
    this.failed = failed;
    /** @type {number|null} how many rows there are; null: not known yet */
    this.total = null;
    /** Whether the total is exact. */
    this.exact = false;
    /** @type {Map<number, any[]>} features by page, the last used last */
    this.pages = new Map();
    /** @type {Map<number, AbortController>} */
    this.asking = new Map();
  }

  /**
   * The feature of a row, or null where it is not there yet.
   * @param {number} index
   */
  row(index) {
    return this.pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /**
   * See that rows are there; what was asked for and is no longer wanted is given up.
   * @param {number} from
   * @param {number} to
   */
  want(from, to) {
    const [first, last] = [Math.floor(Math.max(0, from) / PAGE), Math.floor(Math.max(0, to) / PAGE)];
    for (const [page, request] of this.asking) {
      if (page >= first - 1 && page <= last + 1) continue;
      request.abort();
      this.asking.delete(page);
    }
    for (let page = first; page <= last; page++) {
      const there = this.pages.get(page);
      if (there) {
        this.pages.delete(page);
        this.pages.set(page, there);
      } else if (!this.asking.has(page) && (this.total === null ? page === 0 : page * PAGE < this.total)) void this.fetch(page);
    }
  }

  /** @param {number} page */
  async fetch(page) {
    const request = new AbortController();
    this.asking.set(page, request);
    const { properties, unseen = [] } = this.question;
    const asked = parameters({ ...this.question, properties: properties.length ? [...new Set([...properties, ...unseen])] : [] });
    asked.set("skipGeometry", "true");
    asked.set("limit", String(PAGE));
    if (page > 0) {
      asked.set("offset", String(page * PAGE));
      asked.set("skipCount", "true");
    }
    try {
      const answer = await getJson(`/ogc/collections/${this.question.layer}/items?${asked}`, request.signal);
      if (request.signal.aborted) return;
      this.take(page, answer);
      this.arrived();
    } catch (error) {
      if (!request.signal.aborted) this.failed(error);
    } finally {
      if (this.asking.get(page) === request) this.asking.delete(page);
    }
  }

  /**
   * @param {number} page
   * @param {any} answer
   */
  take(page, { features, numberMatched }) {
    this.pages.set(page, features);
    while (this.pages.size > MOST_PAGES) this.pages.delete(/** @type {number} */ (this.pages.keys().next().value));
    const end = page * PAGE + features.length;
    if (typeof numberMatched === "number") [this.total, this.exact] = [numberMatched, true];
    else if (this.known !== null) [this.total, this.exact] = [this.known, true];
    else if (!this.exact) {
      // The service counts up to a bound; beyond it the end is where a page is not full.
      const full = features.length === PAGE;
      if (!full) [this.total, this.exact] = [end, true];
      else this.total = Math.max(this.total ?? 0, end + PAGE);
    }
  }

  close() {
    for (const request of this.asking.values()) request.abort();
    this.asking.clear();
  }
}
