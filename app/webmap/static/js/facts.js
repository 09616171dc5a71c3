// What the service says of its layers beyond their files: how many features, where, from which documents, in which formats.
import { getJson } from "./api.js";

/**
 * @typedef {object} Facts
 * @property {string} id
 * @property {number} count
 * @property {[number, number, number, number]|null} extent
 * @property {[number, number]|null} accuracy_m best and worst
 * @property {{id: string, title_zh: string, title_en: string, short_title_zh: string, issuer_zh: string, issued_on: string|null}[]} documents
 * @property {{href: string, format: string, title: {zh: string, en: string}}[]} downloads
 * @property {string} data_version
 */

/** @type {Promise<Map<string, Facts>>|null} */
let asked = null;

/**
 * The facts of every layer by its id. Asked for once; what has failed is asked for again.
 * @returns {Promise<Map<string, Facts>>}
 * @throws {import("./api.js").Problem} when there is no answer, or a problem
 */
export function allFacts() {
  asked ??= getJson("/layers").then((listing) => new Map(listing.layers.map((/** @type {Facts} */ one) => [one.id, one])));
  asked.catch(() => (asked = null));
  return asked;
}

/**
 * The facts of a layer, where they can be had.
 * @param {string} id
 * @returns {Promise<Facts|null>}
 */
export async function factsOf(id) {
  try {
    return (await allFacts()).get(id) ?? null;
  } catch {
    return null;
  }
}
