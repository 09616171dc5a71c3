// What is on each side of the bar: a layer over what was there, a set, or layers one by one; and the legends of both.
import { config, t } from "../../config.js";
import { el, oncePerFrame } from "../../dom.js";
import { classesOf, statusBadge, swatch } from "../../style.js";
import { Swipe } from "./swipe.js";

/** @typedef {import("./address.js").Swiped} Swiped */
/** @typedef {import("../../layer.js").RemoteLayer} RemoteLayer */
/** @typedef {"left"|"right"} Side */

const SIDES = /** @type {const} */ (["left", "right"]);
const PLANS = "plans";

export class Sides {
  /**
   * @param {import("../../main.js").Workbench} workbench
   * @param {(push: boolean) => void} changed
   */
  constructor(workbench, changed) {
    this.workbench = workbench;
    this.changed = changed;
    /** @type {Swiped|null} */
    this.chosen = null;
    /** @type {string[]} layers that were on before */
    this.before = [];
    this.arranging = false;
    this.swipe = new Swipe(workbench, (share) => {
      if (this.chosen) this.chosen.share = share;
      this.changed(false);
    });
    this.follow = oncePerFrame(() => this.running && this.followLayers());
    this.onLayers = () => this.follow();
    this.running = false;
  }

  /** @returns {Swiped|null} */
  get state() {
    return this.running ? this.chosen : null;
  }

  /** @param {HTMLElement} container */
  start(container) {
    this.container = container;
    if (!this.running) {
      this.before = this.workbench.layerOrder();
      document.addEventListener("layers-changed", this.onLayers);
      for (const layer of this.workbench.layers.values()) layer.on("state", this.onLayers);
    }
    this.running = true;
    this.chosen ??= this.usual();
    this.swipe.share = this.chosen.share;
    this.arrange();
    this.draw();
  }

  stop() {
    if (!this.running) return;
    this.running = false;
    document.removeEventListener("layers-changed", this.onLayers);
    for (const layer of this.workbench.layers.values()) layer.off("state", this.onLayers);
    this.swipe.hide();
    this.put(this.before);
  }

  /** Two plans over what is on: those that are on first. @returns {Swiped} */
  usual() {
    const plans = config.layers.filter((one) => one.pane === PLANS).map(({ id }) => id);
    const on = plans.filter((id) => this.before.includes(id));
    const [a, b] = [...on, ...plans.filter((id) => !on.includes(id))];
    return { left: this.over(a), right: this.over(b ?? a), share: 0.5 };
  }

  /**
   * A layer over the ground that both sides have, or that was there: plans are compared, not laid over each other.
   * @param {string} id
   */
  over(id) {
    const ground = this.chosen ? this.chosen.left.filter((one) => this.chosen?.right.includes(one)) : this.before;
    return [...ground.filter((one) => one !== id && this.workbench.layers.get(one)?.definition.pane !== PLANS), id];
  }

  /**
   * The layers that only one side has.
   * @param {Side} side
   */
  only(side) {
    const { left, right } = /** @type {Swiped} */ (this.chosen);
    const [own, other] = side === "left" ? [left, right] : [right, left];
    return own.filter((id) => !other.includes(id));
  }

  /** @param {string[]} ids */
  put(ids) {
    const { workbench } = this;
    this.arranging = true;
    workbench.permalink.together(() => {
      for (const layer of workbench.layers.values()) workbench.switch(layer, ids.includes(layer.id));
    });
    this.arranging = false;
  }

  arrange() {
    if (!this.chosen) return;
    this.put([...this.chosen.left, ...this.chosen.right]);
    this.showBar();
  }

  showBar() {
    if (!this.chosen) return;
    const { left, right } = this.chosen;
    const sideOf = (/** @type {RemoteLayer} */ { id }) => (left.includes(id) === right.includes(id) ? null : left.includes(id) ? "left" : "right");
    this.swipe.show(sideOf, { left: this.title("left"), right: this.title("right") });
  }

  /** What is switched on elsewhere joins both sides; what is switched off leaves them. */
  followLayers() {
    if (this.arranging || !this.chosen) return;
    const on = new Set(this.workbench.layerOrder());
    const known = new Set([...this.chosen.left, ...this.chosen.right]);
    const added = [...on].filter((id) => !known.has(id));
    for (const side of SIDES) this.chosen[side] = [...this.chosen[side].filter((id) => on.has(id)), ...added];
    this.showBar();
    this.drawLegends();
    this.markChoices();
    this.changed(false);
  }

  /**
   * @param {Side} side
   * @param {string[]} layers
   */
  choose(side, layers) {
    if (!this.chosen) return;
    this.chosen[side] = layers.filter((id) => this.workbench.layers.has(id));
    this.workbench.permalink.together(() => {
      this.arrange();
      this.changed(true);
    });
    this.drawLegends();
    this.markChoices();
  }

  /** What there is to choose: sets and layers, by the value of the option. */
  choices() {
    const own = this.workbench.tree?.sets.saved ?? [];
    return [
      { title: t("compare_plans"), options: this.layerOptions((one) => one.pane === PLANS) },
      { title: t("sets"), options: config.sets.map(({ id, title, layers }) => ({ value: `set:${id}`, title, layers })) },
      { title: t("own_sets"), options: own.map(({ name, layers }, place) => ({ value: `own:${place}`, title: name, layers })) },
      { title: t("compare_other_layers"), options: this.layerOptions((one) => one.pane !== PLANS && one.pane !== "districts") },
    ].filter(({ options }) => options.length);
  }

  /** @param {(definition: import("../../config.js").Definition) => boolean} wanted */
  layerOptions(wanted) {
    return config.layers.filter(wanted).map(({ id, title }) => ({ value: `layer:${id}`, title, layers: this.over(id) }));
  }

  /**
   * The choice that a side is, where it is one: a set, or the one layer that the other side does not have.
   * @param {Side} side
   */
  choiceOf(side) {
    const key = [...(this.chosen?.[side] ?? [])].sort().join();
    const options = this.choices().flatMap((group) => group.options);
    const set = options.find(({ value, layers }) => !value.startsWith("layer:") && [...layers].sort().join() === key);
    const [only, ...more] = this.only(side);
    return set ?? (more.length ? null : options.find(({ value }) => value === `layer:${only}`)) ?? null;
  }

  /**
   * A side by its name: that of the set, or of the layers that only it has.
   * @param {Side} side
   */
  title(side) {
    const choice = this.choiceOf(side);
    if (choice) return choice.title;
    const only = this.only(side);
    return (only.length ? only : /** @type {Swiped} */ (this.chosen)[side]).map((id) => this.workbench.layers.get(id)?.definition.title ?? id).join(t("list")) || t("compare_nothing");
  }

  draw() {
    this.container?.replaceChildren(
      el("p", { class: "hint" }, t("compare_swipe_hint")),
      el("div", { class: "compare-sides" }, ...SIDES.map((side) => this.chooser(side))),
      el("button", { type: "button", class: "button", click: () => this.turn() }, t("compare_turn")),
      el("h3", { class: "compare-heading" }, t("legend")),
      el("div", { class: "compare-legends", id: "compare-legends" }),
    );
    this.drawLegends();
    this.markChoices();
  }

  /** @param {Side} side */
  chooser(side) {
    const id = `compare-${side}`;
    const select = el("select", { id, change: (event) => this.chooseValue(side, event.target.value) });
    select.append(...this.choices().map(({ title, options }) => el("optgroup", { label: title }, ...options.map((one) => el("option", { value: one.value }, one.title)))));
    select.append(el("option", { value: "", hidden: true }, t("compare_own_choice")));
    const boxes = config.layers.map(({ id: layer, title }) => {
      const box = el("input", { type: "checkbox", id: `${id}-${layer}`, "data-layer": layer, change: () => this.check(side) });
      return el("li", {}, box, el("label", { for: `${id}-${layer}` }, title));
    });
    const list = el("details", { class: "compare-layers" }, el("summary", {}, t("compare_adjust")), el("ul", { id: `${id}-layers` }, ...boxes));
    return el("div", { class: "compare-side" }, el("label", { for: id }, t(`compare_${side}`)), select, list);
  }

  /**
   * @param {Side} side
   * @param {string} value
   */
  chooseValue(side, value) {
    const choice = this.choices().flatMap(({ options }) => options).find((one) => one.value === value);
    if (choice) this.choose(side, choice.layers);
  }

  /** @param {Side} side */
  check(side) {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(`#compare-${side}-layers input`));
    this.choose(side, [...boxes].filter((box) => box.checked).map((box) => box.dataset.layer ?? ""));
  }

  turn() {
    if (!this.chosen) return;
    const { left, right } = this.chosen;
    this.chosen.left = right;
    this.choose("right", left);
  }

  markChoices() {
    for (const side of SIDES) {
      const select = /** @type {HTMLSelectElement|null} */ (document.getElementById(`compare-${side}`));
      if (!select) return;
      select.value = this.choiceOf(side)?.value ?? "";
      for (const box of document.querySelectorAll(`#compare-${side}-layers input`)) {
        if (box instanceof HTMLInputElement) box.checked = Boolean(this.chosen?.[side].includes(box.dataset.layer ?? ""));
      }
    }
  }

  drawLegends() {
    const place = document.getElementById("compare-legends");
    if (!place || !this.chosen) return;
    const { left, right } = this.chosen;
    const both = left.filter((id) => right.includes(id));
    const columns = SIDES.map((side) => this.legend(t(`compare_${side}`), this.title(side), this.chosen?.[side].filter((id) => !both.includes(id)) ?? []));
    place.replaceChildren(...columns, ...(both.length ? [this.legend(t("compare_both"), "", both)] : []));
  }

  /**
   * @param {string} where
   * @param {string} title
   * @param {string[]} ids
   */
  legend(where, title, ids) {
    const layers = /** @type {RemoteLayer[]} */ (ids.map((id) => this.workbench.layers.get(id)).filter(Boolean));
    layers.sort((a, b) => b.rank - a.rank);
    return el("section", { class: "compare-legend" }, el("h4", {}, where, title && layers.map(({ definition }) => definition.title).join() !== title ? el("span", {}, title) : null), ...layers.map(layerLegend));
  }
}

/** @param {RemoteLayer} layer */
function layerLegend(layer) {
  const { definition } = layer;
  const counts = layer.classCounts();
  const known = layer.state === "ready" && !layer.isTiled;
  const classes = classesOf(definition).filter(({ value }) => !layer.hiddenClasses.has(value) && (!known || counts.has(value)));
  const plain = classes.length === 0 ? swatch(definition, definition.style) : null;
  const heading = el("p", { class: "compare-legend-title" }, plain, definition.title, statusBadge(definition.status));
  return el("div", {}, heading, el("ul", {}, ...classes.map((one) => el("li", {}, swatch(definition, one), one.title))));
}
