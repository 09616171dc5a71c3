// The footer's readout: the place under the pointer, or the one that was clicked or tapped last, in degrees and metres.
import { copy } from "./clipboard.js";
import { t } from "./config.js";
import { byId, el, oncePerFrame } from "./dom.js";
import { keep, recalled } from "./kept.js";
import { loadModule, loadScript } from "./load.js";
import { written } from "./notation.js";

/** @typedef {import("./geometry.js").Position} Position */

const NOTATION_KEY = "yuantu.notation";
const SAID_MS = 1600;
const METRES = [4548, 4527];

export class Coordinates {
  /** @param {any} map */
  constructor(map) {
    this.map = map;
    /** @type {"degrees"|"dms"} */
    this.notation = recalled(NOTATION_KEY) === "dms" ? "dms" : "degrees";
    /** @type {Position|null} */
    this.pointer = null;
    /** @type {Position|null} */
    this.clicked = null;
    /** @type {import("./tools/measure/projection.js").Projection|null} */
    this.projection = null;
    /** @type {Promise<any[]>|null} */
    this.loading = null;
    this.fill();
    const update = oncePerFrame(() => this.update());
    /** @param {any} at @returns {Position} */
    const position = (at) => {
      const { lng, lat } = map.wrapLatLng(at);
      return [lng, lat];
    };
    map.on("mousemove click", (/** @type {any} */ event) => {
      this.pointer = position(event.latlng);
      if (event.type === "click") this.clicked = this.pointer;
      void this.load();
      update();
    });
    map.on("mouseout", () => {
      this.pointer = null;
      update();
    });
    this.update();
  }

  fill() {
    this.text = el("span", { class: "coordinates-text" });
    this.toggle = el("button", { type: "button", class: "coordinates-button", title: t("coordinates_notation"), click: () => this.turn() });
    this.copier = el("button", { type: "button", class: "coordinates-button", click: () => void this.copy() }, t("coordinates_copy"));
    byId("coordinates").replaceChildren(this.text, this.toggle, this.copier);
  }

  turn() {
    this.notation = this.notation === "dms" ? "degrees" : "dms";
    keep(NOTATION_KEY, this.notation);
    this.update();
  }

  /** The projection comes with the first movement of the pointer: it is not needed to open the page. */
  async load() {
    this.loading ??= Promise.all([loadModule("/static/js/tools/measure/projection.js"), loadScript("/assets/proj4/proj4.js")]);
    try {
      const [{ Projection }] = await this.loading;
      this.projection ??= new Projection(/** @type {any} */ (globalThis).proj4);
      this.update();
    } catch {
      this.loading = null; // degrees are shown all the same; the next movement tries again
    }
  }

  /** @returns {string[]} degrees, then metres as far as they can be had */
  parts() {
    const at = this.pointer ?? this.clicked;
    if (!at) return [];
    const [lng, lat] = written(at, this.notation);
    const { projection } = this;
    const metres = projection && isNear(at) ? METRES.map((code) => inMetres(code, projection.toPlane(code, at))) : [];
    return [t("coordinates_degrees", { lng, lat }), ...metres];
  }

  update() {
    const parts = this.parts();
    byId("coordinates").classList.toggle("coordinates-none", parts.length === 0);
    this.text?.replaceChildren(...(parts.length ? parts.map((part) => el("span", {}, part)) : [el("span", {}, t("coordinates_empty"))]));
    this.toggle?.replaceChildren(t(this.notation === "dms" ? "coordinates_to_degrees" : "coordinates_to_dms"));
    this.copier?.toggleAttribute("disabled", parts.length === 0);
  }

  async copy() {
    const done = await copy(this.parts().join("\n"));
    this.copier?.replaceChildren(t(done ? "coordinates_copied" : "coordinates_not_copied"));
    setTimeout(() => this.copier?.replaceChildren(t("coordinates_copy")), SAID_MS);
  }
}

/**
 * @param {number} code
 * @param {Position} point easting and northing
 */
function inMetres(code, [easting, northing]) {
  return t("coordinates_metres", { code, northing: northing.toFixed(2), easting: easting.toFixed(2) });
}

/** A zone's metres are told where the zone is not left by more than its own width. @param {Position} at */
function isNear([lng]) {
  return lng >= 114 && lng <= 120;
}
