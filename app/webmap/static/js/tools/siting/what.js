// Step one: the industries, by name, alias, product or code, or out of the tree.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { inLanguage, list } from "../../format.js";
import { shortened } from "../../state.js";
import { IndustryTree } from "../industry/tree.js";
import { chips } from "./choosing.js";

/** @typedef {import("../industry/taxonomy.js").Taxonomy} Taxonomy */

/**
 * What words mean before all: the industries of the greatest weight.
 * @param {any[]} means
 */
function meaning(means) {
  const most = Math.max(...means.map(({ weight }) => weight));
  return list(means.filter(({ weight }) => weight === most).map((one) => String(inLanguage(one, "name"))));
}

export class What {
  /**
   * @param {Taxonomy} taxonomy
   * @param {(industries: string[]) => void} change
   */
  constructor(taxonomy, change) {
    this.taxonomy = taxonomy;
    this.change = change;
    /** @type {string[]} */
    this.chosen = [];
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
    this.said = el("p", { class: "siting-note", role: "status" });
    this.list = el("div", {});
    this.body = el("div", { class: "siting-what" }, this.list, this.box, this.said, el("div", { class: "siting-tree" }, this.tree.root));
    this.lookFor();
  }

  lookFor() {
    const words = this.box.value;
    const found = this.taxonomy.find(words);
    this.tree.filter(found);
    if (!found) this.said.textContent = t("siting_find_hint");
    else this.said.textContent = found.size ? t("siting_found", { count: found.size }) : t("siting_found_none", { words: shortened(words.trim()) });
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
    if (!this.chosen.includes(industry)) this.change([...this.chosen, industry]);
  }

  /**
   * @param {string[]} industries
   * @param {any} request of the answer, or null
   */
  show(industries, request) {
    this.chosen = industries;
    for (const { words, means } of request?.industries ?? []) this.names.set(words, meaning(means) || words);
    this.list.replaceChildren(chips(industries, { label: t("siting_chosen"), name: (one) => this.name(one), remove: (one) => this.change(industries.filter((other) => other !== one)) }));
    this.list.hidden = industries.length === 0;
  }

  /** @param {string} industry */
  name(industry) {
    const record = this.taxonomy.nodes.get(industry)?.record;
    if (record) return String(inLanguage(record, "name"));
    const meant = this.names.get(industry);
    return meant && meant !== industry ? t("siting_meant", { words: industry, name: meant }) : industry;
  }
}
