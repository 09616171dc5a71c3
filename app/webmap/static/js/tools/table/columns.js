// Columns of the attribute table, as the layer file orders them: of a pair of languages the page's own.
import { config } from "../../config.js";
import { isEmpty, number, rows } from "../../format.js";

/** @typedef {import("../../config.js").Definition} Definition */
/** @typedef {import("../../config.js").Field} Field */

/**
 * @typedef {object} Column
 * @property {string} name as `rows` names it
 * @property {Field} field what is sorted and filtered by
 * @property {Field|null} other the field of the other language, shown where the first is empty
 * @property {string} title with its unit
 * @property {"text"|"number"|"list"|"choice"|"boolean"|"date"} kind
 * @property {boolean} first whether the table begins with it
 * @property {number} width pixels
 */

/**
 * @param {Definition} definition
 * @returns {Column[]}
 */
export function columnsOf(definition) {
  const byName = new Map(definition.fields.map((field) => [field.name, field]));
  return definition.fields.flatMap((field) => {
    const base = field.name.replace(/_(zh|en)$/, "");
    const pair = base === field.name ? [] : [byName.get(`${base}_zh`), byName.get(`${base}_en`)];
    const [zh, en] = pair;
    if (zh && en) {
      if (field !== zh) return [];
      return [column(base, ...(config.language === "en" ? /** @type {[Field, Field]} */ ([en, zh]) : /** @type {[Field, Field]} */ ([zh, en])), zh)];
    }
    if (en && config.language !== "en") return [];
    return [column(base, field, null, field)];
  });
}

/**
 * @param {string} name
 * @param {Field} field
 * @param {Field|null} other
 * @param {Field} leading the field whose flags count
 * @returns {Column}
 */
function column(name, field, other, leading) {
  const kind = kindOf(field);
  const title = field.unit && !field.title.includes(field.unit) ? `${field.title} (${field.unit})` : field.title;
  const least = { text: 130, number: 110, list: 200, choice: 110, boolean: 90, date: 110 }[kind];
  const width = Math.min(320, Math.max(least, 28 + 15 * [...title].length, /name/.test(name) ? 190 : 0));
  return { name, field, other, title, kind, first: leading.table ?? leading.popup !== false, width };
}

/**
 * @param {Field} field
 * @returns {Column["kind"]}
 */
function kindOf(field) {
  if (field.choices) return "choice";
  const type = field.type ?? "string";
  if (type === "integer" || type === "number") return "number";
  if (type === "boolean") return "boolean";
  if (type === "date" || type === "datetime") return "date";
  return type.endsWith("[]") ? "list" : "text";
}

/**
 * The text of each cell, by the column's name.
 * @param {Definition} definition
 * @param {Column[]} columns
 * @param {Record<string, any>} properties
 * @returns {Map<string, string>}
 */
export function cells(definition, columns, properties) {
  const texts = new Map(rows(definition, properties).map((row) => [row.name, row.text]));
  for (const { name, field, kind } of columns) {
    const value = properties[field.name];
    // The unit stands in the head, and a column of numbers is compared by eye.
    if (kind === "number" && !isEmpty(value)) texts.set(name, field.type === "integer" && !field.unit ? String(value) : number(value, field.decimals));
  }
  return texts;
}
