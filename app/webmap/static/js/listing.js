// The features of a layer as a list of names: the way to a feature for who does not point at the map.
import { getJson } from "./api.js";
import { config, t } from "./config.js";
import { el } from "./dom.js";
import { districtOf } from "./extent.js";
import { itemOf } from "./feature_drawing.js";
import { names } from "./format.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */

const PAGE = 100; // names of a layer in tiles that are asked for at a time

/**
 * A button that opens the list of a layer's features.
 * @param {RemoteLayer} layer
 * @param {(item: Item) => void} open what choosing a name does
 * @returns {HTMLElement}
 */
export function listing(layer, open) {
  const { id, title } = layer.definition;
  const list = el("ul", { class: "listing-names", id: `features-${id}`, "aria-label": t("features_of", { name: title }), hidden: true });
  const button = el("button", { type: "button", class: "listing-button", "aria-expanded": "false", "aria-controls": list.id }, t("features"));
  button.addEventListener("click", () => {
    if (!list.hasChildNodes()) fill(layer, list, open);
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
  });
  return el("div", { class: "listing" }, button, list);
}

/**
 * @param {RemoteLayer} layer
 * @param {HTMLElement} list
 * @param {(item: Item) => void} open
 */
function fill(layer, list, open) {
  if (layer.isTiled) void addPage(layer, list, open, `/ogc/collections/${layer.id}/items?limit=${PAGE}`);
  else list.append(...entries(sorted([...layer.items, ...layer.unplaced]), open));
}

/** @param {Item[]} items */
function sorted(items) {
  const order = new Intl.Collator(config.language === "en" ? "en" : "zh-CN", { numeric: true });
  const titles = new Map(items.map((item) => [item, names(item).title]));
  return items.sort((a, b) => order.compare(titles.get(a) ?? "", titles.get(b) ?? ""));
}

/**
 * @param {Item[]} items
 * @param {(item: Item) => void} open
 */
function entries(items, open) {
  return items.map((item) => el("li", {}, el("button", { type: "button", class: "choice", click: () => open(item) }, names(item).title), whereabouts(item)));
}

/**
 * Beside the name of a feature that is not drawn: the district it is counted at, or that it has no shape.
 * @param {Item} item
 */
function whereabouts(item) {
  if (item.geometry || item.partial) return null;
  const district = districtOf(item);
  return el("small", { class: "listing-place" }, district ? t("unlocated_head", { district: district.name }) : t("not_drawn"));
}

/**
 * The next names of a layer that is too large to be in the browser as a whole.
 * @param {RemoteLayer} layer
 * @param {HTMLElement} list
 * @param {(item: Item) => void} open
 * @param {string} path
 */
async function addPage(layer, list, open, path) {
  const place = el("li", {}, el("span", { class: "spinner" }), t("loading"));
  list.append(place);
  try {
    const page = await getJson(path);
    const found = entries(page.features.map((/** @type {any} */ feature) => itemOf(feature, layer)), open);
    const next = page.links?.find((/** @type {any} */ link) => link.rel === "next")?.href;
    if (next) found.push(el("li", {}, more(t("more_features"), () => addPage(layer, list, open, pathOf(next)), list)));
    const had = list.contains(document.activeElement);
    place.replaceWith(...found);
    if (had || document.activeElement === document.body) found[0]?.querySelector("button")?.focus({ preventScroll: true });
  } catch (error) {
    place.replaceChildren(el("span", { class: "fault" }, error instanceof Error ? error.message : ""), more(t("retry"), () => addPage(layer, list, open, path), list));
  }
}

/**
 * @param {string} title
 * @param {() => Promise<void>} run
 * @param {HTMLElement} list
 */
function more(title, run, list) {
  const button = el("button", { type: "button", class: "choice listing-more" }, title);
  button.addEventListener("click", () => {
    list.focus();
    button.closest("li")?.remove();
    void run();
  });
  return button;
}

/**
 * The path that `getJson` takes, of an address of this service.
 * @param {string} href
 */
function pathOf(href) {
  const { pathname, search } = new URL(href, location.href);
  return pathname.slice(config.root.length) + search;
}
