// The layers that are on, the topmost first, in the order in which they are drawn: to be moved by pointer or by button.
import { t } from "./config.js";
import { el, oncePerFrame } from "./dom.js";

/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */

export class OrderList {
  /** @param {import("./main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.list = el("ol", { class: "order-list", id: "order-list" });
    this.said = el("p", { class: "order-said", role: "status" });
    this.count = el("span", { class: "group-state" });
    const usual = el("button", { type: "button", class: "entry-button order-usual", click: () => this.reset() }, t("usual_order"));
    this.root = el("details", { class: "fold", id: "order" }, el("summary", {}, el("span", {}, t("drawing_order")), this.count), el("p", { class: "hint" }, t("drawing_order_hint")), this.list, usual, this.said);
    const update = oncePerFrame(() => this.update());
    document.addEventListener("layers-changed", update);
    update();
  }

  get layers() {
    return this.workbench.layerOrder().map((id) => /** @type {RemoteLayer} */ (this.workbench.layers.get(id)));
  }

  update() {
    if (this.dragged) return;
    const focused = document.activeElement?.id;
    const layers = this.layers;
    this.count.textContent = String(layers.length);
    this.list.replaceChildren(...layers.map((layer, place) => this.row(layer, place, layers)));
    if (focused && this.list.querySelector(`#${CSS.escape(focused)}`)) document.getElementById(focused)?.focus();
  }

  /**
   * @param {RemoteLayer} layer
   * @param {number} place
   * @param {RemoteLayer[]} layers
   */
  row(layer, place, layers) {
    const { id, title } = layer.definition;
    const handle = el("span", { class: "order-handle", "aria-hidden": "true", title: t("drag") }, "⠿");
    const up = this.button(`up-${id}`, "▲", t("move_up", { name: title }), place > 0 && alike(layers[place - 1], layer), () => this.move(layer, -1, `up-${id}`));
    const down = this.button(`down-${id}`, "▼", t("move_down", { name: title }), place < layers.length - 1 && alike(layers[place + 1], layer), () => this.move(layer, 1, `down-${id}`));
    const row = el("li", { class: "order-row" }, handle, el("span", { class: "order-title" }, title), up, down);
    row.dataset.layer = id;
    handle.addEventListener("pointerdown", (event) => this.drag(event, row));
    return row;
  }

  /**
   * A button that cannot be used keeps the focus: a disabled one would lose it at the end of the way.
   * @param {string} id
   * @param {string} sign
   * @param {string} label
   * @param {boolean} possible
   * @param {() => void} click
   */
  button(id, sign, label, possible, click) {
    return el("button", { type: "button", class: "order-button", id, "aria-label": label, title: label, "aria-disabled": String(!possible), click: () => possible && click() }, sign);
  }

  /**
   * @param {RemoteLayer} layer
   * @param {number} by
   * @param {string} focus
   */
  move(layer, by, focus) {
    const layers = this.layers;
    const place = layers.indexOf(layer);
    layers.splice(place, 1);
    layers.splice(place + by, 0, layer);
    this.set(layers);
    this.update();
    document.getElementById(focus)?.focus();
    this.said.textContent = t("moved", { name: layer.definition.title, place: place + by + 1, all: layers.length });
  }

  /** @param {RemoteLayer[]} layers from the top down */
  set(layers) {
    this.workbench.setLayerOrder(layers.map(({ id }) => id));
  }

  reset() {
    this.workbench.order.reset();
    this.workbench.layersChanged();
    this.update();
    this.said.textContent = t("usual_order_said");
  }

  /**
   * @param {PointerEvent} event
   * @param {HTMLElement} row
   */
  drag(event, row) {
    const layer = this.workbench.layers.get(row.dataset.layer ?? "");
    if (event.button !== 0 || !layer) return;
    event.preventDefault();
    this.dragged = row;
    row.classList.add("order-dragged");
    const handle = /** @type {HTMLElement} */ (event.target);
    handle.setPointerCapture(event.pointerId);
    /** @param {PointerEvent} moved */
    const follow = (moved) => this.follow(row, layer, moved.clientY);
    const end = () => {
      handle.removeEventListener("pointermove", follow);
      row.classList.remove("order-dragged");
      this.dragged = null;
      const ids = /** @type {HTMLElement[]} */ ([...this.list.children]).map((one) => one.dataset.layer ?? "");
      this.set(ids.map((id) => /** @type {RemoteLayer} */ (this.workbench.layers.get(id))));
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("pointerup", end, { once: true });
    handle.addEventListener("lostpointercapture", () => this.dragged === row && end(), { once: true });
  }

  /**
   * Bring a row to where the pointer is, as far as it may go.
   * @param {HTMLElement} row
   * @param {RemoteLayer} layer
   * @param {number} y
   */
  follow(row, layer, y) {
    const rows = /** @type {HTMLElement[]} */ ([...this.list.children]).filter((one) => {
      const other = this.workbench.layers.get(one.dataset.layer ?? "");
      return one !== row && other && alike(other, layer);
    });
    if (rows.length === 0) return;
    const below = rows.find((one) => y < one.getBoundingClientRect().top + one.offsetHeight / 2);
    const others = /** @type {HTMLElement[]} */ ([...this.list.children]).filter((one) => one !== row);
    const place = below ? others.indexOf(below) : others.indexOf(rows[rows.length - 1]) + 1;
    if ([...this.list.children].indexOf(row) === place) return;
    // The others go round it: an element that is moved loses the pointer.
    row.before(...others.slice(0, place));
    row.after(...others.slice(place));
  }
}

/**
 * Points stay over everything else, which would hide them; among themselves both kinds lie as one likes.
 * @param {RemoteLayer} a
 * @param {RemoteLayer} b
 */
function alike(a, b) {
  return (a.definition.geometry === "point") === (b.definition.geometry === "point");
}
