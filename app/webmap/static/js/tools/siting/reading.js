// What a sentence was read as, held against the question: what of it counts, and what was taken out or relaxed.
import { KINDS, blank, isBlank } from "./question.js";

/** @typedef {import("./question.js").Question} Question */
/** @typedef {import("./question.js").Field} Field */
/** @typedef {import("./question.js").Numbers} Numbers */
/** @typedef {{field: string, value: any, text: string}} Span */

/** @type {Record<string, Field>} names of a reading's fields that are called otherwise in a question */
const RENAMED = { levels: "level", prefer_levels: "prefer_level", area_ha: "area", area_low_ha: "area", area_text: "area", floor_m2: "floor", floor_text: "floor" };

/**
 * @param {Span} span
 * @returns {Field|null} null: no field of a question
 */
export function fieldOf({ field }) {
  const name = RENAMED[field] ?? field;
  return name in KINDS ? /** @type {Field} */ (name) : null;
}

/**
 * Names with distances, of a span on distances.
 * @param {any} value a pair of name and kilometres, or several
 * @returns {[string, number|null][]}
 */
function distancesOf(value) {
  if (!Array.isArray(value)) return Object.entries(value ?? {});
  return Array.isArray(value[0]) ? value.map(([name, km = null]) => [name, km]) : [[value[0], value[1] ?? null]];
}

/** @param {any} value */
function valuesOf(value) {
  return Array.isArray(value) ? value : [value];
}

/**
 * What a sentence says, as fields of a question.
 * @param {any} request the request of an answer, as understood
 * @param {boolean} ownIndustries whether the industries are those of the sentence
 * @returns {Partial<Question>}
 */
export function readingOf(request, ownIndustries) {
  /** @type {any} */
  const read = {};
  for (const span of request.reading.spans) {
    const field = fieldOf(span);
    if (field === null || field === "industries") continue;
    const kind = KINDS[field];
    if (field === "area") read.area = request.area?.given ?? `${request.area?.ha ?? span.value}公顷`;
    else if (field === "floor") read.floor = request.floor?.given ?? `${request.floor?.m2 ?? span.value}平方米`;
    else if (kind === "text") read[field] = String(valuesOf(span.value)[0]);
    else if (kind === "numbers" || kind === "distances") read[field] = merged(field, read[field] ?? {}, distancesOf(span.value));
    else read[field] = [...new Set([...(read[field] ?? []), ...valuesOf(span.value)])];
  }
  if (ownIndustries) read.industries = request.industries.map((/** @type {any} */ industry) => industry.words);
  else read.industries = request.reading.spans.filter((/** @type {Span} */ span) => span.field === "industries").map(industryOf);
  return read;
}

/**
 * What names the industry of a span again: its id, since the words of a compound (新能源汽车电池回收) name none alone.
 * @param {Span} span
 * @returns {string}
 */
function industryOf(span) {
  const ids = valuesOf(span.value);
  return ids.length === 1 ? String(ids[0]) : span.text;
}

/**
 * Of two distances to one place the stricter counts.
 * @param {Field} field
 * @param {Record<string, number|null>} before
 * @param {[string, number|null][]} added
 */
function merged(field, before, added) {
  const found = { ...before };
  for (const [name, km] of added) {
    const known = found[name];
    if (known === undefined || known === null) found[name] = km;
    else if (km !== null) found[name] = field === "min_km" || field === "apart" ? Math.max(known, km) : Math.min(known, km);
  }
  return found;
}

/**
 * The question with what its sentence says put in where nothing else is given.
 * @param {Question} question
 * @param {Partial<Question>} reading
 * @returns {Question}
 */
export function completed(question, reading) {
  const own = Object.fromEntries(Object.entries(question).filter(([, value]) => !isBlank(value)));
  return { ...question, ...reading, ...own };
}

/**
 * Take what a part of the sentence said out of the question.
 * @param {Question} question
 * @param {Span} span
 * @returns {Question}
 */
export function without(question, span) {
  const field = fieldOf(span);
  if (field === null) return question;
  const kind = KINDS[field];
  if (kind === "numbers" || kind === "distances") {
    const names = distancesOf(span.value).map(([name]) => name);
    return { ...question, [field]: Object.fromEntries(Object.entries(/** @type {Numbers} */ (question[field])).filter(([name]) => !names.includes(name))) };
  }
  if (kind === "names" || kind === "list") {
    const values = [span.text, ...valuesOf(span.value)];
    return { ...question, [field]: /** @type {string[]} */ (question[field]).filter((value) => !values.includes(value)) };
  }
  return { ...question, [field]: blank()[field] };
}

/**
 * Whether what a part of the sentence said still counts.
 * @param {Question} question
 * @param {Span} span
 * @param {Partial<Question>|null} reading what the sentence says as a whole
 */
export function stillCounts(question, span, reading) {
  const field = fieldOf(span);
  if (field === null) return true;
  const kind = KINDS[field];
  if (kind === "text") return question[field] === reading?.[field];
  if (kind === "numbers" || kind === "distances") {
    const now = /** @type {Record<string, number|null>} */ (question[field]);
    return distancesOf(span.value).every(([name, km]) => name in now && (now[name] === km || now[name] === /** @type {any} */ (reading?.[field])?.[name]));
  }
  const values = /** @type {string[]} */ (question[field] ?? []);
  if (kind === "names") return values.some((value) => value === span.text || valuesOf(span.value).includes(value));
  return valuesOf(span.value).every((value) => values.includes(value));
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
  const kind = KINDS[name];
  if ((kind === "numbers" || kind === "distances") && part !== undefined) {
    const { [part]: _, ...others } = /** @type {Record<string, number|null>} */ (question[name]);
    return { ...question, [name]: to === null ? others : { ...others, [part]: to } };
  }
  if (name === "area") return { ...question, area: to === null ? "" : `${to}公顷` };
  if (kind === "list" && part !== undefined) return { ...question, [name]: /** @type {string[]} */ (question[name]).filter((value) => value !== part) };
  return { ...question, [name]: to ?? blank()[name] };
}
