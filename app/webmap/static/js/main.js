// The workbench: puts the parts together around the Leaflet map that the page has made.
import { addBasemaps } from "./basemap.js";
import { config, t } from "./config.js";
import { byId, oncePerFrame } from "./dom.js";
import { drawers } from "./drawers.js";
import { Hover } from "./hover.js";
import { identify } from "./identify.js";
import { Labels } from "./labels.js";
import { RemoteLayer } from "./layer.js";
import { Legend } from "./legend.js";
import { clear, notify } from "./notices.js";
import { Panel } from "./panel.js";
import { Selection } from "./selection.js";
import { remember, selectionInAddress, viewInAddress, written, query } from "./state.js";
import { Tree } from "./tree.js";

const LOWEST_PANE = 410; // Leaflet's overlays are at 400, its tooltips at 650
const PANE_STEP = 20;

export class Workbench {
  /** @param {any} map */
  constructor(map) {
    this.map = map;
    /** @type {any} the place that the panel is about */
    this.place = null;
    /** @type {Map<string, RemoteLayer>} */
    this.layers = new Map();
    config.panes.forEach((name, place) => (map.createPane(name).style.zIndex = String(LOWEST_PANE + place * PANE_STEP)));
    const top = LOWEST_PANE + config.panes.length * PANE_STEP;
    for (const [place, name] of ["selection", "labels"].entries()) {
      const pane = map.createPane(name);
      pane.style.zIndex = String(top + place * PANE_STEP);
      pane.classList.add("untouchable");
    }
    map.getPane("labels").classList.add("leaflet-zoom-hide");
    map.getContainer().setAttribute("aria-label", t("map_label"));
    this.setView();
  }

  setView() {
    const view = viewInAddress();
    const [west, south, east, north] = config.home;
    if (view) this.map.setView([view.lat, view.lng], view.zoom, { animate: false });
    else this.map.fitBounds([[south, west], [north, east]], { animate: false });
  }

  /**
   * Make the layer of an id; Folium adds it to the map where it is on from the start.
   * @param {string} id
   */
  layer(id) {
    const definition = config.layers.find((one) => one.id === id);
    if (!definition) throw new Error(`no layer ${id}`);
    const rank = config.panes.indexOf(definition.pane) * 1000 + config.layers.indexOf(definition);
    const layer = new RemoteLayer(definition, rank);
    const pane = this.map.createPane(`layer-${id}`, this.map.getPane(definition.pane));
    pane.style.zIndex = String(config.layers.indexOf(definition));
    layer.on("state", () => this.report(layer));
    this.layers.set(id, layer);
    return layer;
  }

  /** Everything that needs all layers. */
  start() {
    const { map, layers } = this;
    /** @type {any} */ (globalThis).yuantu = this; // a handle for the console and for tests
    this.tree = new Tree(map, layers, (item) => this.goTo(item));
    this.legend = new Legend(map, layers);
    this.labels = new Labels(map, layers);
    this.hover = new Hover(map, layers);
    this.selection = new Selection(map);
    this.panel = new Panel({
      choose: (item) => this.choose(item),
      chooseStack: (stack) => this.chooseStack(stack),
      find: (id) => this.find(id),
      closed: () => this.deselect(),
    });
    addBasemaps(map);
    this.addControls();
    this.closeDrawer = drawers(this.panel);
    map.on("click", (/** @type {any} */ event) => this.click(event.latlng));
    this.followAddress();
    for (const layer of layers.values()) this.report(layer);
    if (config.unknownLayers.length) notify("unknown-layers", t("unknown_layers", { names: config.unknownLayers.slice(0, 5).map(shortened).join(t("list")) }));
    void this.tree.loadFacts();
    void this.openSelection();
  }

  addControls() {
    L.control.zoom({ position: "topright", zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out") }).addTo(this.map);
    L.control.scale({ position: "bottomright", metric: true, imperial: false, maxWidth: 140 }).addTo(this.map);
    new ResizeObserver(oncePerFrame(() => this.map.invalidateSize({ pan: false }))).observe(byId("stage"));
  }

  /** Keep the address at what is on the screen, and the link to the other language at the address. */
  followAddress() {
    for (const layer of this.layers.values()) {
      layer.on("add remove", () => {
        remember({ layers: [...this.layers.values()].filter((one) => this.map.hasLayer(one)).map((one) => one.id).join() });
        if (this.panel?.subject[0]?.layer === layer && !this.map.hasLayer(layer)) this.panel.close();
        this.lookAround();
        this.showGround();
      });
    }
    this.map.on("moveend", () => {
      const { lng, lat } = this.map.getCenter();
      remember({ view: [lng.toFixed(5), lat.toFixed(5), this.map.getZoom()].join() });
    });
    const language = /** @type {HTMLAnchorElement} */ (byId("language"));
    const follow = () => {
      const other = query();
      other.set("lang", config.language === "en" ? "zh" : "en");
      language.setAttribute("href", written(other));
    };
    document.addEventListener("address", follow);
    follow();
    this.map.on("zoomend", () => this.hideOutOfRange());
    this.hideOutOfRange();
    this.showGround();
  }

  /** Where land is drawn, what is around it shows as sea. */
  showGround() {
    const ground = [...this.layers.values()].some((layer) => layer.definition.style.fill && this.map.hasLayer(layer));
    this.map.getContainer().classList.toggle("around-ground", ground);
  }

  hideOutOfRange() {
    for (const layer of this.layers.values()) {
      this.map.getPane(`layer-${layer.id}`).hidden = !layer.inRange(this.map.getZoom());
    }
  }

  /**
   * Say when a layer has failed, and stop saying it when it no longer has.
   * @param {RemoteLayer} layer
   */
  report(layer) {
    this.lookAround();
    const key = `layer-${layer.id}`;
    if (layer.state !== "failed") clear(key);
    else {
      const text = t("load_failed", { name: layer.definition.title, detail: layer.fault ?? "" });
      notify(key, text, { label: t("retry"), run: () => void layer.load() });
    }
  }

  /** @param {any} at */
  click(at) {
    const [top] = identify(this.map, this.layers.values(), at);
    this.place = at;
    if (!top) this.panel?.close();
    else if (top.length > 1) this.chooseStack(top);
    else this.choose(top[0]);
    if (top) this.keepInView(at);
  }

  /** @param {import("./layer.js").Item[]} stack */
  chooseStack(stack) {
    this.deselect();
    this.panel?.showStack(stack);
    this.stayAt(stack);
  }

  /** @param {import("./layer.js").Item} item */
  choose(item) {
    this.selection?.set(item);
    this.panel?.show(item);
    remember({ select: `${item.layer.id}/${item.id}` });
    this.stayAt([item]);
  }

  /**
   * Choose a feature by its name, and bring it into the view.
   * @param {import("./layer.js").Item} item
   */
  goTo(item) {
    this.closeDrawer?.();
    this.place = null;
    this.choose(item);
    if (!item.geometry) return;
    const [west, south, east, north] = item.bounds;
    const cover = this.panel?.cover ?? 0;
    this.map.invalidateSize({ pan: false });
    if (cover || !this.map.getBounds().contains([[south, west], [north, east]])) this.selection?.zoomTo(item, cover);
  }

  /**
   * What is chosen at the place that was clicked leaves the place; what lies elsewhere moves it there.
   * @param {import("./layer.js").Item[]} items
   */
  stayAt(items) {
    const here = this.place ? identify(this.map, this.layers.values(), this.place) : [];
    if (!here.some((stack) => stack.includes(items[0]))) this.place = items[0].geometry ? middle(items[0]) : null;
    this.lookAround();
  }

  /** Say what else is at the place, now that layers may have come or gone. */
  lookAround() {
    if (this.panel?.isOpen) this.panel.showAround(this.place ? identify(this.map, this.layers.values(), this.place) : []);
  }

  deselect() {
    this.selection?.clear();
    remember({ select: null });
  }

  /**
   * The panel takes room from the map: bring the place that was clicked back into what is left.
   * @param {any} at
   */
  keepInView(at) {
    requestAnimationFrame(() => {
      this.map.invalidateSize({ pan: false });
      this.map.panInside(at, { paddingTopLeft: [50, 50], paddingBottomRight: [50, 50 + (this.panel?.cover ?? 0)] });
    });
  }

  /**
   * A feature of a layer that is on, by its id; the parks before what is over or under them.
   * @param {string} id
   */
  find(id) {
    const on = [...this.layers.values()].filter((layer) => this.map.hasLayer(layer));
    const items = on.flatMap((layer) => layer.items.filter((item) => item.id === id));
    return items.find((item) => item.layer.definition.pane === "parks") ?? items[0] ?? null;
  }

  /** Open the panel on what the address selects, switching its layer on. */
  async openSelection() {
    const asked = selectionInAddress();
    if (!asked) return;
    const layer = this.layers.get(asked.layer);
    if (layer) {
      if (!this.map.hasLayer(layer)) this.map.addLayer(layer);
      await layer.load();
      if (layer.state !== "ready") return;
    }
    const item = layer && [...layer.items, ...layer.unplaced].find((one) => one.id === asked.feature);
    if (!item) {
      remember({ select: null });
      notify("unknown-feature", t("unknown_feature", { name: shortened(`${asked.layer}/${asked.feature}`) }));
      return;
    }
    this.choose(item);
    if (item.geometry && !viewInAddress()) this.selection?.zoomTo(item, this.panel?.cover ?? 0);
  }
}

/** @param {import("./layer.js").Item} item */
function middle(item) {
  return L.latLng(item.at[1], item.at[0]);
}

/** @param {string} text */
function shortened(text) {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
