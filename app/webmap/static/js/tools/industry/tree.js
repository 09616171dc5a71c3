// The taxonomy as a tree that the keyboard walks (WAI-ARIA, pattern "tree view").
import { t } from "../../config.js";
import { el, svg } from "../../dom.js";
import { inLanguage, number } from "../../format.js";

/** @typedef {import("./taxonomy.js").Node} Node */
/** @typedef {import("./taxonomy.js").Found} Found */

export class IndustryTree {
  /**
   * @param {import("./taxonomy.js").Taxonomy} taxonomy
   * @param {(node: Node) => void} choose
   */
  constructor(taxonomy, choose) {
    this.taxonomy = taxonomy;
    this.choose = choose;
    /** @type {Set<Node>} */
    this.open = new Set();
    /** @type {Map<Node, Found>|null} */
    this.found = null;
    /** @type {Set<Node>|null} what is shown while a filter is on: what it finds, what is above and what is below that */
    this.shown = null;
    /** @type {Node|null} */
    this.chosen = null;
    /** @type {Node|null} the one that the Tab key stops at */
    this.current = null;
    /** @type {Map<Node, HTMLElement>} */
    this.items = new Map();
    this.root = el("ul", {
      class: "industry-tree",
      role: "tree",
      "aria-label": t("industry_tree"),
      keydown: (event) => this.key(event),
      click: (event) => this.click(event),
    });
    this.render();
  }

  /**
   * Show only what words lead to; null: everything.
   * @param {Map<Node, Found>|null} found
   */
  filter(found) {
    if (found && !this.found) this.openBefore = new Set(this.open);
    if (!found && this.found) this.open = this.openBefore ?? new Set();
    this.found = found;
    this.shown = null;
    if (found) {
      this.shown = new Set();
      this.open = new Set();
      for (const node of found.keys()) {
        for (const one of this.taxonomy.path(node)) this.shown.add(one);
        for (const one of this.taxonomy.path(node).slice(0, -1)) this.open.add(one);
        this.addBelow(node);
      }
      this.current = this.taxonomy.best(found);
    }
    this.render();
    if (this.current && found) this.items.get(this.current)?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Node} node */
  addBelow(node) {
    for (const child of node.children) {
      this.shown?.add(child);
      this.addBelow(child);
    }
  }

  /**
   * @param {Node|null} node
   */
  mark(node) {
    this.chosen = node;
    if (node) {
      for (const one of this.taxonomy.path(node).slice(0, -1)) this.open.add(one);
      this.current = node;
    }
    this.render();
  }

  /** @param {Node[]} nodes */
  visible(nodes) {
    return this.shown ? nodes.filter((node) => this.shown?.has(node)) : nodes;
  }

  /** The nodes as they stand below each other. */
  get lines() {
    /** @type {Node[]} */
    const lines = [];
    const add = (/** @type {Node[]} */ nodes) => {
      for (const node of this.visible(nodes)) {
        lines.push(node);
        if (this.open.has(node)) add(node.children);
      }
    };
    add(this.taxonomy.roots);
    return lines;
  }

  render() {
    const focused = this.root.contains(document.activeElement);
    this.items.clear();
    const lines = this.lines;
    if (!this.current || !lines.includes(this.current)) this.current = lines[0] ?? null;
    this.root.replaceChildren(...this.group(this.taxonomy.roots));
    if (focused) this.focus();
  }

  focus() {
    if (this.current) this.items.get(this.current)?.focus();
  }

  /**
   * @param {Node[]} nodes
   * @returns {HTMLElement[]}
   */
  group(nodes) {
    const shown = this.visible(nodes);
    return shown.map((node, index) => this.item(node, index + 1, shown.length));
  }

  /**
   * @param {Node} node
   * @param {number} place
   * @param {number} all
   */
  item(node, place, all) {
    const inner = this.visible(node.children);
    const isOpen = this.open.has(node);
    const { record } = node;
    const row = el(
      "span",
      { class: "industry-row", id: `industry-row-${node.id}` },
      caret(inner.length > 0),
      el("span", { class: "industry-name" }, String(inLanguage(record, "name")), " ", this.why(node)),
      el("span", { class: "industry-count", "aria-hidden": "true" }, number(record.parks)),
      el("span", { class: "hidden-text" }, t(record.parks === 1 ? "industry_park_one" : "industry_parks", { count: record.parks })),
    );
    const item = el(
      "li",
      {
        role: "treeitem",
        "data-id": node.id,
        class: record.parks ? "" : "industry-none",
        "aria-labelledby": row.id,
        "aria-level": String(node.level),
        "aria-posinset": String(place),
        "aria-setsize": String(all),
        "aria-selected": String(node === this.chosen),
        "aria-expanded": inner.length ? String(isOpen) : undefined,
        tabindex: node === this.current ? "0" : "-1",
      },
      row,
      inner.length > 0 && isOpen ? el("ul", { role: "group" }, ...this.group(node.children)) : null,
    );
    this.items.set(node, item);
    return item;
  }

  /** @param {Node} node */
  why(node) {
    const found = this.found?.get(node);
    if (!found?.word) return null;
    const word = found.word;
    const key = found.related ? "industry_by_related" : `industry_by_${found.how}`;
    return el("small", { class: "industry-why" }, t(key, { word }));
  }

  /** @param {MouseEvent} event */
  click(event) {
    const at = /** @type {Element} */ (event.target);
    const node = this.taxonomy.nodes.get(/** @type {HTMLElement|null} */ (at.closest("[role=treeitem]"))?.dataset.id ?? "");
    if (!node) return;
    this.current = node;
    if (at.closest(".industry-caret") && this.visible(node.children).length) this.turn(node, !this.open.has(node));
    else this.choose(node);
  }

  /**
   * @param {Node} node
   * @param {boolean} open
   */
  turn(node, open) {
    if (open) this.open.add(node);
    else this.open.delete(node);
    this.render();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const node = this.current;
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const lines = this.lines;
    const at = lines.indexOf(node);
    const inner = this.visible(node.children);
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.go(lines[at + 1]),
      ArrowUp: () => this.go(lines[at - 1]),
      Home: () => this.go(lines[0]),
      End: () => this.go(lines.at(-1)),
      ArrowRight: () => (inner.length && !this.open.has(node) ? this.turn(node, true) : this.go(inner[0])),
      ArrowLeft: () => (inner.length && this.open.has(node) ? this.turn(node, false) : this.go(node.parent ?? undefined)),
      Enter: () => this.choose(node),
      " ": () => this.choose(node),
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  /** @param {Node|undefined} node */
  go(node) {
    if (!node) return;
    if (this.current) this.items.get(this.current)?.setAttribute("tabindex", "-1");
    this.current = node;
    const item = this.items.get(node);
    item?.setAttribute("tabindex", "0");
    item?.focus();
  }
}

/** @param {boolean} has parts below it */
function caret(has) {
  const arrow = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: "M9 6l6 6-6 6" }));
  return el("span", { class: "industry-caret" }, has ? /** @type {any} */ (arrow) : null);
}
