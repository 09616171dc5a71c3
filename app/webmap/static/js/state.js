// The address of the page: which layers are on, what is selected, where the map is.

/** @returns {URLSearchParams} */
export function query() {
  return new URLSearchParams(location.search);
}

/**
 * Change parts of the address without a new entry in the history. Null takes a part away.
 * @param {Record<string, string|null>} parts
 */
export function remember(parts) {
  const now = query();
  for (const [name, value] of Object.entries(parts)) {
    if (value === null) now.delete(name);
    else now.set(name, value);
  }
  history.replaceState(null, "", location.pathname + written(now));
  document.dispatchEvent(new CustomEvent("address"));
}

/**
 * The query as people write it, with its commas and slashes.
 * @param {URLSearchParams} parameters
 */
export function written(parameters) {
  const text = parameters.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  return text ? `?${text}` : "";
}

/**
 * The view in the address, as `lng,lat,zoom`.
 * @returns {{lng: number, lat: number, zoom: number}|null}
 */
export function viewInAddress() {
  const [lng, lat, zoom, ...more] = (query().get("view") ?? "").split(",").map((part) => (part ? Number(part) : NaN));
  const valid = more.length === 0 && Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return valid ? { lng, lat, zoom } : null;
}

/**
 * The selection in the address, as `layer/feature`.
 * @returns {{layer: string, feature: string}|null}
 */
export function selectionInAddress() {
  const text = query().get("select");
  if (!text) return null;
  const slash = text.indexOf("/");
  return slash < 0 ? { layer: text, feature: "" } : { layer: text.slice(0, slash), feature: text.slice(slash + 1) };
}
