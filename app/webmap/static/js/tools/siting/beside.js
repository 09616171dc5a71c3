// What is chosen to stand beside each other: a tray below the list, and the table that takes the place of the list.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { list } from "../../format.js";
import { nameOf } from "./localized.js";
import { sideBySide } from "./side_by_side.js";

/** @typedef {import("./scoring.js").Placed} Placed */
/** @typedef {import("./scoring.js").Numbers} Numbers */

const [FEWEST, MOST] = [2, 4];

export class Beside {
  /**
   * @param {import("../../main.js").Workbench} workbench
   * @param {object} how
   * @param {HTMLElement} how.list what the table takes the place of
   * @param {() => Map<string, import("./entry.js").Entry>} how.entries
   * @param {(level: string) => string} how.levelName
   * @param {(result: any) => void} how.show
   * @param {(results: any[]) => void} how.bringIntoView
   */
  constructor(workbench, how) {
    this.workbench = workbench;
    this.how = how;
    /** @type {Set<string>} */
    this.chosen = new Set();
    /** @type {Placed[]} */
    this.placed = [];
    /** @type {any} */
    this.answer = null;
    /** @type {Numbers} */
    this.weights = {};
    this.tray = el("div", { class: "siting-tray", hidden: true });
    this.table = el("div", { class: "siting-beside", hidden: true });
  }

  /** Nothing is chosen any more. */
  forget() {
    this.chosen.clear();
    this.turn(false);
  }

  /**
   * @param {string} id
   * @param {boolean} on
   */
  choose(id, on) {
    if (on) this.chosen.add(id);
    else this.chosen.delete(id);
    this.showTray();
  }

  /**
   * @param {Placed[]} placed the candidates as they stand now
   * @param {any} answer
   * @param {Numbers} weights
   */
  take(placed, answer, weights) {
    this.placed = placed;
    this.answer = answer;
    this.weights = weights;
    const ids = new Set(placed.map(({ result }) => result.id));
    for (const id of this.chosen) if (!ids.has(id)) this.chosen.delete(id);
    if (this.chosen.size < FEWEST) this.turn(false);
    else if (!this.table.hidden) this.fill();
    this.showTray();
  }

  get candidates() {
    return this.placed.filter(({ result }) => this.chosen.has(result.id));
  }

  showTray() {
    const { tray, chosen } = this;
    for (const [id, { box }] of this.how.entries()) {
      box.checked = chosen.has(id);
      box.disabled = chosen.size >= MOST && !chosen.has(id);
    }
    tray.hidden = chosen.size === 0 || !this.table.hidden;
    const names = list(this.candidates.map(({ result }) => nameOf(result)));
    const few = chosen.size < FEWEST;
    const clear = () => {
      chosen.clear();
      this.showTray();
    };
    const buttons = [
      el("button", { type: "button", class: "button button-main", id: "siting-to-table", disabled: few, click: () => this.turn(true) }, t("siting_beside")),
      el("button", { type: "button", class: "button", click: clear }, t("siting_clear")),
    ];
    tray.replaceChildren(el("span", {}, few ? t("siting_tray_few", { names }) : names), el("div", { class: "siting-buttons" }, ...buttons));
  }

  /** @param {boolean} on whether the table stands in place of question and list */
  turn(on) {
    if (this.table.hidden !== on) return;
    this.table.hidden = !on;
    this.how.list.hidden = on;
    document.getElementById("dock")?.classList.toggle("siting-wide", on);
    this.workbench.fitRoom();
    this.showTray();
    if (on) this.fill();
    else this.table.replaceChildren();
    if (on) this.how.bringIntoView(this.candidates.map(({ result }) => result));
    const focus = on ? this.table.querySelector("button") : document.getElementById("siting-to-table");
    focus?.focus({ preventScroll: true });
  }

  fill() {
    const { workbench, candidates: placed, answer, weights, how } = this;
    const back = el("button", { type: "button", class: "back", click: () => this.turn(false) }, t("siting_back"));
    const zones = answer.request.layer ? [] : placed.map(({ result }) => result.id);
    const facts = zones.length > 0 && workbench.tools.entries.has("compare") && el("button", { type: "button", class: "button", click: () => void this.compareFacts(zones) }, t("siting_facts"));
    this.table.replaceChildren(...present([back, sideBySide({ placed, answer, weights, levelName: how.levelName, show: how.show }), facts]));
  }

  /**
   * Everything else that is known of the places, in the tool for that.
   * @param {string[]} zones
   */
  async compareFacts(zones) {
    const { permalink, tools } = this.workbench;
    await permalink.together(async () => {
      const tool = await tools.open("compare");
      await tool?.restore?.(`table:${zones.join()}`);
      permalink.changed("compare");
    });
  }
}
