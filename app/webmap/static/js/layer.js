// RemoteLayer: a Leaflet layer that fetches its GeoJSON by URL when it is first switched on.
import { getJson, Problem } from "./api.js";
import { t } from "./config.js";
import { el } from "./dom.js";
import { boundsOf, labelPoint, positions, roughArea } from "./geometry.js";
import { bandStyle, pathStyle } from "./style.js";

/** @typedef {import("./config.js").Definition} Definition */

/**
 * A feature of a layer.
 * @typedef {object} Item
 * @property {string} id
 * @property {Record<string, any>} properties
 * @property {any} geometry null where no document locates the feature
 * @property {RemoteLayer} layer
 * @property {import("./geometry.js").Bounds} bounds
 * @property {import("./geometry.js").Position} at where its label stands
 * @property {number} size rough area
 * @property {any} path what draws it
 */

/** @typedef {"idle"|"loading"|"ready"|"failed"} State */

/** Fires `state` whenever its state changes. */
export class RemoteLayer extends L.LayerGroup {
  /**
   * @param {Definition} definition
   * @param {number} rank place in the drawing order: higher is nearer to the eye
   */
  constructor(definition, rank) {
    super([], { pane: `layer-${definition.id}` });
    this.definition = definition;
    this.rank = rank;
    /** @type {State} */
    this.state = "idle";
    /** @type {string|null} what went wrong */
    this.fault = null;
    /** @type {Item[]} with a geometry, the largest first */
    this.items = [];
    /** @type {Item[]} without a geometry */
    this.unplaced = [];
    /** @type {Item[][]} features at one place, where the layer stacks them; else each alone */
    this.stacks = [];
    /** @type {AbortController|null} */
    this.request = null;
    /** @type {Promise<void>|null} */
    this.pending = null;
  }

  get id() {
    return this.definition.id;
  }

  /** @param {any} map */
  onAdd(map) {
    super.onAdd(map);
    void this.load();
  }

  /** @param {any} map */
  onRemove(map) {
    super.onRemove(map);
    this.request?.abort();
  }

  /**
   * Whether the layer is drawn at a zoom level.
   * @param {number} zoom
   */
  inRange(zoom) {
    return zoom >= this.definition.zoom.min && zoom <= this.definition.zoom.max;
  }

  /**
   * Fetch and draw, unless that is done or under way. Settles when the layer is ready, failed or switched off.
   * @returns {Promise<void>}
   */
  load() {
    if (this.state === "ready") return Promise.resolve();
    this.pending ??= this.fetchAndDraw().finally(() => {
      this.pending = null;
      // Switched off and on again before the first request had ended.
      if (this.state === "idle" && this._map) void this.load();
    });
    return this.pending;
  }

  async fetchAndDraw() {
    this.request = new AbortController();
    const { signal } = this.request;
    this.become("loading");
    try {
      const collection = await getJson(`/layers/${this.id}.geojson`, signal);
      if (!Array.isArray(collection?.features)) throw new Problem(t("bad_answer"));
      this.draw(collection.features);
      this.become("ready");
    } catch (error) {
      if (signal.aborted) this.become("idle");
      else this.become("failed", error instanceof Problem ? error.message : t("bad_answer"));
    }
  }

  /**
   * @param {State} state
   * @param {string|null} fault
   */
  become(state, fault = null) {
    this.state = state;
    this.fault = fault;
    this.fire("state");
  }

  /** @param {any[]} features */
  draw(features) {
    const items = features.map((feature) => this.item(feature));
    this.unplaced = items.filter((item) => !item.geometry);
    // The small lie over the large.
    this.items = items.filter((item) => item.geometry).sort((a, b) => b.size - a.size);
    this.stacks = this.definition.style.stack ? stacked(this.items) : this.items.map((item) => [item]);
    for (const stack of this.stacks) {
      const drawn = stack.length > 1 ? this.stackMarker(stack) : this.path(stack[0]);
      for (const item of stack) item.path = drawn;
      this.addLayer(drawn);
    }
  }

  /**
   * @param {any} feature
   * @returns {Item}
   */
  item(feature) {
    const geometry = feature.geometry ?? null;
    return {
      id: String(feature.id ?? feature.properties?.id),
      properties: feature.properties ?? {},
      geometry,
      layer: this,
      bounds: geometry ? boundsOf(positions(geometry)) : [0, 0, 0, 0],
      at: geometry ? labelPoint(geometry) : [0, 0],
      size: geometry ? roughArea(geometry) : 0,
      path: null,
    };
  }

  /** @param {Item} item */
  path(item) {
    const line = this.shape(item, pathStyle(this.definition, item.properties));
    const band = bandStyle(this.definition, item.properties);
    return band ? L.layerGroup([this.shape(item, band), line]) : line;
  }

  /**
   * @param {Item} item
   * @param {object} look
   */
  shape(item, look) {
    const style = { ...look, pane: this.options.pane, interactive: false };
    return L.GeoJSON.geometryToLayer(
      { type: "Feature", geometry: item.geometry, properties: {} },
      { pointToLayer: (/** @type {any} */ _, /** @type {any} */ at) => L.circleMarker(at, style), ...style },
    ).setStyle?.(style) ?? L.layerGroup();
  }

  /** @param {Item[]} stack */
  stackMarker(stack) {
    const [lng, lat] = stack[0].at;
    const size = 2 * stackRadius(stack.length);
    const number = el("span", {}, String(stack.length));
    number.style.background = this.definition.style.color;
    const icon = L.divIcon({ className: "stack", html: number, iconSize: [size, size] });
    return L.marker([lat, lng], { icon, pane: this.options.pane, interactive: false, keyboard: false });
  }
}

/**
 * Radius of the circle that stands for several features, pixels.
 * @param {number} count
 */
export function stackRadius(count) {
  return Math.min(22, 10 + 2 * Math.sqrt(count));
}

/**
 * @param {Item[]} items
 * @returns {Item[][]}
 */
function stacked(items) {
  /** @type {Map<string, Item[]>} */
  const places = new Map();
  for (const item of items) {
    const place = item.at.join();
    places.set(place, [...(places.get(place) ?? []), item]);
  }
  return [...places.values()];
}
