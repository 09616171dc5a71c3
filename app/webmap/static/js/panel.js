// The panel that a click opens: what a feature is, what the documents say of it, and what else is at the place.
import { getJson, Problem } from "./api.js";
import { t } from "./config.js";
import { positioning, recordSections, section } from "./detail.js";
import { byId, el, present } from "./dom.js";
import { names, rows } from "./format.js";
import { statusBadge } from "./style.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {import("./format.js").Row} Row */

const NAMES = new Set(["name", "short_name"]);
const BOUNDARY = new Set(["geometry_status", "accuracy_m", "geometry_method", "geometry_source"]);
const SOURCES = new Set(["source", "sources", "note"]);

export class Panel {
  /**
   * @param {object} actions
   * @param {(item: Item) => void} actions.choose
   * @param {(stack: Item[]) => void} actions.chooseStack
   * @param {(id: string) => Item|null} actions.find
   * @param {() => void} actions.closed
   */
  constructor({ choose, chooseStack, find, closed }) {
    this.choose = choose;
    this.chooseStack = chooseStack;
    this.find = find;
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
    if (focused) this.giveBackFocus();
    this.closed();
  }

  /** To what the panel was opened from, where that is still to be had; else to the map. */
  giveBackFocus() {
    for (const place of [this.opener, document.querySelector(".map")]) {
      if (place instanceof HTMLElement && place !== document.body) place.focus({ preventScroll: true });
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
    this.root.replaceChildren(el("div", { class: "panel-head" }, head, close), el("div", { class: "panel-body" }, ...content, this.around));
    this.root.hidden = false;
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
    this.fill(head, note, el("ol", { class: "choices" }, ...stack.map((item) => el("li", {}, this.button(item)))));
  }

  /** @param {Item} item */
  show(item) {
    const { definition } = item.layer;
    const { title, subtitle } = names(item);
    this.subject = [item];
    const found = rows(definition, item.properties).filter((row) => row.popup && !NAMES.has(row.name));
    const plain = found.filter((row) => !BOUNDARY.has(row.name) && !SOURCES.has(row.name));
    const record = el("div", { class: "record", "aria-live": "polite" });
    const head = el("div", {}, heading(title), subtitle ? el("p", { class: "panel-subtitle" }, subtitle) : null, subhead(item.layer, item));
    this.fill(
      head,
      this.backToStack(item),
      definitionList(plain),
      record,
      block("boundary", found.filter((row) => BOUNDARY.has(row.name))),
      block("sources", found.filter((row) => SOURCES.has(row.name))),
    );
    if (definition.detail) void this.addRecord(definition.detail.replace("{id}", encodeURIComponent(item.id)), record);
  }

  /**
   * Say what else is at the place.
   * @param {Item[][]} here everything at the place, the topmost first
   */
  showAround(here) {
    const stacks = here.filter((stack) => !this.subject.some((item) => stack.includes(item)));
    const entries = stacks.map((stack) => {
      const title = t("stack_title", { count: stack.length });
      const all = el("button", { type: "button", class: "choice", click: () => this.chooseStack(stack) }, title);
      return el("li", {}, el("span", { class: "choice-layer" }, stack[0].layer.definition.title), stack.length === 1 ? this.button(stack[0]) : all);
    });
    this.around.replaceChildren(...(entries.length ? [section(t("here_too"), el("ul", { class: "choices" }, ...entries))] : []));
  }

  /**
   * @param {string} path
   * @param {HTMLElement} into
   */
  async addRecord(path, into) {
    this.request = new AbortController();
    const { signal } = this.request;
    into.replaceChildren(el("p", { class: "hint" }, el("span", { class: "spinner" }), t("loading_record")));
    try {
      const record = await getJson(path, signal);
      into.replaceChildren(...present([positioning(record), ...recordSections(record, (id, title) => this.link(id, title))]));
    } catch (error) {
      if (signal.aborted) return;
      const detail = error instanceof Problem ? error.message : t("bad_answer");
      const retry = el("button", { type: "button", click: () => void this.addRecord(path, into) }, t("retry"));
      into.replaceChildren(el("p", { class: "hint fault" }, t("record_failed", { detail })), retry);
    }
  }

  /**
   * @param {string} id
   * @param {string} title
   */
  link(id, title) {
    const item = this.find(id);
    if (!item) return el("span", { class: "link" }, title);
    return el("button", { type: "button", class: "link", click: () => this.choose(item) }, title);
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

/** @param {Row[]} found */
function definitionList(found) {
  if (found.length === 0) return null;
  return el("dl", { class: "rows" }, ...found.map((row) => el("div", {}, el("dt", {}, row.title), el("dd", {}, row.url ? el("a", { href: row.url, rel: "noopener noreferrer" }, row.text) : row.text))));
}

/**
 * @param {string} title
 * @param {Row[]} found
 */
function block(title, found) {
  return found.length ? section(t(title), definitionList(found)) : null;
}
