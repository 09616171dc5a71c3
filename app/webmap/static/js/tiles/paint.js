// Draws the features of a tile on a canvas, as Leaflet draws paths.
import { bandStyle, classIn, DASHES, emphasised, pathStyle } from "../look.js";
import { idOf, properties } from "./attributes.js";

/** @typedef {import("./decode.js").Decoded} Decoded */
/** @typedef {import("../look.js").Look} Look */
/** @typedef {CanvasRenderingContext2D|OffscreenCanvasRenderingContext2D} Context */

/**
 * What to draw, and how.
 * @typedef {object} Job
 * @property {import("../config.js").Definition} definition
 * @property {(string|null)[]} hidden values of the classes that are switched off
 * @property {boolean} dark whether the land is
 * @property {string[]|null} lit ids of the features that are lit; null: none stands back
 * @property {number} pixels side of the canvas
 * @property {number} ratio pixels of the canvas to one of the style
 * @property {number} x left edge of what the canvas shows, as a part of the tile
 * @property {number} y upper edge
 * @property {number} span side of what the canvas shows, as a part of the tile: below 1 where the zoom has no tiles of its own
 */

/** Dashes and bands on what is hardly longer than they are noise, and slow. */
const DASHED_FROM = 24;

/** What is smaller is a dot. Pixels of the canvas. */
const DOT = 1.5;

/**
 * @param {Context} context
 * @param {Decoded} data
 * @param {Job} job
 */
export function paint(context, data, job) {
  for (const _ of strokes(context, data, job)) continue;
}

/**
 * The same, to be gone on with after each feature.
 * @param {Context} context
 * @param {Decoded} data
 * @param {Job} job
 * @returns {Generator<void>}
 */
export function* strokes(context, data, job) {
  const scale = job.pixels / (data.extent * job.span);
  const [left, top] = [job.x * data.extent, job.y * data.extent];
  const brush = new Brush(context, data, scale, left, top, job.definition.geometry === "polygon");
  // A line, a band or a point reaches over the outline by so much, and so into the next canvas.
  const margin = (job.definition.style.weight + job.definition.style.radius + 8) * job.ratio;
  const hidden = new Set(job.hidden);
  const lit = job.lit && new Set(job.lit);
  const looks = lookup(job.definition, job.dark);
  context.lineJoin = "round";
  context.lineCap = "round";
  for (const i of data.order) {
    if (!brush.isNear(i, job.pixels, margin)) continue;
    const { value, parts } = looks(properties(data, i));
    if (hidden.has(value)) continue;
    const isLit = lit === null || lit.has(idOf(data, i));
    for (const look of brush.isSmall(i, DASHED_FROM * job.ratio) ? parts.slice(-1) : parts) {
      const { weight, alpha } = lit === null ? { weight: look.weight, alpha: 1 } : emphasised(look, isLit);
      brush.draw(i, look, weight * job.ratio, alpha, job.ratio);
    }
    yield;
  }
}

/**
 * The looks of features by their class and status: few, for many features.
 * @param {import("../config.js").Definition} definition
 * @param {boolean} dark
 */
function lookup(definition, dark) {
  /** @type {Map<string, {value: string|null, parts: Look[]}>} */
  const known = new Map();
  /** @param {Record<string, any>} attributes */
  return (attributes) => {
    const value = classIn(definition, attributes)?.value ?? null;
    const key = `${value}|${attributes.geometry_status}`;
    let found = known.get(key);
    if (!found) {
      const band = bandStyle(definition, attributes, dark);
      found = { value, parts: [...(band ? [band] : []), pathStyle(definition, attributes, dark)] };
      known.set(key, found);
    }
    return found;
  };
}

class Brush {
  /**
   * @param {Context} context
   * @param {Decoded} data
   * @param {number} scale pixels to a unit of the tile
   * @param {number} left units
   * @param {number} top units
   * @param {boolean} closed whether the lines are rings
   */
  constructor(context, data, scale, left, top, closed) {
    this.context = context;
    this.data = data;
    this.scale = scale;
    this.left = left;
    this.top = top;
    this.closed = closed;
  }

  /**
   * Whether a feature reaches into the canvas.
   * @param {number} i
   * @param {number} pixels
   * @param {number} margin pixels
   */
  isNear(i, pixels, margin) {
    const { boxes } = this.data;
    const { left, top, scale } = this;
    const at = 4 * i;
    return (
      (boxes[at] - left) * scale <= pixels + margin &&
      (boxes[at + 2] - left) * scale >= -margin &&
      (boxes[at + 1] - top) * scale <= pixels + margin &&
      (boxes[at + 3] - top) * scale >= -margin
    );
  }

  /**
   * @param {number} i
   * @param {number} pixels
   */
  isSmall(i, pixels) {
    const { boxes } = this.data;
    return Math.max(boxes[4 * i + 2] - boxes[4 * i], boxes[4 * i + 3] - boxes[4 * i + 1]) * this.scale < pixels;
  }

  /**
   * @param {number} i
   * @param {Look} look
   * @param {number} weight pixels
   * @param {number} alpha
   * @param {number} ratio
   */
  draw(i, look, weight, alpha, ratio) {
    const { context, data, scale } = this;
    const at = 4 * i;
    context.beginPath();
    if (look.radius !== undefined) this.circles(i, look.radius * ratio);
    else if (this.isSmall(i, DOT)) context.rect((data.boxes[at] - this.left) * scale, (data.boxes[at + 1] - this.top) * scale, DOT, DOT);
    else this.rings(i, this.closed);
    if (look.fill) {
      context.globalAlpha = alpha * (look.fillOpacity ?? 0.2);
      context.fillStyle = look.fillColor ?? look.color;
      context.fill("evenodd");
    }
    context.globalAlpha = alpha * (look.opacity ?? 1);
    context.strokeStyle = look.color;
    context.lineWidth = weight;
    context.setLineDash(look.dashArray && !this.isSmall(i, DASHED_FROM * ratio) ? DASHES.map((length) => length * ratio) : []);
    if (weight > 0) context.stroke();
  }

  /**
   * @param {number} i
   * @param {boolean} closed
   */
  rings(i, closed) {
    const { context, data, scale, left, top } = this;
    for (let ring = data.rings[i]; ring < data.rings[i + 1]; ring++) {
      const [from, to] = [data.starts[ring], data.starts[ring + 1]];
      for (let vertex = from; vertex < to; vertex++) {
        const x = (data.xy[2 * vertex] - left) * scale;
        const y = (data.xy[2 * vertex + 1] - top) * scale;
        if (vertex === from) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      if (closed) context.closePath();
    }
  }

  /**
   * @param {number} i
   * @param {number} radius pixels
   */
  circles(i, radius) {
    const { context, data, scale, left, top } = this;
    const [from, to] = [data.starts[data.rings[i]], data.starts[data.rings[i + 1]]];
    for (let vertex = from; vertex < to; vertex++) {
      const x = (data.xy[2 * vertex] - left) * scale;
      const y = (data.xy[2 * vertex + 1] - top) * scale;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
}
