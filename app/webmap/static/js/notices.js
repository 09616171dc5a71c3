// Messages over the map, read aloud by screen readers.
import { t } from "./config.js";
import { byId, el } from "./dom.js";

/**
 * Show a message until it is dismissed, done with, or replaced by one of the same key.
 * @param {string} key
 * @param {string} text
 * @param {{label: string, run: () => void}} [action]
 */
export function notify(key, text, action) {
  clear(key);
  const buttons = action ? [el("button", { type: "button", click: () => (clear(key), action.run()) }, action.label)] : [];
  buttons.push(el("button", { type: "button", click: () => clear(key) }, t("dismiss")));
  const notice = el("div", { class: action ? "notice notice-fault" : "notice" }, el("p", {}, text), ...buttons);
  notice.dataset.key = key;
  byId("notices").append(notice);
}

/** @param {string} key */
export function clear(key) {
  for (const notice of byId("notices").children) {
    if (notice instanceof HTMLElement && notice.dataset.key === key) notice.remove();
  }
}
