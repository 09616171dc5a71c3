// A layer drawn from vector tiles: a canvas a tile, drawn by a worker where it can, searched here.
import { getJson, Problem } from "../api.js";
import { t } from "../config.js";
import { itemOf, REACH } from "../feature_drawing.js";
import { boundsOf, labelPoint, positions, roughArea } from "../geometry.js";
import { isDark } from "../theme.js";
import { idOf, properties } from "./attributes.js";
import { classCounts } from "./counts.js";
import { theDesk } from "./desk.js";
import { SIDE, SquareGrid } from "./grid.js";
import { geometryOf, toUnits, under } from "./place.js";
import { DRAWN_HERE, paintHere } from "./slices.js";
import { Sources } from "./sources.js";

/** @typedef {import("../layer.js").Item} Item */
/** @typedef {import("../layer.js").RemoteLayer} RemoteLayer */
/** @typedef {import("./decode.js").Decoded} Decoded */
/** @typedef {import("./place.js").Address} Address */
/** @typedef {import("./sources.js").Source} Source */

/**
 * A square of the map.
 * @typedef {object} Canvas
 * @property {HTMLCanvasElement} element
 * @property {Address} address zoom of the map, less one: a tile is 512 pixels wide
 * @property {Source} source
 * @property {boolean} gone
 * @property {number} turn how often it was begun to be drawn
 */

const MOST_KNOWN = 4000; // features remembered by their ids
const MOST_LABELS = 250;
const LEAST_LABELLED = [34, 13]; // width and height in pixels of the smallest polygon that has its name beside it

export class TileDrawing {
  /**
   * @param {RemoteLayer} layer
   * @param {[number, number, number, number]|null} extent degrees
   */
  constructor(layer, extent) {
    /** @type {"tiles"} */
    this.kind = "tiles";
    this.layer = layer;
    /** @type {Map<string, Item>} */
    this.known = new Map();
    /** @type {Item[]} */
    this.unplaced = [];
    /** @type {Item[][]} */
    this.stacks = [];
    this.sources = new Sources(layer.definition);
    /** @type {Set<Canvas>} */
    this.canvases = new Set();
    /** @type {Error|null} */
    this.fault = null;
    this.scale = 0;
    this.counts = classCounts(layer);
    this.grid = new SquareGrid(layer, extent, { make: (at, done) => this.canvas(at, done), drop: (tile) => this.drop(tile), zoomed: () => this.sharpen() });
    this.grid.on("load", () => layer.state === "ready" && this.tell());
    layer.addLayer(this.grid);
  }

  get items() {
    return [...this.known.values()];
  }

  /** Say that other features can be seen; and where some cannot be had, that. */
  tell() {
    if (this.fault) this.layer.become("failed", this.fault instanceof Problem ? this.fault.message : t("bad_answer"));
    else this.layer.fire("state");
  }

  /** Settles when what the map shows is drawn. */
  async load() {
    if (this.fault) {
      this.fault = null;
      this.grid.redraw();
    }
    if (this.grid.isLoading()) await new Promise((resolve) => this.grid.once("load remove", resolve));
    if (this.fault) throw this.fault;
  }

  /**
   * @param {Address} at
   * @param {(error: any, tile: any) => void} done
   */
  canvas(at, done) {
    const element = document.createElement("canvas");
    const address = { z: at.z - 1, x: at.x, y: at.y };
    const source = this.sources.holding(address);
    /** @type {Canvas} */
    const canvas = { element, address, source, gone: false, turn: 0 };
    source.users.add(canvas);
    this.canvases.add(canvas);
    this.paint(canvas).then(
      () => done(null, element),
      (error) => {
        if (!canvas.gone) this.fault = error;
        done(error, element);
      },
    );
    return element;
  }

  /** @param {Canvas} canvas */
  async paint(canvas) {
    const { source, address, element } = canvas;
    await source.read;
    if (canvas.gone || !source.data) return;
    const { definition, hiddenClasses, lit } = this.layer;
    const ratio = globalThis.devicePixelRatio || 1;
    const span = 2 ** (source.address.z - address.z);
    const job = {
      definition,
      hidden: [...hiddenClasses],
      dark: isDark(),
      lit: lit && [...lit],
      pixels: Math.round(SIDE * this.stretch() * ratio),
      ratio,
      x: address.x * span - source.address.x,
      y: address.y * span - source.address.y,
      span,
    };
    if (DRAWN_HERE) {
      const turn = (canvas.turn += 1);
      return paintHere(element, source.data, job, () => !canvas.gone && canvas.turn === turn);
    }
    const bitmap = await theDesk().ask({ task: "draw", key: source.key, job }, { wanted: () => !canvas.gone });
    if (canvas.gone) return bitmap?.close();
    element.width = element.height = job.pixels;
    if (bitmap) element.getContext("bitmaprenderer")?.transferFromImageBitmap(bitmap);
  }

  /** How much a square is stretched at the zoom of the map, which may lie between two whole zooms. */
  stretch() {
    const zoom = this.layer._map?.getZoom();
    return zoom === undefined ? 1 : 2 ** (zoom - this.grid.whole(zoom));
  }

  /** Draw anew what a zoom within the same squares would stretch. */
  sharpen() {
    if (this.stretch() === this.scale) return;
    this.scale = this.stretch();
    this.restyle();
  }

  restyle() {
    for (const canvas of this.canvases) void this.paint(canvas).catch(() => undefined);
  }

  showEmphasis() {
    this.restyle();
  }

  /** @param {HTMLCanvasElement} element */
  drop(element) {
    for (const canvas of this.canvases) {
      if (canvas.element !== element) continue;
      const { source } = canvas;
      canvas.gone = true;
      this.canvases.delete(canvas);
      this.sources.release(source, canvas);
    }
  }

  /**
   * The tiles at the zoom of the map.
   * @param {any} map
   */
  current(map) {
    const z = this.grid.whole(map.getZoom()) - 1;
    return new Set([...this.canvases].filter(({ address }) => address.z === z).map(({ source }) => source));
  }

  /**
   * @param {any} map
   * @param {any} at
   * @returns {Item[][]}
   */
  hits(map, at) {
    const { geometry, style } = this.layer.definition;
    const reach = (geometry === "point" ? style.radius : style.weight) + REACH;
    /** @type {Set<Item>} */
    const found = new Set();
    for (const source of this.current(map)) {
      const { data, address } = source;
      if (!data) continue;
      const units = reach * unitsPerPixel(map, address, data.extent);
      const point = toUnits(address, data.extent, at);
      const margin = geometry === "polygon" ? 0 : units;
      if (Math.min(point.x, point.y) < -margin || Math.max(point.x, point.y) > data.extent + margin) continue;
      for (const i of under(data, point, units, geometry)) {
        const item = this.item(source, i);
        if (this.layer.shows(item.properties)) found.add(item);
      }
    }
    return [...found].map((item) => [item]);
  }

  /**
   * A feature of a tile: the same one each time it is met, whatever the tile.
   * @param {Source} source
   * @param {number} i
   * @returns {Item}
   */
  item({ data, address }, i) {
    const decoded = /** @type {Decoded} */ (data);
    const id = idOf(decoded, i);
    const known = this.known.get(id);
    if (known && (!known.partial || /** @type {number} */ (known.level) >= address.z)) return known;
    const { layer } = this;
    const geometry = geometryOf(decoded, i, address, layer.definition.geometry);
    const piece = { properties: { ...known?.properties, ...properties(decoded, i) }, geometry, bounds: boundsOf(positions(geometry)), at: labelPoint(geometry), size: roughArea(geometry), level: address.z };
    if (known) return Object.assign(known, piece);
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    const item = { id, layer, path: null, partial: true, ...piece };
    this.known.set(id, item);
    return item;
  }

  /**
   * The whole of a feature in place of the piece that a tile has.
   * @param {Item} item
   * @returns {Promise<Item>} the same
   */
  async complete(item) {
    const whole = itemOf(await getJson(`/ogc/collections/${this.layer.id}/items/${encodeURIComponent(item.id)}`), this.layer);
    return Object.assign(item, whole, { partial: false });
  }

  /**
   * @param {string} id
   * @returns {Promise<Item|null>}
   */
  async feature(id) {
    const item = this.known.get(id) ?? { id, layer: this.layer, properties: {}, geometry: null, bounds: [0, 0, 0, 0], at: [0, 0], size: 0, path: null, partial: true, level: -1 };
    try {
      await this.complete(/** @type {Item} */ (item));
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
    this.known.set(id, /** @type {Item} */ (item));
    return /** @type {Item} */ (item);
  }

  /** @param {any} map */
  labelled(map) {
    const { label, geometry } = this.layer.definition;
    const view = map.getBounds();
    /** @type {{source: Source, i: number, size: number}[]} */
    const found = [];
    for (const source of this.current(map)) {
      const { data, address } = source;
      if (!data || !label) continue;
      const unit = unitsPerPixel(map, address, data.extent);
      const [least, most] = [view.getNorthWest(), view.getSouthEast()].map((corner) => toUnits(address, data.extent, corner));
      for (const i of data.order) {
        const [west, north, east, south] = data.boxes.subarray(4 * i, 4 * i + 4);
        if (east < least.x || west > most.x || south < least.y || north > most.y) continue;
        const [width, height] = [(east - west) / unit, (south - north) / unit];
        if (geometry !== "polygon" || (width >= LEAST_LABELLED[0] && height >= LEAST_LABELLED[1])) found.push({ source, i, size: width * height });
      }
    }
    found.sort((a, b) => b.size - a.size);
    const items = found.slice(0, MOST_LABELS).map(({ source, i }) => this.item(source, i));
    return [...new Set(items)].filter((item) => this.layer.shows(item.properties));
  }

  classCounts() {
    return this.counts.known();
  }
}

/**
 * @param {any} map
 * @param {Address} address
 * @param {number} extent
 */
function unitsPerPixel(map, { z }, extent) {
  return (extent * 2 ** z) / (256 * 2 ** map.getZoom());
}
