// The worker that reads and draws vector tiles, so that the page does not wait for either.
import { decode } from "./decode.js";
import { paint } from "./paint.js";

/** @typedef {import("./decode.js").Decoded} Decoded */

/** @type {Map<string, Decoded>} tiles that are on the map */
const tiles = new Map();

/**
 * @param {{key: string, name: string, buffer: ArrayBuffer}} message
 * @returns {[Decoded, Transferable[]]} a copy for the page, which searches it
 */
function read({ key, name, buffer }) {
  const data = decode(buffer, name);
  tiles.set(key, data);
  return [data, []];
}

/**
 * @param {{key: string, job: import("./paint.js").Job}} message
 * @returns {[ImageBitmap|null, Transferable[]]}
 */
function draw({ key, job }) {
  const data = tiles.get(key);
  if (!data || data.count === 0) return [null, []];
  const canvas = new OffscreenCanvas(job.pixels, job.pixels);
  const context = canvas.getContext("2d");
  if (!context) return [null, []];
  paint(context, data, job);
  const bitmap = canvas.transferToImageBitmap();
  return [bitmap, [bitmap]];
}

/**
 * @param {{key: string}} message
 * @returns {[null, Transferable[]]}
 */
function forget({ key }) {
  tiles.delete(key);
  return [null, []];
}

/** @type {Record<string, (message: any) => [any, Transferable[]]>} */
const tasks = { read, draw, forget };

addEventListener("message", ({ data }) => {
  try {
    const [answer, transfer] = tasks[data.task](data);
    /** @type {any} */ (globalThis).postMessage({ answer }, transfer);
  } catch (error) {
    /** @type {any} */ (globalThis).postMessage({ fault: String(error) });
  }
});
