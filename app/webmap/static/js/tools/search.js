// The search box of the header: a combobox whose list says what matched. What is chosen is shown on the map.
import { getJson, Problem } from "../api.js";
import { config, t } from "../config.js";
import { el } from "../dom.js";
import { keep, recalled } from "../kept.js";
import { clear, notify } from "../notices.js";
import { filters, group, grouped, GROUPS, hitOption, option } from "./search/hits.js";

/** @typedef {import("./search/hits.js").Hit} Hit */
/** @typedef {import("./search/hits.js").Option} Option */
/** @typedef {import("./search/hits.js").Part} Part */

const PAUSE = 160; // milliseconds without a key before the server is asked
const MOST = 30;
const RECENT = "yuantu-searches";
const MOST_RECENT = 6;

/** @type {Record<string, string>} the layer that draws a kind of zone; those without parks are among the parks */
const LAYERS = {
  district: "districts",
  development_zone: "development-zones",
  park: "parks",
  functional_area: "functional-areas",
  theme_park: "theme-parks",
};

/** @type {Record<string, import("../record_panel.js").Collection>} what no layer draws, by its kind: the panel says what is known of it */
const RECORDS = { rule: "rules", document: "documents", firm: "things", policy: "things", fund: "things", unit: "things", technology: "things", governance: "things" };

export default class Search {
  /** @param {import("../main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    /** @type {Option[]} */
    this.options = [];
    this.active = -1;
    this.composing = false;
    /** @type {AbortController|null} */
    this.asking = null;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.pause = undefined;
    this.takeFirst = false;
    /** @type {string|null} the group of hits that alone is looked for */
    this.filter = null;
    /** @type {string[]} the groups that were found without a filter */
    this.found = [];
    this.input = /** @type {HTMLInputElement} */ (this.makeInput());
    this.list = el("div", { class: "search-list", id: "search-list", role: "listbox", "aria-label": t("search_results") });
    this.note = el("p", { class: "search-note", role: "status" });
    this.count = el("p", { class: "hidden-text", role: "status" });
    this.filters = el("div", { class: "search-filters", role: "group", "aria-label": t("search_filters"), hidden: true });
    this.box = el("div", { class: "search-box", hidden: true, pointerdown: (event) => event.preventDefault() }, this.filters, this.list, this.note);
    this.empty = el("button", { type: "button", class: "search-clear", "aria-label": t("search_clear"), hidden: true, click: () => this.lookFor("") }, "×");
  }

  makeInput() {
    return el("input", {
      id: "search-input",
      class: "search-input",
      type: "text",
      role: "combobox",
      "aria-label": t("search_label"),
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "search-list",
      "aria-keyshortcuts": "/",
      placeholder: t("search_placeholder"),
      title: t("search_label"),
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      maxlength: "100",
      input: () => this.typed(),
      focus: () => this.typed(0),
      click: () => this.box.hidden && this.typed(0),
      keydown: (event) => this.key(event),
      compositionstart: () => (this.composing = true),
      compositionend: () => {
        this.composing = false;
        this.typed();
      },
    });
  }

  /**
   * @param {HTMLElement} container
   * @param {string} [words] to look for at once
   */
  open(container, words) {
    if (!container.hasChildNodes()) {
      const frame = el("div", { class: "search", focusout: (event) => frame.contains(event.relatedTarget) || this.close() }, this.input, this.empty, this.box, this.count);
      container.append(frame);
      document.addEventListener("keydown", (event) => this.shortcut(event));
    }
    if (words !== undefined) this.lookFor(words);
  }

  /** @param {string} words */
  lookFor(words) {
    this.input.value = words;
    this.input.focus();
    this.typed(0);
  }

  close() {
    clearTimeout(this.pause);
    this.asking?.abort();
    this.takeFirst = false;
    this.show([], "");
    this.box.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  /** @param {KeyboardEvent} event the key / goes to the box from wherever nothing is written */
  shortcut(event) {
    const at = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (at.isContentEditable || at.closest?.("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, dialog")) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    // While an input method composes, its keys are its own (229 where a browser does not say so).
    if (event.isComposing || this.composing || event.keyCode === 229) return;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => (this.box.hidden ? this.typed(0) : this.go(this.active + 1)),
      ArrowUp: () => this.go(this.active < 0 ? this.options.length - 1 : this.active - 1),
      Enter: () => this.enter(),
      Escape: () => this.escape(),
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  enter() {
    if (this.isWaiting) this.takeFirst = true;
    else this.options[Math.max(this.active, 0)]?.run();
  }

  /** Close the list first, then empty the box, then leave it. */
  escape() {
    if (!this.box.hidden) this.close();
    else if (this.input.value) this.input.value = "";
    else this.input.blur();
    this.empty.hidden = !this.input.value;
  }

  get isWaiting() {
    return this.pause !== undefined || this.asking !== null;
  }

  /** @param {number} [pause] milliseconds */
  typed(pause = PAUSE) {
    clearTimeout(this.pause);
    this.pause = undefined;
    this.asking?.abort();
    this.asking = null;
    this.takeFirst = false;
    this.filter = null;
    this.empty.hidden = !this.input.value;
    if (this.composing) return;
    const words = this.input.value.trim();
    if (!words) this.showRecent();
    else {
      this.pause = setTimeout(() => {
        this.pause = undefined;
        void this.ask(words);
      }, pause);
    }
  }

  /** @param {string} words */
  async ask(words) {
    const asking = new AbortController();
    this.asking = asking;
    if (this.box.hidden) this.show([], t("search_busy"));
    try {
      const query = new URLSearchParams({ q: words, limit: String(MOST), lang: config.language });
      if (this.filter) query.set("kind", GROUPS[this.filter].join());
      const { hits, more } = await getJson(`/api/search?${query}`, asking.signal);
      if (this.asking !== asking) return;
      this.asking = null;
      this.showHits(words, hits, more);
      if (this.takeFirst) this.options[0]?.run();
    } catch (error) {
      if (this.asking !== asking) return;
      this.asking = null;
      if (!(error instanceof Problem)) throw error;
      this.show([], t("search_failed", { detail: error.message }), true);
    }
  }

  /**
   * @param {string} words
   * @param {Hit[]} hits
   * @param {boolean} more
   */
  showHits(words, hits, more) {
    if (!hits.length) {
      this.show([], t(this.filter ? "search_none_of_kind" : "search_none", { query: words }));
      if (this.filter) this.offerFilters(words);
      return;
    }
    const groups = grouped(hits).map(([name, found]) => ({
      name,
      title: t(`search_group_${name}`),
      options: found.map((hit) => ({ element: hitOption("", hit), run: () => this.choose(hit, words) })),
    }));
    // What is cut off may be of any group.
    if (!this.filter) this.found = [...new Set([...groups.map(({ name }) => name), ...(more ? Object.keys(GROUPS) : [])])];
    this.show(groups, more ? t("search_more") : "");
    this.offerFilters(words);
    this.count.textContent = t(hits.length === 1 ? "search_found_one" : "search_found", { count: hits.length });
    this.go(0);
  }

  /**
   * Where hits of several groups were found, each can be looked for alone.
   * @param {string} words
   */
  offerFilters(words) {
    const choose = (/** @type {string|null} */ name) => {
      this.filter = name;
      this.input.focus();
      void this.ask(words);
    };
    this.filters.replaceChildren(...filters(this.found, this.filter, choose));
    this.filters.hidden = this.found.length < 2;
  }

  /** What was looked for before, while the box is empty. */
  showRecent() {
    const words = recent();
    if (!words.length) return this.close();
    const again = words.map((one) => ({ element: option("", el("span", { class: "search-title" }, one)), run: () => this.lookFor(one) }));
    const forget = {
      element: option("", el("span", { class: "search-detail" }, t("search_forget"))),
      run: () => {
        keep(RECENT, null);
        this.close();
      },
    };
    this.show([{ title: t("search_recent"), options: [...again, forget] }], "");
  }

  /**
   * @param {{name?: string, title: string, options: Option[]}[]} groups
   * @param {string} note
   * @param {boolean} [fault]
   */
  show(groups, note, fault = false) {
    this.options = groups.flatMap(({ options }) => options);
    this.options.forEach(({ element, run }, index) => {
      element.id = `search-option-${index}`;
      element.addEventListener("click", run);
      element.addEventListener("pointermove", () => this.active !== index && this.go(index, false));
    });
    this.list.replaceChildren(...groups.map(({ name, title, options }, index) => group(`search-group-${index}`, title, options.map(({ element }) => element), name)));
    this.filters.hidden = true;
    this.list.hidden = !this.options.length;
    this.note.textContent = note;
    this.note.hidden = !note;
    this.note.classList.toggle("fault", fault);
    this.count.textContent = "";
    this.box.hidden = false;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
  }

  /**
   * Make an option the active one; after the last comes the first.
   * @param {number} index
   * @param {boolean} [scroll]
   */
  go(index, scroll = true) {
    if (!this.options.length) return;
    this.options[this.active]?.element.setAttribute("aria-selected", "false");
    this.active = (index + this.options.length) % this.options.length;
    const { element } = this.options[this.active];
    element.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", element.id);
    if (scroll) (this.active === 0 ? element.parentElement : element)?.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {Hit} hit
   * @param {string} words
   */
  choose(hit, words) {
    remember(words);
    const { tools } = this.workbench;
    if (hit.kind === "industry" && tools?.entries.has("industry")) {
      this.leave();
      void tools.open("industry", hit.id);
    } else if (hit.kind === "industry") void this.listZones(hit);
    else if (!hit.feature && hit.kind in RECORDS) this.openRecord(hit);
    else if (hit.feature || !hit.parts?.length) void this.showOnMap(hit, hit.bbox);
    else if (hit.parts.length === 1) void this.showOnMap({ ...hit.parts[0], title: hit.title }, hit.bbox);
    else this.listParts(hit, hit.parts);
  }

  /** @param {Hit} hit of what no layer draws */
  openRecord({ kind, id, title, subtitle }) {
    this.leave();
    clear("search");
    this.workbench.openRecord({ collection: RECORDS[kind], id, title, subtitle });
  }

  leave() {
    this.close();
    this.input.blur();
  }

  /**
   * @param {{layer: string|null, feature: string|null, title: string}} what
   * @param {[number, number, number, number]|null} bbox
   */
  async showOnMap({ layer, feature, title }, bbox) {
    const { workbench } = this;
    this.leave();
    clear("search");
    const drawn = layer ? workbench.layers.get(layer) : undefined;
    if (drawn && feature) {
      if (!(await workbench.showFeature(drawn.id, feature, { zoom: true }))) notify("search", t("search_not_shown", { name: title }));
      return;
    }
    if (drawn) workbench.switch(drawn, true);
    if (bbox) workbench.map.fitBounds([[bbox[1], bbox[0]], [bbox[3], bbox[2]]], { padding: [40, 40], animate: false });
    else if (!drawn) notify("search", t("search_not_shown", { name: title }));
  }

  /**
   * The things that a hit stands for, in place of the hits.
   * @param {Hit} hit
   * @param {Part[]} parts
   */
  listParts(hit, parts) {
    const words = this.input.value.trim();
    const back = { element: option("", el("span", { class: "search-detail" }, `‹ ${t("search_back")}`)), run: () => void this.ask(words) };
    const options = parts.map((part) => ({
      element: option("", el("span", { class: "search-title" }, part.title)),
      run: () => void this.showOnMap(part, hit.bbox),
    }));
    const title = t("search_parts_of", { name: hit.title, count: parts.length });
    this.show([{ title, options: [back, ...options] }], parts.length ? "" : t("search_no_parts", { name: hit.title }));
    this.go(options.length ? 1 : 0);
  }

  /** @param {Hit} hit an industry */
  async listZones(hit) {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    try {
      const { zones } = await getJson(`/api/zones?${new URLSearchParams({ industry: hit.id })}`, asking.signal);
      if (this.asking !== asking) return;
      this.asking = null;
      this.listParts(hit, zones.map((/** @type {any} */ zone) => ({ layer: LAYERS[zone.kind] ?? null, feature: zone.id, title: config.language === "en" ? zone.name_en : zone.name_zh })));
    } catch (error) {
      if (this.asking !== asking) return;
      this.asking = null;
      if (!(error instanceof Problem)) throw error;
      this.show([], t("search_failed", { detail: error.message }), true);
    }
  }
}

/** @returns {string[]} */
function recent() {
  try {
    const kept = JSON.parse(recalled(RECENT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string" && one).slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

/** @param {string} words */
function remember(words) {
  keep(RECENT, JSON.stringify([words, ...recent().filter((one) => one !== words)].slice(0, MOST_RECENT)));
}
