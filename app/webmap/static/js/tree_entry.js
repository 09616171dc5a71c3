// A layer in the tree: its checkbox, count, status and state; and behind the button what one may know of it and do with it.
import { config, t } from "./config.js";
import { el } from "./dom.js";
import { unplacedSentences } from "./extent.js";
import { number } from "./format.js";
import { listing } from "./listing.js";
import { metadata } from "./metadata.js";
import { classesOf, statusBadge } from "./style.js";
import { folded } from "./tree_search.js";

/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */
/** @typedef {import("./facts.js").Facts} Facts */

export class TreeEntry {
  /**
   * @param {import("./main.js").Workbench} workbench
   * @param {RemoteLayer} layer
   */
  constructor(workbench, layer) {
    this.workbench = workbench;
    this.layer = layer;
    /** @type {Facts|null} what GET /layers says of it */
    this.facts = null;
    const { id, title, description, status } = layer.definition;
    this.words = folded([id, title, description, ...classesOf(layer.definition).map((one) => one.title), ...this.otherTitles()].join(" "));
    this.box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", id: `layer-${id}`, change: () => workbench.switch(layer, this.box.checked) }));
    this.count = el("span", { class: "entry-count" });
    this.state = el("div", { class: "entry-state" });
    this.told = el("div", { class: "entry-told" }, el("p", {}, description));
    this.list = el("div", { class: "entry-listing" });
    this.more = el("div", { class: "entry-more", id: `about-${id}`, hidden: true }, this.told, el("div", { class: "entry-tools" }, this.list, this.zoomButton()), this.slider());
    const about = el("button", { type: "button", class: "entry-about", "aria-expanded": "false", "aria-controls": this.more.id, "aria-label": t("about_layer", { name: title }) }, "i");
    about.addEventListener("click", () => {
      this.more.hidden = !this.more.hidden;
      about.setAttribute("aria-expanded", String(!this.more.hidden));
      this.describe();
    });
    const line = el("div", { class: "entry-line" }, this.box, el("label", { for: this.box.id }, title), this.count, statusBadge(status), about);
    this.root = el("li", { class: "entry", id: `entry-${id}` }, line, this.state, this.more);
  }

  /** What people may search for beside the names in the language of the page. */
  otherTitles() {
    return config.groups.filter(({ id }) => id === this.layer.definition.group).map(({ title }) => title);
  }

  /** @param {string[]} words */
  matches(words) {
    return words.every((word) => this.words.includes(word));
  }

  zoomButton() {
    this.zoom = el("button", { type: "button", class: "entry-button", disabled: true, click: () => this.zoomTo() }, t("zoom_to_layer"));
    return this.zoom;
  }

  /** Show all of the layer; switches it on. */
  zoomTo() {
    const extent = this.facts?.extent;
    if (!extent) return;
    const [west, south, east, north] = extent;
    this.workbench.closeDrawer?.();
    this.workbench.switch(this.layer, true);
    this.workbench.map.fitBounds([[south, west], [north, east]], { padding: [20, 20], animate: false });
  }

  slider() {
    const { id, title } = this.layer.definition;
    const range = { type: "range", id: `opacity-${id}`, min: "0", max: "100", step: "5", value: "100", "aria-label": t("opacity_of", { name: title }) };
    this.range = /** @type {HTMLInputElement} */ (el("input", range));
    this.range.addEventListener("input", () => (this.layer.opacity = Number(this.range?.value) / 100));
    this.percent = el("output", { class: "entry-percent" });
    return el("div", { class: "entry-opacity" }, el("label", { for: range.id }, t("opacity")), this.range, this.percent);
  }

  update() {
    const { layer } = this;
    const on = this.workbench.isOn(layer);
    this.box.checked = on;
    this.root.dataset.state = on ? layer.state : "off";
    this.state.replaceChildren();
    if (on && layer.state === "loading") this.state.append(el("span", { class: "spinner" }), t("loading"));
    if (on && layer.state === "failed") {
      this.state.append(el("span", { class: "fault" }, layer.fault ?? ""), el("button", { type: "button", click: () => void layer.load() }, t("retry")));
    }
    if (this.range) this.range.value = String(Math.round(layer.opacity * 100));
    if (this.percent) this.percent.textContent = t("percent", { value: Math.round(layer.opacity * 100) });
    this.updateListing();
    this.updateCount();
  }

  /** A layer that is on and has its features offers the list of them. */
  updateListing() {
    if (this.root.dataset.state !== "ready") this.list.replaceChildren();
    else if (!this.list.hasChildNodes()) this.list.append(listing(this.layer, (item) => this.workbench.goTo(item)));
  }

  updateCount() {
    const { layer } = this;
    const loaded = layer.state === "ready" && !layer.isTiled ? layer.items.length + layer.unplaced.length : undefined;
    const count = this.facts?.count ?? loaded;
    this.count.textContent = count === undefined ? "" : number(count);
    this.count.title = count === undefined ? "" : t("count", { count: number(count) });
    const known = [el("p", {}, layer.definition.description)];
    for (const sentence of unplacedSentences(layer)) known.push(el("p", { class: "entry-unplaced" }, sentence));
    this.told.replaceChildren(...known);
  }

  /** @param {Facts|null} facts */
  learn(facts) {
    this.facts = facts;
    if (facts?.extent) this.zoom?.removeAttribute("disabled");
    this.updateCount();
    this.describe();
  }

  /** What is known of the layer is written when someone looks. */
  describe() {
    if (this.more.hidden || !this.facts || this.described) return;
    this.described = true;
    this.more.append(metadata(this.layer, this.facts));
  }
}
