// The tooltip under a pointer that can hover.
import { t } from "./config.js";
import { el, oncePerFrame, present } from "./dom.js";
import { names, rows } from "./format.js";
import { identify } from "./identify.js";

/** @typedef {(item: import("./layer.js").Item) => {name: string, text: string}|null} Remark */

const CAN_HOVER = matchMedia("(hover: hover)");
const LONGEST = 90; // characters of a value; the panel has the whole

export class Hover {
  /**
   * @param {any} map
   * @param {Map<string, import("./layer.js").RemoteLayer>} layers
   */
  constructor(map, layers) {
    this.map = map;
    this.layers = layers;
    this.at = null;
    /** @type {import("./layer.js").Item|null} */
    this.item = null;
    /** @type {Remark|null} */
    this.remark = null;
    this.tooltip = L.tooltip({ className: "tip", direction: "auto", offset: [12, 0], opacity: 1 });
    const update = oncePerFrame(() => this.update());
    map.on("mousemove", (/** @type {any} */ event) => {
      this.at = event.latlng;
      update();
    });
    map.on("mouseout movestart click", () => {
      this.at = null;
      update();
    });
  }

  update() {
    if (!this.at) {
      this.show(null, 0);
      return;
    }
    if (!CAN_HOVER.matches) return;
    const [stack] = identify(this.map, this.layers.values(), this.at);
    this.show(stack?.[0] ?? null, stack?.length ?? 0, stack ?? []);
  }

  /**
   * Have a tool's remark stand in the tooltips of features, as long as the tool is in use; null ends it.
   * @param {Remark|null} remark
   */
  have(remark) {
    this.remark = remark;
    this.item = null;
  }

  /**
   * @param {import("./layer.js").Item|null} item
   * @param {number} count
   * @param {import("./layer.js").Item[]} [stack] all there, the uppermost first
   */
  show(item, count, stack = []) {
    this.map.getContainer().classList.toggle("over-feature", item !== null);
    if (!item) this.map.closeTooltip(this.tooltip);
    else {
      if (item !== this.item) {
        const remarks = present(stack.map((one) => this.remark?.(one))).map((one) => remarked(one, count > 1));
        this.tooltip.setContent(count > 1 ? stackTip(item, count, remarks) : tip(item, remarks));
      }
      this.tooltip.setLatLng(this.at);
      if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
    }
    this.item = item;
  }
}

/**
 * @param {{name: string, text: string}} remark
 * @param {boolean} withName where several features lie over each other, whom it is about
 */
function remarked({ name, text }, withName) {
  return el("div", { class: "tip-remark" }, withName ? `${name}${t("colon")}${text}` : text);
}

/**
 * @param {import("./layer.js").Item} item
 * @param {HTMLElement[]} remarks
 */
function tip(item, remarks) {
  const { title } = names(item);
  const told = rows(item.layer.definition, item.properties).filter((row) => row.tooltip && row.name !== "name");
  return el(
    "div",
    {},
    el("strong", {}, title),
    el("span", { class: "tip-layer" }, item.layer.definition.title),
    ...told.map((row) => el("div", { class: "tip-row" }, row.title, t("colon"), shortened(row.text))),
    ...remarks,
  );
}

/**
 * @param {import("./layer.js").Item} item
 * @param {number} count
 * @param {HTMLElement[]} remarks
 */
function stackTip(item, count, remarks) {
  return el("div", {}, el("strong", {}, t("stack_title", { count })), el("span", { class: "tip-layer" }, item.layer.definition.title), ...remarks);
}

/** @param {string} text */
function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
