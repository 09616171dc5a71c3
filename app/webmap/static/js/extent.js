// What a shape is worth, and what stands in its place where no document locates a feature.
import { config, t } from "./config.js";
import { el, present } from "./dom.js";
import { inLanguage, isEmpty } from "./format.js";

/** @typedef {import("./layer.js").Item} Item */

/** Bases of extents that are not the thing's own: their area and accuracy say nothing of it. */
const NOT_OWN = ["host", "schematic"];

/** Attributes that such a shape does not have. */
const OF_OWN_EXTENT = new Set(["area_ha", "accuracy_m", "extent_basis"]);

/** Attributes that the sentence on an unlocated feature says. */
const OF_PLACE = new Set(["located", "district", "lies_in", "places", "certainty", "place_basis", "basis", "zones"]);

/**
 * Whether a feature's shape is its own extent, as far as that is known.
 * @param {Item} item
 */
export function isOwnExtent({ properties }) {
  return !NOT_OWN.includes(properties.extent_basis);
}

/**
 * What a shape that is not the thing's own extent is; of a point its attributes say it.
 * @param {Item} item
 */
export function extentNotice(item) {
  if (!item.geometry || isOwnExtent(item) || item.layer.definition.geometry !== "polygon") return null;
  return el("p", { class: "extent-notice" }, t(`extent_${item.properties.extent_basis}`));
}

/**
 * Whether an attribute is to be shown: not the area of a shape that is not the thing's own, nor what a notice says.
 * @param {Item} item
 * @param {string} name of the attribute, without its language
 */
export function isTold(item, name) {
  if (!item.geometry) return !OF_PLACE.has(name) && name !== "extent_basis";
  return isOwnExtent(item) || item.layer.definition.geometry !== "polygon" || !OF_OWN_EXTENT.has(name);
}

/**
 * The district that a feature without a geometry is counted at.
 * @param {Item} item
 * @returns {{id: string, name: string}|null}
 */
export function districtOf({ geometry, properties }) {
  const { district_id: id, located } = properties;
  if (geometry || !id || located === "none") return null;
  return { id: String(id), name: String(inLanguage(properties, "district") ?? id) };
}

/**
 * Why a feature has no geometry.
 * @param {Item} item
 * @returns {"district"|"candidates"|"place"|"shape"|"line"}
 */
export function whyUnplaced(item) {
  if (districtOf(item)) return "district";
  if (item.layer.definition.geometry === "line") return "line";
  const { certainty } = item.properties;
  if (certainty === "none") return "place";
  return certainty === "one_of" || certainty === "inferred" ? "candidates" : "shape";
}

/**
 * How many features of a layer have no geometry, and why, as sentences.
 * @param {import("./layer.js").RemoteLayer} layer
 * @returns {string[]}
 */
export function unplacedSentences(layer) {
  const counts = { district: 0, candidates: 0, place: 0, shape: 0, line: 0 };
  for (const item of layer.unplaced) counts[whyUnplaced(item)] += 1;
  return Object.entries(counts).filter(([, count]) => count).map(([why, count]) => t(`without_${why}`, { count }));
}

/** The layer that draws districts: the ground of the map. */
export function districtLayer() {
  return config.layers.find(({ pane, detail }) => pane === "districts" && detail);
}

/**
 * In place of a shape: what documents say of where a feature is, and a way to the district it is counted at.
 * @param {Item} item
 * @param {import("./main.js").Workbench} workbench
 */
export function placeNotice(item, workbench) {
  if (item.geometry || item.partial) return null;
  const district = districtOf(item);
  const layer = districtLayer();
  const ground = inLanguage(item.properties, "place_basis") ?? inLanguage(item.properties, "basis");
  const lines = [...placeSentences(item, district?.name ?? null), isEmpty(ground) ? null : t("place_ground", { ground })];
  const go = district && layer ? el("button", { type: "button", class: "link", click: () => void workbench.showFeature(layer.id, district.id) }, t("go_to_district", { district: district.name })) : null;
  return el("div", { class: "place-notice", role: "note" }, ...present(lines).map((line) => el("p", {}, line)), go);
}

/**
 * @param {Item} item
 * @param {string|null} district
 * @returns {string[]}
 */
function placeSentences({ properties, layer }, district) {
  const { located, certainty } = properties;
  if (layer.definition.geometry === "line") return [t("place_line")];
  if (!located && !certainty) return [district ? t("place_zone", { district }) : t("place_shape")];
  const found = inLanguage(properties, "places") ?? inLanguage(properties, "zones");
  const counted = district ? [t("place_counted", { district })] : [];
  if (["one_of", "inferred", "named"].includes(certainty) && !isEmpty(found)) return [t(`place_${certainty}`, { places: found.join(t("list")) }), ...counted];
  return [district ? t("place_listed", { district }) : t("place_none")];
}
