// A layer drawn from GeoJSON: all of its features are in the browser, each a path.
import { el } from "./dom.js";
import { boundsOf, distanceToLine, inPolygon, labelPoint, linesOf, polygonsOf, positions, roughArea, within } from "./geometry.js";
import { bandStyle, classOf, pathStyle, stackRadius } from "./style.js";
import { isDark } from "./theme.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */

/** Pixels beside a point or a line that still count as on it. */
export const REACH = 5;

/**
 * @param {any} feature GeoJSON
 * @param {RemoteLayer} layer
 * @returns {Item}
 */
export function itemOf(feature, layer) {
  const geometry = feature.geometry && positions(feature.geometry).length ? feature.geometry : null;
  return {
    id: String(feature.id ?? feature.properties?.id),
    properties: feature.properties ?? {},
    geometry,
    layer,
    bounds: geometry ? boundsOf(positions(geometry)) : [0, 0, 0, 0],
    at: geometry ? labelPoint(geometry) : [0, 0],
    size: geometry ? roughArea(geometry) : 0,
    path: null,
  };
}

export class FeatureDrawing {
  /**
   * @param {RemoteLayer} layer
   * @param {any[]} features GeoJSON
   */
  constructor(layer, features) {
    /** @type {"features"} */
    this.kind = "features";
    this.layer = layer;
    const items = features.map((feature) => itemOf(feature, layer));
    this.unplaced = items.filter((item) => !item.geometry);
    // The small lie over the large.
    this.items = items.filter((item) => item.geometry).sort((a, b) => b.size - a.size);
    /** @type {Item[][]} */
    this.stacks = [];
    /** @type {Map<Item[], import("./geometry.js").Position>} where the stacks of points stand */
    this.places = new Map();
    /** @type {Map<Item[], any>} what draws each stack */
    this.drawn = new Map();
    this.restyle();
  }

  /** Draw what is to be seen now: all but the classes that are switched off. */
  restyle() {
    const { layer } = this;
    layer.clearLayers();
    for (const item of this.items) item.path = null;
    this.drawn.clear();
    const shown = this.items.filter((item) => layer.shows(item.properties));
    this.places = layer.definition.style.stack ? stacked(shown) : new Map();
    this.stacks = layer.definition.style.stack ? [...this.places.keys()] : shown.map((item) => [item]);
    for (const stack of this.stacks) {
      const drawn = stack.length > 1 ? this.stackMarker(stack) : this.path(stack[0], this.places.get(stack));
      for (const item of stack) item.path = drawn;
      this.drawn.set(stack, drawn);
      layer.addLayer(drawn);
    }
    if (layer.lit) this.showEmphasis();
  }

  showEmphasis() {
    const { lit } = this.layer;
    for (const stack of this.stacks) {
      const isLit = lit !== null && stack.some((item) => lit.has(item.id));
      for (const element of elementsOf(this.drawn.get(stack))) {
        element.classList.toggle("faded", lit !== null && !isLit);
        element.classList.toggle("lit", isLit);
      }
    }
  }

  /**
   * @param {Item} item
   * @param {import("./geometry.js").Position} [place] one of its points, where it has several; absent: all of it
   */
  path(item, place) {
    const { definition } = this.layer;
    const geometry = place ? { type: "Point", coordinates: place } : item.geometry;
    const line = this.shape(geometry, pathStyle(definition, item.properties, isDark()));
    const band = bandStyle(definition, item.properties, isDark());
    return band ? L.layerGroup([this.shape(geometry, band), line]) : line;
  }

  /**
   * @param {any} geometry
   * @param {object} look
   */
  shape(geometry, look) {
    const style = { ...look, pane: this.layer.options.pane, interactive: false };
    return (
      L.GeoJSON.geometryToLayer(
        { type: "Feature", geometry, properties: {} },
        { pointToLayer: (/** @type {any} */ _, /** @type {any} */ at) => L.circleMarker(at, style), ...style },
      ).setStyle?.(style) ?? L.layerGroup()
    );
  }

  /** @param {Item[]} stack */
  stackMarker(stack) {
    const { definition, options } = this.layer;
    const [lng, lat] = this.places.get(stack) ?? stack[0].at;
    const size = 2 * stackRadius(stack.length);
    const number = el("span", {}, String(stack.length));
    number.style.background = definition.style.color;
    const icon = L.divIcon({ className: "stack", html: number, iconSize: [size, size] });
    return L.marker([lat, lng], { icon, pane: options.pane, interactive: false, keyboard: false });
  }

  /**
   * @param {any} map
   * @param {any} at
   * @returns {Item[][]}
   */
  hits(map, at) {
    const pixel = map.latLngToContainerPoint(at);
    return this.stacks.filter((stack) => isUnder(map, stack, this.places.get(stack), at, pixel)).reverse();
  }

  labelled() {
    return this.stacks.filter((stack) => stack.length === 1).map(([item]) => item);
  }

  classCounts() {
    /** @type {Map<string|null, number>} */
    const counts = new Map();
    for (const item of [...this.items, ...this.unplaced]) {
      const { value } = classOf(this.layer.definition, item.properties);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }
}

/**
 * @param {any} map
 * @param {Item[]} stack
 * @param {import("./geometry.js").Position|undefined} place where it stands, of points
 * @param {any} at
 * @param {any} pixel
 */
function isUnder(map, stack, place, at, pixel) {
  const [item] = stack;
  const { definition } = item.layer;
  if (definition.geometry === "polygon") {
    if (!within(item.bounds, [at.lng, at.lat])) return false;
    return polygonsOf(item.geometry).some((rings) => inPolygon(rings, [at.lng, at.lat]));
  }
  /** @param {import("./geometry.js").Position} position */
  const toPixel = ([lng, lat]) => map.latLngToContainerPoint([lat, lng]);
  if (definition.geometry === "point") {
    const radius = stack.length > 1 ? stackRadius(stack.length) : definition.style.radius + REACH;
    return (place ? [place] : positions(item.geometry)).some((position) => toPixel(position).distanceTo(pixel) <= radius);
  }
  return linesOf(item.geometry).some((line) => distanceToLine(line.map(toPixel), pixel) <= definition.style.weight + REACH);
}

/**
 * Features at one place together; one of several points is at each of them.
 * @param {Item[]} items
 * @returns {Map<Item[], import("./geometry.js").Position>}
 */
function stacked(items) {
  /** @type {Map<string, {stack: Item[], place: import("./geometry.js").Position}>} */
  const places = new Map();
  for (const item of items) {
    for (const place of positions(item.geometry)) {
      const found = places.get(place.join()) ?? { stack: [], place };
      if (!found.stack.includes(item)) found.stack.push(item);
      places.set(place.join(), found);
    }
  }
  return new Map([...places.values()].map(({ stack, place }) => [stack, place]));
}

/**
 * The elements that draw a feature.
 * @param {any} path
 * @returns {Element[]}
 */
function elementsOf(path) {
  if (!path) return [];
  if (path.getLayers) return path.getLayers().flatMap(elementsOf);
  const element = path.getElement?.();
  return element ? [element] : [];
}
