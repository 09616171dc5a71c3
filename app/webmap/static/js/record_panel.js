// The panel of what no layer draws: one thing, one rule, one document, each by its id.
import { getJson, Problem } from "./api.js";
import { t } from "./config.js";
import { allDocuments } from "./documents.js";
import { el } from "./dom.js";
import { button, recordActions } from "./feature_actions.js";
import { inLanguage } from "./format.js";
import { loadModule, loadStyle, loadTexts } from "./load.js";

/** @typedef {"things"|"rules"|"documents"} Collection */
/** @typedef {{collection: Collection, id: string, title?: string, subtitle?: string}} RecordId */

/** What an address may select beside the features of layers. */
export const COLLECTIONS = ["things", "rules", "documents"];

/**
 * The code, the texts and the style of records: loaded when the first is shown.
 * @returns {Promise<any>}
 */
export async function recordCode() {
  const [code] = await Promise.all([loadModule("/static/js/record/record.js"), loadTexts("record"), loadStyle("/static/css/record.css")]);
  return code;
}

/**
 * @param {import("./panel.js").Panel} panel
 * @param {RecordId} record
 */
export function showRecord(panel, record) {
  const { collection, id, title = "", subtitle = "" } = record;
  const [heading, line] = [el("h2", { tabindex: "-1" }, title), el("p", { class: "panel-layer" }, subtitle)];
  const [doing, body] = [el("div"), el("div", { class: "record", "aria-live": "polite" })];
  panel.fill(el("div", {}, heading, line), doing, body);
  panel.record = record;
  doing.replaceChildren(recordActions(record, panel.workbench));
  panel.request = new AbortController();
  const { signal } = panel.request;
  void panel.add(body, "loading_record", async () => {
    const [told, code] = await Promise.all([ask(collection, id, signal), recordCode()]);
    if (signal.aborted) return [];
    heading.textContent = String(inLanguage(told, "name") ?? inLanguage(told, "title") ?? title);
    line.textContent = subtitle || code.kindOf(collection, told);
    doing.replaceChildren(recordActions(record, panel.workbench, toLayer(panel, code.layerOf(collection, told), id)));
    const context = panel.context({ id, title: heading.textContent }, told.contradictions ?? [], true);
    if (collection === "rules") return code.ruleSections(told, context);
    return collection === "things" ? code.thingSections(told, context, false) : code.documentSections(told);
  });
}

/**
 * @param {Collection} collection
 * @param {string} id
 * @param {AbortSignal} signal
 */
async function ask(collection, id, signal) {
  if (collection !== "documents") return getJson(`/api/${collection}/${encodeURIComponent(id)}`, signal);
  const document = (await allDocuments()).get(id);
  if (!document) throw new Problem(t("unknown_feature", { name: id }));
  return document;
}

/**
 * A way to the layer that has it as a feature, where one does.
 * @param {import("./panel.js").Panel} panel
 * @param {string|null} layer
 * @param {string} id
 */
function toLayer({ workbench }, layer, id) {
  const drawn = layer ? workbench.layers.get(layer) : undefined;
  return drawn ? button(t("show_on_layer", { layer: drawn.definition.title }), () => void workbench.showFeature(drawn.id, id)) : null;
}
