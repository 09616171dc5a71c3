// The layer tree: a search box, sets, the drawing order, and the groups with a checkbox for each and for each layer.
import { config, t } from "./config.js";
import { byId, el } from "./dom.js";
import { allFacts } from "./facts.js";
import { OrderList } from "./order_list.js";
import { Sets } from "./sets.js";
import { TreeEntry } from "./tree_entry.js";
import { folded } from "./tree_search.js";

/** @typedef {import("./layer.js").RemoteLayer} RemoteLayer */
/** @typedef {{id: string, title: string, entries: TreeEntry[], box: HTMLInputElement, state: HTMLElement, root: HTMLElement, open: (open: boolean) => void}} Branch */

export class Tree {
  /** @param {import("./main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.root = byId("layers");
    /** @type {Map<string, TreeEntry>} */
    this.entries = new Map();
    const close = el("button", { type: "button", class: "tree-close", id: "close-layers", "aria-label": t("close") }, "×");
    this.root.append(el("div", { class: "tree-head" }, el("h2", {}, t("layers")), close), this.search());
    this.sets = new Sets(workbench);
    this.order = new OrderList(workbench);
    this.root.append(this.sets.root, this.order.root);
    this.branches = config.groups.map((group) => this.branch(group)).filter((branch) => branch !== null);
    this.nothing = el("p", { class: "tree-nothing", role: "status" });
    this.root.append(this.nothing);
    for (const layer of workbench.layers.values()) {
      layer.on("add remove state look", () => this.update(layer));
      this.update(layer);
    }
  }

  search() {
    const label = t("find_layer");
    this.box = /** @type {HTMLInputElement} */ (el("input", { type: "search", id: "find-layer", placeholder: label, "aria-label": label, autocomplete: "off", input: () => this.narrow() }));
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.box?.value) return;
      event.preventDefault();
      this.box.value = "";
      this.narrow();
    });
    return el("div", { class: "tree-search" }, this.box);
  }

  /**
   * A group: its name opens and closes it, its checkbox switches all of its layers.
   * @param {{id: string, title: string}} group
   * @returns {Branch|null}
   */
  branch(group) {
    const members = [...this.workbench.layers.values()].filter((layer) => layer.definition.group === group.id);
    if (members.length === 0) return null;
    const entries = members.map((layer) => new TreeEntry(this.workbench, layer));
    for (const entry of entries) this.entries.set(entry.layer.id, entry);
    const list = el("ul", { id: `members-${group.id}` }, ...entries.map((entry) => entry.root));
    const button = el("button", { type: "button", class: "group-open", "aria-expanded": "true", "aria-controls": list.id }, group.title);
    const box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", id: `all-${group.id}`, "aria-label": t("whole_group", { name: group.title }) }));
    const state = el("span", { class: "group-state", id: `group-${group.id}` });
    const root = el("section", { class: "group" }, el("div", { class: "group-head" }, box, button, state), list);
    /** @param {boolean} wanted */
    const open = (wanted) => {
      list.hidden = !wanted;
      button.setAttribute("aria-expanded", String(wanted));
    };
    button.addEventListener("click", () => open(list.hidden));
    box.addEventListener("change", () => this.switchAll(members, box.checked));
    this.root.append(root);
    return { ...group, entries, box, state, root, open };
  }

  /**
   * @param {RemoteLayer[]} layers
   * @param {boolean} on
   */
  switchAll(layers, on) {
    this.workbench.permalink.together(() => {
      for (const layer of layers) this.workbench.switch(layer, on);
    });
  }

  /** @param {RemoteLayer} layer */
  update(layer) {
    this.entries.get(layer.id)?.update();
    const branch = this.branches.find(({ id }) => id === layer.definition.group);
    if (!branch) return;
    const shown = branch.entries.filter((entry) => this.workbench.isOn(entry.layer)).length;
    const all = branch.entries.length;
    branch.box.checked = shown === all;
    branch.box.indeterminate = shown > 0 && shown < all;
    branch.state.textContent = t("group_state", { shown, all });
  }

  /** Leave what the search box asks for; without a question, everything. */
  narrow() {
    const words = folded(this.box?.value ?? "").split(/\s+/).filter(Boolean);
    let found = 0;
    for (const branch of this.branches) {
      const whole = words.length > 0 && words.every((word) => folded(branch.title).includes(word));
      const matching = branch.entries.filter((entry) => whole || entry.matches(words));
      for (const entry of branch.entries) entry.root.hidden = !matching.includes(entry);
      branch.root.hidden = matching.length === 0;
      if (words.length && matching.length) branch.open(true);
      found += matching.length;
    }
    this.sets.root.hidden = this.order.root.hidden = words.length > 0;
    this.nothing.textContent = found ? "" : t("no_such_layer");
  }

  /** Counts and documents come from the service; the tree does without them where they cannot be had. */
  async loadFacts() {
    try {
      const facts = await allFacts();
      for (const entry of this.entries.values()) entry.learn(facts.get(entry.layer.id) ?? null);
    } catch {
      return;
    }
  }
}
