// By industry: pick one from the taxonomy; the zones in which documents name it light up and are listed.
import { getJson, Problem } from "../api.js";
import { t } from "../config.js";
import { el, present } from "../dom.js";
import { Malformed } from "../permalink.js";
import { shortened } from "../state.js";
import { bringIntoView, extent, fit } from "../view.js";
import { elementHint, elementList } from "./industry/elements.js";
import { FILTERS, KINDS, counts, isOfKind, listed, noFilters, obstacles, parsed, written } from "./industry/filters.js";
import { downloads, kindChoices, kindName, name, summary, zoneList } from "./industry/results.js";
import { Taxonomy } from "./industry/taxonomy.js";
import { IndustryTree } from "./industry/tree.js";

/** @typedef {import("./industry/taxonomy.js").Node} Node */
/** @typedef {import("./industry/filters.js").Zone} Zone */
/** @typedef {import("./industry/filters.js").FilterName} FilterName */
/** @typedef {{zones: Zone[], elements: import("./industry/elements.js").Element[], districts: any[], plans: any[]}} Answer */

export default class Industry {
  /** @param {import("../main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    /** @type {Taxonomy|null} */
    this.taxonomy = null;
    /** @type {Node|null} */
    this.chosen = null;
    this.filters = noFilters();
    /** @type {Answer|null} */
    this.answer = null;
    /** @type {AbortController|null} */
    this.asking = null;
    /** @type {boolean|undefined} whether the filters are to be seen */
    this.unfolded = undefined;
    /** Whether another kind of zone is listed than was asked for, since no park is named with the industry. */
    this.strayed = false;
  }

  /**
   * @param {HTMLElement} container
   * @param {string} [industry] id of a node to open on
   */
  async open(container, industry) {
    this.taxonomy ??= await Taxonomy.load();
    this.tree = new IndustryTree(this.taxonomy, (node) => void this.choose(node, { focus: true }));
    this.box = /** @type {HTMLInputElement} */ (this.makeBox());
    this.said = el("p", { class: "industry-said", role: "status" });
    this.picker = el("div", { class: "industry-picker" }, this.box, this.said, this.tree.root);
    this.head = el("div", { class: "industry-chosen", hidden: true });
    this.status = el("div", { class: "industry-summary", role: "status" });
    this.body = el("div", { class: "industry-body" });
    this.results = el("div", { class: "industry-results", hidden: true }, this.status, this.body);
    container.append(el("div", { class: "industry" }, this.head, this.picker, this.results));
    this.lookFor("");
    if (industry === undefined) return;
    const node = this.taxonomy.nodes.get(industry);
    if (node) await this.choose(node);
    else this.lookFor((this.box.value = industry));
  }

  close() {
    this.forget();
    this.filters = noFilters();
  }

  /** Take everything off the map. */
  forget() {
    this.asking?.abort();
    this.asking = null;
    this.chosen = null;
    this.answer = null;
    this.workbench.emphasis?.set(null);
    this.workbench.layers.get("districts")?.emphasise(null);
  }

  state() {
    return this.chosen ? written(this.chosen.id, this.filters) : null;
  }

  /**
   * @param {string} text
   * @param {{placed: boolean}} [how] placed: whether the address says what the map shows
   */
  async restore(text, { placed } = { placed: true }) {
    const { industry, filters, unknown } = parsed(text);
    this.filters = filters;
    this.strayed = false;
    const node = this.taxonomy?.nodes.get(industry);
    if (node) await this.choose(node, { inView: !placed });
    else this.pickAgain();
    if (text && !node) throw new Malformed(t("industry_unknown", { name: shortened(industry) }));
    if (unknown.length) throw new Malformed(t("industry_unknown_filter", { name: shortened(unknown.join()) }));
  }

  makeBox() {
    return el("input", {
      type: "search",
      class: "industry-box",
      "aria-label": t("industry_find"),
      placeholder: t("industry_find"),
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "60",
      input: (/** @type {InputEvent} */ event) => event.isComposing || this.lookFor(this.box?.value ?? ""),
      compositionend: () => this.lookFor(this.box?.value ?? ""),
      keydown: (/** @type {KeyboardEvent} */ event) => this.boxKey(event),
    });
  }

  /** @param {KeyboardEvent} event */
  boxKey(event) {
    const { tree, box } = this;
    if (event.isComposing || !tree || !box) return;
    if (event.key === "ArrowDown") tree.focus();
    else if (event.key === "Enter" && tree.found && tree.current) void this.choose(tree.current, { focus: true });
    else if (event.key === "Escape" && box.value) this.lookFor((box.value = ""));
    else return;
    event.preventDefault();
  }

  /** @param {string} words */
  lookFor(words) {
    const found = this.taxonomy?.find(words) ?? null;
    this.tree?.filter(found);
    if (!this.said) return;
    if (!found) this.said.textContent = t("industry_hint");
    else this.said.textContent = found.size ? t(found.size === 1 ? "industry_found_one" : "industry_found", { count: found.size }) : t("industry_found_none", { words: shortened(words.trim()) });
  }

  /**
   * @param {Node} node
   * @param {{focus?: boolean, inView?: boolean}} [how] focus: move the keyboard's focus to what is chosen; inView: see to
   *   it that the map shows all zones that are listed
   */
  async choose(node, { focus = false, inView = true } = {}) {
    const { workbench } = this;
    if (this.strayed) this.filters = { ...this.filters, kind: noFilters().kind };
    this.strayed = false;
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.chosen = node;
    this.answer = null;
    this.tree?.mark(node);
    this.showHead(node, focus);
    this.status?.replaceChildren(el("p", { class: "hint" }, el("span", { class: "spinner" }), t("loading")));
    this.body?.replaceChildren();
    workbench.permalink.changed("industry", { push: true });
    try {
      const answer = await getJson(`/api/industries/${encodeURIComponent(node.id)}/zones`, asking.signal);
      if (this.asking !== asking) return;
      this.answer = answer;
      this.stray();
      this.show();
      const box = inView && extent(listed(answer.zones, this.filters));
      if (box) bringIntoView(workbench, box);
    } catch (error) {
      if (this.asking !== asking) return;
      if (!(error instanceof Problem)) throw error;
      this.status?.replaceChildren(el("p", { class: "hint fault" }, t("industry_failed", { detail: error.message })));
      this.body?.replaceChildren(el("button", { type: "button", class: "button", click: () => void this.choose(node) }, t("retry")));
    }
  }

  /** Where no park is listed, list what is: who has not said which kind wants to know where the industry is. */
  stray() {
    const { filters, answer } = this;
    const found = [...KINDS.keys()].find((kind) => answer?.zones.some((zone) => isOfKind(zone, kind)));
    if (!found || filters.kind !== noFilters().kind || found === filters.kind) return;
    this.filters = { ...filters, kind: found };
    this.strayed = true;
    this.workbench.permalink.changed("industry");
  }

  /** Let another industry be picked. */
  pickAgain() {
    this.forget();
    this.tree?.mark(null);
    if (this.head) this.head.hidden = true;
    if (this.results) this.results.hidden = true;
    if (this.picker) this.picker.hidden = false;
    this.workbench.permalink.changed("industry", { push: true });
  }

  /**
   * Where the industry stands in the taxonomy, and what it contains.
   * @param {Node} node
   * @param {boolean} focus
   */
  showHead(node, focus) {
    if (!this.taxonomy || !this.head || !this.picker || !this.results) return;
    const above = this.taxonomy.path(node).slice(0, -1);
    const again = el("button", { type: "button", class: "button industry-again" }, t("industry_again"));
    again.addEventListener("click", () => {
      this.pickAgain();
      this.box?.focus();
    });
    const title = el("h3", { tabindex: "-1", class: "industry-title" }, name(node.record));
    const parts = node.children.map((child) => el("li", {}, this.nodeButton(child)));
    this.head.replaceChildren(
      ...present([
        above.length > 0 && el("p", { class: "industry-above" }, ...above.flatMap((one) => [this.nodeButton(one, false), el("span", { "aria-hidden": "true" }, " › ")])),
        el("div", { class: "industry-name-line" }, title, again),
        parts.length > 0 && el("details", { class: "industry-parts" }, el("summary", {}, t("industry_contains", { count: parts.length })), el("ul", {}, ...parts)),
      ]),
    );
    this.head.hidden = false;
    this.picker.hidden = true;
    this.results.hidden = false;
    if (focus) title.focus({ preventScroll: true });
  }

  /**
   * @param {Node} node
   * @param {boolean} [counted]
   */
  nodeButton(node, counted = true) {
    const text = name(node.record);
    return el("button", { type: "button", class: "choice", click: () => void this.choose(node, { focus: true }) }, counted ? t("industry_with_count", { name: text, count: node.record.parks }) : text);
  }

  /** Say and show what is listed now. */
  show() {
    const { answer, chosen, filters } = this;
    if (!answer || !chosen) return;
    const zones = listed(answer.zones, filters);
    const ofKind = answer.zones.filter((zone) => isOfKind(zone, filters.kind));
    this.light(zones);
    const strayed = this.strayed ? [el("p", { class: "industry-note" }, t("industry_strayed", { name: name(chosen.record), kind: t(`industry_all_${filters.kind}`) })), ...this.elsewhere(chosen)] : [];
    const { elements } = answer;
    this.status?.replaceChildren(...(zones.length ? summary(zones, filters.kind) : this.nothing(ofKind)), ...strayed, ...elementHint(elements));
    const kept = this.body?.contains(document.activeElement) ? document.activeElement?.id : "";
    this.body?.replaceChildren(
      ...present([
        kindChoices(answer.zones, filters.kind, (kind) => this.set("kind", kind)),
        this.selects(),
        zones.length > 0 && this.actions(zones, zones.length === ofKind.length),
        zones.length > 0 && el("div", {}, ...zoneList(zones, { show: (zone) => void this.showZone(zone), levelName: (level) => this.levelName(level), districtName: (id) => this.titleOf("district", id) })),
        elements.length > 0 && elementList(elements, (element) => this.wayTo(element)),
      ]),
    );
    if (kept) document.getElementById(kept)?.focus({ preventScroll: true });
  }

  /**
   * Light the zones on the map, those of other kinds that pass the filters too.
   * @param {Zone[]} zones
   */
  light(zones) {
    const { workbench, answer, filters } = this;
    const layer = workbench.layers.get(KINDS.get(filters.kind) ?? "");
    const passing = [...KINDS.keys()].filter((kind) => kind !== "district").flatMap((kind) => listed(answer?.zones ?? [], filters, { kind }));
    workbench.permalink.together(() => {
      if (layer && zones.length) workbench.switch(layer, true);
    });
    workbench.emphasis?.set(new Set(passing.map(({ id }) => id)));
    workbench.layers.get("districts")?.emphasise(filters.kind === "district" ? new Set(zones.map(({ id }) => id)) : null);
  }

  /**
   * Why nothing is listed, and ways out.
   * @param {Zone[]} ofKind what there would be without filters
   */
  nothing(ofKind) {
    const { answer, chosen, filters } = this;
    if (!answer || !chosen) return [];
    if (!ofKind.length) return [el("p", { class: "industry-total" }, t("industry_nowhere", { kind: kindName(filters.kind, 2), name: name(chosen.record) })), ...this.elsewhere(chosen)];
    const ways = obstacles(answer.zones, filters).map(({ name: filter, count }) => {
      const text = t("industry_drop", { filter: t(`industry_${filter}`), value: this.titleOf(filter, filters[filter]), count });
      return el("li", {}, el("button", { type: "button", class: "choice", click: () => this.set(filter, "") }, text));
    });
    const several = FILTERS.filter((filter) => filters[filter]).length > 1;
    const all = el("button", { type: "button", class: "choice", click: () => this.setAll({ kind: filters.kind }) }, t("industry_drop_all", { count: ofKind.length }));
    return [
      el("p", { class: "industry-total" }, t("industry_filtered", { kind: kindName(filters.kind, 2), count: ofKind.length })),
      el("ul", { class: "industry-ways" }, ...ways, several && el("li", {}, all)),
    ];
  }

  /**
   * The nearest industry above that parks are named with.
   * @param {Node} node
   */
  elsewhere(node) {
    const above = this.taxonomy?.path(node).slice(0, -1).reverse().find(({ record }) => record.parks > 0);
    return above ? [el("p", { class: "industry-note" }, t("industry_above"), this.nodeButton(above))] : [];
  }

  /** The filters; on a narrow screen they are folded until they are wanted. */
  selects() {
    const on = FILTERS.filter((filter) => this.filters[filter]).length;
    this.unfolded ??= on > 0 || !matchMedia("(max-width: 760px)").matches;
    return el(
      "details",
      { open: this.unfolded, toggle: (event) => (this.unfolded = event.target.open) },
      el("summary", { id: "industry-filters" }, on ? t("industry_filters_on", { count: on }) : t("industry_filters")),
      el("div", { class: "industry-filters" }, ...FILTERS.map((filter) => this.select(filter))),
    );
  }

  /** @param {FilterName} filter */
  select(filter) {
    const { answer, filters } = this;
    const found = counts(answer?.zones ?? [], filters, filter);
    if (filters[filter] && !found.has(filters[filter])) found.set(filters[filter], 0);
    const option = (/** @type {string} */ value) =>
      el("option", { value, selected: value === filters[filter] }, t("industry_with_count", { name: this.titleOf(filter, value), count: found.get(value) ?? 0 }));
    const groups = this.order(filter).map(({ title, values }) => {
      const options = values.filter((value) => found.has(value)).map(option);
      return title && options.length ? el("optgroup", { label: title }, ...options) : options;
    });
    const id = `industry-filter-${filter}`;
    const select = el("select", { id, change: (event) => this.set(filter, event.target.value) }, el("option", { value: "" }, t("industry_any")), ...groups.flat());
    return el("label", { class: filters[filter] ? "industry-active" : "" }, el("span", {}, t(`industry_${filter}`)), select);
  }

  /**
   * The values of a filter, in the order in which they are offered.
   * @param {FilterName} filter
   * @returns {{title: string|null, values: string[]}[]}
   */
  order(filter) {
    if (filter === "rank") return [{ title: null, values: ["leading", "supporting", "service"] }];
    if (filter === "level") return [{ title: null, values: Object.keys(this.levels) }];
    if (filter === "district") return [{ title: null, values: this.answer?.districts.map(({ id }) => id) ?? [] }];
    return this.answer?.plans.map((plan) => ({ title: name(plan), values: plan.elements.map((/** @type {any} */ element) => element.id) })) ?? [];
  }

  get levels() {
    return this.workbench.layers.get("parks")?.definition.fields.find(({ name: field }) => field === "level")?.choices ?? {};
  }

  /** @param {string} level */
  levelName(level) {
    return this.levels[level] ?? level;
  }

  /**
   * @param {FilterName} filter
   * @param {string} value
   */
  titleOf(filter, value) {
    if (filter === "rank") return t(`industry_${value}`);
    if (filter === "level") return this.levelName(value);
    const known = filter === "district" ? this.answer?.districts : this.answer?.plans.flatMap((plan) => plan.elements);
    const record = known?.find(({ id }) => id === value);
    return record ? name(record) : value;
  }

  /**
   * @param {FilterName|"kind"} filter
   * @param {string} value
   */
  set(filter, value) {
    this.setAll({ ...this.filters, [filter]: value });
  }

  /** @param {Partial<import("./industry/filters.js").Filters>} filters */
  setAll(filters) {
    const before = this.filters.kind;
    this.filters = { ...noFilters(), ...filters };
    this.strayed &&= this.filters.kind === before;
    this.workbench.permalink.together(() => {
      this.workbench.permalink.changed("industry", { push: true });
      this.show();
    });
  }

  /**
   * @param {Zone[]} zones
   * @param {boolean} all
   */
  actions(zones, all) {
    const { chosen, filters } = this;
    const box = extent(zones);
    return el(
      "div",
      { class: "industry-actions" },
      box && el("button", { type: "button", class: "button", id: "industry-zoom", click: () => fit(this.workbench, box) }, t("industry_zoom")),
      chosen && this.workbench.tools.entries.has("siting") && el("button", { type: "button", class: "button", id: "industry-siting", click: () => void this.workbench.tools.open("siting", { industries: [chosen.id] }) }, t("industry_siting")),
      downloads(chosen?.id ?? "", zones, filters.kind, all),
    );
  }

  /**
   * @param {import("./industry/elements.js").Element} element
   * @returns {(() => void)|null} shows it on the map; null where no layer draws its plan
   */
  wayTo({ id, plan }) {
    const { workbench } = this;
    return workbench.layers.has(plan.id) ? () => void workbench.showFeature(plan.id, id, { zoom: true }) : null;
  }

  /** @param {Zone} zone */
  async showZone(zone) {
    await this.workbench.showFeature(KINDS.get(this.filters.kind) ?? "", zone.id, { zoom: true });
  }
}
