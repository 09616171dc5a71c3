// The service's formula, over the values it has sent: scores and ranks at once while a weight is being moved.

/** @typedef {Record<string, number>} Numbers */

/** Tiers in the order in which an answer lists them. */
export const TIERS = ["itself", "surrounding", "related", "not_named"];

const PLACES = 1e6;

/**
 * Weights that add up to 1.
 * @param {Numbers} given
 * @returns {Numbers} all 0 where nothing weighs anything
 */
export function shared(given) {
  const total = Object.values(given).reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(Object.entries(given).map(([name, weight]) => [name, total > 0 ? weight / total : 0]));
}

/**
 * @typedef {object} Placed a place as it stands under certain weights
 * @property {any} result as the service has sent it
 * @property {number} score
 * @property {number|null} rank null: it is not ranked
 * @property {boolean} tied
 */

/**
 * Places as the service has put them.
 * @param {any[]} results
 * @returns {Placed[]}
 */
export function asSent(results) {
  return results.map((result) => ({ result, score: result.score, rank: result.rank ?? null, tied: Boolean(result.tied) }));
}

/**
 * Whether what is known of a place cannot decide a condition.
 * @param {any} result
 */
export function isUncertain(result) {
  return (result.possible ?? []).length > 0;
}

/**
 * The places in the order that weights give them. A tier stays before the next one, in a tier what is certain before what
 * is not, and where all the industries asked for are placed before where some are; ranks are given anew among the places
 * that have one; equal scores share the better rank.
 * @param {any[]} results
 * @param {Numbers} weights adding up to 1
 * @returns {Placed[]|null} null: a criterion weighs that the results have no value for
 */
export function reordered(results, weights) {
  const weighing = Object.keys(weights).filter((name) => weights[name] > 0);
  const known = new Set(results[0]?.criteria.map((/** @type {any} */ value) => value.name));
  if (results.length && weighing.some((name) => !known.has(name))) return null;
  const placed = asSent(results).map((place) => ({ ...place, score: scoreOf(place.result, weights), tied: false }));
  placed.sort((a, b) => classOf(a.result) - classOf(b.result) || b.score - a.score);
  const ranked = placed.filter(({ rank }) => rank !== null);
  const ranks = ranked.map(({ rank }) => Number(rank)).sort((a, b) => a - b);
  ranked.forEach((place, at) => {
    const before = ranked[at - 1];
    const isLevel = before !== undefined && before.score === place.score && classOf(before.result) === classOf(place.result);
    place.rank = isLevel ? before.rank : (ranks[0] ?? 1) + at;
    if (isLevel) place.tied = before.tied = true;
  });
  return placed;
}

/**
 * What comes before the score.
 * @param {any} result
 */
function classOf({ tier, possible = [], demands = [] }) {
  const unplaced = demands.filter((/** @type {any} */ demand) => demand.tier !== "itself").length;
  return (2 * TIERS.indexOf(tier) + Number(possible.length > 0)) * (demands.length + 1) + unplaced;
}

/**
 * @param {any} result
 * @param {Numbers} weights
 */
function scoreOf(result, weights) {
  let sum = 0;
  for (const { name, normalised } of result.criteria) sum += normalised * (weights[name] ?? 0);
  return Math.round(100 * sum * PLACES) / PLACES;
}
