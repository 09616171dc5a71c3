// The attributes of a feature as rows of a panel: what each says, and where it is from.
import { t } from "./config.js";
import { el } from "./dom.js";
import { sourceOfText } from "./evidence.js";
import { factsOf } from "./facts.js";
import { section } from "./fold.js";
import { list } from "./format.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {import("./format.js").Row} Row */

const MOST_PARTS = 16; // of a list that is shown as a whole
const FIRST_PARTS = 12; // of a longer one that are shown at first

/**
 * What a row says; of a long list its beginning, and the rest when it is wanted.
 * @param {Row} row
 */
function said(row) {
  if (row.url) return [el("a", { href: row.url, rel: "noopener noreferrer" }, row.text)];
  if (row.parts.length <= MOST_PARTS) return [row.text];
  const all = el("button", { type: "button", class: "choice" }, t("show_all", { count: row.parts.length }));
  all.addEventListener("click", () => {
    const place = /** @type {HTMLElement} */ (all.parentElement);
    place.replaceChildren(row.text);
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });
  return [`${list(row.parts.slice(0, FIRST_PARTS))}… `, all];
}

/** @param {Row[]} found */
export function definitionList(found) {
  if (found.length === 0) return null;
  return el("dl", { class: "rows" }, ...found.map((row) => el("div", {}, el("dt", {}, row.title), el("dd", {}, ...said(row)))));
}

/**
 * @param {string} title
 * @param {Row[]} found
 */
export function block(title, found) {
  return found.length ? section({ title: t(title), key: title }, definitionList(found)) : null;
}

/**
 * Where the attributes of a feature are from, each source a way to its place in the text where that can be read.
 * @param {Item} item
 * @param {Row[]} found
 */
export function sourceBlock(item, found) {
  if (!found.length) return null;
  const entries = found.map((row) => {
    const dd = el("dd", {}, ...said(row));
    if (row.name !== "note") void linked(item, row).then((lines) => lines && dd.replaceChildren(...lines));
    return el("div", {}, el("dt", {}, row.title), dd);
  });
  return section({ title: t("sources"), key: "sources" }, el("dl", { class: "rows" }, ...entries));
}

/**
 * @param {Item} item
 * @param {Row} row
 * @returns {Promise<HTMLElement[]|null>} null: it is not known which documents the layer is from
 */
async function linked(item, row) {
  const facts = await factsOf(item.layer.id);
  if (!facts) return null;
  // A named thing is marked in the text of its document; of what several documents speak of, each has its own words.
  const wording = item.properties.document_id ? item.properties.name_zh : null;
  return (row.parts.length ? row.parts : [row.text]).map((text) => el("div", {}, sourceOfText(text, facts.documents, wording)));
}
