// What a sentence of an answer stands on: the document and the place in it, with a way into its text.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { source } from "../../evidence.js";
import { localized } from "./localized.js";

/** Sources that stand beside a sentence; more are folded. */
const FEW = 2;

/**
 * Words of a document, letter by letter, with quotation marks that can be copied.
 * @param {string} words
 */
export function quoted(words) {
  return el("span", { class: "siting-quote", lang: "zh-CN" }, t("siting_quoted", { words }));
}

/** @param {any} evidence */
export function sourceLine(evidence) {
  const says = localized(evidence.says);
  if (!evidence.document) return el("li", { class: "siting-source" }, says);
  const quote = evidence.wording ? quoted(evidence.wording) : null;
  return el("li", { class: "siting-source" }, source(evidence, evidence.wording), " ", quote, quote && " ", says);
}

/**
 * A list of sources, folded where it is long.
 * @param {any[]} evidence
 * @param {{open?: boolean}} [how] open: few sources stand unfolded
 */
export function sources(evidence, { open = false } = {}) {
  if (!evidence?.length) return null;
  const lines = el("ul", { class: "siting-source-list" }, ...evidence.map(sourceLine));
  if (open && evidence.length <= FEW) return lines;
  return el("details", { class: "siting-sources" }, el("summary", {}, t("siting_sources", { count: evidence.length })), lines);
}
