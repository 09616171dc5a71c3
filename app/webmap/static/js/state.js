// The address of the page, as text: its query, and the parts of it that have a form of their own.
import { config } from "./config.js";

/**
 * What the address says. The page of a zone says by its path that the zone is selected.
 * @returns {URLSearchParams}
 */
export function query() {
  const said = new URLSearchParams(location.search);
  const { zone } = config;
  if (zone?.select && location.pathname === zone.path && !said.has("select")) said.set("select", zone.select);
  return said;
}

/**
 * The address that says this: the page of a zone as long as that is selected, else that of the map.
 * @param {URLSearchParams} parameters
 */
export function addressOf(parameters) {
  const { zone, root } = config;
  if (!zone) return location.pathname + written(parameters);
  if (parameters.get("select") !== zone.select) return `${root}/${written(parameters)}`;
  const rest = new URLSearchParams(parameters);
  rest.delete("select");
  return zone.path + written(rest);
}

/**
 * The query as people write it, with its commas, colons and slashes.
 * @param {URLSearchParams} parameters
 */
export function written(parameters) {
  const text = parameters.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}

/**
 * A view, written as `lng,lat,zoom`; null where it is none.
 * @param {string} text
 * @returns {{lng: number, lat: number, zoom: number}|null}
 */
export function parseView(text) {
  const [lng, lat, zoom, ...more] = text.split(",").map((part) => (part ? Number(part) : NaN));
  const valid = more.length === 0 && Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return valid ? { lng, lat, zoom } : null;
}

/** The view in the address, or null. */
export function viewInAddress() {
  return parseView(query().get("view") ?? "");
}

/**
 * A selection, written as `layer/feature`.
 * @param {string} text
 * @returns {{layer: string, feature: string}}
 */
export function parseSelection(text) {
  const slash = text.indexOf("/");
  return slash < 0 ? { layer: text, feature: "" } : { layer: text.slice(0, slash), feature: text.slice(slash + 1) };
}

/**
 * A text from outside, short enough for a message.
 * @param {string} text
 */
export function shortened(text) {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
