// The legend: the classes of the layers that are on, and no others.
import { t } from "./config.js";
import { byId, el } from "./dom.js";
import { classOf, statusBadge, swatch } from "./style.js";

/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */

const NARROW = matchMedia("(max-width: 760px)");

export class Legend {
  /**
   * @param {any} map
   * @param {Map<string, RemoteLayer>} layers
   */
  constructor(map, layers) {
    this.map = map;
    this.layers = layers;
    this.body = el("div", { class: "legend-body", id: "legend-body", tabindex: "0" });
    this.button = el("button", { type: "button", class: "legend-button", "aria-controls": "legend-body", click: () => this.open(this.body.hidden) }, t("legend"));
    byId("legend").append(this.button, this.body);
    L.DomEvent.disableClickPropagation(byId("legend"));
    L.DomEvent.disableScrollPropagation(byId("legend"));
    for (const layer of layers.values()) layer.on("add remove state", () => this.update());
    this.open(!NARROW.matches);
    this.update();
  }

  /** @param {boolean} open */
  open(open) {
    this.body.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
  }

  update() {
    const shown = [...this.layers.values()].filter((layer) => this.map.hasLayer(layer));
    shown.sort((a, b) => b.rank - a.rank);
    this.body.replaceChildren(...shown.map(section));
    if (shown.length === 0) this.body.append(el("p", { class: "legend-empty" }, t("legend_empty")));
  }
}

/** @param {RemoteLayer} layer */
function section(layer) {
  const { definition } = layer;
  const entries = legendClasses(layer);
  const heading = el("h3", {}, definition.title, statusBadge(definition.status));
  if (definition.style.classes.length === 0) heading.prepend(swatch(definition, definition.style.color));
  const items = entries.map((entry) => el("li", {}, swatch(definition, entry.color), entry.title));
  return el("section", { class: "legend-layer" }, heading, items.length ? el("ul", {}, ...items) : null);
}

/**
 * The classes that occur among the features, once they are known.
 * @param {RemoteLayer} layer
 */
function legendClasses({ definition, state, items }) {
  const { classes, other, color } = definition.style;
  if (classes.length === 0) return [];
  const every = [...classes, ...(other === undefined ? [] : [{ value: null, title: other, color }])];
  if (state !== "ready") return every;
  const occurring = new Set(items.map((item) => classOf(definition, item.properties).value));
  if (occurring.has(null) && other === undefined) every.push({ value: null, title: t("other"), color });
  return every.filter((entry) => occurring.has(entry.value));
}
