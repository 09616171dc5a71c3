// Draws tiles on the page itself, a slice at a time, where workers cannot draw (Safari before 16.4).
import { strokes } from "./paint.js";

/** How long the page may be kept waiting at once, milliseconds. */
const SLICE = 8;

/** Whether tiles are drawn here, and not by the worker. */
export const DRAWN_HERE = typeof OffscreenCanvas === "undefined";

/**
 * @param {HTMLCanvasElement} element
 * @param {import("./decode.js").Decoded} data
 * @param {import("./paint.js").Job} job
 * @param {() => boolean} wanted asked before each slice, whether to go on
 */
export async function paintHere(element, data, job, wanted) {
  element.width = element.height = job.pixels;
  const context = element.getContext("2d");
  if (!context) return;
  let end = performance.now() + SLICE;
  for (const _ of strokes(context, data, job)) {
    if (performance.now() < end) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (!wanted()) return;
    end = performance.now() + SLICE;
  }
}
