// A question of siting as a value: as the address and the service write it, and as a sentence was read.

/** @typedef {Record<string, number>} Numbers */

/**
 * @typedef {object} Question
 * @property {string} q the sentence; empty: none
 * @property {string[]} industries ids or words
 * @property {string} area number with unit, such as 50公顷
 * @property {string[]} level
 * @property {string[]} districts
 * @property {string[]} avoid_districts
 * @property {string[]} in_elements
 * @property {string[]} avoid_elements
 * @property {any} within a GeoJSON polygon, or null
 * @property {Numbers} max_km
 * @property {Numbers} min_km
 * @property {string[]} exclude_layers
 * @property {string} preset
 * @property {Numbers} weights
 * @property {string[]} emphasis
 * @property {string} layer
 * @property {string} limit
 */

/** @typedef {Exclude<keyof Question, "q">} Field */
/** @typedef {"names"|"list"|"text"|"numbers"|"geometry"} Kind */

/** @type {Record<Field, Kind>} in the order of addresses */
const KINDS = {
  industries: "names",
  area: "text",
  level: "list",
  districts: "list",
  avoid_districts: "list",
  in_elements: "list",
  avoid_elements: "list",
  within: "geometry",
  max_km: "numbers",
  min_km: "numbers",
  exclude_layers: "list",
  preset: "text",
  weights: "numbers",
  emphasis: "list",
  layer: "text",
  limit: "text",
};

export const FIELDS = /** @type {Field[]} */ (Object.keys(KINDS));

export const GATEWAYS = ["port", "airport", "rail", "metro"];

/** What a sentence can say; the rest of a question outlasts it. */
const SAID = FIELDS.filter((field) => !["within", "exclude_layers", "weights", "layer"].includes(field));

/** Names of a reading's fields that are called otherwise in a question. */
const READ_AS = new Map([
  ["levels", "level"],
  ["area_ha", "area"],
]);

/** @returns {Question} */
export function blank() {
  return {
    q: "", industries: [], area: "", level: [], districts: [], avoid_districts: [], in_elements: [], avoid_elements: [],
    within: null, max_km: {}, min_km: {}, exclude_layers: [], preset: "", weights: {}, emphasis: [], layer: "", limit: "",
  };
}

/** @param {any} value */
export function isBlank(value) {
  return value === null || value === "" || (typeof value === "object" && value.type === undefined && Object.keys(value).length === 0);
}

/**
 * Whether it names what is to be sited.
 * @param {Question} question
 */
export function canBeAsked(question) {
  return question.q !== "" || question.industries.length > 0;
}

/**
 * @param {Field} field
 * @param {any} value
 */
function textOf(field, value) {
  const kind = KINDS[field];
  if (kind === "names" || kind === "list") return value.join();
  if (kind === "numbers") return Object.entries(value).map(([name, number]) => `${name}:${number}`).join();
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
  if (kind === "names" || kind === "list") return text.split(kind === "names" ? /[,，]/ : /[,，、]/).map((one) => one.trim()).filter(Boolean);
  if (kind === "text") return text.trim();
  if (kind === "numbers") return numbersOf(text);
  try {
    const shape = JSON.parse(text);
    return ["Polygon", "MultiPolygon"].includes(shape?.type) && Array.isArray(shape.coordinates) ? shape : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} text */
function numbersOf(text) {
  const pairs = text.split(",").filter(Boolean).map((part) => part.split(":"));
  if (pairs.some((pair) => pair.length !== 2 || !pair[0] || pair[1].trim() === "" || !Number.isFinite(Number(pair[1])))) return undefined;
  return Object.fromEntries(pairs.map(([name, number]) => [name.trim(), Number(number)]));
}

/**
 * The fields as name and text. What a sentence says anyway is left out; where it says what no longer counts, it is the
 * sentence that is left out.
 * @param {Question} question
 * @param {Partial<Question>|null} said what the sentence says, once that is known
 * @returns {[string, string][]}
 */
export function pairs(question, said = null) {
  const given = FIELDS.filter((field) => !isBlank(question[field]));
  const dropped = said !== null && SAID.some((field) => isBlank(question[field]) && said[field] !== undefined && !isBlank(said[field]));
  const withSentence = question.q !== "" && !dropped;
  const own = withSentence && said ? given.filter((field) => !same(question[field], said[field])) : given;
  /** @type {[string, string][]} */
  const found = own.map((field) => [field, textOf(field, question[field])]);
  return withSentence ? [["q", question.q], ...found] : found;
}

/**
 * @param {any} one
 * @param {any} other
 */
function same(one, other) {
  const plain = (/** @type {any} */ value) => JSON.stringify(value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value).sort() : value);
  return other !== undefined && plain(one) === plain(other);
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
 * What a sentence says, as fields of a question.
 * @param {any} request the request of an answer, as understood
 * @param {boolean} ownIndustries whether the industries are those of the sentence
 * @returns {Partial<Question>}
 */
export function saidBy(request, ownIndustries) {
  /** @type {any} */
  const said = {};
  for (const { field, value } of request.reading.spans) {
    const name = READ_AS.get(field) ?? field;
    if (name === "max_km" || name === "min_km") said[name] = { ...said[name], [value[0]]: stricter(name, said[name]?.[value[0]], value[1]) };
    else if (name === "area") said.area = `${value}公顷`;
    else if (name === "limit" || name === "preset") said[name] = String(value);
    else if (name !== "industries") said[name] = [...new Set([...(said[name] ?? []), ...value])];
  }
  if (ownIndustries) said.industries = request.industries.map((/** @type {any} */ one) => one.words);
  else said.industries = request.reading.spans.filter((/** @type {any} */ one) => one.field === "industries").map((/** @type {any} */ one) => one.text);
  return said;
}

/**
 * Of two distances to one gateway the stricter counts.
 * @param {string} field
 * @param {number|undefined} before
 * @param {number} now
 */
function stricter(field, before, now) {
  if (before === undefined) return now;
  return field === "max_km" ? Math.min(before, now) : Math.max(before, now);
}

/**
 * The question with what its sentence says put in where nothing else is given.
 * @param {Question} question
 * @param {Partial<Question>} said
 * @returns {Question}
 */
export function completed(question, said) {
  const own = Object.fromEntries(Object.entries(question).filter(([, value]) => !isBlank(value)));
  return { ...question, ...said, ...own };
}

/**
 * Take what a part of the sentence said out of the question.
 * @param {Question} question
 * @param {{field: string, value: any, text: string}} span
 * @returns {Question}
 */
export function without(question, { field, value, text }) {
  const name = /** @type {Field} */ (READ_AS.get(field) ?? field);
  const kind = KINDS[name];
  if (name === "industries") return { ...question, industries: question.industries.filter((one) => one !== text && !value.includes(one)) };
  if (kind === "numbers") return { ...question, [name]: Object.fromEntries(Object.entries(/** @type {Numbers} */ (question[name])).filter(([gateway]) => gateway !== value[0])) };
  if (kind === "list") return { ...question, [name]: /** @type {string[]} */ (question[name]).filter((one) => !value.includes(one)) };
  return { ...question, [name]: "" };
}

/**
 * Whether what a part of the sentence said still counts.
 * @param {Question} question
 * @param {{field: string, value: any, text: string}} span
 */
export function counts(question, span) {
  const name = /** @type {Field} */ (READ_AS.get(span.field) ?? span.field);
  if (name === "area") return question.area === `${span.value}公顷`;
  if (name === "max_km" || name === "min_km") return question[name][span.value[0]] === span.value[1];
  if (KINDS[name] === "text") return question[name] === String(span.value);
  if (name === "industries") return question.industries.some((one) => one === span.text || span.value.includes(one));
  return span.value.every((/** @type {string} */ one) => /** @type {string[]} */ (question[name]).includes(one));
}

/**
 * The question with a constraint relaxed as an alternative of an answer says.
 * @param {Question} question
 * @param {string} constraint its id: the field, and what of it
 * @param {any} to the value to relax it to; null: drop it
 * @returns {Question}
 */
export function relaxed(question, constraint, to) {
  const [name, part] = /** @type {[Field, string|undefined]} */ (constraint.split(/\.(.*)/s, 2));
  if (name === "max_km" || name === "min_km") {
    const { [part ?? ""]: _, ...others } = question[name];
    return { ...question, [name]: to === null ? others : { ...others, [part ?? ""]: to } };
  }
  if (name === "area") return { ...question, area: to === null ? "" : `${to}公顷` };
  if (name === "exclude_layers") return { ...question, exclude_layers: question.exclude_layers.filter((one) => one !== part) };
  return { ...question, [name]: to ?? blank()[name] };
}

/**
 * A polygon with coordinates of a metre, so that it fits an address.
 * @param {any} shape
 */
export function coarse(shape) {
  return JSON.parse(JSON.stringify({ type: shape.type, coordinates: shape.coordinates }, (_, value) => (typeof value === "number" ? Math.round(value * 1e5) / 1e5 : value)));
}
