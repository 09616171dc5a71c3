// Step one: what is asked, and the industries, by name, alias, product or code, or out of the tree; and those to keep away from.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { inLanguage, list } from "../../format.js";
import { shortened } from "../../state.js";
import { IndustryTree } from "../industry/tree.js";
import { Asking } from "./asking.js";
import { chips } from "./choosing.js";

/** @typedef {import("../industry/taxonomy.js").Taxonomy} Taxonomy */
/** @typedef {import("./question.js").Question} Question */

/** Names that are suggested while an industry to keep away from is typed. */
const SUGGESTED = 12;

/**
 * What words mean before all: the industries of the greatest weight.
 * @param {any[]} means
 */
function meaning(means) {
  if (!means.length) return "";
  const most = Math.max(...means.map(({ weight }) => weight));
  return list(means.filter(({ weight }) => weight === most).map((meant) => String(inLanguage(meant, "name"))));
}

export class What {
  /**
   * @param {Taxonomy} taxonomy
   * @param {(part: Partial<Question>) => void} change
   */
  constructor(taxonomy, change) {
    this.taxonomy = taxonomy;
    this.change = change;
    this.asking = new Asking(change);
    /** @type {string[]} */
    this.chosen = [];
    /** @type {string[]} */
    this.avoided = [];
    /** @type {Map<string, string>} names of industries that were asked for in words */
    this.names = new Map();
    this.tree = new IndustryTree(taxonomy, (node) => this.add(node.id));
    this.box = /** @type {HTMLInputElement} */ (
      el("input", {
        type: "search",
        id: "siting-industry",
        "aria-label": t("siting_find"),
        placeholder: t("siting_find"),
        autocomplete: "off",
        spellcheck: "false",
        maxlength: "60",
        input: (event) => event.isComposing || this.lookFor(),
        compositionend: () => this.lookFor(),
        keydown: (event) => this.key(event),
      })
    );
    this.status = el("p", { class: "siting-note", role: "status" });
    this.list = el("div", {});
    this.suggestions = el("datalist", { id: "siting-avoid-names" });
    this.avoidList = el("div", {});
    this.avoidBox = /** @type {HTMLInputElement} */ (
      el("input", { type: "search", id: "siting-avoid-industries", list: "siting-avoid-names", placeholder: t("siting_avoid_industries_hint"), autocomplete: "off", maxlength: "60", input: () => this.suggest(), change: () => this.avoid(), keydown: (event) => this.avoidKey(event) })
    );
    const avoiding = el("div", { class: "siting-several" }, el("label", { for: "siting-avoid-industries" }, t("siting_avoid_industries")), this.avoidList, this.avoidBox, this.suggestions);
    this.body = el("div", { class: "siting-what" }, this.asking.root, this.list, this.box, this.status, el("div", { class: "siting-tree" }, this.tree.root), avoiding);
    this.lookFor();
  }

  lookFor() {
    const words = this.box.value;
    const found = this.taxonomy.find(words);
    this.tree.filter(found);
    if (!found) this.status.textContent = t("siting_find_hint");
    else this.status.textContent = found.size ? t("siting_found", { count: found.size }) : t("siting_found_none", { words: shortened(words.trim()) });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") this.tree.focus();
    else if (event.key === "Enter" && this.box.value.trim()) this.add(this.tree.found?.size && this.tree.current ? this.tree.current.id : this.box.value.trim());
    else if (event.key === "Escape" && this.box.value) this.clear();
    else return;
    event.preventDefault();
  }

  clear() {
    this.box.value = "";
    this.lookFor();
  }

  /** @param {string} industry an id, or words that the service is to make out */
  add(industry) {
    this.clear();
    if (!this.chosen.includes(industry)) this.change({ industries: [...this.chosen, industry] });
  }

  /** Names that begin with what is typed, or hold it. */
  suggest() {
    const found = this.avoidBox.value.trim() ? this.taxonomy.find(this.avoidBox.value) : null;
    const best = [...(found ?? [])].sort(([, a], [, b]) => b.score - a.score).slice(0, SUGGESTED);
    this.suggestions.replaceChildren(...best.map(([node]) => el("option", { value: String(inLanguage(node.record, "name")) })));
  }

  /** @param {KeyboardEvent} event */
  avoidKey(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.avoid();
  }

  /** Keep away from what is in the box. */
  avoid() {
    const words = this.avoidBox.value.trim();
    this.avoidBox.value = "";
    if (words && !this.avoided.includes(words)) this.change({ avoid_industries: [...this.avoided, words] });
  }

  /**
   * @param {Question} question
   * @param {any} request of the answer, or null
   */
  show(question, request) {
    const { industries, avoid_industries: avoided } = question;
    this.asking.show(question, request?.place ?? null);
    this.chosen = industries;
    this.avoided = avoided;
    for (const { words, means } of [...(request?.industries ?? []), ...(request?.avoid_industries ?? [])]) if (words) this.names.set(words, meaning(means ?? []) || words);
    const without = (/** @type {string[]} */ all, /** @type {string} */ industry) => all.filter((other) => other !== industry);
    const name = (/** @type {string} */ industry) => this.name(industry);
    this.list.replaceChildren(chips(industries, { label: t("siting_chosen"), name, remove: (industry) => this.change({ industries: without(industries, industry) }) }));
    this.list.hidden = industries.length === 0;
    this.avoidList.replaceChildren(chips(avoided, { label: t("siting_avoid_industries"), name, remove: (industry) => this.change({ avoid_industries: without(avoided, industry) }) }));
    this.avoidList.hidden = avoided.length === 0;
  }

  /**
   * What is asked, in a line.
   * @param {Question} question
   */
  says(question) {
    const named = (/** @type {string[]} */ industries) => list(industries.map((industry) => this.name(industry)));
    const { industries, avoid_industries: avoided } = question;
    return [this.asking.says(question), industries.length ? named(industries) : "", avoided.length ? t("siting_says_avoid", { names: named(avoided) }) : ""].filter(Boolean).join(t("list_of_lists"));
  }

  /** @param {string} industry */
  name(industry) {
    const record = this.taxonomy.nodes.get(industry)?.record;
    if (record) return String(inLanguage(record, "name"));
    const meant = this.names.get(industry);
    return meant && meant !== industry ? t("siting_meant", { words: industry, name: meant }) : industry;
  }
}
