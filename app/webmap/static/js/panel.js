// The panel that a click opens: what a feature is, what the documents say of it, and what else is at the place.
import { getJson, Problem } from "./api.js";
import { block, definitionList, sourceBlock } from "./attributes.js";
import { t } from "./config.js";
import { byId, el } from "./dom.js";
import { districtOf, extentNotice, isOwnExtent, isTold, placeNotice } from "./extent.js";
import { actions } from "./feature_actions.js";
import { foldAll } from "./fold.js";
import { inLanguage, isEmpty, names, rows } from "./format.js";
import { hereList, placeLines } from "./here.js";
import { recordCode, showRecord } from "./record_panel.js";
import { statusBadge } from "./style.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {import("./record_panel.js").RecordId} RecordId */

const NAMES = new Set(["name", "short_name"]);
const BOUNDARY = new Set(["extent_basis", "geometry_status", "accuracy_m", "geometry_method", "geometry_source"]);
const SOURCES = new Set(["source", "sources", "note"]);

const ZONES = "/api/zones/{id}";
const THINGS = "/api/things/{id}";

/** @type {Record<string, Set<string>>} attributes that the whole record says better, with its sources: shown where it cannot be had */
const RECORDED = {
  [ZONES]: new Set(["district", "lies_in", "supporting", "services", "surrounding", "positioning", "plan_roles"]),
  "/api/elements/{id}": new Set(["positioning", "members", "industries"]),
};

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
    /** @type {RecordId|null} what it is about that no layer draws */
    this.record = null;
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
    this.record = null;
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
    this.record = null;
    if (!this.root.contains(document.activeElement)) this.opener = document.activeElement;
    const close = el("button", { type: "button", class: "panel-close", "aria-label": t("close"), click: () => this.close() }, "×");
    this.root.replaceChildren(el("div", { class: "panel-head" }, head, close), el("div", { class: "panel-body" }, ...content));
    this.root.hidden = false;
    this.opened();
    this.root.querySelector("h2")?.focus({ preventScroll: true });
  }

  /**
   * Show several features at one place as a list; or those that are only known to be somewhere in a district.
   * @param {Item[]} stack
   */
  showStack(stack) {
    const [{ layer }] = stack;
    this.subject = stack;
    const count = stack.length;
    const district = districtOf(stack[0]);
    const title = district ? t("unlocated_title", { district: district.name, layer: layer.definition.title, count }) : t("stack_title", { count });
    const head = el("div", {}, heading(title), subhead(layer));
    const note = district ? t("unlocated_note") : layer.definition.status === "derived" ? t("stack_note") : null;
    this.around.replaceChildren();
    this.fill(head, this.around, note ? el("p", { class: "hint" }, note) : null, el("ol", { class: "choices" }, ...stack.map((item) => el("li", {}, this.button(item), candidates(item)))));
  }

  /** @param {Item} item */
  show(item) {
    const { definition } = item.layer;
    const { title, subtitle } = names(item);
    this.subject = [item];
    const found = rows(definition, item.properties).filter((row) => row.popup && !NAMES.has(row.name) && isTold(item, row.name));
    const recorded = RECORDED[definition.detail ?? ""] ?? new Set();
    const plain = found.filter((row) => !BOUNDARY.has(row.name) && !SOURCES.has(row.name));
    const kept = definitionList(plain.filter((row) => recorded.has(row.name)));
    kept?.toggleAttribute("hidden", true);
    const places = { kept, folding: el("div", { class: "folding" }), record: place("record"), surroundings: place("surroundings"), rules: place("rules"), ways: place("around-ways"), background: place("background") };
    this.around.replaceChildren();
    const head = el("div", {}, heading(title), subtitle ? el("p", { class: "panel-subtitle" }, subtitle) : null, subhead(item.layer, item));
    this.fill(
      head,
      actions(item, this.workbench),
      this.backToList(item),
      this.around,
      placeNotice(item, this.workbench),
      extentNotice(item),
      definitionList(plain.filter((row) => !recorded.has(row.name))),
      ...Object.values(places),
      block("boundary", found.filter((row) => BOUNDARY.has(row.name))),
      sourceBlock(item, found.filter((row) => SOURCES.has(row.name))),
    );
    if (definition.detail) this.tell(item, definition.detail, places);
  }

  /**
   * Show what no layer draws: a policy, a rule, a firm, a document.
   * @param {RecordId} record
   */
  showRecord(record) {
    this.subject = [];
    this.around.replaceChildren();
    showRecord(this, record);
  }

  /**
   * Put what the documents say of a feature in its places, as soon as it is there.
   * @param {Item} item
   * @param {string} detail
   * @param {Record<string, HTMLElement|null> & Record<"record"|"surroundings"|"rules"|"ways"|"background"|"folding", HTMLElement>} places
   */
  tell(item, detail, places) {
    const path = detail.replace("{id}", encodeURIComponent(item.id));
    this.request = new AbortController();
    const { signal } = this.request;
    /** @type {Promise<any>|null} */
    let answer = null;
    const ask = () => {
      answer ??= getJson(path, signal);
      answer.catch(() => (answer = null));
      return answer;
    };
    const about = { id: item.id, title: names(item).title };
    /** @param {any} told */
    const context = (told) => this.context(about, told?.contradictions ?? [], isOwnExtent(item));
    void this.add(places.record, "loading_record", async () => {
      const [told, code] = await Promise.all([ask(), recordCode()]);
      if (signal.aborted) return [];
      const sections = detail === ZONES ? code.zoneSections(told, context(told)) : detail === THINGS ? code.thingSections(told, context(told), true) : code.elementSections(told, context(told));
      if (detail === ZONES) {
        places.rules.replaceChildren(...code.zoneRules(told, context(told)));
        places.background.replaceChildren(...code.zoneBackground(told, context(told)));
      }
      places.kept?.remove();
      if (detail !== THINGS) places.folding.replaceChildren(foldAll(this.root));
      return sections;
    }, () => places.kept?.removeAttribute("hidden"));
    if (detail !== ZONES) return;
    void this.add(places.surroundings, "loading_around", async () => {
      const [around, code, told] = await Promise.all([getJson(`${path}/surroundings`, signal), recordCode(), ask().catch(() => null)]);
      if (!signal.aborted) places.ways.replaceChildren(...code.waySections(around, context(told)));
      return code.figureSections(around, context(told));
    });
  }

  /**
   * What the sections of a record need to know.
   * @param {{id: string, title: string}} about
   * @param {any[]} contradictions
   * @param {boolean} own
   * @returns {import("./record/parts.js").Context}
   */
  context(about, contradictions, own) {
    const { workbench } = this;
    return {
      about,
      contradictions,
      own,
      link: (id, title, where) => this.link(id, title, where),
      open: (collection, id) => workbench.openRecord({ collection, id }),
    };
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
   * @param {HTMLElement} into
   * @param {string} waiting key of what is said meanwhile
   * @param {() => Promise<HTMLElement[]>} make
   * @param {() => void} [failed]
   */
  async add(into, waiting, make, failed) {
    const signal = this.request?.signal;
    into.replaceChildren(el("p", { class: "hint" }, el("span", { class: "spinner" }), t(waiting)));
    try {
      const made = await make();
      if (!signal?.aborted) into.replaceChildren(...made);
    } catch (error) {
      if (signal?.aborted) return;
      const detail = error instanceof Problem ? error.message : t("bad_answer");
      const retry = el("button", { type: "button", click: () => void this.add(into, waiting, make, failed) }, t("retry"));
      into.replaceChildren(el("p", { class: "hint fault" }, t("record_failed", { detail })), retry);
      failed?.();
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
  backToList(item) {
    const { stacks, unplaced } = item.layer;
    const district = districtOf(item);
    const stack = (district ? unplaced.filter((one) => districtOf(one)?.id === district.id) : stacks.find((one) => one.includes(item))) ?? [];
    if (stack.length < 2) return null;
    return el("button", { type: "button", class: "back", click: () => this.chooseStack(stack) }, t("back_to_list", { count: stack.length }));
  }
}

/** @param {string} name */
function place(name) {
  return el("div", { class: name, "aria-live": "polite" });
}

/**
 * Beside the name of a feature in a list: that it is only one of several places, or an inferred one.
 * @param {Item} item
 */
function candidates({ geometry, properties }) {
  const places = inLanguage(properties, "places");
  if (geometry || isEmpty(places) || !["one_of", "inferred"].includes(properties.certainty)) return null;
  return el("small", { class: "candidates" }, t(`listed_${properties.certainty}`, { places: places.join(t("list")) }));
}

/** @param {string} text */
export function heading(text) {
  return el("h2", { tabindex: "-1" }, text);
}

/**
 * @param {import("./layer.js").RemoteLayer} layer
 * @param {Item} [item]
 */
function subhead({ definition }, item) {
  const drawn = !item || item.geometry || item.partial;
  return el("p", { class: "panel-layer" }, definition.title, drawn && statusBadge(item?.properties.geometry_status ?? definition.status));
}
