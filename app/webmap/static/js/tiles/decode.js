// Mapbox Vector Tiles (version 2.1) as flat arrays: no object a vertex, so that many thousands cost little to send and to search.
import { PbfReader } from "../../../assets/pbf/index.js";

/**
 * A layer of a tile. Feature i has the rings (lines, points) from `rings[i]` to `rings[i + 1]`; ring r has the vertices
 * from `starts[r]` to `starts[r + 1]`; vertex v is at `xy[2 * v]`, `xy[2 * v + 1]` in units of the tile.
 * @typedef {object} Decoded
 * @property {number} extent units along the side of the tile
 * @property {number} count
 * @property {(number|null)[]} ids
 * @property {Uint32Array} rings
 * @property {Uint32Array} starts
 * @property {Int16Array} xy
 * @property {Int16Array} boxes least x and y, greatest x and y of each feature
 * @property {Uint32Array} order features, the largest first: the small lie over the large
 * @property {string[]} keys
 * @property {(string|number|boolean|null)[]} values
 * @property {Uint32Array} tags pairs of places in keys and values
 * @property {Uint32Array} tagged feature i has the tags from `tagged[i]` to `tagged[i + 1]`
 */

const [MOVE_TO, LINE_TO] = [1, 2];

/** Plain arrays that grow while a tile is read. */
class Draft {
  constructor() {
    this.extent = 4096;
    this.name = "";
    /** @type {(number|null)[]} */
    this.ids = [];
    this.rings = [0];
    this.starts = [0];
    /** @type {number[]} */
    this.xy = [];
    /** @type {number[]} */
    this.boxes = [];
    /** @type {number[]} */
    this.tags = [];
    this.tagged = [0];
    /** @type {string[]} */
    this.keys = [];
    /** @type {(string|number|boolean|null)[]} */
    this.values = [];
  }
}

/**
 * @param {ArrayBuffer} buffer
 * @param {string} name of the layer in the tile
 * @returns {Decoded}
 */
export function decode(buffer, name) {
  /** @type {Draft[]} */
  const drafts = [];
  new PbfReader(new Uint8Array(buffer)).readFields((tag, found, pbf) => {
    if (tag === 3) found.push(pbf.readMessage(readLayer, new Draft()));
  }, drafts);
  return finished(drafts.find((draft) => draft.name === name) ?? new Draft());
}

/**
 * @param {number} tag
 * @param {Draft} draft
 * @param {PbfReader} pbf
 */
function readLayer(tag, draft, pbf) {
  if (tag === 1) draft.name = pbf.readString();
  else if (tag === 2) readFeature(draft, pbf);
  else if (tag === 3) draft.keys.push(pbf.readString());
  else if (tag === 4) draft.values.push(readValue(pbf));
  else if (tag === 5) draft.extent = pbf.readVarint();
}

/** @param {PbfReader} pbf */
function readValue(pbf) {
  const end = pbf.readVarint() + pbf.pos;
  /** @type {string|number|boolean|null} */
  let value = null;
  let tag;
  while ((tag = pbf.nextField(end))) {
    if (tag === 1) value = pbf.readString();
    else if (tag === 2) value = pbf.readFloat();
    else if (tag === 3) value = pbf.readDouble();
    else if (tag === 4) value = pbf.readVarint(true);
    else if (tag === 5) value = pbf.readVarint();
    else if (tag === 6) value = pbf.readSVarint();
    else if (tag === 7) value = pbf.readBoolean();
  }
  return value;
}

/**
 * @param {Draft} draft
 * @param {PbfReader} pbf
 */
function readFeature(draft, pbf) {
  const end = pbf.readVarint() + pbf.pos;
  /** @type {number|null} */
  let id = null;
  let tag;
  while ((tag = pbf.nextField(end))) {
    if (tag === 1) id = pbf.readVarint();
    else if (tag === 2) pbf.readPackedVarint(draft.tags);
    else if (tag === 4) readGeometry(draft, pbf);
  }
  draft.ids.push(id);
  draft.tagged.push(draft.tags.length);
  draft.rings.push(draft.starts.length - 1);
}

/**
 * Commands and zigzag offsets (specification, 4.3). A ring is closed by its kind, so ClosePath adds nothing.
 * @param {Draft} draft
 * @param {PbfReader} pbf
 */
function readGeometry(draft, pbf) {
  const end = pbf.readVarint() + pbf.pos;
  const { xy, starts, boxes } = draft;
  let [x, y] = [0, 0];
  let [west, north, east, south] = [32767, 32767, -32768, -32768];
  const first = starts[starts.length - 1];
  while (pbf.pos < end) {
    const head = pbf.readVarint();
    const command = head & 7;
    if (command !== MOVE_TO && command !== LINE_TO) continue;
    for (let left = head >> 3; left > 0; left--) {
      x += pbf.readSVarint();
      y += pbf.readSVarint();
      if (command === MOVE_TO && xy.length / 2 > first && starts[starts.length - 1] !== xy.length / 2) starts.push(xy.length / 2);
      xy.push(x, y);
      west = Math.min(west, x);
      north = Math.min(north, y);
      east = Math.max(east, x);
      south = Math.max(south, y);
    }
  }
  starts.push(xy.length / 2);
  boxes.push(west, north, east, south);
}

/**
 * @param {Draft} draft
 * @returns {Decoded}
 */
function finished(draft) {
  const count = draft.ids.length;
  const boxes = Int16Array.from(draft.boxes);
  /** @param {number} i */
  const size = (i) => (boxes[4 * i + 2] - boxes[4 * i]) * (boxes[4 * i + 3] - boxes[4 * i + 1]);
  const sizes = Float64Array.from({ length: count }, (_, i) => size(i));
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => sizes[b] - sizes[a] || a - b);
  return {
    extent: draft.extent,
    count,
    ids: draft.ids,
    rings: Uint32Array.from(draft.rings),
    starts: Uint32Array.from(draft.starts),
    xy: Int16Array.from(draft.xy),
    boxes,
    order,
    keys: draft.keys,
    values: draft.values,
    tags: Uint32Array.from(draft.tags),
    tagged: Uint32Array.from(draft.tagged),
  };
}
