// Attributes and ids of the features of a decoded tile.

/** @typedef {import("./decode.js").Decoded} Decoded */

/**
 * @param {Decoded} data
 * @param {number} i
 * @returns {Record<string, string|number|boolean|null>}
 */
export function properties({ keys, values, tags, tagged }, i) {
  /** @type {Record<string, string|number|boolean|null>} */
  const found = {};
  for (let at = tagged[i]; at < tagged[i + 1]; at += 2) found[keys[tags[at]]] = values[tags[at + 1]];
  return found;
}

/**
 * A feature's id: a number of its own, or else the attribute `id`, as ids of tiles cannot be text.
 * @param {Decoded} data
 * @param {number} i
 */
export function idOf(data, i) {
  return String(data.ids[i] ?? properties(data, i).id);
}
