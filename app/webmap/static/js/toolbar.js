// The buttons of the toolbar.
import { t } from "./config.js";
import { el, svg } from "./dom.js";

/**
 * @param {import("./tools.js").Entry} entry
 * @param {boolean} first of the toolbar, which takes one stop of the Tab key
 * @param {() => void} toggle
 */
export function toolButton({ id, place, icon }, first, toggle) {
  const title = t(`tool_${id}`);
  const attributes = {
    type: "button",
    class: "tool",
    id: `tool-${id}`,
    "aria-expanded": "false",
    "aria-controls": place === "bottom" ? "drawer" : "dock",
    tabindex: first ? "0" : "-1",
    title,
    click: toggle,
  };
  return el("button", attributes, picture(icon), el("span", { class: "tool-name" }, title));
}

/** @param {string[]} paths */
function picture(paths) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, ...paths.map((d) => svg("path", { d })));
}

/**
 * The arrow keys go from button to button; the Tab key stops once at the whole bar.
 * @param {HTMLElement} bar
 * @param {KeyboardEvent} event
 */
export function roam(bar, event) {
  const buttons = [...bar.querySelectorAll("button")];
  const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const goals = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
  if (at < 0 || !(event.key in goals)) return;
  event.preventDefault();
  const goal = buttons.at(goals[event.key] % buttons.length);
  for (const button of buttons) button.tabIndex = button === goal ? 0 : -1;
  goal?.focus();
}
