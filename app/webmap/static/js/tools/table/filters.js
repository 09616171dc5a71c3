// What is typed above a column, as CQL2 text. Everything typed ends up within quotes or as a number.
import { t } from "../../config.js";

/** @typedef {import("./columns.js").Column} Column */

/** A filter that cannot be read, with what would be right. */
export class BadFilter extends Error {}

const NUMBER = String.raw`[+-]?\d+(?:\.\d+)?`;
const RANGE = new RegExp(`^(${NUMBER})\\s*(?:\\.\\.|~|～|至|到|—|-)\\s*(${NUMBER})$`);
const COMPARED = new RegExp(`^(>=|<=|<>|>|<|=)?\\s*(${NUMBER})$`);
const DAY = /^(>=|<=|>|<|=)?\s*(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/;

/** @param {string} text */
export function quoted(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * @param {Column} column
 * @param {string} typed
 * @returns {string|null} a condition; null where nothing is typed
 * @throws {BadFilter}
 */
export function condition(column, typed) {
  const text = typed.normalize("NFKC").trim();
  if (!text) return null;
  const name = `"${column.field.name}"`;
  switch (column.kind) {
    case "number":
      return numeric(name, text);
    case "date":
      return day(name, text);
    case "boolean":
      return `${name} = ${text === "true" ? "TRUE" : "FALSE"}`;
    case "choice":
      return column.field.type?.endsWith("[]") ? `A_CONTAINS(${name}, (${quoted(text)}))` : `${name} = ${quoted(text)}`;
    case "list":
      return `A_OVERLAPS(${name}, (${typed.trim().split(/[、,，;；]/).map((part) => part.trim()).filter(Boolean).map(quoted).join(", ")}))`;
    default:
      return contains([column.field.name, ...(column.other ? [column.other.name] : [])], typed.trim());
  }
}

/**
 * @param {string[]} names
 * @param {string} text
 */
function contains(names, text) {
  const pattern = quoted(`%${text.replace(/[\\%_]/g, (one) => `\\${one}`)}%`);
  return `(${names.map((name) => `CASEI("${name}") LIKE CASEI(${pattern})`).join(" OR ")})`;
}

/**
 * @param {string} name
 * @param {string} text
 */
function numeric(name, text) {
  const plain = text.replaceAll(/(?<=\d),(?=\d{3})/g, "").replace("≥", ">=").replace("≤", "<=").replace("≠", "<>");
  const range = RANGE.exec(plain);
  if (range) return `(${name} >= ${Number(range[1])} AND ${name} <= ${Number(range[2])})`;
  const compared = COMPARED.exec(plain);
  if (!compared) throw new BadFilter(t("table_bad_number"));
  return `${name} ${compared[1] ?? "="} ${Number(compared[2])}`;
}

/**
 * @param {string} name
 * @param {string} text a year, a month or a day, with or without a comparison
 */
function day(name, text) {
  const found = DAY.exec(text.replace("≥", ">=").replace("≤", "<="));
  if (!found) throw new BadFilter(t("table_bad_date"));
  const [, sign = "=", year, month, date] = found;
  const last = date ?? (month ? String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) : "31");
  const from = `DATE('${year}-${month ?? "01"}-${date ?? "01"}')`;
  const to = `DATE('${year}-${month ?? "12"}-${last}')`;
  if (sign === "=") return `(${name} >= ${from} AND ${name} <= ${to})`;
  return `${name} ${sign} ${sign === ">" || sign === "<=" ? to : from}`;
}
