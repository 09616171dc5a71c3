// The place that somebody has gone to: a pin, and what it is called in every CRS.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { copyButton } from "./copy.js";
import { toGcj02 } from "./datum.js";
import { written } from "../../notation.js";

/** @typedef {import("../../geometry.js").Position} Position */

export class Mark {
  /**
   * @param {any} map
   * @param {() => void} removed
   */
  constructor(map, removed) {
    this.map = map;
    this.removed = removed;
    /** @type {Position|null} */
    this.at = null;
    this.marker = null;
  }

  /**
   * @param {Position} at
   * @param {import("./projection.js").Projection} projection
   * @param {{view: boolean, open: boolean}} how
   */
  set(at, projection, { view, open }) {
    this.clear();
    this.at = at;
    const place = L.latLng(at[1], at[0]);
    const icon = L.divIcon({ className: "goto-pin", html: el("span"), iconSize: [26, 26], iconAnchor: [13, 30], popupAnchor: [0, -26] });
    this.marker = L.marker(place, { icon, title: t("measure_mark"), alt: t("measure_mark") }).addTo(this.map);
    this.marker.bindPopup(el("div", { class: "goto-popup" }, readout(at, projection), el("button", { type: "button", class: "button", click: () => (this.clear(), this.removed()) }, t("measure_mark_remove"))), { minWidth: 240 });
    if (view) this.map.setView(place, Math.max(this.map.getZoom(), 14), { animate: false });
    if (open) this.marker.openPopup();
  }

  clear() {
    this.marker?.remove();
    this.marker = null;
    this.at = null;
  }
}

/**
 * A position in every notation, each to be copied.
 * @param {Position} at degrees
 * @param {import("./projection.js").Projection} projection
 */
export function readout(at, projection) {
  const metres = (/** @type {number} */ code) => {
    const [easting, northing] = projection.toPlane(code, at);
    return `${northing.toFixed(2)}, ${easting.toFixed(2)}`;
  };
  const gcj02 = toGcj02(at);
  const lines = [
    [t("measure_degrees"), written(at, "degrees").join(", ").replaceAll("°", "")],
    [t("measure_dms"), written(at, "dms").join(", ")],
    [t("measure_4548"), metres(4548)],
    [t("measure_4527"), metres(4527)],
    [t("measure_gcj02"), gcj02.map((value) => value.toFixed(6)).join(", ")],
  ];
  return el("div", {}, el("dl", { class: "readout" }, ...lines.map(([title, text]) => el("div", {}, el("dt", {}, title), el("dd", {}, el("span", { class: "readout-text" }, text), copyButton(() => text, title))))), el("p", { class: "hint" }, t("measure_gcj02_note")));
}
