// How features look, from the layer's definition alone: also for the worker that draws tiles, which has no page.

/** @typedef {import("./config.js").Definition} Definition */
/** @typedef {Record<string, any>} Properties */

/**
 * How a path is drawn: Leaflet's options.
 * @typedef {object} Look
 * @property {string} color
 * @property {number} weight
 * @property {number} [opacity]
 * @property {string} [fillColor]
 * @property {number} [fillOpacity]
 * @property {boolean} [fill]
 * @property {string} [dashArray]
 * @property {number} [radius]
 * @property {string} [className]
 */

export const DASHES = [6, 4];
const FADED = 0.14;
const LIT_WEIGHT = 3;

/**
 * The class a feature falls in; null: in none.
 * @param {Definition} definition
 * @param {Properties} properties
 */
export function classIn({ style }, properties) {
  if (style.by === undefined) return null;
  const value = properties[style.by];
  return style.classes.find((one) => one.value === value || (value !== undefined && value !== null && one.value === String(value))) ?? null;
}

/**
 * Whether an outline is not to be taken at its word: those are dashed.
 * @param {Definition} definition
 * @param {Properties} [properties] a feature's own status goes before the layer's
 */
export function isDashed(definition, properties = {}) {
  const status = properties.geometry_status ?? definition.status;
  return definition.style.dashed || status === "indicative" || status === "derived";
}

/**
 * @param {Definition} definition
 * @param {Properties} properties
 * @param {boolean} dark whether the land is
 * @returns {Look}
 */
export function pathStyle(definition, properties, dark) {
  const { color, dark: onDark } = classIn(definition, properties) ?? definition.style;
  const { weight, fill, fill_opacity: fillOpacity, radius } = definition.style;
  if (definition.geometry === "point") {
    return { color: "#ffffff", fillColor: color, fill: true, weight, fillOpacity, radius };
  }
  return {
    color: dark ? onDark : color,
    weight,
    fillColor: fill ?? color,
    fillOpacity,
    className: fill ? "ground" : "",
    fill: definition.geometry === "polygon",
    dashArray: isDashed(definition, properties) ? DASHES.join(" ") : undefined,
  };
}

/**
 * Plans and zones lie under parks and often share their outlines: a pale band beneath the line shows outside the parks.
 * @param {Definition} definition
 * @param {Properties} properties
 * @param {boolean} dark whether the land is
 * @returns {Look|null}
 */
export function bandStyle(definition, properties, dark) {
  const banded = definition.geometry === "polygon" && (definition.pane === "plans" || definition.pane === "zones");
  if (!banded) return null;
  const { color, dark: onDark } = classIn(definition, properties) ?? definition.style;
  return { color: dark ? onDark : color, weight: definition.style.weight + 6, opacity: 0.32, fill: false };
}

/**
 * What emphasis makes of a look on a canvas; the style sheet does the same to paths.
 * @param {Look} look
 * @param {boolean} lit
 * @returns {{weight: number, alpha: number}}
 */
export function emphasised(look, lit) {
  return lit ? { weight: Math.max(look.weight, LIT_WEIGHT), alpha: 1 } : { weight: look.weight, alpha: FADED };
}

/**
 * Radius of the circle that stands for several features, pixels.
 * @param {number} count
 */
export function stackRadius(count) {
  return Math.min(22, 10 + 2 * Math.sqrt(count));
}
