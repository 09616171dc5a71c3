// Some zones are lit and the others faded, as long as a tool asks for it.

/** @typedef {import("./layer.js").Item} Item */

/**
 * A layer shows zones when the whole record of its features is that of a zone. Districts are ground, not a choice.
 * @param {import("./layer.js").RemoteLayer} layer
 */
function showsZones({ definition }) {
  return definition.detail === "/api/zones/{id}" && definition.pane !== "districts";
}

/** What stays lit where zones of other layers are. */
const NOTHING = new Set();

/**
 * A layer whose areas would colour what is faded below them: plans, functional areas.
 * @param {import("./layer.js").RemoteLayer} layer
 */
function covers({ definition }) {
  return definition.geometry === "polygon" && definition.pane !== "districts";
}

export class Emphasis {
  /** @param {import("./main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    /** @type {Set<string>|null} */
    this.ids = null;
    this.asked = false;
    const again = () => this.ids && this.showLabels();
    for (const layer of workbench.layers.values()) layer.on("add state", again);
    workbench.map.on("zoomend moveend", again);
  }

  /**
   * Light the zones of these ids and fade the others; null ends it.
   * @param {Set<string>|null} ids
   */
  set(ids) {
    this.ids = ids;
    for (const layer of this.workbench.layers.values()) {
      if (showsZones(layer)) layer.emphasise(ids);
      else if (covers(layer)) layer.emphasise(ids && NOTHING);
    }
    this.showLabels();
    document.dispatchEvent(new CustomEvent("emphasis-changed", { detail: { ids } }));
  }

  /**
   * Whether a feature is faded at present.
   * @param {Item} item
   */
  fades(item) {
    if (this.ids === null) return false;
    return showsZones(item.layer) ? !this.ids.has(item.id) : covers(item.layer);
  }

  /** Names are placed in the next frame, and some are made then. */
  showLabels() {
    if (this.asked) return;
    this.asked = true;
    const afterPlacing = () => {
      this.asked = false;
      for (const [item, element] of this.workbench.labels?.elements ?? []) element.classList.toggle("faded", this.fades(item));
    };
    requestAnimationFrame(() => requestAnimationFrame(afterPlacing));
  }
}
