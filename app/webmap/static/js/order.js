// The drawing order of the layers: the usual one by class of layer, or the one that someone has chosen.
import { config } from "./config.js";

/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */

const LOWEST_PANE = 410; // Leaflet's overlays are at 400, its tooltips at 650
const PANE_STEP = 20;
const FREE_PANE = "free-order";

export class LayerOrder {
  /**
   * Makes the panes of the classes of layer, those of the selection and the labels over them.
   * @param {any} map
   */
  constructor(map) {
    this.map = map;
    const names = [...config.panes, FREE_PANE, "selection", "labels"];
    names.forEach((name, place) => (map.createPane(name).style.zIndex = String(LOWEST_PANE + place * PANE_STEP)));
    for (const name of ["selection", "labels"]) map.getPane(name).classList.add("untouchable");
    /** @type {RemoteLayer[]} from the bottom up */
    this.layers = [];
    /** @type {Map<RemoteLayer, number>} */
    this.usual = new Map();
  }

  /**
   * Where a layer usually is: higher is nearer to the eye.
   * @param {import("./config.js").Definition} definition
   */
  rank(definition) {
    return config.panes.indexOf(definition.pane) * 1000 + config.layers.indexOf(definition);
  }

  /**
   * A pane for a layer, which has to be there before the layer is added to the map.
   * @param {import("./config.js").Definition} definition
   */
  makePane(definition) {
    this.map.createPane(`layer-${definition.id}`, this.map.getPane(definition.pane));
  }

  /** @param {RemoteLayer} layer */
  add(layer) {
    this.usual.set(layer, this.rank(layer.definition));
    this.layers.push(layer);
    this.sort(this.layers);
    this.apply();
  }

  /** @param {RemoteLayer[]} layers */
  sort(layers) {
    return layers.sort((a, b) => (this.usual.get(a) ?? 0) - (this.usual.get(b) ?? 0));
  }

  /**
   * Put some layers in a new order among themselves; the others stay where they are.
   * @param {RemoteLayer[]} chosen from the bottom up
   */
  set(chosen) {
    const next = [...chosen];
    this.layers = this.layers.map((layer) => (chosen.includes(layer) ? /** @type {RemoteLayer} */ (next.shift()) : layer));
    this.apply();
  }

  /** Back to the usual order. */
  reset() {
    this.sort(this.layers);
    this.apply();
  }

  apply() {
    const sorted = this.sort([...this.layers]);
    const usual = this.layers.every((layer, place) => layer === sorted[place]);
    this.layers.forEach((layer, place) => {
      layer.rank = usual ? this.usual.get(layer) ?? 0 : place;
      const pane = this.map.getPane(`layer-${layer.id}`);
      const home = this.map.getPane(usual ? layer.definition.pane : FREE_PANE);
      if (pane.parentElement !== home) home.append(pane);
      pane.style.zIndex = String(place);
    });
  }

  /**
   * The layers that are on, from the bottom up, where they are not in the usual order; else null.
   * @param {(layer: RemoteLayer) => boolean} isOn
   */
  unusual(isOn) {
    const shown = this.layers.filter(isOn);
    const sorted = this.sort([...shown]);
    return shown.every((layer, place) => layer === sorted[place]) ? null : shown;
  }
}
