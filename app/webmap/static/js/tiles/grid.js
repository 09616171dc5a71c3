// The squares of the map that a layer in tiles fills.

/** Side of a square, pixels: what the service's tiles are made for. */
export const SIDE = 512;

/**
 * @typedef {object} Filler
 * @property {(at: import("./place.js").Address, done: (error: any, element: any) => void) => HTMLCanvasElement} make
 * @property {(element: HTMLCanvasElement) => void} drop
 * @property {() => void} zoomed
 */

export class SquareGrid extends L.GridLayer {
  /**
   * @param {import("../layer.js").RemoteLayer} layer
   * @param {[number, number, number, number]|null} extent degrees
   * @param {Filler} filler
   */
  constructor({ definition, options }, extent, filler) {
    const { min, max } = definition.zoom;
    const bounds = extent && { bounds: [[extent[1], extent[0]], [extent[3], extent[2]]] };
    // The service has no tiles below the layer's first zoom, and those of a zoom fill the squares of the next of the map.
    const zooms = { minZoom: min, maxZoom: max, minNativeZoom: min + 1 };
    super({ pane: options.pane, tileSize: SIDE, noWrap: true, keepBuffer: 1, updateWhenZooming: false, ...zooms, ...bounds });
    this.filler = filler;
    this.on("tileunload", (/** @type {any} */ { tile }) => filler.drop(tile));
  }

  getEvents() {
    return { ...super.getEvents(), zoomend: this.filler.zoomed };
  }

  /**
   * @param {import("./place.js").Address} at
   * @param {(error: any, element: any) => void} done
   */
  createTile(at, done) {
    return this.filler.make(at, done);
  }

  /**
   * The zoom of the squares that fill the map at a zoom, which may lie between two whole ones.
   * @param {number} zoom
   */
  whole(zoom) {
    return Math.max(Math.round(zoom), this.options.minNativeZoom);
  }
}
