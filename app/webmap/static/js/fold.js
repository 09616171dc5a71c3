// Sections of the panel, under headings that fold; what someone has folded stays so from one feature to the next.
import { t } from "./config.js";
import { el } from "./dom.js";

/** @type {Map<string, boolean>} sections that someone has folded or unfolded */
const wanted = new Map();

/**
 * @typedef {object} Fold
 * @property {string} title
 * @property {string} [key] names the section from one feature to the next; absent: its title
 * @property {number|null} [count] how many entries it has, beside the title
 * @property {boolean} [open] whether it is open as long as nobody has said otherwise; absent: yes
 * @property {string} [class]
 */

/**
 * @param {string|Fold} how its title, or more than that
 * @param {...(Node|null)} content
 * @returns {HTMLDetailsElement}
 */
export function section(how, ...content) {
  const { title, key = title, count, open = true, class: more } = typeof how === "string" ? { title: how } : how;
  const tally = typeof count === "number" ? el("span", { class: "block-count" }, String(count)) : null;
  const summary = el("summary", {}, el("h3", {}, title, tally));
  const root = /** @type {HTMLDetailsElement} */ (el("details", { class: more ? `block ${more}` : "block", open: wanted.get(key) ?? open }, summary, el("div", { class: "block-body" }, ...content)));
  summary.addEventListener("click", () => wanted.set(key, !root.open));
  return root;
}

/**
 * A button that folds every section of a panel, or unfolds them where all are folded.
 * @param {HTMLElement} root
 */
export function foldAll(root) {
  const sections = () => /** @type {HTMLDetailsElement[]} */ ([...root.querySelectorAll("details.block")]);
  const button = el("button", { type: "button", class: "link fold-all" });
  const say = () => (button.textContent = t(sections().some((one) => one.open) ? "fold_sections" : "unfold_sections"));
  button.addEventListener("click", () => {
    const open = !sections().some((one) => one.open);
    for (const one of sections()) one.open = open;
    say();
  });
  root.addEventListener("toggle", say, true);
  say();
  return button;
}
