// Comparing: layers on both sides of a bar over the map, or parks in the columns of a table.
import { t } from "../config.js";
import { el } from "../dom.js";
import { Malformed } from "../permalink.js";
import { parsed, written } from "./compare/address.js";
import { Parks } from "./compare/parks.js";
import { Sides } from "./compare/sides.js";

/** @typedef {import("../main.js").Workbench} Workbench */

const MODES = /** @type {const} */ (["swipe", "table"]);

export default class Compare {
  /** @param {Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    /** @type {"swipe"|"table"} */
    this.mode = "swipe";
    this.isOpen = false;
    const changed = (/** @type {boolean} */ push) => workbench.permalink.changed("compare", { push });
    this.sides = new Sides(workbench, changed);
    this.parks = new Parks(workbench, changed);
  }

  /**
   * @param {HTMLElement} container
   * @param {{zone?: string}} [argument] zone: a zone to add to the table
   */
  open(container, argument) {
    this.isOpen = true;
    this.tabs = MODES.map((mode) => {
      const tab = el("button", { type: "button", role: "tab", id: `compare-tab-${mode}`, "aria-controls": "compare-body", click: () => this.turnTo(mode), keydown: (event) => this.key(event) }, t(`compare_${mode}`));
      return tab;
    });
    this.body = el("div", { role: "tabpanel", id: "compare-body", class: "compare-body" });
    container.append(el("div", { role: "tablist", class: "compare-tabs", "aria-label": t("compare_kinds") }, ...this.tabs), this.body);
    const { permalink } = this.workbench;
    const said = permalink.restoring.has("compare") ? permalink.text("compare") : null;
    if (argument?.zone) {
      this.parks.add(argument.zone);
      this.show("table");
    } else if (!said || !this.isRestored(said)) this.show(this.parks.ids.length ? "table" : this.mode);
    permalink.changed("compare");
  }

  /**
   * Be at once what the address says, so that nothing else is shown before; where it cannot be read, it says so itself.
   * @param {string} said
   */
  isRestored(said) {
    try {
      this.restore(said);
      return true;
    } catch (error) {
      if (error instanceof Malformed) return false;
      throw error;
    }
  }

  close() {
    this.isOpen = false;
    this.sides.stop();
    this.parks.stop();
    document.getElementById("dock")?.classList.remove("compare-wide");
  }

  state() {
    const table = this.parks.ids.length ? this.parks.ids : null;
    return written(this.mode === "swipe" ? { swipe: this.sides.state, table } : { swipe: null, table: table ?? [] });
  }

  /**
   * @param {string} text
   * @param {{placed: boolean}} [how] placed: whether the address says what the map shows
   */
  restore(text, { placed } = { placed: true }) {
    const said = text ? parsed(text) : { mode: this.mode, swipe: null, table: [] };
    if (!said) throw new Malformed();
    if ([...(said.swipe?.left ?? []), ...(said.swipe?.right ?? [])].some((id) => !this.workbench.layers.has(id))) throw new Malformed();
    this.parks.ids = said.table ?? [];
    if (!placed) this.parks.added = true;
    if (said.swipe || !text) this.sides.chosen = said.swipe;
    this.show(said.mode);
  }

  /** @param {"swipe"|"table"} mode */
  turnTo(mode) {
    if (mode === this.mode) return;
    this.workbench.permalink.together(() => {
      this.show(mode);
      this.workbench.permalink.changed("compare", { push: true });
    });
  }

  /** @param {"swipe"|"table"} mode */
  show(mode) {
    this.mode = mode;
    if (!this.isOpen || !this.body) return;
    (this.tabs ?? []).forEach((tab, index) => {
      const on = MODES[index] === mode;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    });
    this.body.setAttribute("aria-labelledby", `compare-tab-${mode}`);
    document.getElementById("dock")?.classList.toggle("compare-wide", mode === "table");
    this.workbench.fitRoom();
    if (mode === "swipe") {
      this.parks.stop();
      this.sides.start(this.body);
    } else {
      this.sides.stop();
      this.parks.start(this.body);
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const next = this.mode === "swipe" ? "table" : "swipe";
    this.turnTo(next);
    document.getElementById(`compare-tab-${next}`)?.focus();
  }
}
