// How layers look in the page: their classes by name, samples for the legend, the badge of their status.
import { t } from "./config.js";
import { el, svg } from "./dom.js";
import { classIn, isDashed } from "./look.js";

export { bandStyle, isDashed, pathStyle, stackRadius } from "./look.js";

/** @typedef {import("./config.js").Definition} Definition */
/** @typedef {{color: string, dark: string}} Colours of fills and light maps, and of lines on dark maps */
/** @typedef {{value: string|null, title: string} & Colours} Class null: what falls in no class */

/**
 * The class a feature falls in.
 * @param {Definition} definition
 * @param {Record<string, any>} properties
 * @returns {Class}
 */
export function classOf(definition, properties) {
  return classIn(definition, properties) ?? noClass(definition);
}

/**
 * @param {Definition} definition
 * @returns {Class}
 */
function noClass({ style }) {
  return { value: null, title: style.other ?? t("other"), color: style.color, dark: style.dark };
}

/**
 * Every class of a layer; what falls in none is one too.
 * @param {Definition} definition
 * @returns {Class[]}
 */
export function classesOf(definition) {
  return definition.style.classes.length ? [...definition.style.classes, noClass(definition)] : [];
}

/**
 * A sample of a class for the legend.
 * @param {Definition} definition
 * @param {Colours} colours of the class, or of the layer's style
 */
export function swatch(definition, { color, dark }) {
  const { fill, fill_opacity: opacity, weight } = definition.style;
  const box = { class: "swatch", width: 24, height: 14, viewBox: "0 0 24 14", "aria-hidden": "true" };
  const line = { stroke: color, "stroke-width": Math.min(weight, 2.5) };
  if (definition.geometry === "point") {
    return svg("svg", box, svg("circle", { cx: 12, cy: 7, r: 5, fill: color, "fill-opacity": opacity, stroke: "#fff" }));
  }
  /** @type {Record<string, string>} */
  const dashes = isDashed(definition) ? { "stroke-dasharray": "4 2.5" } : {};
  if (definition.geometry === "line") {
    return svg("svg", box, lined(svg("path", { d: "M1 7h22", fill: "none", ...line, ...dashes }), dark));
  }
  const shape = { x: 1.5, y: 1.5, width: 21, height: 11, class: fill ? "ground" : "", fill: fill ?? color, "fill-opacity": opacity };
  return svg("svg", box, lined(svg("rect", { ...shape, ...line, ...dashes }), dark));
}

/**
 * Give a sample the colour that its line has on a dark map; the style sheet puts it in place there.
 * @param {SVGElement} shape
 * @param {string} dark
 */
function lined(shape, dark) {
  shape.classList.add("lined");
  shape.style.setProperty("--line-dark", dark);
  return shape;
}

/**
 * 示意, 推算, 引入 or 法定.
 * @param {string} status
 */
export function statusBadge(status) {
  return el("span", { class: `badge badge-${status}`, title: t(`status_${status}_long`) }, t(`status_${status}`));
}
