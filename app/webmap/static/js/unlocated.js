// Features that a document places in a district and no nearer: counted at the district, and listed from there.
import { t } from "./config.js";
import { el, oncePerFrame } from "./dom.js";
import { districtLayer, districtOf } from "./extent.js";
import { inPolygon, polygonsOf } from "./geometry.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */
/** @typedef {import("./labels.js").Box} Box */
/** @typedef {{name: string, groups: Map<RemoteLayer, Item[]>}} Tally the features of a district by their layer */

const BELOW = 10; // pixels below the middle of a district, where its name stands
const PANE = "counts";

export class Unlocated {
  /** @param {import("./main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.pane = workbench.map.createPane(PANE);
    this.pane.style.zIndex = String(Number(workbench.map.getPane("labels").style.zIndex) + 1);
    this.pane.classList.add("leaflet-zoom-hide");
    /** @type {Map<string, HTMLElement>} markers by district */
    this.markers = new Map();
    /** @type {Box[]} */
    this.boxes = [];
    /** @type {Map<string, Item>} */
    this.districts = new Map();
    const place = oncePerFrame(() => this.place());
    const update = oncePerFrame(() => void this.update());
    for (const layer of workbench.layers.values()) layer.on("add remove state look", update);
    workbench.map.on("moveend zoomend resize", place);
  }

  /** The districts that features of the layers that are on are counted at, those with most features first. */
  tallies() {
    const { map, layers } = this.workbench;
    /** @type {Map<string, Tally>} */
    const found = new Map();
    const shown = [...layers.values()].filter((layer) => map.hasLayer(layer) && layer.unplaced.length && layer.opacity > 0);
    for (const layer of shown.sort((a, b) => b.rank - a.rank)) {
      for (const item of layer.unplaced) {
        const district = districtOf(item);
        if (!district || !layer.shows(item.properties)) continue;
        const tally = found.get(district.id) ?? { name: district.name, groups: new Map() };
        tally.groups.set(layer, [...(tally.groups.get(layer) ?? []), item]);
        found.set(district.id, tally);
      }
    }
    return found;
  }

  async update() {
    const tallies = this.tallies();
    if (tallies.size) await this.learnDistricts();
    const focused = this.pane.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
    const many = new Set([...tallies.values()].flatMap(({ groups }) => [...groups.keys()])).size > 1;
    this.markers = new Map([...tallies].filter(([id]) => this.districts.has(id)).map(([id, tally]) => [id, this.marker(id, tally, many)]));
    this.pane.replaceChildren(...this.markers.values());
    this.place();
    if (focused) /** @type {HTMLElement|null} */ (this.pane.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
  }

  /** The districts, from the layer that draws them, whether it is on or not. */
  async learnDistricts() {
    const layer = this.districts.size ? undefined : this.workbench.layers.get(districtLayer()?.id ?? "");
    await layer?.load();
    for (const item of layer?.items ?? []) this.districts.set(item.id, item);
  }

  /**
   * @param {string} id
   * @param {Tally} tally
   * @param {boolean} many whether features of several layers are counted, so that each says its layer
   */
  marker(id, { name, groups }, many) {
    const buttons = [...groups].map(([layer, items]) => {
      const count = items.length;
      const title = layer.definition.title;
      const text = many ? t("unlocated_many", { layer: title, count }) : t("unlocated_one", { district: name, count });
      const dot = el("span", { class: "count-dot" });
      dot.style.background = layer.definition.style.color;
      const made = el("button", { type: "button", class: "count-button", "aria-label": t("unlocated_label", { text, layer: title, district: name }), click: () => this.workbench.chooseStack(items) }, dot, text);
      made.dataset.key = `${layer.id}/${id}`;
      return made;
    });
    const head = many ? el("div", { class: "count-head" }, t("unlocated_head", { district: name })) : null;
    const root = el("div", { class: "count-marker" }, head, ...buttons);
    L.DomEvent.disableClickPropagation(root);
    L.DomEvent.on(root, "mousemove", L.DomEvent.stopPropagation);
    return root;
  }

  /** Put each marker where there is room in its district beside points and other markers, below its middle if it can be. */
  place() {
    const { map, labels } = this.workbench;
    /** @type {Box[]} */
    const taken = [];
    const points = labels?.markers() ?? [];
    for (const [id, marker] of this.markers) {
      const { at, geometry } = /** @type {Item} */ (this.districts.get(id));
      const choices = boxesAround(map.latLngToLayerPoint([at[1], at[0]]), marker);
      const free = choices.filter((choice) => taken.every((other) => apart(choice, other)));
      const inside = free.filter((choice) => {
        const { lng, lat } = map.layerPointToLatLng([(choice.left + choice.right) / 2, (choice.top + choice.bottom) / 2]);
        return polygonsOf(geometry).some((rings) => inPolygon(rings, [lng, lat]));
      });
      const box = inside.find((choice) => points.every((point) => apart(choice, point))) ?? inside[0] ?? free[0] ?? choices[0];
      taken.push(box);
      L.DomUtil.setPosition(marker, L.point(box.left, box.top));
    }
    this.boxes = taken;
    labels?.placeSoon();
  }
}

/**
 * Where a marker may stand: below a point, which leaves room for a name, or further off, the nearest first.
 * @param {{x: number, y: number}} point
 * @param {HTMLElement} marker
 * @returns {Box[]}
 */
function boxesAround({ x, y }, { offsetWidth: width, offsetHeight: height }) {
  const rows = [0, height + 4, -(height + 2 * BELOW), 2 * (height + 4), -(2 * height + 2 * BELOW + 4)].map((shift) => Math.round(y + BELOW + shift));
  const columns = [0, width / 3, -width / 3, (width * 2) / 3, (-width * 2) / 3].map((shift) => Math.round(x - width / 2 + shift));
  return rows.flatMap((top) => columns.map((left) => ({ left, top, right: left + width, bottom: top + height })));
}

/**
 * @param {Box} a
 * @param {Box} b
 */
function apart(a, b) {
  return a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom;
}
