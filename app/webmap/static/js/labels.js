// Names on the map. They never take a click, and give way to more important ones they would overlap.
import { el, oncePerFrame } from "./dom.js";
import { stackRadius } from "./look.js";
import { classOf } from "./style.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

const IMPORTANCE = ["zones", "parks", "areas", "plans", "points", "districts"];
const COLOURED = ["zones", "plans"]; // names in the colour of their class
const NUDGES = [0, 1.15, -1.15]; // of its height a name may move up or down to find room
const GAP = 2; // pixels between two labels

export class Labels {
  /**
   * @param {any} map
   * @param {Map<string, import("./layer.js").RemoteLayer>} layers
   */
  constructor(map, layers) {
    this.map = map;
    this.layers = layers;
    this.pane = map.getPane("labels");
    /** @type {Map<Item, HTMLElement>} */
    this.elements = new Map();
    /** @type {() => Box[]} what names leave free beside the points of layers */
    this.obstacles = () => [];
    this.placeSoon = oncePerFrame(() => this.place());
    for (const layer of layers.values()) layer.on("add remove state look", this.placeSoon);
    map.on("moveend zoomend resize", this.placeSoon);
  }

  /** The features whose names may stand in the view, the most important first. */
  candidates() {
    const zoom = this.map.getZoom();
    const view = this.map.getBounds();
    const found = [];
    for (const layer of this.layers.values()) {
      const { label, zoom: range } = layer.definition;
      if (!label || !this.map.hasLayer(layer) || !layer.inRange(zoom) || zoom < range.labels_from || layer.opacity === 0) continue;
      for (const item of layer.labelled(this.map)) {
        const at = L.latLng(item.at[1], item.at[0]);
        if (item.properties[label] && view.contains(at) && layer.isSeenAt(at)) found.push(item);
      }
    }
    return found.sort((a, b) => importance(a) - importance(b) || b.size - a.size);
  }

  place() {
    const candidates = this.candidates();
    const wanted = new Set(candidates);
    for (const [item, element] of this.elements) {
      if (!wanted.has(item)) {
        element.remove();
        this.elements.delete(item);
      }
    }
    this.pane.append(...candidates.filter((item) => !this.elements.has(item)).map((item) => this.element(item)));
    const boxes = candidates.map((item) => this.box(item));
    const taken = [...this.markers(), ...this.obstacles()];
    candidates.forEach((item, index) => {
      const choices = item.layer.definition.geometry === "polygon" ? NUDGES.map((share) => moved(boxes[index], share)) : [boxes[index]];
      const box = choices.find((choice) => taken.every((other) => apart(choice, other)));
      if (box) taken.push(box);
      const element = /** @type {HTMLElement} */ (this.elements.get(item));
      element.classList.toggle("label-hidden", !box);
      L.DomUtil.setPosition(element, L.point((box ?? boxes[index]).left, (box ?? boxes[index]).top));
    });
  }

  /** The places of points, which names leave free. */
  markers() {
    const points = [...this.layers.values()].filter((layer) => layer.definition.geometry === "point" && this.map.hasLayer(layer) && layer.inRange(this.map.getZoom()));
    return points.flatMap((layer) =>
      layer.stacks.map((stack) => {
        const [lng, lat] = layer.placeOf(stack);
        const { x, y } = this.map.latLngToLayerPoint([lat, lng]);
        const radius = stack.length > 1 ? stackRadius(stack.length) : layer.definition.style.radius;
        return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
      }),
    );
  }

  /** @param {Item} item */
  element(item) {
    const { definition } = item.layer;
    const element = el("div", { class: `label label-${definition.pane}` }, String(item.properties[/** @type {string} */ (definition.label)]));
    if (COLOURED.includes(definition.pane)) element.style.color = `color-mix(in srgb, ${classOf(definition, item.properties).color} 62%, black)`;
    this.elements.set(item, element);
    return element;
  }

  /** @param {Item} item */
  box(item) {
    const element = /** @type {HTMLElement} */ (this.elements.get(item));
    const at = this.map.latLngToLayerPoint([item.at[1], item.at[0]]);
    const { offsetWidth: width, offsetHeight: height } = element;
    // A point's name stands below it, a polygon's in it.
    const drop = item.layer.definition.geometry === "point" ? item.layer.definition.style.radius + 3 : -height / 2;
    const [left, top] = [Math.round(at.x - width / 2), Math.round(at.y + drop)];
    return { left, top, right: left + width, bottom: top + height };
  }
}

/**
 * @param {Box} box
 * @param {number} share of its height
 * @returns {Box}
 */
function moved(box, share) {
  const by = Math.round((box.bottom - box.top) * share);
  return { ...box, top: box.top + by, bottom: box.bottom + by };
}

/**
 * @param {Box} a
 * @param {Box} b
 */
function apart(a, b) {
  return a.right + GAP < b.left || a.left > b.right + GAP || a.bottom + GAP < b.top || a.top > b.bottom + GAP;
}

/** @param {Item} item */
function importance(item) {
  return IMPORTANCE.indexOf(item.layer.definition.pane);
}
