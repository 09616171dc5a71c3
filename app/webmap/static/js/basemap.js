// What lies under the layers: nothing, the lines of this host, or the tiles of a host that the operator has configured.
import { config, t } from "./config.js";
import { byId, el } from "./dom.js";
import { loadModule } from "./load.js";
import { Malformed } from "./permalink.js";
import { shortened } from "./state.js";

/** @typedef {import("./config.js").Basemap} Basemap */

const NONE = "none";
const OFFLINE = "offline";
const PANE = "basemap";
const PANE_PLACE = "210"; // over Leaflet's tiles, under every layer

/** Fires `basemap-changed` on the document when another one is chosen, and when its state changes. */
export class Basemaps {
  /**
   * @param {any} map
   * @param {import("./permalink.js").Permalink} permalink
   */
  constructor(map, permalink) {
    this.map = map;
    this.permalink = permalink;
    this.current = "";
    /** @type {"loading"|"ready"|"failed"} */
    this.state = "ready";
    /** @type {any[]} */
    this.shown = [];
    this.turn = 0;
    /** @type {Promise<void>} */
    this.pending = Promise.resolve();
    map.createPane(PANE).style.zIndex = PANE_PLACE;
    map.getPane(PANE).classList.add("untouchable");
    permalink.register("basemap", { get: () => (this.current === OFFLINE ? null : this.current), set: (text) => this.restore(text) });
    const asked = permalink.text("basemap");
    this.current = asked !== null && this.choices.includes(asked) ? asked : OFFLINE;
    this.show();
  }

  /** Names of the choices, in the order of the list. */
  get choices() {
    return [NONE, OFFLINE, ...config.basemaps.map(({ id }) => id)];
  }

  /** @param {string} id */
  title(id) {
    return config.basemaps.find((one) => one.id === id)?.title ?? t(`basemap_${id}`);
  }

  /** @param {string|null} text */
  restore(text) {
    const id = text ?? OFFLINE;
    if (this.choices.includes(id)) this.choose(id);
    else {
      this.choose(OFFLINE);
      throw new Malformed(t("bad_part", { name: `basemap=${shortened(id)}` }));
    }
  }

  /**
   * Lay one under the layers.
   * @param {string} id
   * @param {{push?: boolean}} [how] push: the one before can be come back to
   */
  choose(id, { push = false } = {}) {
    if (id === this.current) return;
    this.current = id;
    this.show();
    this.permalink.changed("basemap", { push });
  }

  /** Show the chosen one, anew where it has failed. */
  show() {
    const { map } = this;
    const turn = ++this.turn;
    for (const layer of this.shown) map.removeLayer(layer);
    this.shown = [];
    const basemap = config.basemaps.find((one) => one.id === this.current) ?? null;
    map.getContainer().classList.toggle("over-basemap", this.current !== NONE);
    map.getContainer().classList.toggle("over-offline", this.current === OFFLINE);
    credit(basemap);
    const work = basemap ? this.showTiles(basemap) : this.current === OFFLINE ? this.showOffline(turn) : Promise.resolve();
    this.become("loading");
    this.pending = work.then(
      () => void (turn === this.turn && this.become("ready")),
      (error) => {
        if (turn !== this.turn) return;
        console.info(error);
        if (!basemap) map.getContainer().classList.remove("over-basemap", "over-offline");
        this.become("failed");
      },
    );
  }

  /** @param {"loading"|"ready"|"failed"} state */
  become(state) {
    this.state = state;
    document.dispatchEvent(new CustomEvent("basemap-changed", { detail: { id: this.current, state } }));
  }

  /** @param {number} turn */
  async showOffline(turn) {
    const { OfflineBasemap } = await loadModule("/static/js/offline.js");
    const lines = await OfflineBasemap.load(PANE);
    if (turn !== this.turn) return;
    this.shown = [lines];
    this.map.addLayer(lines);
  }

  /**
   * Settles when the tiles of the view are there; fails where none of them can be had.
   * @param {Basemap} basemap
   */
  async showTiles(basemap) {
    this.shown = basemap.tiles.map((tiles) => tileLayer(basemap, tiles));
    await Promise.all(this.shown.map((layer) => loaded(layer.addTo(this.map))));
  }

  /** Settles when what is chosen is drawn, as it is in the present view. */
  async settled() {
    for (let pending; pending !== this.pending; ) await (pending = this.pending);
    await Promise.all(this.shown.filter((layer) => layer.isLoading?.()).map((layer) => new Promise((resolve) => layer.once("load", resolve))));
  }
}

/**
 * @param {any} layer
 * @returns {Promise<void>}
 */
function loaded(layer) {
  let good = 0;
  let bad = 0;
  layer.on("tileload", () => (good += 1));
  layer.on("tileerror", () => (bad += 1));
  return new Promise((resolve, reject) => layer.once("load", () => (bad && !good ? reject(new Error(`${bad} tiles could not be had`)) : resolve())));
}

/**
 * @param {Basemap} basemap
 * @param {string} tiles
 */
function tileLayer(basemap, tiles) {
  const url = tiles.startsWith("/") ? config.root + tiles : tiles;
  return L.tileLayer(url, { subdomains: basemap.subdomains || "a", maxNativeZoom: basemap.max_zoom, maxZoom: 22, referrerPolicy: "strict-origin-when-cross-origin" });
}

/** @param {Basemap|null} basemap */
function credit(basemap) {
  const words = basemap && (basemap.attribution_url ? el("a", { href: basemap.attribution_url, rel: "noopener" }, basemap.attribution) : el("span", {}, basemap.attribution));
  byId("credit").replaceChildren(...(words ? [words] : []));
}
