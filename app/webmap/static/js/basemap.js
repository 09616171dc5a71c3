// Basemaps that the operator has configured; none is on until it is chosen.
import { config, t } from "./config.js";
import { byId, el } from "./dom.js";

/** @typedef {import("./config.js").Basemap} Basemap */

/** @param {any} map */
export function addBasemaps(map) {
  if (config.basemaps.length === 0) return;
  /** @type {any[]} */
  let shown = [];
  /** @param {Basemap|null} basemap */
  const choose = (basemap) => {
    for (const layer of shown) map.removeLayer(layer);
    shown = (basemap?.tiles ?? []).map((tiles) => tileLayer(basemap, tiles).addTo(map));
    credit(basemap);
    map.getContainer().classList.toggle("over-basemap", basemap !== null);
  };
  const choices = [null, ...config.basemaps].map((basemap) => choice(basemap, () => choose(basemap)));
  byId("layers").append(el("fieldset", { class: "basemaps" }, el("legend", {}, t("basemap")), ...choices));
}

/**
 * @param {Basemap|null} basemap
 * @param {() => void} choose
 */
function choice(basemap, choose) {
  const id = basemap?.id ?? "none";
  const radio = el("input", { type: "radio", name: "basemap", id: `basemap-${id}`, value: id, checked: basemap === null, change: choose });
  return el("div", { class: "basemap" }, radio, el("label", { for: radio.id }, t(`basemap_${id}`)));
}

/**
 * @param {any} basemap
 * @param {string} tiles
 */
function tileLayer(basemap, tiles) {
  return L.tileLayer(tiles, { subdomains: basemap.subdomains || "a", maxNativeZoom: basemap.max_zoom, maxZoom: 22, referrerPolicy: "strict-origin-when-cross-origin" });
}

/** @param {Basemap|null} basemap */
function credit(basemap) {
  const parts = basemap ? [el("a", { href: basemap.attribution_url, rel: "noopener" }, basemap.attribution)] : [];
  byId("credit").replaceChildren(...parts);
}
