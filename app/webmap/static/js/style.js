// How features look, from the layer's definition.
import { t } from "./config.js";
import { el, svg } from "./dom.js";

/** @typedef {import("./config.js").Definition} Definition */

const DASHES = "6 4";

/**
 * The class a feature falls in.
 * @param {Definition} definition
 * @param {Record<string, any>} properties
 * @returns {{value: string|null, title: string, color: string}}
 */
export function classOf(definition, properties) {
  const { by, classes, color, other } = definition.style;
  const value = by === undefined ? undefined : properties[by];
  return classes.find((c) => c.value === value) ?? { value: null, title: other ?? t("other"), color };
}

/**
 * Whether an outline is not to be taken at its word: those are dashed.
 * @param {Definition} definition
 * @param {Record<string, any>} [properties] a feature's own status goes before the layer's
 */
export function isDashed(definition, properties = {}) {
  const status = properties.geometry_status ?? definition.status;
  return definition.style.dashed || status === "indicative" || status === "derived";
}

/**
 * Leaflet's options of a feature's path.
 * @param {Definition} definition
 * @param {Record<string, any>} properties
 */
export function pathStyle(definition, properties) {
  const { color } = classOf(definition, properties);
  const { weight, fill, fill_opacity: fillOpacity, radius } = definition.style;
  if (definition.geometry === "point") {
    return { color: "#ffffff", fillColor: color, weight, fillOpacity, radius };
  }
  return {
    color,
    weight,
    fillColor: fill ?? color,
    fillOpacity,
    className: fill ? "ground" : "",
    fill: definition.geometry === "polygon",
    dashArray: isDashed(definition, properties) ? DASHES : undefined,
  };
}

/**
 * Plans and zones lie under parks and often share their outlines: a pale band beneath the line shows outside the parks.
 * @param {Definition} definition
 * @param {Record<string, any>} properties
 * @returns {object|null}
 */
export function bandStyle(definition, properties) {
  const banded = definition.geometry === "polygon" && (definition.pane === "plans" || definition.pane === "zones");
  if (!banded) return null;
  return { color: classOf(definition, properties).color, weight: definition.style.weight + 6, opacity: 0.32, fill: false };
}

/**
 * A sample of a class for the legend.
 * @param {Definition} definition
 * @param {string} color
 */
export function swatch(definition, color) {
  const { fill, fill_opacity: opacity, weight } = definition.style;
  const box = { class: "swatch", width: 24, height: 14, viewBox: "0 0 24 14", "aria-hidden": "true" };
  const line = { stroke: color, "stroke-width": Math.min(weight, 2.5) };
  if (definition.geometry === "point") {
    return svg("svg", box, svg("circle", { cx: 12, cy: 7, r: 5, fill: color, "fill-opacity": opacity, stroke: "#fff" }));
  }
  /** @type {Record<string, string>} */
  const dashes = isDashed(definition) ? { "stroke-dasharray": "4 2.5" } : {};
  if (definition.geometry === "line") {
    return svg("svg", box, svg("path", { d: "M1 7h22", fill: "none", ...line, ...dashes }));
  }
  const shape = { x: 1.5, y: 1.5, width: 21, height: 11, fill: fill ?? color, "fill-opacity": opacity };
  return svg("svg", box, svg("rect", { ...shape, ...line, ...dashes }));
}

/**
 * 示意, 推算, 引入 or 法定.
 * @param {string} status
 */
export function statusBadge(status) {
  return el("span", { class: `badge badge-${status}`, title: t(`status_${status}_long`) }, t(`status_${status}`));
}
