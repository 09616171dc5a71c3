// The features of a layer as a list of names: the way to a feature for who does not point at the map.
import { config, t } from "./config.js";
import { el } from "./dom.js";
import { names } from "./format.js";

/** @typedef {import("./layer.js").Item} Item */

/**
 * A button that opens the list of a layer's features.
 * @param {import("./layer.js").RemoteLayer} layer
 * @param {(item: Item) => void} open what choosing a name does
 * @returns {HTMLElement}
 */
export function listing(layer, open) {
  const { id, title } = layer.definition;
  const list = el("ul", { class: "listing-names", id: `features-${id}`, "aria-label": t("features_of", { name: title }), hidden: true });
  const button = el("button", { type: "button", class: "listing-button", "aria-expanded": "false", "aria-controls": list.id }, t("features"));
  button.addEventListener("click", () => {
    if (!list.hasChildNodes()) list.append(...entries([...layer.items, ...layer.unplaced], open));
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
  });
  return el("div", { class: "listing" }, button, list);
}

/**
 * @param {Item[]} items
 * @param {(item: Item) => void} open
 */
function entries(items, open) {
  const named = items.map((item) => ({ item, ...names(item) }));
  const order = new Intl.Collator(config.language === "en" ? "en" : "zh-CN", { numeric: true });
  named.sort((a, b) => order.compare(a.title, b.title));
  return named.map(({ item, title }) => el("li", {}, el("button", { type: "button", class: "choice", click: () => open(item) }, title)));
}
