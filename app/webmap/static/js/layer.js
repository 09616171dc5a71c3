// RemoteLayer: a Leaflet layer that asks for its features when it is first switched on, as GeoJSON or as vector tiles.
import { getJson, Problem } from "./api.js";
import { config, t } from "./config.js";
import { FeatureDrawing } from "./feature_drawing.js";
import { factsOf } from "./facts.js";
import { loadModule } from "./load.js";
import { notify } from "./notices.js";
import { classOf } from "./style.js";

/** @typedef {import("./config.js").Definition} Definition */
/** @typedef {import("./feature_drawing.js").FeatureDrawing|import("./tiles/tile_drawing.js").TileDrawing} Drawing */

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
 * @property {any} path what draws it; none in a tile
 * @property {boolean} [partial] whether it is as a tile has it: a piece of the geometry, some of the attributes
 * @property {number} [level] zoom of the tile it is from
 */

/** @typedef {"idle"|"loading"|"ready"|"failed"} State */

/** Layers with more features are drawn from vector tiles. */
const MOST_FEATURES = 2000;

/** Fires `state` whenever its state changes, `look` whenever its opacity, its classes or its emphasis do. */
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
    /** @type {Drawing|null} what draws it, once that is known */
    this.drawing = null;
    /** @type {AbortController|null} */
    this.request = null;
    /** @type {Promise<void>|null} */
    this.pending = null;
    /** @type {Set<string|null>} */
    this.hidden = new Set();
    /** @type {Set<string>|null} */
    this.lit = null;
    this.veil = 1;
    /** @type {((at: any) => boolean)|null} tells where it is to be seen, of a layer that shows on a part of the map only */
    this.window = null;
  }

  get id() {
    return this.definition.id;
  }

  /** Whether only a part of the features is in the browser, as tiles. */
  get isTiled() {
    return this.drawing?.kind === "tiles";
  }

  /** Features with a geometry, the largest first; of a layer in tiles, those that were met so far. */
  get items() {
    return this.drawing?.items ?? [];
  }

  /** Features without a geometry. */
  get unplaced() {
    return this.drawing?.unplaced ?? [];
  }

  /** Drawn features at one place, where the layer stacks them; else each alone. None of a layer in tiles. */
  get stacks() {
    return this.drawing?.stacks ?? [];
  }

  /**
   * Where a stack stands: a feature of several points is in a stack at each of them.
   * @param {Item[]} stack
   * @returns {import("./geometry.js").Position}
   */
  placeOf(stack) {
    return (this.drawing?.kind === "features" && this.drawing.places.get(stack)) || stack[0].at;
  }

  /** 0 (not to be seen) to 1. */
  get opacity() {
    return this.veil;
  }

  set opacity(value) {
    const veil = Math.min(1, Math.max(0, Number(value)));
    if (Number.isNaN(veil) || veil === this.veil) return;
    this.veil = veil;
    this.showOpacity();
    this.changed();
  }

  /**
   * Values of the classes that are switched off; null stands for what falls in no class.
   * @returns {Set<string|null>}
   */
  get hiddenClasses() {
    return this.hidden;
  }

  /** @param {Iterable<string|null>} values */
  set hiddenClasses(values) {
    const hidden = new Set(values);
    if (hidden.size === this.hidden.size && [...hidden].every((value) => this.hidden.has(value))) return;
    this.hidden = hidden;
    this.drawing?.restyle();
    this.changed();
  }

  /**
   * Light the features of these ids and fade the others; null ends it.
   * @param {Set<string>|null} ids
   */
  emphasise(ids) {
    if (ids === this.lit) return;
    this.lit = ids;
    this.drawing?.showEmphasis();
  }

  /** Say that the layer looks otherwise than before. */
  changed() {
    this.fire("look");
    document.dispatchEvent(new CustomEvent("layers-changed", { detail: { layer: this.id } }));
  }

  showOpacity() {
    const pane = this._map?.getPane(this.options.pane);
    if (pane) pane.style.opacity = this.veil === 1 ? "" : String(this.veil);
  }

  /**
   * Whether a feature is drawn, its class not being switched off.
   * @param {Record<string, any>} properties
   */
  shows(properties) {
    return this.hidden.size === 0 || !this.hidden.has(classOf(this.definition, properties).value);
  }

  /**
   * Whether the layer shows at a place, being switched on.
   * @param {any} at Leaflet's LatLng
   */
  isSeenAt(at) {
    return this.window === null || this.window(at);
  }

  /** @param {any} map */
  onAdd(map) {
    super.onAdd(map);
    this.showOpacity();
    if (this.lit) this.drawing?.showEmphasis();
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
      if (await this.wantsTiles()) await this.drawTiles(signal);
      else await this.drawFeatures(signal);
      if (signal.aborted) this.become("idle");
      else this.become("ready");
    } catch (error) {
      if (signal.aborted) this.become("idle");
      else this.become("failed", error instanceof Problem ? error.message : t("bad_answer"));
    }
  }

  async wantsTiles() {
    const { drawn } = this.definition.tiles;
    if (drawn !== "auto") return drawn === "always";
    return ((await factsOf(this.id))?.count ?? 0) > MOST_FEATURES;
  }

  /** @param {AbortSignal} signal */
  async drawFeatures(signal) {
    const collection = await getJson(`/layers/${this.id}.geojson`, signal);
    if (!Array.isArray(collection?.features)) throw new Problem(t("bad_answer"));
    this.drawing = new FeatureDrawing(this, collection.features);
  }

  /** @param {AbortSignal} signal */
  async drawTiles(signal) {
    const [facts, { TileDrawing }] = await Promise.all([factsOf(this.id), loadModule("/static/js/tiles/tile_drawing.js").catch(() => Promise.reject(new Problem(t("unreachable"))))]);
    if (signal.aborted) return;
    /** @type {import("./tiles/tile_drawing.js").TileDrawing} */
    const drawing = this.drawing ?? new TileDrawing(this, facts?.extent ?? null);
    this.drawing = drawing;
    await drawing.load();
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

  /**
   * What is drawn under a place, the topmost first; features at one place go together.
   * @param {any} map
   * @param {any} at Leaflet's LatLng
   * @returns {Item[][]}
   */
  hits(map, at) {
    return this.drawing?.hits(map, at) ?? [];
  }

  /**
   * The features that a name may stand beside.
   * @param {any} map
   * @returns {Item[]}
   */
  labelled(map) {
    return this.drawing?.labelled(map) ?? [];
  }

  /**
   * How many features each class has, as far as that is known.
   * @returns {Map<string|null, number>}
   */
  classCounts() {
    return this.drawing?.classCounts() ?? new Map();
  }

  /**
   * A feature by its id, whether it has been met or not.
   * @param {string} id
   * @returns {Promise<Item|null>} null: there is none
   */
  async feature(id) {
    await this.load();
    const known = [...this.items, ...this.unplaced].find((item) => item.id === id);
    if (known && !known.partial) return known;
    return this.drawing?.kind === "tiles" ? this.drawing.feature(id) : (known ?? null);
  }

  /**
   * A feature as a whole, where it was met in a tile: the same item with all of its attributes and geometry.
   * @param {Item} item
   * @returns {Promise<Item|null>} null: it cannot be had
   */
  async whole(item) {
    try {
      return item.partial && this.drawing?.kind === "tiles" ? await this.drawing.complete(item) : item;
    } catch (error) {
      const detail = error instanceof Problem ? error.message : t("bad_answer");
      notify("whole-feature", t("record_failed", { detail }), { label: t("retry"), run: () => void this.whole(item) });
      return null;
    }
  }

  /** Address of the layer as a collection, as GIS programs take it. */
  get collection() {
    return `${location.origin}${config.root}/ogc/collections/${this.id}`;
  }
}
