// The tooltip under a pointer that can hover.
import { t } from "./config.js";
import { el, oncePerFrame } from "./dom.js";
import { names, rows } from "./format.js";
import { identify } from "./identify.js";

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
    this.show(stack?.[0] ?? null, stack?.length ?? 0);
  }

  /**
   * @param {import("./layer.js").Item|null} item
   * @param {number} count
   */
  show(item, count) {
    this.map.getContainer().classList.toggle("over-feature", item !== null);
    if (!item) this.map.closeTooltip(this.tooltip);
    else {
      if (item !== this.item) this.tooltip.setContent(count > 1 ? stackTip(item, count) : tip(item));
      this.tooltip.setLatLng(this.at);
      if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
    }
    this.item = item;
  }
}

/** @param {import("./layer.js").Item} item */
function tip(item) {
  const { title } = names(item);
  const told = rows(item.layer.definition, item.properties).filter((row) => row.tooltip && row.name !== "name");
  return el(
    "div",
    {},
    el("strong", {}, title),
    el("span", { class: "tip-layer" }, item.layer.definition.title),
    ...told.map((row) => el("div", { class: "tip-row" }, row.title, t("colon"), shortened(row.text))),
  );
}

/**
 * @param {import("./layer.js").Item} item
 * @param {number} count
 */
function stackTip(item, count) {
  return el("div", {}, el("strong", {}, t("stack_title", { count })), el("span", { class: "tip-layer" }, item.layer.definition.title));
}

/** @param {string} text */
function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
