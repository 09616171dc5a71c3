// The part of the address: `swipe:a,b/c,d/50` and `table:x,y`, joined by `_`; what is shown stands first.

/**
 * Two sides of the bar.
 * @typedef {object} Swiped
 * @property {string[]} left ids of layers
 * @property {string[]} right
 * @property {number} share of the width that is left of the bar, 0 to 1
 */

const MOST_ZONES = 4;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * @param {{swipe: Swiped|null, table: string[]|null}} state
 * @returns {string|null}
 */
export function written({ swipe, table }) {
  const parts = [];
  if (swipe) parts.push(`swipe:${swipe.left.join()}/${swipe.right.join()}/${Math.round(swipe.share * 100)}`);
  if (table) parts.push(`table:${table.join()}`);
  return parts.join("_") || null;
}

/**
 * @param {string} text
 * @returns {{mode: "swipe"|"table", swipe: Swiped|null, table: string[]|null}|null} null: it cannot be read
 */
export function parsed(text) {
  /** @type {Swiped|null} */
  let swipe = null;
  /** @type {string[]|null} */
  let table = null;
  for (const part of text.split("_")) {
    const [name, said, ...more] = part.split(":");
    if (said === undefined || more.length) return null;
    if (name === "swipe" && !swipe) swipe = sides(said);
    else if (name === "table" && !table) table = zones(said);
    else return null;
    if (!(name === "swipe" ? swipe : table)) return null;
  }
  return { mode: text.startsWith("swipe:") ? "swipe" : "table", swipe, table };
}

/**
 * @param {string} text
 * @returns {Swiped|null}
 */
function sides(text) {
  const [left, right, percent, ...more] = text.split("/");
  if (right === undefined || more.length || !/^\d{1,3}$/.test(percent ?? "50")) return null;
  const share = Number(percent ?? 50) / 100;
  const [a, b] = [left, right].map((side) => [...new Set(side.split(",").filter(Boolean))]);
  return share <= 1 && [...a, ...b].every((id) => ID.test(id)) ? { left: a, right: b, share } : null;
}

/**
 * @param {string} text
 * @returns {string[]|null}
 */
function zones(text) {
  const ids = [...new Set(text.split(",").filter(Boolean))];
  return ids.length <= MOST_ZONES && ids.every((id) => ID.test(id)) ? ids : null;
}
