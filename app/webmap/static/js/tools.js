// The toolbar, and the tools behind it: each is loaded when it is first opened. Which there are, the page says.
import { Problem } from "./api.js";
import { config, t } from "./config.js";
import { byId, el } from "./dom.js";
import { loadModule, loadStyle, loadTexts } from "./load.js";
import { clear, notify } from "./notices.js";
import { Malformed } from "./permalink.js";
import { shortened } from "./state.js";
import { roam, toolButton } from "./toolbar.js";

/**
 * What a tool's module exports by default is a class of these; it is made once, with the workbench.
 * @typedef {object} Tool
 * @property {(container: HTMLElement, argument?: any) => void|Promise<void>} open fill the empty element
 * @property {() => void} close take off the map what the tool has put there
 * @property {() => string|null} [state] its part of the address
 * @property {(text: string, how?: {placed: boolean}) => void|Promise<void>} [restore] be what an address says; empty: as
 *   freshly opened; placed: whether the address also says what the map shows
 */

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {"header"|"side"|"bottom"} place
 * @property {string[]} icon paths in a square of 24, stroked
 */

/** @typedef {{entry: Entry, container: HTMLElement, tool: Tool|null, argument: any, filled: Promise<Tool|null>}} Running */

/** @type {Entry[]} in the order of the toolbar */
export const TOOLS = [
  { id: "search", place: "header", icon: ["M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", "M15.5 15.5 21 21"] },
  { id: "industry", place: "side", icon: ["M3 20h18", "M4 20V10l6 4v-4l6 4V5h4v15"] },
  { id: "siting", place: "side", icon: ["M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z", "m9.3 10 2 2 3.4-3.6"] },
  { id: "compare", place: "side", icon: ["M12 3v18", "M9 6H4v12h5", "M15 6h5v12h-5", "m7 10-1.5 2L7 14", "m17 10 1.5 2-1.5 2"] },
  { id: "measure", place: "side", icon: ["m3 16.5 13.5-13.5 4.5 4.5L7.5 21z", "m7 12.5 2 2", "m10 9.5 2.5 2.5", "m13 6.5 2 2"] },
  { id: "table", place: "bottom", icon: ["M3 5h18v14H3z", "M3 10h18", "M3 14.5h18", "M9 5v14"] },
  { id: "statistics", place: "side", icon: ["M3 20h18", "M6 20v-7", "M11 20V5", "M16 20v-10", "M20 20v-4"] },
  { id: "print", place: "side", icon: ["M7 9V3h10v6", "M7 17H4V9h16v8h-3", "M7 14h10v7H7z"] },
  { id: "basemap", place: "side", icon: ["m12 3 9 5-9 5-9-5z", "m3 12.5 9 5 9-5", "m3 17 9 5 9-5"] },
];

export class Tools {
  /** @param {import("./main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.entries = new Map(TOOLS.filter(({ id }) => config.tools.some((tool) => tool.id === id)).map((entry) => [entry.id, entry]));
    /** @type {Map<string, Promise<Tool>>} */
    this.made = new Map();
    /** @type {Map<string, Running>} */
    this.running = new Map();
    this.addButtons();
    workbench.permalink.register("tool", { get: () => this.get(), set: (text) => this.set(text) });
    byId("search").hidden = !this.entries.has("search");
    if (this.entries.has("search")) whenIdle(() => void this.open("search"));
  }

  /** Each tool has a part of the address, unless it is someone's already. */
  registerStates() {
    const { permalink } = this.workbench;
    for (const { id } of this.entries.values()) {
      if (!permalink.parts.has(id)) permalink.register(id, { get: () => this.stateOf(id), set: (text, isStale) => this.restore(id, text, isStale) });
    }
  }

  /** The side tool that is open, or null. */
  get current() {
    return this.at("side")?.entry.id ?? null;
  }

  /** @param {string} place */
  at(place) {
    return [...this.running.values()].find(({ entry }) => entry.place === place) ?? null;
  }

  addButtons() {
    const shown = [...this.entries.values()].filter(({ place }) => place !== "header");
    const bar = byId("tools");
    bar.hidden = shown.length === 0;
    bar.append(...shown.map((entry, index) => toolButton(entry, index === 0, () => (this.isShown(entry.id) ? this.close(entry.id) : void this.open(entry.id)))));
    bar.addEventListener("keydown", (event) => roam(bar, event));
  }

  /**
   * Whether a tool is open and not behind the panel of a feature.
   * @param {string} id
   */
  isShown(id) {
    const running = this.running.get(id);
    return running !== undefined && !(running.entry.place === "side" && this.workbench.panel?.isOpen);
  }

  /**
   * Open a tool; what stands in its place makes room. A tool that is open is only brought to view, unless it is given
   * an argument: then it is opened anew.
   * @param {string} id
   * @param {any} [argument] what the tool's `open` is given
   * @param {{focus?: boolean}} [how] focus: move the keyboard's focus to it
   * @returns {Promise<Tool|null>} null where it cannot be had, or was closed meanwhile
   */
  open(id, argument, { focus = true } = {}) {
    const entry = this.entries.get(id);
    if (!entry) throw new Error(`no tool ${id}`);
    const { place } = entry;
    if (place === "header") return this.fillHeader(entry, argument);
    const { permalink, panel, dock, closeDrawer } = this.workbench;
    permalink.together(() => {
      closeDrawer?.();
      if (place === "side") panel?.close();
      if (argument !== undefined || !this.running.has(id)) this.start(entry, place, argument);
      permalink.changed("tool", { push: true });
    });
    this.mark();
    if (focus) dock.focus(place);
    return this.running.get(id)?.filled ?? Promise.resolve(null);
  }

  /**
   * @param {Entry} entry
   * @param {import("./dock.js").Place} place
   * @param {any} argument
   */
  start(entry, place, argument) {
    const { id } = entry;
    const rival = this.at(place);
    if (rival) this.close(rival.entry.id, { focus: false });
    const container = this.workbench.dock.show(place, { id, title: t(`tool_${id}`), close: () => this.close(id) });
    /** @type {Running} */
    const running = { entry, container, tool: null, argument, filled: Promise.resolve(null) };
    this.running.set(id, running);
    this.workbench.fitRoom();
    running.filled = this.fill(running);
  }

  /**
   * @param {string} id
   * @param {{focus?: boolean}} [how] focus: give it back to the tool's button where the tool had it
   */
  close(id, { focus = true } = {}) {
    const running = this.running.get(id);
    if (!running) return;
    const { permalink, dock } = this.workbench;
    const had = running.container.parentElement?.contains(document.activeElement);
    permalink.together(() => {
      this.running.delete(id);
      try {
        running.tool?.close();
      } catch (error) {
        console.error(error);
      }
      dock.hide(/** @type {any} */ (running.entry.place));
      this.workbench.fitRoom();
      permalink.changed("tool", { push: true });
      permalink.changed(id);
    });
    this.mark();
    if (had && focus) byId(`tool-${id}`).focus();
  }

  /** Close what Escape closes first. Tells whether there was anything. */
  closeTop() {
    const top = this.at("side") ?? this.at("bottom");
    if (top) this.close(top.entry.id);
    return top !== null;
  }

  mark() {
    for (const { id, place } of this.entries.values()) {
      if (place === "header") continue;
      const button = byId(`tool-${id}`);
      button.setAttribute("aria-expanded", String(this.isShown(id)));
      button.classList.toggle("tool-behind", this.running.has(id) && !this.isShown(id));
    }
  }

  /**
   * @param {Running} running
   * @returns {Promise<Tool|null>}
   */
  async fill(running) {
    const { entry, container, argument } = running;
    container.replaceChildren(el("p", { class: "hint" }, el("span", { class: "spinner" }), t("loading")));
    try {
      const tool = await this.make(entry.id);
      if (!this.isRunning(running)) return null;
      container.replaceChildren();
      running.tool = tool;
      await tool.open(container, argument);
      return this.isRunning(running) ? tool : null;
    } catch (error) {
      if (this.isRunning(running)) this.sayFailed(running, error);
      return null;
    }
  }

  /** @param {Running} running */
  isRunning(running) {
    return this.running.get(running.entry.id) === running;
  }

  /**
   * @param {Running} running
   * @param {any} error
   */
  sayFailed(running, error) {
    const { id } = running.entry;
    const again = async () => {
      running.filled = this.fill(running);
      const tool = await running.filled;
      const text = this.workbench.permalink.text(id);
      if (tool && text !== null) await tool.restore?.(text);
      if (tool) this.workbench.dock.focus(/** @type {any} */ (running.entry.place));
    };
    running.container.replaceChildren(
      el("p", { class: "hint fault", role: "alert" }, t("tool_failed", { name: t(`tool_${id}`), detail: reason(error, running.tool) })),
      el("button", { type: "button", class: "button", click: () => void again() }, t("retry")),
    );
  }

  /**
   * @param {Entry} entry
   * @param {any} [argument]
   * @returns {Promise<Tool|null>}
   */
  async fillHeader(entry, argument) {
    const { id } = entry;
    const key = `tool-${id}`;
    try {
      const tool = await this.make(id);
      clear(key);
      if (!byId(id).hasChildNodes() || argument !== undefined) await tool.open(byId(id), argument);
      return tool;
    } catch (error) {
      notify(key, t("tool_failed", { name: t(`tool_${id}`), detail: reason(error, null) }), { label: t("retry"), run: () => void this.fillHeader(entry, argument) });
      return null;
    }
  }

  /**
   * The tool of an id, made when it is first asked for.
   * @param {string} id
   * @returns {Promise<Tool>}
   */
  make(id) {
    const known = this.made.get(id) ?? this.load(id);
    this.made.set(id, known);
    known.catch(() => this.made.delete(id));
    return known;
  }

  /**
   * @param {string} id
   * @returns {Promise<Tool>}
   */
  async load(id) {
    const { style, texts } = /** @type {import("./config.js").ToolFiles} */ (config.tools.find((tool) => tool.id === id));
    const [module] = await Promise.all([
      loadModule(`/static/js/tools/${id}.js`),
      style ? loadStyle(`/static/css/tools/${id}.css`) : null,
      texts ? loadTexts(id) : null,
    ]);
    return new module.default(this.workbench);
  }

  /** The tools that are open, as a part of the address. */
  get() {
    return [...this.running.keys()].join() || null;
  }

  /** @param {string|null} text */
  async set(text) {
    const asked = (text ?? "").split(",").filter(Boolean);
    const places = asked.map((id) => this.entries.get(id)?.place);
    for (const id of [...this.running.keys()]) if (!asked.includes(id)) this.close(id, { focus: false });
    const good = asked.filter((id, index) => (places[index] === "side" || places[index] === "bottom") && places.indexOf(places[index]) === index);
    for (const id of good) void this.open(id, undefined, { focus: false });
    if (good.length < asked.length) throw new Malformed(t("bad_part", { name: `tool=${shortened(text ?? "")}` }));
  }

  /** @param {string} id */
  stateOf(id) {
    const running = this.running.get(id);
    // What the address says of a tool that is still on its way stays as it is, until the tool is told of it.
    const { permalink } = this.workbench;
    if (running && !running.tool) return permalink.restoring.has(id) ? null : permalink.text(id);
    return running?.tool?.state?.() || null;
  }

  /**
   * @param {string} id
   * @param {string|null} text
   * @param {() => boolean} isStale
   */
  async restore(id, text, isStale) {
    const running = this.running.get(id);
    if (!running) return text === null ? undefined : this.restoreClosed(id, text, isStale);
    const placed = this.isPlaced;
    const tool = await running.filled;
    if (!isStale()) await tool?.restore?.(text ?? "", { placed });
  }

  /**
   * A tool whose state outlasts its being open has registered its part of the address itself; another one is opened.
   * @param {string} id
   * @param {string} text
   * @param {() => boolean} isStale
   */
  async restoreClosed(id, text, isStale) {
    const { permalink } = this.workbench;
    const placed = this.isPlaced;
    const own = permalink.parts.get(id);
    await this.make(id).catch(() => null);
    if (isStale()) return;
    const part = permalink.parts.get(id);
    if (part !== own) return part?.set(text, isStale);
    const tool = await this.open(id, undefined, { focus: false });
    if (!isStale()) await tool?.restore?.(text, { placed });
  }

  /** Whether the address says what the map shows; asked before anything is loaded, since the map says so itself later. */
  get isPlaced() {
    return this.workbench.permalink.text("view") !== null;
  }
}

/**
 * Why a tool is not there, for the person who wants it.
 * @param {any} error
 * @param {Tool|null} tool null where it could not even be loaded
 */
function reason(error, tool) {
  if (error instanceof Problem) return error.message;
  console.error(error);
  return t(tool ? "tool_fault" : "unreachable");
}

/** @param {() => void} work */
function whenIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 1500 });
  else setTimeout(work, 300);
}
