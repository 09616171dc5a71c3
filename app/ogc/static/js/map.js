// The map of a page: draws what the page's data block holds or names, and goes together with the table of features.

/**
 * @typedef {object} Drawn a feature on the map
 * @property {any} feature
 * @property {any} layer
 * @property {any} look
 * @property {string} place where it lies, if it is a point
 */

const MANY = 300; // more shapes than this go on a canvas
const CLOSEST = 13;
const CLOSEST_ALONE = 10.5; // a feature by itself needs its surroundings
const NAME_WIDTH = 18; // pixels a letter, with room around
const data = JSON.parse(byId("map-data").textContent ?? "{}");

const map = L.map("map", {
  attributionControl: false,
  zoomControl: false,
  zoomSnap: 0.25,
  minZoom: 0,
  maxZoom: 19,
  preferCanvas: data.features.length > MANY || data.url !== null,
  worldCopyJump: false,
});
L.control.zoom({ zoomInTitle: data.texts.zoom_in, zoomOutTitle: data.texts.zoom_out }).addTo(map);
map.createPane("context").style.zIndex = "350";
map.createPane("names").style.zIndex = "355";
map.createPane("box").style.zIndex = "360";
map.setView([39.05, 117.6], 8);

/** @type {Map<string, Drawn>} by feature id */
const drawn = new Map();
/** @type {Map<string, HTMLElement>} by feature id */
const rows = new Map();
let foremost = "";
/** @type {Set<string>} ids of what is chosen */
let chosen = new Set();

for (const row of document.querySelectorAll("[data-feature]")) {
  if (row instanceof HTMLElement) rows.set(row.dataset.feature ?? "", row);
}

void start();

async function start() {
  if (data.box) drawBox(data.box);
  try {
    draw(data.url ? (await fetched(data.url)) : data.features);
  } catch {
    const fault = byId("map-fault");
    fault.textContent = data.texts.map_failed;
    fault.hidden = false;
  }
  listen();
  document.documentElement.dataset.map = "ready";
  if (data.context) await drawContext();
}

/** @param {string} url */
async function fetched(url) {
  const answer = await fetch(url, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const body = await answer.json();
  return body.type === "Feature" ? [body] : body.features;
}

/** @param {any[]} features */
function draw(features) {
  const placed = features.filter((feature) => feature.geometry);
  // The small lie over the large.
  const sized = placed.map((feature) => ({ feature, layer: shape(feature) })).map((one) => ({ ...one, size: size(one.layer) }));
  sized.sort((a, b) => b.size - a.size);
  const all = L.featureGroup();
  for (const { feature, layer } of sized) {
    const id = String(feature.id);
    const [lng, lat] = feature.geometry.type === "Point" ? feature.geometry.coordinates : [];
    drawn.set(id, { feature, layer, look: look(feature.properties), place: lng === undefined ? id : `${lng},${lat}` });
    layer.bindTooltip(() => text(name(feature, data.label)), { sticky: true });
    layer.on("mouseover", () => near(id, true));
    layer.on("mouseout", () => near(id, false));
    layer.on("click", () => choose(id, "map"));
    all.addLayer(layer);
  }
  all.addTo(map);
  const bounds = all.getBounds();
  const [padding, maxZoom] = placed.length > 1 ? [[18, 18], CLOSEST] : [[90, 90], CLOSEST_ALONE];
  if (bounds.isValid()) map.fitBounds(bounds, { padding, maxZoom, animate: false });
}

/** @param {any} feature */
function shape(feature) {
  const style = look(feature.properties);
  return L.geoJSON(feature, { style, pointToLayer: (/** @type {any} */ _, /** @type {any} */ at) => L.circleMarker(at, style) });
}

/** @param {any} layer */
function size(layer) {
  const bounds = layer.getBounds();
  if (!bounds.isValid()) return 0;
  return (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth());
}

/** @param {Record<string, any>} properties */
function look(properties) {
  const { by, classes, color: other, fill_opacity: fillOpacity, weight, radius, dashed } = data.style;
  const color = (by && Object.hasOwn(classes, String(properties[by])) && classes[String(properties[by])]) || other;
  if (data.geometry === "point") return { color: "#ffffff", weight: 1.5, fillColor: color, fillOpacity: Math.max(fillOpacity, 0.7), radius, dashArray: null };
  const status = properties.geometry_status ?? data.status;
  const dashes = dashed || status === "indicative" || status === "derived";
  return { color, weight: Math.max(weight, 1), fillColor: color, fillOpacity, dashArray: dashes ? "6 4" : null };
}

/**
 * A district bears its name at zoom levels where it is wider than the name.
 * @param {any} layer
 */
function nameWhereThereIsRoom(layer) {
  const words = name(layer.feature, data.context.label);
  const tooltip = L.tooltip({ permanent: true, direction: "center", className: "context-name", pane: "names", interactive: false });
  tooltip.setContent(text(words)).setLatLng(layer.getCenter());
  const update = () => {
    const bounds = layer.getBounds();
    const width = map.latLngToLayerPoint(bounds.getNorthEast()).x - map.latLngToLayerPoint(bounds.getSouthWest()).x;
    if (width > NAME_WIDTH * words.length) tooltip.addTo(map);
    else tooltip.remove();
  };
  map.on("zoomend", update);
  update();
}

/**
 * @param {any} feature
 * @param {string[]} fields the best first
 */
function name(feature, fields) {
  const found = fields.map((/** @type {string} */ field) => feature.properties[field]).find((/** @type {any} */ value) => value);
  return String(found ?? feature.id);
}

/**
 * Leaflet takes texts for HTML; an element with a text node is taken as it is.
 * @param {string} words
 */
function text(words) {
  const element = document.createElement("span");
  element.textContent = words;
  return element;
}

/**
 * @param {string} id
 * @param {boolean} on
 */
function near(id, on) {
  rows.get(id)?.classList.toggle("near", on);
  if (!chosen.has(id)) paint(id, on ? { color: "#0b2545", weight: 3.5, dashArray: null } : {}, on);
}

/**
 * @param {string} id
 * @param {object} change
 * @param {boolean} front
 */
function paint(id, change, front) {
  const one = drawn.get(id);
  one?.layer.setStyle({ ...one.look, ...change });
  // Once only: parts of one feature put in front of each other again and again would lose the click.
  if (front && foremost !== id) one?.layer.bringToFront();
  if (front) foremost = id;
}

/**
 * Mark a feature and its row; with a point, all that lie at the same place.
 * @param {string} id
 * @param {"map"|"table"} where what was clicked
 */
function choose(id, where) {
  const before = chosen;
  const at = drawn.get(id)?.place;
  chosen = new Set(where === "map" ? [...drawn].filter(([, one]) => one.place === at).map(([key]) => key) : [id]);
  for (const old of before) {
    rows.get(old)?.classList.remove("chosen");
    paint(old, {}, false);
  }
  for (const one of chosen) {
    rows.get(one)?.classList.add("chosen");
    paint(one, { color: "#0b2545", weight: 5, dashArray: null }, true);
  }
  if (where === "map") reveal();
  else show(id);
}

/** Bring the uppermost chosen row into sight. */
function reveal() {
  const first = [...rows].find(([id]) => chosen.has(id));
  first?.[1].scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {string} id */
function show(id) {
  const bounds = drawn.get(id)?.layer.getBounds();
  if (!bounds?.isValid()) return;
  if (!map.getBounds().contains(bounds)) map.fitBounds(bounds, { padding: [40, 40], maxZoom: Math.min(CLOSEST, Math.max(map.getZoom(), 8)) });
}

function listen() {
  const table = document.getElementById("features");
  if (!table) return;
  /** @param {Event} event */
  const idOf = (event) => (event.target instanceof Element ? event.target.closest("[data-feature]")?.getAttribute("data-feature") : null);
  for (const [kind, on] of /** @type {[string, boolean][]} */ ([["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]])) {
    table.addEventListener(kind, (event) => {
      const id = idOf(event);
      if (typeof id === "string") near(id, on);
    });
  }
  table.addEventListener("click", (event) => {
    const id = idOf(event);
    if (typeof id === "string" && !(event.target instanceof Element && event.target.closest("a"))) choose(id, "table");
  });
}

/** @param {[number, number, number, number]} box */
function drawBox([west, south, east, north]) {
  const right = west > east ? east + 360 : east; // across the antimeridian
  const corners = L.latLngBounds([south, west], [north, right]);
  L.rectangle(corners, { pane: "box", color: "#4a5768", weight: 1.2, dashArray: "4 4", fill: false, interactive: false }).addTo(map);
  map.fitBounds(corners, { padding: [14, 14], animate: false });
}

async function drawContext() {
  try {
    const style = { pane: "context", color: "#9aa7b8", weight: 1, fill: true, fillColor: "#ffffff", fillOpacity: 1, interactive: false };
    const districts = L.geoJSON(await fetched(data.context.url), { style, interactive: false, renderer: L.svg({ pane: "context" }) }).addTo(map);
    districts.eachLayer((/** @type {any} */ layer) => nameWhereThereIsRoom(layer));
  } catch {
    // The districts only help to find one's way.
  }
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}
