// The bar over the map: on each side of it only that side's layers are drawn. Layers of both sides are left alone.
import { t } from "../../config.js";
import { el, oncePerFrame } from "../../dom.js";

/** @typedef {import("../../layer.js").RemoteLayer} RemoteLayer */
/** @typedef {"left"|"right"|null} Side null: both */

const FAR = 1e6; // pixels beyond any view
const STEP = 0.02;
const LONG_STEP = 0.1;

export class Swipe {
  /**
   * @param {import("../../main.js").Workbench} workbench
   * @param {(share: number) => void} moved
   */
  constructor(workbench, moved) {
    this.workbench = workbench;
    this.moved = moved;
    this.share = 0.5;
    /** @type {(layer: RemoteLayer) => Side} */
    this.sideOf = () => null;
    this.titles = { left: el("div", { class: "swipe-title swipe-left" }), right: el("div", { class: "swipe-title swipe-right" }) };
    this.bar = el(
      "div",
      { class: "swipe-bar", role: "slider", tabindex: "0", "aria-orientation": "horizontal", "aria-label": t("compare_bar"), "aria-valuemin": "0", "aria-valuemax": "100", keydown: (event) => this.key(event), pointerdown: (event) => this.grab(event) },
      el("span", { class: "swipe-grip", "aria-hidden": "true" }),
    );
    this.root = el("div", { class: "swipe" }, this.titles.left, this.titles.right, this.bar);
    L.DomEvent.disableClickPropagation(this.bar);
    this.update = () => this.clip();
    this.placeLabels = oncePerFrame(() => this.workbench.labels?.place());
  }

  get isOn() {
    return this.root.isConnected;
  }

  /**
   * @param {(layer: RemoteLayer) => Side} sideOf
   * @param {{left: string, right: string}} titles
   */
  show(sideOf, titles) {
    const { map } = this.workbench;
    this.sideOf = sideOf;
    this.titles.left.textContent = titles.left;
    this.titles.right.textContent = titles.right;
    if (!this.isOn) {
      map.getContainer().append(this.root);
      map.on("move zoom viewreset zoomend moveend resize", this.update);
    }
    for (const layer of this.workbench.layers.values()) {
      const side = sideOf(layer);
      layer.window = side && ((/** @type {any} */ at) => map.latLngToContainerPoint(at).x < this.x === (side === "left"));
    }
    this.clip();
    this.placeLabels();
  }

  hide() {
    if (!this.isOn) return;
    const { map, layers } = this.workbench;
    map.off("move zoom viewreset zoomend moveend resize", this.update);
    this.root.remove();
    for (const layer of layers.values()) {
      layer.window = null;
      map.getPane(`layer-${layer.id}`).style.clipPath = "";
    }
    this.placeLabels();
  }

  /** Where the bar is, pixels from the map's left edge. */
  get x() {
    return Math.round(this.share * this.workbench.map.getSize().x);
  }

  /** Panes move with the map, the bar does not: the cut is put where the bar is, in the panes' own pixels. */
  clip() {
    const { map, layers } = this.workbench;
    const { x } = this;
    const cut = map.containerPointToLayerPoint([x, 0]).x;
    for (const layer of layers.values()) {
      const side = this.sideOf(layer);
      const [from, to] = side === "left" ? [-FAR, cut] : [cut, FAR];
      const shape = side ? `polygon(${from}px ${-FAR}px, ${to}px ${-FAR}px, ${to}px ${FAR}px, ${from}px ${FAR}px)` : "";
      map.getPane(`layer-${layer.id}`).style.clipPath = shape;
    }
    this.bar.style.left = `${x}px`;
    this.titles.left.style.right = `calc(100% - ${x}px)`;
    this.titles.right.style.left = `${x}px`;
    const percent = Math.round(this.share * 100);
    this.bar.setAttribute("aria-valuenow", String(percent));
    this.bar.setAttribute("aria-valuetext", t("compare_bar_value", { percent, left: this.titles.left.textContent ?? "", right: this.titles.right.textContent ?? "" }));
  }

  /** @param {number} share */
  moveTo(share) {
    this.share = Math.min(1, Math.max(0, share));
    this.clip();
    this.placeLabels();
    this.moved(this.share);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    /** @type {Record<string, number>} */
    const to = {
      ArrowLeft: this.share - STEP,
      ArrowDown: this.share - STEP,
      ArrowRight: this.share + STEP,
      ArrowUp: this.share + STEP,
      PageDown: this.share - LONG_STEP,
      PageUp: this.share + LONG_STEP,
      Home: 0,
      End: 1,
    };
    if (!(event.key in to)) return;
    event.preventDefault();
    event.stopPropagation();
    this.moveTo(to[event.key]);
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    this.bar.focus({ preventScroll: true });
    this.bar.setPointerCapture(event.pointerId);
    const box = this.workbench.map.getContainer().getBoundingClientRect();
    const offset = event.clientX - box.left - this.x;
    const follow = (/** @type {PointerEvent} */ now) => this.moveTo((now.clientX - box.left - offset) / box.width);
    this.bar.addEventListener("pointermove", follow);
    this.bar.addEventListener("lostpointercapture", () => this.bar.removeEventListener("pointermove", follow), { once: true });
  }
}
