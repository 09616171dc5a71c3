// The places of tools: a column on the right (a sheet on a narrow screen), and a drawer below the map.
import { t } from "./config.js";
import { byId, el, svg } from "./dom.js";
import { keep, recalled } from "./kept.js";

/** @typedef {"side"|"bottom"} Place */

const NARROW = matchMedia("(max-width: 760px)");
const HEIGHT_KEY = "yuantu.drawer-height";
const LOWEST = 120; // pixels of the drawer
const STEP = 24;

export class Dock {
  constructor() {
    this.roots = { side: byId("dock"), bottom: byId("drawer") };
    /** @type {{side: boolean, bottom: boolean}} */
    this.used = { side: false, bottom: false };
    this.covered = false;
    this.height = Number(recalled(HEIGHT_KEY)) || 300;
    addEventListener("resize", () => this.used.bottom && this.resize(this.height));
  }

  /**
   * Make room for a tool.
   * @param {Place} place
   * @param {{id: string, title: string, close: () => void}} tool
   * @returns {HTMLElement} the empty element that the tool fills
   */
  show(place, { id, title, close }) {
    const root = this.roots[place];
    const body = el("div", { class: "dock-body", id: `tool-body-${id}` });
    const heading = el("h2", { id: `tool-title-${id}`, tabindex: "-1" }, title);
    const closing = el("button", { type: "button", class: "panel-close", "aria-label": t("close_tool", { name: title }), click: close }, "×");
    const head = el("div", { class: "dock-head" }, heading, this.folding(root), closing);
    root.replaceChildren(...(place === "bottom" ? [this.handle()] : []), head, body);
    root.setAttribute("aria-labelledby", heading.id);
    root.dataset.tool = id;
    root.classList.remove("folded");
    this.used[place] = true;
    this.update();
    if (place === "bottom") this.resize(this.height);
    return body;
  }

  /** @param {Place} place */
  hide(place) {
    const root = this.roots[place];
    this.used[place] = false;
    this.update();
    root.replaceChildren();
    delete root.dataset.tool;
  }

  /**
   * The panel of a feature stands in the place of a side tool for as long as it is open.
   * @param {boolean} covered
   */
  cover(covered) {
    this.covered = covered;
    this.update();
  }

  update() {
    this.roots.side.hidden = !this.used.side || this.covered;
    this.roots.bottom.hidden = !this.used.bottom;
  }

  /** @param {Place} place */
  focus(place) {
    this.roots[place].querySelector("h2")?.focus({ preventScroll: true });
  }

  /** How much of the map's lower edge a sheet lies over, pixels. */
  get coverage() {
    const stage = byId("stage").getBoundingClientRect();
    const overlaps = Object.values(this.roots).map((root) => {
      const box = root.getBoundingClientRect();
      const over = !root.hidden && box.left < stage.right - 1 && box.top < stage.bottom - 1;
      return over ? Math.max(0, stage.bottom - Math.max(stage.top, box.top)) : 0;
    });
    return Math.max(...overlaps);
  }

  /**
   * On a narrow screen a sheet can be folded to its head, so that the map is seen.
   * @param {HTMLElement} root
   */
  folding(root) {
    const arrow = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: "M5 9l7 7 7-7" }));
    const button = el("button", { type: "button", class: "dock-fold", "aria-expanded": "true", "aria-label": t("fold") }, arrow);
    button.addEventListener("click", () => {
      const folded = root.classList.toggle("folded");
      button.setAttribute("aria-expanded", String(!folded));
      button.setAttribute("aria-label", t(folded ? "unfold" : "fold"));
    });
    return button;
  }

  /** The edge that the drawer is drawn up by. */
  handle() {
    const bar = el("div", { class: "drawer-handle", role: "separator", tabindex: "0", "aria-orientation": "horizontal", "aria-label": t("resize"), "aria-controls": "drawer" });
    bar.addEventListener("pointerdown", (event) => {
      bar.setPointerCapture(event.pointerId);
      const bottom = this.roots.bottom.getBoundingClientRect().bottom;
      const move = (/** @type {PointerEvent} */ now) => this.resize(bottom - now.clientY);
      bar.addEventListener("pointermove", move);
      bar.addEventListener("lostpointercapture", () => bar.removeEventListener("pointermove", move), { once: true });
    });
    /** @type {Record<string, () => number>} */
    const keys = { ArrowUp: () => this.height + STEP, ArrowDown: () => this.height - STEP, Home: () => LOWEST, End: () => this.highest };
    bar.addEventListener("keydown", (event) => {
      const wanted = keys[event.key];
      if (!wanted) return;
      event.preventDefault();
      this.resize(wanted());
    });
    return bar;
  }

  /** Some of the map always stays. */
  get highest() {
    const room = byId("stage").parentElement?.clientHeight ?? 600;
    return Math.max(LOWEST, Math.round(room * (NARROW.matches ? 0.7 : 0.8)));
  }

  /** @param {number} height pixels */
  resize(height) {
    this.height = Math.round(Math.min(this.highest, Math.max(LOWEST, height)));
    this.roots.bottom.style.setProperty("--drawer-height", `${this.height}px`);
    const bar = this.roots.bottom.querySelector(".drawer-handle");
    const values = { valuemin: LOWEST, valuemax: this.highest, valuenow: this.height };
    for (const [name, value] of Object.entries(values)) bar?.setAttribute(`aria-${name}`, String(value));
    keep(HEIGHT_KEY, String(this.height));
  }
}
