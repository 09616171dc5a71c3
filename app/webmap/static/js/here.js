// What lies at a place, as a list by layer; and what was looked for there and not found.
import { t } from "./config.js";
import { el, present } from "./dom.js";
import { names } from "./format.js";
import { written } from "./notation.js";
import { statusBadge } from "./style.js";

/** @typedef {import("./layer.js").Item} Item */
/** @typedef {import("./identify.js").Findings} Findings */

const NARROW = matchMedia("(max-width: 760px)");

/**
 * Every feature at a place, the topmost layer first.
 * @param {Findings} found
 * @param {Item[]} subject what the panel is about
 * @param {{choose: (item: Item) => void, chooseStack: (stack: Item[]) => void}} actions
 * @returns {HTMLElement[]}
 */
export function hereList(found, subject, { choose, chooseStack }) {
  const items = found.stacks.flat();
  const others = items.filter((item) => !subject.includes(item));
  const title = others.length ? t("here_count", { count: items.length }) : t(items.length ? "here_one" : "here_nothing");
  const groups = byLayer(found.stacks).map(([layer, stacks]) =>
    el(
      "li",
      { class: "here-layer" },
      el("span", { class: "here-title" }, layer.definition.title, statusBadge(layer.definition.status)),
      el("ul", {}, ...stacks.map((stack) => el("li", {}, entry(stack, subject, choose, chooseStack)))),
    ),
  );
  const list = others.length ? el("details", { class: "here", open: !NARROW.matches }, el("summary", {}, title), el("ul", { class: "here-list" }, ...groups)) : null;
  return present([list, plansSaid(found)]);
}

/**
 * @param {Item[][]} stacks
 * @returns {[import("./layer.js").RemoteLayer, Item[][]][]}
 */
function byLayer(stacks) {
  /** @type {Map<import("./layer.js").RemoteLayer, Item[][]>} */
  const layers = new Map();
  for (const stack of stacks) layers.set(stack[0].layer, [...(layers.get(stack[0].layer) ?? []), stack]);
  return [...layers];
}

/**
 * @param {Item[]} stack
 * @param {Item[]} subject
 * @param {(item: Item) => void} choose
 * @param {(stack: Item[]) => void} chooseStack
 */
function entry(stack, subject, choose, chooseStack) {
  const [item] = stack;
  const current = stack.some((one) => subject.includes(one));
  const title = stack.length > 1 ? t("stack_title", { count: stack.length }) : names(item).title;
  const click = () => (stack.length > 1 ? chooseStack(stack) : choose(item));
  return el("button", { type: "button", class: "choice", "aria-current": current ? "true" : undefined, click }, title);
}

/**
 * That no plan covers the place, where none does: which were looked at, or that none was.
 * @param {Findings} found
 */
function plansSaid({ stacks, asked }) {
  const plans = asked.filter(({ definition }) => definition.pane === "plans");
  if (stacks.some(([item]) => item.layer.definition.pane === "plans")) return null;
  const text = plans.length ? t("no_plan", { names: plans.map(({ definition }) => definition.title).join(t("list")) }) : t("no_plan_asked");
  return el("p", { class: "hint no-plan" }, text);
}

/**
 * The coordinates of a place, and the layers that were looked at.
 * @param {Findings} found
 * @returns {HTMLElement[]}
 */
export function placeLines({ at, asked }) {
  const [lng, lat] = written([at.lng, at.lat], "degrees");
  const names = asked.map(({ definition }) => definition.title).join(t("list"));
  return [el("p", { class: "place-at" }, t("here_at", { lng, lat })), el("p", { class: "hint" }, names ? t("here_asked", { names }) : t("here_asked_none"))];
}
