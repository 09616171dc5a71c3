// The panel that a click opens: what a feature is, what the documents say of it, and what else is at the place.
import { getJson, Problem } from "./api.js";
import { t } from "./config.js";
import { positioning, recordSections, section } from "./detail.js";
import { byId, el, present } from "./dom.js";
import { actions } from "./feature_actions.js";
import { list, names, rows } from "./format.js";
import { hereList, placeLines } from "./here.js";
import { statusBadge } from "./style.js";
import { surroundingSections } from "./surroundings.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {import("./format.js").Row} Row */

const NAMES = new Set(["name", "short_name"]);
const BOUNDARY = new Set(["geometry_status", "accuracy_m", "geometry_method", "geometry_source"]);
const SOURCES = new Set(["source", "sources", "note"]);
const MOST_PARTS = 16; // of a list that is shown as a whole
const FIRST_PARTS = 12; // of a longer one that are shown at first

/** @type {Record<string, string>} the layer that draws a kind of zone */
const LAYERS = {
  district: "districts",
  development_zone: "development-zones",
  park: "parks",
  functional_area: "functional-areas",
  theme_park: "theme-parks",
};

export class Panel {
  /**
   * @param {object} actions
   * @param {import("./main.js").Workbench} actions.workbench
   * @param {(item: Item) => void} actions.choose
   * @param {(stack: Item[]) => void} actions.chooseStack
   * @param {(id: string) => Item|null} actions.find
   * @param {() => void} actions.opened
   * @param {() => void} actions.closed
   */
  constructor({ workbench, choose, chooseStack, find, opened, closed }) {
    this.workbench = workbench;
    this.choose = choose;
    this.chooseStack = chooseStack;
    this.find = find;
    this.opened = opened;
    this.closed = closed;
    this.root = byId("panel");
    /** @type {AbortController|null} */
    this.request = null;
    /** @type {Item[]} what the panel is about */
    this.subject = [];
    this.around = el("div", { class: "around" });
    /** @type {Element|null} where the focus was before the panel took it */
    this.opener = null;
  }

  get isOpen() {
    return !this.root.hidden;
  }

  /** How much of the map's lower edge the panel lies over, pixels: on a narrow screen it is a sheet. */
  get cover() {
    if (!this.isOpen) return 0;
    const [map, panel] = [byId("stage").getBoundingClientRect(), this.root.getBoundingClientRect()];
    return panel.left < map.right - 1 ? Math.max(0, map.bottom - panel.top) : 0;
  }

  close() {
    if (!this.isOpen) return;
    this.request?.abort();
    const focused = this.root.contains(document.activeElement);
    this.root.hidden = true;
    this.root.replaceChildren();
    this.subject = [];
    this.closed();
    if (focused) this.giveBackFocus();
  }

  /** To what the panel was opened from, where that is still to be had; else to the map. */
  giveBackFocus() {
    for (const place of [this.opener, document.querySelector(".map")]) {
      if (!(place instanceof HTMLElement) || place === document.body) continue;
      place.focus({ preventScroll: true });
      if (place === document.activeElement) return;
    }
  }

  /**
   * @param {Node} head
   * @param {...(Node|null)} content
   */
  fill(head, ...content) {
    this.request?.abort();
    this.request = null;
    if (!this.root.contains(document.activeElement)) this.opener = document.activeElement;
    const close = el("button", { type: "button", class: "panel-close", "aria-label": t("close"), click: () => this.close() }, "×");
    this.root.replaceChildren(el("div", { class: "panel-head" }, head, close), el("div", { class: "panel-body" }, ...content));
    this.root.hidden = false;
    this.opened();
    this.root.querySelector("h2")?.focus({ preventScroll: true });
  }

  /**
   * Show several features at one place as a list.
   * @param {Item[]} stack
   */
  showStack(stack) {
    const [{ layer }] = stack;
    this.subject = stack;
    const head = el("div", {}, heading(t("stack_title", { count: stack.length })), subhead(layer));
    const note = layer.definition.status === "derived" ? el("p", { class: "hint" }, t("stack_note")) : null;
    this.around.replaceChildren();
    this.fill(head, this.around, note, el("ol", { class: "choices" }, ...stack.map((item) => el("li", {}, this.button(item)))));
  }

  /** @param {Item} item */
  show(item) {
    const { definition } = item.layer;
    const { title, subtitle } = names(item);
    this.subject = [item];
    const found = rows(definition, item.properties).filter((row) => row.popup && !NAMES.has(row.name));
    const plain = found.filter((row) => !BOUNDARY.has(row.name) && !SOURCES.has(row.name));
    const [record, surroundings] = ["record", "surroundings"].map((name) => el("div", { class: name, "aria-live": "polite" }));
    this.around.replaceChildren();
    const head = el("div", {}, heading(title), subtitle ? el("p", { class: "panel-subtitle" }, subtitle) : null, subhead(item.layer, item));
    this.fill(
      head,
      actions(item, this.workbench),
      this.backToStack(item),
      this.around,
      definitionList(plain),
      record,
      surroundings,
      block("boundary", found.filter((row) => BOUNDARY.has(row.name))),
      block("sources", found.filter((row) => SOURCES.has(row.name))),
    );
    if (!definition.detail) return;
    const path = definition.detail.replace("{id}", encodeURIComponent(item.id));
    this.request = new AbortController();
    /** @type {import("./detail.js").Link} */
    const link = (id, title, where) => this.link(id, title, where);
    void this.add(path, record, "loading_record", (told) => present([positioning(told), ...recordSections(told, link)]));
    void this.add(`${path}/surroundings`, surroundings, "loading_around", (told) => surroundingSections(told, link));
  }

  /**
   * Say that nothing that is shown lies at a place.
   * @param {import("./identify.js").Findings} found
   */
  showPlace(found) {
    this.subject = [];
    this.around.replaceChildren();
    this.fill(heading(t("here_nothing")), this.around);
    this.showAround(found);
  }

  /**
   * Say what else is at the place.
   * @param {import("./identify.js").Findings|null} found null: the panel is about no place
   */
  showAround(found) {
    if (!found) return this.around.replaceChildren();
    const focused = this.around.contains(document.activeElement) ? document.activeElement?.textContent : null;
    const title = this.root.querySelector("h2");
    const count = found.stacks.flat().length;
    if (!this.subject.length && title) title.textContent = count ? t("here_count", { count }) : t("here_nothing");
    this.around.replaceChildren(...(this.subject.length ? [] : placeLines(found)), ...hereList(found, this.subject, this));
    for (const button of this.around.querySelectorAll("button")) if (button.textContent === focused) button.focus({ preventScroll: true });
  }

  /**
   * @param {string} path
   * @param {HTMLElement} into
   * @param {string} waiting key of what is said meanwhile
   * @param {(told: any) => HTMLElement[]} made
   */
  async add(path, into, waiting, made) {
    const signal = this.request?.signal;
    into.replaceChildren(el("p", { class: "hint" }, el("span", { class: "spinner" }), t(waiting)));
    try {
      into.replaceChildren(...made(await getJson(path, signal)));
    } catch (error) {
      if (signal?.aborted) return;
      const detail = error instanceof Problem ? error.message : t("bad_answer");
      const retry = el("button", { type: "button", click: () => void this.add(path, into, waiting, made) }, t("retry"));
      into.replaceChildren(el("p", { class: "hint fault" }, t("record_failed", { detail })), retry);
    }
  }

  /**
   * A name as a way to what it names, as far as a layer draws that.
   * @param {string} id
   * @param {string} title
   * @param {string} where the kind of zone, or the layer
   */
  link(id, title, where) {
    const layer = LAYERS[where] ?? where;
    const item = this.find(id);
    if (!item && !this.workbench.layers.has(layer)) return el("span", { class: "link" }, title);
    const click = () => void (item ? this.workbench.goTo(item) : this.workbench.showFeature(layer, id));
    return el("button", { type: "button", class: "link", click }, title);
  }

  /** @param {Item} item */
  button(item) {
    return el("button", { type: "button", class: "choice", click: () => this.choose(item) }, names(item).title);
  }

  /** @param {Item} item */
  backToStack(item) {
    const stack = item.layer.stacks.find((one) => one.includes(item)) ?? [];
    if (stack.length < 2) return null;
    return el("button", { type: "button", class: "back", click: () => this.chooseStack(stack) }, t("back_to_list", { count: stack.length }));
  }
}

/** @param {string} text */
function heading(text) {
  return el("h2", { tabindex: "-1" }, text);
}

/**
 * @param {import("./layer.js").RemoteLayer} layer
 * @param {Item} [item]
 */
function subhead({ definition }, item) {
  return el("p", { class: "panel-layer" }, definition.title, statusBadge(item?.properties.geometry_status ?? definition.status));
}

/**
 * What a row says; of a long list its beginning, and the rest when it is wanted.
 * @param {Row} row
 */
function said(row) {
  if (row.url) return [el("a", { href: row.url, rel: "noopener noreferrer" }, row.text)];
  if (row.parts.length <= MOST_PARTS) return [row.text];
  const all = el("button", { type: "button", class: "choice" }, t("show_all", { count: row.parts.length }));
  all.addEventListener("click", () => {
    const place = /** @type {HTMLElement} */ (all.parentElement);
    place.replaceChildren(row.text);
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });
  return [`${list(row.parts.slice(0, FIRST_PARTS))}… `, all];
}

/** @param {Row[]} found */
function definitionList(found) {
  if (found.length === 0) return null;
  return el("dl", { class: "rows" }, ...found.map((row) => el("div", {}, el("dt", {}, row.title), el("dd", {}, ...said(row)))));
}

/**
 * @param {string} title
 * @param {Row[]} found
 */
function block(title, found) {
  return found.length ? section(t(title), definitionList(found)) : null;
}
