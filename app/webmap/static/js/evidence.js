// Source lines: which document says it and where; a way to the place in its text, as far as the service has that.
import { config, t } from "./config.js";
import { el, present } from "./dom.js";
import { inLanguage, isEmpty } from "./format.js";

/**
 * @typedef {object} Evidence
 * @property {string} [document]
 * @property {string} [title_zh]
 * @property {string} [short_title_zh]
 * @property {string} [locator]
 * @property {string|null} [note_zh]
 * @property {string|null} [note_en]
 */

/** @param {Evidence|null|undefined} evidence */
export function sourceText(evidence) {
  return present([evidence?.short_title_zh ?? evidence?.title_zh ?? evidence?.document, evidence?.locator]).join("　");
}

/**
 * The address of a place in a document's text; null where the service does not have the text.
 * @param {string|undefined} document
 * @param {string} [locator]
 * @param {string|null} [wording] words that are marked there
 */
export function addressInText(document, locator, wording) {
  if (!document || !config.documents.includes(document)) return null;
  const query = new URLSearchParams();
  if (locator) query.set("at", locator);
  if (wording) query.set("mark", wording);
  query.set("lang", config.language);
  return `${config.root}/documents/${encodeURIComponent(document)}?${query}`;
}

/**
 * A source line.
 * @param {Evidence|null|undefined} evidence
 * @param {string|null} [wording] what the document says there, letter by letter
 */
export function source(evidence, wording) {
  return line(sourceText(evidence), addressInText(evidence?.document, evidence?.locator, wording), evidence?.title_zh);
}

/**
 * The source line of a feature's attribute, such as `滨海工业规划 四（一）`.
 * @param {string} text
 * @param {{id: string, title_zh: string, short_title_zh: string}[]} documents those it may be of
 * @param {string|null} [wording] what the document says there, letter by letter
 */
export function sourceOfText(text, documents, wording) {
  const document = documents.find(({ short_title_zh: title }) => text === title || text.startsWith(`${title} `));
  const locator = document && text.slice(document.short_title_zh.length).trim();
  return line(text, addressInText(document?.id, locator, wording), document?.title_zh);
}

/**
 * @param {string} text
 * @param {string|null} href
 * @param {string} [title]
 */
function line(text, href, title) {
  if (!href) return el("span", { class: "source", lang: "zh-CN", title }, text);
  const words = t("read_in_text", { title: title ?? text });
  return el("a", { class: "source", lang: "zh-CN", href, target: "_blank", rel: "noopener", title: words }, text);
}

/**
 * Our note on a statement, in the language of the page.
 * @param {any} record of what has the note itself, or in its evidence
 * @param {string|null} [about] what it is on, where several things stand beside it
 */
export function note(record, about) {
  const text = inLanguage(record, "note") ?? inLanguage(record.evidence ?? {}, "note");
  return isEmpty(text) ? null : el("span", { class: "note" }, about ? t("note_on", { name: about }) : t("note"), t("colon"), text);
}
