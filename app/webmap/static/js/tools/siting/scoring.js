// The service's formula, over the values it has sent: weights, scores and ranks at once while a weight is being moved.

/** @typedef {Record<string, number>} Numbers */

/**
 * What may be weighed, as the service describes it.
 * @typedef {object} Options
 * @property {{name: string, group: string, title: any, basis: any, unit: any}[]} criteria
 * @property {{name: string, title: any}[]} groups
 * @property {{name: string, title: any, weights: Numbers, default: boolean}[]} presets
 * @property {{name: string, title: any}[]} gateways
 */

/** How many times as much what is called important weighs: the first named, and the others. */
const [FIRST, NEXT] = [3, 2];

const PLACES = 1e6;

/**
 * The weights that a question asks for, by group or criterion, before they are shared and made to add up.
 * @param {{preset: string, emphasis: string[], weights: Numbers}} question
 * @param {Options} options
 * @returns {Numbers}
 */
export function asked({ preset, emphasis, weights }, { presets, groups }) {
  const given = Object.keys(weights).length > 0;
  const chosen = presets.find((one) => (preset ? one.name === preset : one.default))?.weights ?? {};
  /** @type {Numbers} */
  const found = Object.fromEntries(groups.map(({ name }) => [name, !preset && given ? 0 : (chosen[name] ?? 0)]));
  emphasis.forEach((group, place) => (found[group] = (found[group] ?? 0) * (place === 0 ? FIRST : NEXT)));
  return { ...found, ...weights };
}

/**
 * The weight of each criterion: that of a group is shared among its criteria, one with a weight of its own keeps it.
 * @param {Numbers} raw by group or criterion
 * @param {Options["criteria"]} criteria
 * @param {Set<string>} idle criteria that the question does not need
 * @returns {Numbers} adding up to 1; all 0 where nothing weighs anything
 */
export function shared(raw, criteria, idle) {
  const isSingle = (/** @type {{name: string, group: string}} */ one) => one.name !== one.group && raw[one.name] !== undefined;
  /** @type {Numbers} */
  const found = {};
  for (const one of criteria) {
    const members = criteria.filter((other) => other.group === one.group && !isSingle(other)).length;
    found[one.name] = idle.has(one.name) ? 0 : isSingle(one) ? raw[one.name] : (raw[one.group] ?? 0) / members;
  }
  const total = Object.values(found).reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(Object.entries(found).map(([name, weight]) => [name, total > 0 ? weight / total : 0]));
}

/**
 * The criteria that the question of an answer does not need, whatever their weight.
 * @param {any} answer
 * @param {Numbers} raw the weights it was asked with
 * @returns {Set<string>}
 */
export function idleIn(answer, raw) {
  const whole = shared(raw, answer.criteria, new Set());
  return new Set(answer.criteria.filter((/** @type {any} */ one) => !one.used && whole[one.name] > 0).map((/** @type {any} */ one) => one.name));
}

/**
 * @typedef {object} Placed
 * @property {any} result as the service has sent it
 * @property {number} score
 * @property {number} rank
 * @property {boolean} tied
 */

/**
 * The results in the order that weights give them; equal scores share the better rank.
 * @param {any[]} results
 * @param {Numbers} weights adding up to 1
 * @returns {Placed[]|null} null: a criterion weighs that the results have no value for
 */
export function ranked(results, weights) {
  const weighing = Object.keys(weights).filter((name) => weights[name] > 0);
  const known = new Set(results[0]?.criteria.map((/** @type {any} */ one) => one.name));
  if (results.length && weighing.some((name) => !known.has(name))) return null;
  const placed = results.map((result) => ({ result, score: scoreOf(result, weights), rank: 0, tied: false }));
  placed.sort((one, other) => other.score - one.score);
  placed.forEach((one, place) => {
    const before = placed[place - 1];
    const level = before !== undefined && before.score === one.score;
    one.rank = level ? before.rank : place + 1;
    if (level) one.tied = before.tied = true;
  });
  return placed;
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
