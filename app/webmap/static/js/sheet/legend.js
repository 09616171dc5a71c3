// The legend of a sheet: the layers on it and the classes that occur in its frame, no others.
import { t } from "../config.js";
import { el, present, svg } from "../dom.js";
import { unplacedSentences } from "../extent.js";
import { number } from "../format.js";
import { classesOf, classOf, isDashed, statusBadge, swatch } from "../style.js";

/** @typedef {import("../layer.js").RemoteLayer} RemoteLayer */

/**
 * @param {any} map
 * @param {RemoteLayer[]} layers from the top down
 * @returns {HTMLElement[]}
 */
export function legend(map, layers) {
  const sections = layers.map((layer) => section(map, layer)).filter((one) => one !== null);
  const dashed = layers.some(({ definition }) => definition.geometry !== "point" && isDashed(definition));
  const notes = [dashed ? el("p", { class: "sheet-legend-note" }, dashes(), t("print_dashed")) : null].filter((one) => one !== null);
  const body = el("div", { class: "sheet-legend-body" }, ...sections, ...notes);
  return [el("h2", {}, t("legend")), body];
}

/**
 * @param {any} map
 * @param {RemoteLayer} layer
 */
function section(map, layer) {
  const { definition } = layer;
  const occurring = classesInFrame(map, layer);
  if (occurring !== null && occurring.size === 0 && !layer.unplaced.length) return null;
  const classes = classesOf(definition).filter(({ value }) => !layer.hiddenClasses.has(value) && (occurring?.has(value) ?? true));
  const heading = el("h3", {}, definition.title, statusBadge(definition.status));
  if (definition.style.classes.length === 0) heading.prepend(swatch(definition, definition.style));
  const stacked = layer.stacks.some((stack) => stack.length > 1);
  const entries = classes.map((one) => el("li", {}, swatch(definition, one), el("span", {}, one.title)));
  if (stacked) entries.push(el("li", {}, circle(definition.style.color), el("span", {}, t("print_stacked"))));
  const remarks = [...estimates(map, layer), ...unplacedSentences(layer)].map((remark) => el("p", { class: "sheet-legend-remark" }, remark));
  return el("section", {}, heading, entries.length ? el("ul", {}, ...entries) : null, ...remarks);
}

/**
 * How many of the shapes in the frame are no extents of what they stand for: such have no area.
 * @param {any} map
 * @param {RemoteLayer} layer
 * @returns {string[]}
 */
function estimates(map, layer) {
  if (layer.isTiled || layer.definition.geometry !== "polygon") return [];
  const seen = inFrame(map, layer);
  return present(
    ["schematic", "host"].map((basis) => {
      const count = seen.filter(({ properties }) => properties.extent_basis === basis).length;
      const all = count === seen.length ? "_all" : "";
      return count ? t(`print_${basis}${all}`, { count: number(count), all: number(seen.length) }) : null;
    }),
  );
}

/**
 * @param {any} map
 * @param {RemoteLayer} layer
 */
function inFrame(map, layer) {
  const bounds = map.getBounds();
  return layer.items.filter(({ bounds: [west, south, east, north], properties }) => bounds.intersects([[south, west], [north, east]]) && layer.shows(properties));
}

/**
 * Values of the classes that features in the frame have; null where that is not known.
 * @param {any} map
 * @param {RemoteLayer} layer
 * @returns {Set<string|null>|null}
 */
function classesInFrame(map, layer) {
  if (layer.isTiled) return layer.classCounts().size ? new Set(layer.classCounts().keys()) : null;
  return new Set(inFrame(map, layer).map(({ properties }) => classOf(layer.definition, properties).value));
}

function dashes() {
  return svg("svg", { class: "swatch", width: 24, height: 14, viewBox: "0 0 24 14", "aria-hidden": "true" }, svg("path", { d: "M1 7h22", fill: "none", stroke: "#4a5768", "stroke-width": 1.6, "stroke-dasharray": "4 2.5" }));
}

/** @param {string} color */
function circle(color) {
  const number = svg("text", { x: 12, y: 10.4, "text-anchor": "middle", fill: "#fff", "font-size": 9, "font-weight": 700 }, document.createTextNode("n"));
  return svg("svg", { class: "swatch", width: 24, height: 14, viewBox: "0 0 24 14", "aria-hidden": "true" }, svg("circle", { cx: 12, cy: 7, r: 7, fill: color }), number);
}
