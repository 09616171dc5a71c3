// The workbench: puts the parts together around the Leaflet map that the page has made.
import { Basemaps } from "./basemap.js";
import { browserPrint } from "./browser_print.js";
import { config, t } from "./config.js";
import { Coordinates } from "./coordinates.js";
import { Dock } from "./dock.js";
import { byId, oncePerFrame } from "./dom.js";
import { drawers } from "./drawers.js";
import { acceptFiles } from "./dropping.js";
import { Emphasis } from "./emphasis.js";
import { Hover } from "./hover.js";
import { findings, identify } from "./identify.js";
import { Labels } from "./labels.js";
import { RemoteLayer } from "./layer.js";
import { Legend } from "./legend.js";
import { loadModule } from "./load.js";
import { clear, notify } from "./notices.js";
import { LayerOrder } from "./order.js";
import { Panel } from "./panel.js";
import { registerParts, registerPlace, sayUnknown } from "./parts.js";
import { Permalink } from "./permalink.js";
import { Selection } from "./selection.js";
import { addressOf, query, viewInAddress } from "./state.js";
import { theme } from "./theme.js";
import { Tools } from "./tools.js";
import { Tree } from "./tree.js";
import { Unlocated } from "./unlocated.js";

/** @typedef {import("./layer.js").Item} Item */

export class Workbench {
  /** @param {any} map */
  constructor(map) {
    this.map = map;
    /** @type {any} the place that the panel is about */
    this.place = null;
    /** @type {Map<string, RemoteLayer>} */
    this.layers = new Map();
    /** @type {Set<(at: any) => boolean>} tools that may take a click on the map for themselves */
    this.takers = new Set();
    /** @type {any} the polygon that is drawn (GeoJSON), or null; the tool that draws says which */
    this.drawing = null;
    /** What the map is to show by the address, while the rest of it comes about: tools and panels take room from the map. */
    this.asked = viewInAddress();
    addEventListener("popstate", () => (this.asked = viewInAddress()));
    document.addEventListener("restored", () => (this.asked = null));
    // Made by start(), once all layers are there.
    /** @type {Tree} */ this.tree;
    /** @type {Legend} */ this.legend;
    /** @type {Labels} */ this.labels;
    /** @type {Unlocated} */ this.unlocated;
    /** @type {Selection} */ this.selection;
    /** @type {Panel} */ this.panel;
    /** @type {Basemaps} */ this.basemaps;
    /** @type {Tools} */ this.tools;
    /** @type {Emphasis} */ this.emphasis;
    this.permalink = new Permalink();
    this.dock = new Dock();
    this.order = new LayerOrder(map);
    map.getPane("labels").classList.add("leaflet-zoom-hide");
    map.getContainer().setAttribute("aria-label", t("map_label"));
    this.setView();
  }

  setView() {
    const [west, south, east, north] = config.home;
    if (this.asked) this.map.setView([this.asked.lat, this.asked.lng], this.asked.zoom, { animate: false });
    else this.map.fitBounds([[south, west], [north, east]], { animate: false });
  }

  /**
   * Make the layer of an id; Folium adds it to the map where it is on from the start.
   * @param {string} id
   */
  layer(id) {
    const definition = config.layers.find((one) => one.id === id);
    if (!definition) throw new Error(`no layer ${id}`);
    this.order.makePane(definition);
    const layer = new RemoteLayer(definition, this.order.rank(definition));
    layer.on("state", () => this.report(layer));
    this.layers.set(id, layer);
    this.order.add(layer);
    return layer;
  }

  /** Everything that needs all layers. */
  start() {
    const { map, layers } = this;
    /** @type {any} */ (globalThis).yuantu = this; // a handle for the console and for tests
    if (!config.sheet) theme();
    browserPrint(map.getContainer());
    this.emphasis = new Emphasis(this);
    this.tree = new Tree(this);
    this.legend = new Legend(map, layers);
    this.labels = new Labels(map, layers);
    this.unlocated = new Unlocated(this);
    this.labels.obstacles = () => this.unlocated.boxes;
    this.coordinates = new Coordinates(map);
    this.hover = new Hover(map, layers);
    this.selection = new Selection(map);
    this.panel = new Panel({
      workbench: this,
      choose: (item) => this.choose(item),
      chooseStack: (stack) => this.chooseStack(stack),
      find: (id) => this.find(id),
      opened: () => this.coverDock(true),
      closed: () => {
        this.deselect();
        this.coverDock(false);
      },
    });
    registerParts(this);
    this.basemaps = new Basemaps(map, this.permalink);
    this.tools = new Tools(this);
    acceptFiles(this.tools);
    registerPlace(this);
    this.tools.registerStates();
    this.addControls();
    this.closeDrawer = drawers(this.panel, this.tools);
    map.on("click", (/** @type {any} */ event) => this.click(event.latlng));
    this.followState();
    for (const layer of layers.values()) this.report(layer);
    if (config.unknownLayers.length) sayUnknown(config.unknownLayers);
    void this.tree.loadFacts();
    // The server has switched on the layers of the address.
    const restored = this.permalink.restore(["layers"]);
    if (config.sheet) void loadModule("/static/js/sheet/sheet.js").then(({ Sheet }) => new Sheet(this).make(restored));
  }

  addControls() {
    L.control.zoom({ position: "topright", zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out") }).addTo(this.map);
    L.control.scale({ position: "bottomright", metric: true, imperial: false, maxWidth: 140 }).addTo(this.map);
    new ResizeObserver(oncePerFrame(() => this.fitRoom())).observe(byId("stage"));
    byId("share").addEventListener("click", async () => {
      try {
        (await loadModule("/static/js/share.js")).share(this.permalink);
      } catch {
        notify("share", t("unreachable"));
      }
    });
  }

  /** Keep the address at what is on the screen, and the link to the other language at the address. */
  followState() {
    for (const layer of this.layers.values()) {
      layer.on("add remove", () => {
        this.layersChanged();
        if (this.panel?.subject[0]?.layer === layer && !this.isOn(layer)) this.panel.close();
        this.lookAround();
        this.showGround();
      });
    }
    document.addEventListener("layers-changed", () => {
      for (const name of ["layers", "order", "off"]) this.permalink.changed(name, { push: true });
      this.permalink.changed("opacity");
    });
    document.addEventListener("theme-changed", () => {
      for (const layer of this.layers.values()) layer.drawing?.restyle();
    });
    this.map.on("moveend", () => this.permalink.changed("view"));
    for (const kind of ["pointerdown", "wheel", "keydown"]) this.map.getContainer().addEventListener(kind, () => (this.asked = null));
    const language = /** @type {HTMLAnchorElement} */ (byId("language"));
    const follow = () => {
      const other = query();
      other.set("lang", config.language === "en" ? "zh" : "en");
      language.setAttribute("href", addressOf(other));
    };
    document.addEventListener("address", follow);
    follow();
    this.map.on("zoomend", () => this.hideOutOfRange());
    this.hideOutOfRange();
    this.showGround();
  }

  /** @param {RemoteLayer} layer */
  isOn(layer) {
    return this.map.hasLayer(layer);
  }

  /**
   * @param {RemoteLayer} layer
   * @param {boolean} on
   */
  switch(layer, on) {
    if (on && !this.isOn(layer)) this.map.addLayer(layer);
    else if (!on && this.isOn(layer)) this.map.removeLayer(layer);
  }

  /** Say that other layers are on, or that they look or lie otherwise. */
  layersChanged() {
    document.dispatchEvent(new CustomEvent("layers-changed"));
  }

  /** The layers that are on, from the top down. */
  layerOrder() {
    return this.order.layers.filter((layer) => this.isOn(layer)).map(({ id }) => id).reverse();
  }

  /**
   * Put layers in a new order among themselves.
   * @param {string[]} ids from the top down
   */
  setLayerOrder(ids) {
    this.order.set([...ids].reverse().map((id) => /** @type {RemoteLayer} */ (this.layers.get(id))));
    this.layersChanged();
  }

  /** Where land is drawn, what is around it shows as sea. */
  showGround() {
    const ground = [...this.layers.values()].some((layer) => layer.definition.style.fill && this.isOn(layer));
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
    if ([...this.takers].some((take) => take(at))) return;
    const [top] = identify(this.map, this.layers.values(), at);
    this.place = at;
    if (!top) this.showPlace(at);
    else if (top.length > 1) this.chooseStack(top);
    else this.choose(top[0]);
    this.keepInView(at);
  }

  /**
   * Say that nothing of what is shown lies at a place.
   * @param {any} at
   */
  showPlace(at) {
    this.deselect();
    this.panel?.showPlace(findings(this.map, this.layers.values(), at));
  }

  /** @param {Item[]} stack */
  chooseStack(stack) {
    this.deselect();
    this.panel?.showStack(stack);
    this.stayAt(stack);
  }

  /** @param {Item} item */
  choose(item) {
    this.selection?.set(item);
    this.panel?.show(item);
    this.selectionChanged();
    this.stayAt([item]);
    if (item.partial) void this.complete(item);
  }

  /**
   * Put the whole of a feature in place of the piece that a tile has.
   * @param {Item} item
   */
  async complete(item) {
    const whole = await item.layer.whole(item);
    if (!whole || this.selection?.item !== item) return;
    this.selection.set(item);
    this.panel?.show(item);
    this.lookAround();
  }

  /**
   * Choose a feature by its name, and bring it into the view.
   * @param {Item} item
   */
  goTo(item) {
    this.closeDrawer?.();
    this.place = null;
    this.choose(item);
    if (!item.geometry) return;
    const [west, south, east, north] = item.bounds;
    const cover = this.cover;
    this.map.invalidateSize({ pan: false });
    if (cover || !this.map.getBounds().contains([[south, west], [north, east]])) this.selection?.zoomTo(item, cover);
  }

  /**
   * Select a feature, switching its layer on, and bring it into the view.
   * @param {string} layerId
   * @param {string} featureId
   * @param {{zoom?: boolean, isStale?: () => boolean}} [how] zoom: bring it into the view; else the view stays;
   *   isStale: asked when its layer is there, whether it is still wanted
   * @returns {Promise<boolean>} whether there is such a feature
   */
  showFeature(layerId, featureId, { zoom = true, isStale = () => false } = {}) {
    return this.permalink.together(async () => {
      const layer = this.layers.get(layerId);
      if (!layer) return false;
      this.switch(layer, true);
      const item = await layer.feature(featureId);
      if (!item || isStale()) return false;
      this.closeDrawer?.();
      this.place = null;
      const middle = this.map.getCenter();
      this.choose(item);
      if (!zoom) this.map.setView(middle, this.map.getZoom(), { animate: false });
      else if (item.geometry) this.selection?.zoomTo(item, this.cover);
      return true;
    });
  }

  /**
   * Show what no layer draws.
   * @param {import("./record_panel.js").RecordId} record
   */
  openRecord(record) {
    this.closeDrawer?.();
    this.place = null;
    this.selection?.clear();
    this.panel?.showRecord(record);
    this.selectionChanged();
  }

  /**
   * What is chosen at the place that was clicked leaves the place; what lies elsewhere moves it there.
   * @param {Item[]} items
   */
  stayAt(items) {
    const here = this.place ? identify(this.map, this.layers.values(), this.place) : [];
    if (!here.some((stack) => stack.includes(items[0]))) this.place = items[0].geometry ? L.latLng(items[0].at[1], items[0].at[0]) : null;
    this.lookAround();
  }

  /** Say what else is at the place, now that layers may have come or gone. */
  lookAround() {
    if (this.panel?.isOpen) this.panel.showAround(this.place ? findings(this.map, this.layers.values(), this.place) : null);
  }

  deselect() {
    this.selection?.clear();
    this.selectionChanged();
  }

  selectionChanged() {
    this.permalink.changed("select", { push: true });
    document.dispatchEvent(new CustomEvent("selection-changed", { detail: { item: this.selection?.item ?? null } }));
  }

  /** @param {boolean} covered by the panel of a feature */
  coverDock(covered) {
    this.dock.cover(covered);
    this.tools?.mark();
    this.fitRoom();
  }

  /** Let the map know at once how much room is left to it. */
  fitRoom() {
    this.map.invalidateSize({ pan: false });
    if (this.asked) this.setView();
  }

  /** How much of the map's lower edge is covered, pixels. */
  get cover() {
    return Math.max(this.panel?.cover ?? 0, this.dock.coverage);
  }

  /**
   * The panel takes room from the map: bring the place that was clicked back into what is left.
   * @param {any} at
   */
  keepInView(at) {
    requestAnimationFrame(() => {
      this.map.invalidateSize({ pan: false });
      this.map.panInside(at, { paddingTopLeft: [50, 50], paddingBottomRight: [50, 50 + this.cover] });
    });
  }

  /**
   * A feature of a layer that is on, by its id; the parks before what is over or under them.
   * @param {string} id
   */
  find(id) {
    const on = [...this.layers.values()].filter((layer) => this.isOn(layer));
    const items = on.flatMap((layer) => layer.items.filter((item) => item.id === id));
    return items.find((item) => item.layer.definition.pane === "parks") ?? items[0] ?? null;
  }
}
