// The parts of the address that belong to the map itself: layers, their order and look, the view and the selection.
import { config, t } from "./config.js";
import { clear, notify } from "./notices.js";
import { Malformed } from "./permalink.js";
import { COLLECTIONS } from "./record_panel.js";
import { parseSelection, parseView, query, shortened, viewInAddress } from "./state.js";

/** @typedef {import("./main.js").Workbench} Workbench */
/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */

/** @param {Workbench} workbench */
export function registerParts(workbench) {
  const { permalink } = workbench;
  permalink.register("layers", { get: () => shown(workbench).join(), set: (text) => show(workbench, text) });
  permalink.register("order", { get: () => workbench.order.unusual((layer) => workbench.isOn(layer))?.map(({ id }) => id).join() ?? null, set: (text) => arrange(workbench, text) });
  permalink.register("opacity", { get: () => opacities(workbench), set: (text) => setOpacities(workbench, text) });
  permalink.register("off", { get: () => classesOff(workbench), set: (text) => setClassesOff(workbench, text) });
}

/**
 * After the places of tools: a selection lies over them, and both leave the view less room.
 * @param {Workbench} workbench
 */
export function registerPlace(workbench) {
  const { permalink } = workbench;
  permalink.register("select", {
    get: () => {
      const item = workbench.selection?.item;
      const record = workbench.panel?.record;
      if (record) return `${record.collection}/${record.id}`;
      return item ? `${item.layer.id}/${item.id}` : null;
    },
    set: (text, isStale) => select(workbench, text, isStale),
  });
  permalink.register("view", { get: () => view(workbench), set: (text) => setView(workbench, text) });
}

/** @param {Workbench} workbench */
function shown(workbench) {
  return [...workbench.layers.values()].filter((layer) => workbench.isOn(layer)).map((layer) => layer.id);
}

/**
 * @param {Workbench} workbench
 * @param {string|null} text
 */
function show(workbench, text) {
  const usual = config.layers.filter((definition) => definition.visible).map(({ id }) => id);
  const asked = text === null ? usual : text.split(",").map((id) => id.trim()).filter(Boolean);
  for (const layer of workbench.layers.values()) workbench.switch(layer, asked.includes(layer.id));
  const unknown = asked.filter((id) => !workbench.layers.has(id));
  if (unknown.length) sayUnknown(unknown);
  else clear("unknown-layers");
}

/** @param {string[]} names */
export function sayUnknown(names) {
  notify("unknown-layers", t("unknown_layers", { names: names.slice(0, 5).map(shortened).join(t("list")) }));
}

/**
 * @param {Workbench} workbench
 * @param {string|null} text layers from the bottom up
 */
function arrange(workbench, text) {
  workbench.order.reset();
  const ids = (text ?? "").split(",").filter(Boolean);
  const layers = /** @type {RemoteLayer[]} */ (ids.map((id) => workbench.layers.get(id)).filter(Boolean));
  if (layers.length) workbench.order.set([...new Set(layers)]);
  workbench.layersChanged();
  if (layers.length < ids.length) throw new Malformed();
}

/** @param {Workbench} workbench */
function opacities(workbench) {
  const parts = [...workbench.layers.values()].filter(({ opacity }) => opacity < 1).map((layer) => `${layer.id}:${Math.round(layer.opacity * 100) / 100}`);
  return parts.join() || null;
}

/**
 * @param {Workbench} workbench
 * @param {string|null} text such as `parks:0.5,districts:0.2`
 */
function setOpacities(workbench, text) {
  const asked = pairs(text).map(([id, value]) => ({ id, value: value === "" ? NaN : Number(value) }));
  const good = new Map(asked.filter(({ id, value }) => workbench.layers.has(id) && value >= 0 && value <= 1).map(({ id, value }) => [id, value]));
  for (const layer of workbench.layers.values()) layer.opacity = good.get(layer.id) ?? 1;
  if (good.size < asked.length) throw new Malformed();
}

/** @param {Workbench} workbench */
function classesOff(workbench) {
  const parts = [...workbench.layers.values()].flatMap((layer) => [...layer.hiddenClasses].map((value) => `${layer.id}:${encodeURIComponent(value ?? "")}`));
  return parts.join() || null;
}

/**
 * @param {Workbench} workbench
 * @param {string|null} text such as `parks:national,parks:municipal`; nothing after the colon: what falls in no class
 */
function setClassesOff(workbench, text) {
  const asked = pairs(text);
  /** @type {Map<string, Set<string|null>>} */
  const byLayer = new Map();
  for (const [id, value] of asked) byLayer.set(id, (byLayer.get(id) ?? new Set()).add(value ? decoded(value) : null));
  for (const layer of workbench.layers.values()) layer.hiddenClasses = byLayer.get(layer.id) ?? new Set();
  if ([...byLayer.keys()].some((id) => !workbench.layers.has(id))) throw new Malformed();
}

/**
 * @param {string|null} text
 * @returns {[string, string][]}
 */
function pairs(text) {
  return (text ?? "")
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const colon = part.indexOf(":");
      return colon < 0 ? [part, ""] : [part.slice(0, colon), part.slice(colon + 1)];
    });
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Malformed();
  }
}

/** @param {Workbench} workbench */
function view({ map, asked }) {
  if (asked) return query().get("view");
  const { lng, lat } = map.getCenter();
  const said = viewInAddress();
  // The middle of the map lies on whole pixels: what the address says is kept where it is as near as that.
  if (said && said.zoom === map.getZoom() && map.latLngToContainerPoint(said).distanceTo(map.latLngToContainerPoint([lat, lng])) < 2) return query().get("view");
  return [lng.toFixed(5), lat.toFixed(5), map.getZoom()].join();
}

/**
 * @param {Workbench} workbench
 * @param {string|null} text
 */
function setView({ map, selection }, text) {
  const asked = parseView(text ?? "");
  if (asked) map.setView([asked.lat, asked.lng], asked.zoom, { animate: false });
  else if (text !== null || !selection?.item) {
    const [west, south, east, north] = config.home;
    map.fitBounds([[south, west], [north, east]], { animate: false });
    if (text !== null) throw new Malformed();
  }
}

/**
 * @param {Workbench} workbench
 * @param {string|null} text
 * @param {() => boolean} isStale
 */
async function select(workbench, text, isStale) {
  if (text === null) {
    workbench.panel?.close();
    workbench.deselect();
    return;
  }
  const { layer, feature } = parseSelection(text);
  if (COLLECTIONS.includes(layer) && feature && !workbench.layers.has(layer)) {
    workbench.openRecord({ collection: /** @type {import("./record_panel.js").Collection} */ (layer), id: feature });
    return;
  }
  const found = await workbench.showFeature(layer, feature, { zoom: workbench.permalink.text("view") === null, isStale });
  if (!found && !isStale() && workbench.layers.get(layer)?.state !== "failed") {
    workbench.deselect();
    throw new Malformed(t("unknown_feature", { name: shortened(text) }));
  }
}
