// Controls of the steps: what is chosen as chips, and a list that adds to them.
import { t } from "../../config.js";
import { el } from "../../dom.js";

/**
 * @param {string[]} values
 * @param {{label: string, name: (value: string) => string, remove: (value: string) => void}} how
 */
export function chips(values, { label, name, remove }) {
  const items = values.map((value) => el("li", { class: "siting-chip" }, el("span", {}, name(value)), el("button", { type: "button", "aria-label": t("siting_drop", { name: name(value) }), click: () => remove(value) }, "×")));
  return el("ul", { class: "siting-chips", "aria-label": label }, ...items);
}

/** @typedef {{title: string|null, options: {value: string, text: string}[]}} Group */

/**
 * Chips, and a list of what may be added to them.
 * @param {object} how
 * @param {string} how.id
 * @param {string} how.label
 * @param {string[]} how.values
 * @param {Group[]} how.groups
 * @param {(values: string[]) => void} how.change
 */
export function several({ id, label, values, groups, change }) {
  const names = new Map(groups.flatMap(({ options }) => options.map(({ value, text }) => [value, text])));
  const free = groups.map(({ title, options }) => ({ title, options: options.filter(({ value }) => !values.includes(value)) })).filter(({ options }) => options.length);
  const select = el(
    "select",
    { id, class: "siting-add", change: (event) => event.target.value && change([...values, event.target.value]) },
    el("option", { value: "" }, t(values.length ? "siting_add_more" : "siting_any")),
    ...free.map(({ title, options }) => {
      const inner = options.map(({ value, text }) => el("option", { value }, text));
      return title === null ? inner : [el("optgroup", { label: title }, ...inner)];
    }).flat(),
  );
  return el(
    "div",
    { class: "siting-several" },
    el("label", { for: id }, label),
    values.length > 0 && chips(values, { label, name: (value) => names.get(value) ?? value, remove: (value) => change(values.filter((other) => other !== value)) }),
    select,
  );
}
