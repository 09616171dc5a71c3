// The legend: the classes of the layers that are on, and no others; each can be switched off.
import { t } from "./config.js";
import { byId, el, oncePerFrame } from "./dom.js";
import { unplacedSentences } from "./extent.js";
import { number } from "./format.js";
import { classesOf, statusBadge, swatch } from "./style.js";

/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */

const LEAST_ROOM = { x: 720, y: 440 }; // pixels of a map that an open legend leaves enough of

export class Legend {
  /**
   * @param {any} map
   * @param {Map<string, RemoteLayer>} layers
   */
  constructor(map, layers) {
    this.map = map;
    this.layers = layers;
    this.body = el("div", { class: "legend-body", id: "legend-body", tabindex: "0" });
    /** @type {boolean|null} whether it is to be open; null while nobody has said so: then as there is room */
    this.wanted = null;
    this.button = el("button", { type: "button", class: "legend-button", "aria-controls": "legend-body", click: () => this.toggle() }, t("legend"));
    byId("legend").append(el("h2", { class: "legend-title" }, this.button), this.body);
    L.DomEvent.disableClickPropagation(byId("legend"));
    L.DomEvent.disableScrollPropagation(byId("legend"));
    for (const layer of layers.values()) layer.on("add remove state look", () => this.update());
    // The order of the layers is that of the sections.
    document.addEventListener("layers-changed", oncePerFrame(() => this.update()));
    map.on("zoomend", () => [...layers.values()].some((layer) => layer.isTiled) && this.update());
    map.on("resize", () => this.fit());
    this.body.addEventListener("change", () => (this.wanted = true)); // who works with it keeps it
    this.fit();
    this.update();
  }

  toggle() {
    this.wanted = this.body.hidden;
    this.fit();
  }

  /** A panel or a drawer beside the map takes room: the legend folds before it covers what is left. */
  fit() {
    const { x, y } = this.map.getSize();
    this.open(this.wanted ?? (x >= LEAST_ROOM.x && y >= LEAST_ROOM.y));
  }

  /** @param {boolean} open */
  open(open) {
    this.body.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
  }

  update() {
    const shown = [...this.layers.values()].filter((layer) => this.map.hasLayer(layer));
    shown.sort((a, b) => b.rank - a.rank);
    const focused = this.body.contains(document.activeElement) ? document.activeElement?.id : null;
    this.body.replaceChildren(...shown.map(section));
    if (shown.length === 0) this.body.append(el("p", { class: "legend-empty" }, t("legend_empty")));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

/** @param {RemoteLayer} layer */
function section(layer) {
  const { definition } = layer;
  const heading = el("h3", {}, definition.title, statusBadge(definition.status));
  if (definition.style.classes.length === 0) heading.prepend(swatch(definition, definition.style));
  const counts = layer.classCounts();
  const items = occurring(layer, counts).map((one, place) => entry(layer, one, place, counts.get(one.value)));
  return el("section", { class: "legend-layer" }, heading, items.length ? el("ul", {}, ...items) : null, hint(layer), ...unplacedSentences(layer).map((sentence) => el("p", { class: "legend-hint" }, sentence)));
}

/**
 * Tiles of small scales leave out the smallest features where there are many.
 * @param {RemoteLayer} layer
 */
function hint(layer) {
  const zoom = layer._map?.getZoom() ?? Infinity;
  const thinned = layer.isTiled && Math.round(zoom) - 1 < layer.definition.tiles.detail_from;
  return thinned ? el("p", { class: "legend-hint" }, t("thinned")) : null;
}

/**
 * @param {RemoteLayer} layer
 * @param {import("./style.js").Class} one
 * @param {number} place
 * @param {number|undefined} count
 */
function entry(layer, one, place, count) {
  const { definition } = layer;
  const id = `class-${layer.id}-${one.value === null ? "other" : place}`;
  const box = el("input", { type: "checkbox", id, checked: !layer.hiddenClasses.has(one.value) });
  box.addEventListener("change", () => {
    const hidden = new Set(layer.hiddenClasses);
    if (!hidden.delete(one.value)) hidden.add(one.value);
    layer.hiddenClasses = hidden;
  });
  const tally = count === undefined ? null : el("span", { class: "legend-count", title: t("count", { count: number(count) }) }, number(count));
  return el("li", {}, box, el("label", { for: id }, swatch(definition, one), el("span", {}, one.title)), tally);
}

/**
 * The classes that occur among the features, once they are known; and what is switched off, to be switched on again.
 * @param {RemoteLayer} layer
 * @param {Map<string|null, number>} counts
 */
function occurring(layer, counts) {
  const { definition, hiddenClasses } = layer;
  const known = layer.isTiled ? counts.size > 0 : layer.state === "ready";
  return classesOf(definition).filter(({ value }) => {
    if (known && (counts.has(value) || !layer.isTiled)) return (counts.get(value) ?? 0) > 0 || hiddenClasses.has(value);
    return value !== null || definition.style.other !== undefined;
  });
}
