// Sets of layers: those that the service offers, and those that someone has saved in this browser.
import { config, t } from "./config.js";
import { el } from "./dom.js";
import { keep, recalled } from "./kept.js";

/**
 * @typedef {object} Saved
 * @property {string} name
 * @property {string[]} layers ids, the topmost first
 * @property {Record<string, number>} opacity where it is not 1
 * @property {Record<string, (string|null)[]>} hidden values of classes that are switched off
 */

const KEY = "yuantu-sets";
const MOST_SAVED = 30;
const LONGEST_NAME = 40;

export class Sets {
  /** @param {import("./main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.saved = read();
    this.offered = el("ul", { class: "sets-list" }, ...config.sets.map((set) => el("li", {}, this.button(set.title, set.layers, () => this.show(set.layers)))));
    this.own = el("ul", { class: "sets-list", "aria-label": t("own_sets") });
    this.name = /** @type {HTMLInputElement} */ (el("input", { type: "text", id: "set-name", maxlength: String(LONGEST_NAME), placeholder: t("set_name"), "aria-label": t("set_name"), autocomplete: "off" }));
    this.said = el("p", { class: "sets-said", role: "status" });
    const form = el("form", { class: "sets-form", submit: (event) => (event.preventDefault(), this.save()) }, this.name, el("button", { type: "submit", class: "entry-button" }, t("save_set")));
    const content = config.sets.length ? [this.offered] : [];
    this.root = el("details", { class: "fold sets", id: "sets", open: true }, el("summary", {}, el("span", {}, t("sets"))), ...content, this.own, form, this.said);
    document.addEventListener("layers-changed", () => this.mark());
    this.list();
  }

  /**
   * @param {string} title
   * @param {string[]} layers
   * @param {() => void} click
   */
  button(title, layers, click) {
    const button = el("button", { type: "button", class: "set", "aria-pressed": "false", click }, title);
    button.dataset.layers = [...layers].sort().join();
    return button;
  }

  /** Press the buttons of the sets whose layers are on. */
  mark() {
    const on = this.workbench.layerOrder().sort().join();
    for (const button of this.root.querySelectorAll("button.set")) {
      button.setAttribute("aria-pressed", String(button instanceof HTMLElement && button.dataset.layers === on));
    }
  }

  /** @param {string[]} ids */
  show(ids) {
    const { workbench } = this;
    workbench.permalink.together(() => {
      for (const layer of workbench.layers.values()) workbench.switch(layer, ids.includes(layer.id));
    });
  }

  /** @param {Saved} set */
  showSaved({ layers, opacity, hidden }) {
    const { workbench } = this;
    const known = layers.filter((id) => workbench.layers.has(id));
    workbench.permalink.together(() => {
      this.show(known);
      for (const layer of workbench.layers.values()) {
        if (!known.includes(layer.id)) continue;
        layer.opacity = opacity[layer.id] ?? 1;
        layer.hiddenClasses = hidden[layer.id] ?? [];
      }
      workbench.setLayerOrder(known);
    });
    this.said.textContent = known.length < layers.length ? t("set_lacks", { names: layers.filter((id) => !known.includes(id)).join(t("list")) }) : "";
  }

  save() {
    const name = this.name.value.trim().slice(0, LONGEST_NAME);
    const ids = this.workbench.layerOrder();
    if (!name || ids.length === 0) {
      this.said.textContent = t(name ? "set_empty" : "set_needs_name");
      this.name.focus();
      return;
    }
    const layers = ids.map((id) => /** @type {import("./layer.js").RemoteLayer} */ (this.workbench.layers.get(id)));
    /** @type {Saved} */
    const set = {
      name,
      layers: ids,
      opacity: Object.fromEntries(layers.filter(({ opacity }) => opacity < 1).map(({ id, opacity }) => [id, opacity])),
      hidden: Object.fromEntries(layers.filter(({ hiddenClasses }) => hiddenClasses.size).map(({ id, hiddenClasses }) => [id, [...hiddenClasses]])),
    };
    this.saved = [...this.saved.filter((one) => one.name !== name), set].slice(-MOST_SAVED);
    this.name.value = "";
    this.said.textContent = this.write() ? t("set_saved", { name }) : t("set_not_kept", { name });
    this.list();
  }

  /** @param {Saved} set */
  remove(set) {
    this.saved = this.saved.filter((one) => one !== set);
    this.write();
    this.list();
    this.said.textContent = t("set_deleted", { name: set.name });
    this.name.focus();
  }

  /** Whether the browser has kept them. */
  write() {
    const text = this.saved.length ? JSON.stringify(this.saved) : null;
    keep(KEY, text);
    return recalled(KEY) === text;
  }

  list() {
    this.own.replaceChildren(
      ...this.saved.map((set) => {
        const remove = el("button", { type: "button", class: "set-delete", "aria-label": t("delete_set", { name: set.name }), click: () => this.remove(set) }, "×");
        return el("li", { class: "set-own" }, this.button(set.name, set.layers, () => this.showSaved(set)), remove);
      }),
    );
    this.own.hidden = this.saved.length === 0;
    this.mark();
  }
}

/**
 * What was saved, as far as it can be read: the browser's memory may hold anything.
 * @returns {Saved[]}
 */
function read() {
  let found;
  try {
    found = JSON.parse(recalled(KEY) ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(found)) return [];
  const readable = found.filter((one) => typeof one?.name === "string" && one.name && Array.isArray(one.layers));
  return readable.slice(0, MOST_SAVED).map((one) => ({
    name: one.name.slice(0, LONGEST_NAME),
    layers: one.layers.map(String),
    opacity: Object.fromEntries(Object.entries(one.opacity ?? {}).filter(([, value]) => typeof value === "number")),
    hidden: Object.fromEntries(Object.entries(one.hidden ?? {}).filter(([, value]) => Array.isArray(value))),
  }));
}
