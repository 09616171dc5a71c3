// What can be done with a feature: pass on its address, print it, look at it closely, compare it.
import { copy } from "./clipboard.js";
import { config, t } from "./config.js";
import { el } from "./dom.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {import("./main.js").Workbench} Workbench */

const SAID_MS = 1600;
const ZONES = "/api/zones/{id}";

/**
 * The address of a feature: a zone has a page of its own.
 * @param {Item} item
 */
export function addressOfFeature({ id, layer }) {
  const base = location.origin + config.root;
  const english = config.language === "en";
  if (layer.definition.detail === ZONES) return `${base}/zones/${encodeURIComponent(id)}${english ? "?lang=en" : ""}`;
  return `${base}/?${english ? "lang=en&" : ""}select=${layer.id}/${encodeURIComponent(id)}`;
}

/**
 * @param {Item} item
 * @param {Workbench} workbench
 */
export function actions(item, workbench) {
  const { tools } = workbench;
  const isZone = item.layer.definition.detail === ZONES;
  const buttons = [
    copier(addressOfFeature(item)),
    item.geometry ? button(t("zoom_to_feature"), () => workbench.selection?.zoomTo(item, workbench.cover)) : null,
    button(t("print_feature"), () => print(workbench)),
    isZone && tools?.entries.has("compare") ? button(t("add_to_compare"), () => void tools.open("compare", { zone: item.id })) : null,
  ];
  return el("div", { class: "feature-actions" }, ...buttons);
}

/**
 * @param {string} title
 * @param {() => void} click
 */
export function button(title, click) {
  return el("button", { type: "button", class: "button", click }, title);
}

/** @param {Workbench} workbench */
function print({ tools }) {
  if (tools?.entries.has("print")) void tools.open("print");
  else window.print();
}

/**
 * The address of what no layer draws.
 * @param {{collection: string, id: string}} record
 */
function addressOfRecord({ collection, id }) {
  return `${location.origin + config.root}/?${config.language === "en" ? "lang=en&" : ""}select=${collection}/${encodeURIComponent(id)}`;
}

/**
 * @param {{collection: string, id: string}} record
 * @param {Workbench} workbench
 * @param {...(HTMLElement|null)} more
 */
export function recordActions(record, workbench, ...more) {
  return el("div", { class: "feature-actions" }, copier(addressOfRecord(record)), button(t("print_feature"), () => print(workbench)), ...more);
}

/** @param {string} address */
function copier(address) {
  const label = el("span", { "aria-live": "polite" }, t("copy_link"));
  const made = button("", async () => {
    label.textContent = t((await copy(address)) ? "link_copied" : "link_not_copied");
    setTimeout(() => (label.textContent = t("copy_link")), SAID_MS);
  });
  made.append(label);
  made.title = address;
  return made;
}
