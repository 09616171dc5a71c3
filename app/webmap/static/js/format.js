// Values as people read them.
import { config, t } from "./config.js";

/** @typedef {import("./config.js").Definition} Definition */
/** @typedef {import("./config.js").Field} Field */
/** @typedef {{name: string, title: string, text: string, parts: string[], url: string|null, popup: boolean, tooltip: boolean}} Row */

const LOCALE = { zh: "zh-CN", en: "en-GB" };
const MU_PER_HA = 15; // 1 公顷 = 15 亩, 国务院关于在我国统一实行法定计量单位的命令 (1984)
const HA_PER_KM2 = 100;

/** @type {Map<number|undefined, Intl.NumberFormat>} to make one takes longer than to use it a hundred times */
const formats = new Map();

/** @param {any} value */
export function isEmpty(value) {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/**
 * @param {number} value
 * @param {number} [decimals] absent: as many as the number has
 */
export function number(value, decimals) {
  let format = formats.get(decimals);
  if (!format) {
    const digits = decimals === undefined ? { maximumFractionDigits: 6 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    format = new Intl.NumberFormat(LOCALE[config.language], digits);
    formats.set(decimals, format);
  }
  return format.format(value);
}

/**
 * Several values as one text. Where a value itself holds the usual separator, a stronger one stands between them.
 * @param {any} value
 */
export function list(value) {
  const parts = (Array.isArray(value) ? value : [value]).map((one) => (one !== null && typeof one === "object" ? JSON.stringify(one) : String(one)));
  return parts.join(t(parts.some((part) => part.includes(t("list"))) ? "list_of_lists" : "list"));
}

/**
 * 公顷 first, then 亩 and km².
 * @param {number} ha
 * @param {number} [decimals]
 */
export function area(ha, decimals = 1) {
  return t("area", { ha: number(ha, decimals), mu: number(Math.round(ha * MU_PER_HA)), km2: number(ha / HA_PER_KM2, 2) });
}

/**
 * @param {Field} field
 * @param {any} value
 * @returns {string}
 */
function valueText(field, value) {
  if (field.choices) return list((Array.isArray(value) ? value : [value]).map((code) => field.choices?.[code] ?? code));
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "number") {
    if (field.name.endsWith("_ha")) return area(value, field.decimals);
    const text = field.type === "integer" && !field.unit ? String(value) : number(value, field.decimals);
    return field.unit ? `${text} ${field.unit}` : text;
  }
  return list(value);
}

/**
 * The value of a text that a record holds in both languages as {base}_zh and {base}_en; the other one where one is missing.
 * @param {Record<string, any>} record
 * @param {string} base
 */
export function inLanguage(record, base) {
  const [first, second] = config.language === "en" ? ["en", "zh"] : ["zh", "en"];
  return isEmpty(record[`${base}_${first}`]) ? record[`${base}_${second}`] : record[`${base}_${first}`];
}

/**
 * The fields of a feature that hold something, in the definition's order. Of a pair _zh and _en the one in the
 * language of the page stands, in the place of the Chinese one and shown where that is shown. What is there in English
 * only, a Chinese page leaves out. 亩 and km² go with 公顷.
 * @param {Definition} definition
 * @param {Record<string, any>} properties
 * @returns {Row[]}
 */
export function rows(definition, properties) {
  const byName = new Map(definition.fields.map((field) => [field.name, field]));
  /** @type {Row[]} */
  const found = [];
  for (const field of definition.fields) {
    const base = field.name.replace(/_(zh|en|mu|km2)$/, "");
    const pair = [byName.get(`${base}_zh`), byName.get(`${base}_en`)];
    let chosen = field;
    if (pair[0] && pair[1] && base !== field.name) {
      if (field !== pair[0]) continue;
      const [first, second] = config.language === "en" ? [pair[1], pair[0]] : [pair[0], pair[1]];
      chosen = isEmpty(properties[first.name]) ? second : first;
    } else if (pair[1] && config.language !== "en") continue;
    else if (/_(mu|km2)$/.test(field.name) && byName.has(`${base}_ha`)) continue;
    const value = properties[chosen.name];
    if (isEmpty(value)) continue;
    found.push({
      name: base,
      title: chosen.title,
      text: valueText(chosen, value),
      parts: Array.isArray(value) ? value.map((one) => valueText(chosen, one)) : [],
      url: chosen.type === "url" && /^https?:\/\//.test(value) ? value : null,
      popup: field.popup !== false,
      tooltip: Boolean(field.tooltip || (chosen !== field && chosen.tooltip)),
    });
  }
  return found;
}

/**
 * A feature's name, and its name in the other language where it has one.
 * @param {import("./layer.js").Item} item
 * @returns {{title: string, subtitle: string|null}}
 */
export function names(item) {
  const { properties, layer } = item;
  const label = layer.definition.label;
  const title = inLanguage(properties, "name") ?? (label && properties[label]) ?? item.id;
  const other = properties[config.language === "en" ? "name_zh" : "name_en"];
  return { title: String(title), subtitle: isEmpty(other) || other === title ? null : String(other) };
}
