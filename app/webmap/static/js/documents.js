// The documents that facts are from, with the years they plan for.
import { getJson } from "./api.js";
import { inLanguage } from "./format.js";

/**
 * @typedef {object} Document
 * @property {string} id
 * @property {string} title_zh
 * @property {string} title_en
 * @property {string} short_title_zh
 * @property {string|null} issuer_zh
 * @property {string|null} issued_on
 * @property {{start: number, end: number, expired: boolean, text_zh: string, text_en: string}|null} planned
 * @property {string|null} note_zh
 * @property {string|null} note_en
 */

/** @type {Promise<Map<string, Document>>|null} */
let asked = null;

/**
 * Every document by its id. Asked for once; what has failed is asked for again.
 * @returns {Promise<Map<string, Document>>}
 * @throws {import("./api.js").Problem} when there is no answer, or a problem
 */
export function allDocuments() {
  asked ??= getJson("/api/documents").then((answer) => new Map(answer.documents.map((/** @type {Document} */ one) => [one.id, one])));
  asked.catch(() => (asked = null));
  return asked;
}

/**
 * The years that a document plans for, and that they are past where they are.
 * @param {{text_zh: string|null, text_en: string|null}|null|undefined} period
 * @returns {string|null}
 */
export function periodText(period) {
  return (period && inLanguage(period, "text")) ?? null;
}
