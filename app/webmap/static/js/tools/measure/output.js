// Drawings as a file.

const SAVED_MS = 10000; // until the browser has certainly read what it saves
const DECIMALS = 7;

/**
 * @param {import("./drawings.js").Drawing[]} drawings
 * @param {(drawing: import("./drawings.js").Drawing) => string} title
 * @param {import("./geodesy.js").Meter} meter
 */
export function featureCollection(drawings, title, meter) {
  const features = drawings.map((drawing) => {
    const { area, perimeter, length } = meter.measure(drawing.geometry);
    const figures = { area_ha: rounded(area, 1e4, 4), perimeter_m: rounded(perimeter, 1, 2), length_m: rounded(length, 1, 2) };
    const known = Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== null));
    return { type: "Feature", geometry: { type: drawing.geometry.type, coordinates: short(drawing.geometry.coordinates) }, properties: { name: title(drawing), color: drawing.color, ...known } };
  });
  return { type: "FeatureCollection", features };
}

/**
 * @param {number|null} value
 * @param {number} unit
 * @param {number} decimals
 */
function rounded(value, unit, decimals) {
  return value === null ? null : Number((value / unit).toFixed(decimals));
}

/** @param {any} value @returns {any} */
function short(value) {
  return typeof value === "number" ? Number(value.toFixed(DECIMALS)) : value.map(short);
}

/**
 * @param {string} name
 * @param {string} text
 */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/geo+json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), SAVED_MS);
}
