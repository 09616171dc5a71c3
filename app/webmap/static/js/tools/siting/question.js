// A question of siting as a value, and as the address and the service write it.

/** @typedef {Record<string, number>} Numbers */
/** @typedef {Record<string, number|null>} Distances null: no limit, nearer is better */

/**
 * @typedef {object} Question
 * @property {string} q the sentence; empty: none
 * @property {string} ask what is asked: where, place, what or against; empty: where
 * @property {string} place id or name of the zone that `place` and `what` are about
 * @property {string[]} industries ids or words
 * @property {string[]} avoid_industries ids or words
 * @property {string} area number or range with unit, such as 50公顷 or 300-500亩
 * @property {string} floor floor area with unit, such as 200平方米
 * @property {string} premises kind of building that the floor area is of
 * @property {string[]} level
 * @property {string[]} prefer_level
 * @property {string[]} districts
 * @property {string[]} prefer_districts
 * @property {string[]} avoid_districts
 * @property {string[]} in_elements
 * @property {string[]} avoid_elements
 * @property {any} within a GeoJSON polygon, or null
 * @property {Numbers} max_km
 * @property {Numbers} min_km
 * @property {Distances} near
 * @property {Numbers} apart
 * @property {string[]} far_from gateways
 * @property {string[]} exclude_layers
 * @property {string} preset
 * @property {Numbers} weights
 * @property {string[]} emphasis
 * @property {string} needs `off`: gateways that the service's rule table gives an industry do not count
 * @property {string} areas `separate`: functional areas are candidates of their own
 * @property {string} tiers `all`: places that no document names are listed too
 * @property {string} layer
 * @property {string} limit
 */

/** @typedef {Exclude<keyof Question, "q">} Field */
/** @typedef {"names"|"list"|"text"|"numbers"|"distances"|"geometry"} Kind */

/** @type {Record<Field, Kind>} in the order of addresses */
export const KINDS = {
  ask: "text",
  place: "text",
  industries: "names",
  avoid_industries: "names",
  area: "text",
  floor: "text",
  premises: "text",
  level: "list",
  prefer_level: "list",
  districts: "list",
  prefer_districts: "list",
  avoid_districts: "list",
  in_elements: "list",
  avoid_elements: "list",
  within: "geometry",
  max_km: "numbers",
  min_km: "numbers",
  near: "distances",
  apart: "numbers",
  far_from: "list",
  exclude_layers: "list",
  preset: "text",
  weights: "numbers",
  emphasis: "list",
  needs: "text",
  areas: "text",
  tiers: "text",
  layer: "text",
  limit: "text",
};

export const FIELDS = /** @type {Field[]} */ (Object.keys(KINDS));

/** What no sentence can say: it outlasts the sentence. */
const UNSAYABLE = ["within", "exclude_layers", "weights", "layer", "needs", "areas", "tiers"];

const SAYABLE = FIELDS.filter((field) => !UNSAYABLE.includes(field));

/** @returns {Question} */
export function blank() {
  return {
    q: "", ask: "", place: "", industries: [], avoid_industries: [], area: "", floor: "", premises: "", level: [], prefer_level: [],
    districts: [], prefer_districts: [], avoid_districts: [], in_elements: [], avoid_elements: [], within: null, max_km: {}, min_km: {},
    near: {}, apart: {}, far_from: [], exclude_layers: [], preset: "", weights: {}, emphasis: [], needs: "", areas: "", tiers: "", layer: "", limit: "",
  };
}

/** @param {any} value */
export function isBlank(value) {
  return value === null || value === "" || (typeof value === "object" && value.type === undefined && Object.keys(value).length === 0);
}

/**
 * Whether its sentence still holds: nothing that it says has been taken out.
 * @param {Question} question
 * @param {Partial<Question>|null} reading what the sentence says, once that is known
 */
export function sentenceHolds(question, reading) {
  if (question.q === "") return false;
  return reading === null || !SAYABLE.some((field) => isBlank(question[field]) && reading[field] !== undefined && !isBlank(reading[field]));
}

/**
 * Whether it is about one place and does not say which.
 * @param {Question} question
 */
export function lacksPlace({ ask, place }) {
  return (ask === "place" || ask === "what") && place === "";
}

/**
 * Whether there is enough to ask the service.
 * @param {Question} question
 * @param {Partial<Question>|null} reading
 */
export function isComplete(question, reading) {
  if (lacksPlace(question)) return false;
  if (question.ask === "what") return true;
  return question.industries.length > 0 || sentenceHolds(question, reading);
}

/**
 * @param {Field} field
 * @param {any} value
 */
function textOf(field, value) {
  const kind = KINDS[field];
  if (kind === "names" || kind === "list") return value.join();
  if (kind === "numbers" || kind === "distances") return Object.entries(value).map(([name, number]) => (number === null ? name : `${name}:${number}`)).join();
  return kind === "geometry" ? JSON.stringify(value) : String(value);
}

/**
 * @param {Field} field
 * @param {string} text
 * @returns {any} undefined: it cannot be read
 */
function valueOf(field, text) {
  const kind = KINDS[field];
  // 、 stands in names of industries too: the service tells them apart.
  if (kind === "names" || kind === "list") return text.split(kind === "names" ? /[,，]/ : /[,，、]/).map((name) => name.trim()).filter(Boolean);
  if (kind === "text") return text.trim();
  if (kind === "numbers" || kind === "distances") return numbersOf(text, kind === "distances");
  try {
    const shape = JSON.parse(text);
    return ["Polygon", "MultiPolygon"].includes(shape?.type) && Array.isArray(shape.coordinates) ? shape : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} text
 * @param {boolean} open whether a name may stand without a number
 */
function numbersOf(text, open) {
  const parts = text.split(",").filter(Boolean).map((part) => part.split(":"));
  const isGood = (/** @type {string[]} */ [name, number, ...more]) => {
    if (!name?.trim() || more.length) return false;
    return number === undefined ? open : number.trim() !== "" && Number.isFinite(Number(number));
  };
  if (!parts.every(isGood)) return undefined;
  return Object.fromEntries(parts.map(([name, number]) => [name.trim(), number === undefined ? null : Number(number)]));
}

/**
 * The fields as name and text. What a sentence says anyway is left out; where it says what no longer counts, it is the
 * sentence that is left out.
 * @param {Question} question
 * @param {Partial<Question>|null} reading what the sentence says, once that is known
 * @returns {[string, string][]}
 */
export function pairs(question, reading = null) {
  const given = FIELDS.filter((field) => !isBlank(question[field]));
  const withSentence = sentenceHolds(question, reading);
  const own = withSentence && reading ? given.filter((field) => !isSame(question[field], reading[field])) : given;
  /** @type {[string, string][]} */
  const found = own.map((field) => [field, textOf(field, question[field])]);
  return withSentence ? [["q", question.q], ...found] : found;
}

/**
 * @param {any} value
 * @param {any} other
 */
function isSame(value, other) {
  const plain = (/** @type {any} */ any) => JSON.stringify(any && typeof any === "object" && !Array.isArray(any) ? Object.entries(any).sort() : any);
  return other !== undefined && plain(value) === plain(other);
}

/**
 * As the part of an address; the address escapes what it has to.
 * @param {[string, string][]} fields
 */
export function written(fields) {
  return fields.map(([name, text]) => `${name}=${text.replace(/[%&+]/g, encodeURIComponent)}`).join("&");
}

/**
 * @param {string} text
 * @returns {{question: Question, unknown: string[]}} unknown: names of what cannot be read
 */
export function parsed(text) {
  const question = blank();
  const unknown = [];
  for (const part of text.split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    const name = part.slice(0, Math.max(at, 0));
    const value = at < 0 ? undefined : decoded(part.slice(at + 1));
    const read = value === undefined ? undefined : name === "q" ? value : name in KINDS ? valueOf(/** @type {Field} */ (name), value) : undefined;
    if (read === undefined) unknown.push(name || part);
    else Object.assign(question, { [name]: read });
  }
  return { question, unknown };
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/**
 * A polygon with coordinates of a metre, so that it fits an address.
 * @param {any} shape
 */
export function coarse(shape) {
  return JSON.parse(JSON.stringify({ type: shape.type, coordinates: shape.coordinates }, (_, value) => (typeof value === "number" ? Math.round(value * 1e5) / 1e5 : value)));
}
