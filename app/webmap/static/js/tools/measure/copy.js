// Buttons that copy a text and say whether it worked.
import { t } from "../../config.js";
import { copy } from "../../clipboard.js";
import { el } from "../../dom.js";

const SAID_MS = 1600;

/**
 * @param {() => string} text
 * @param {string} what for screen readers
 * @param {string} [label] of the button; absent: 复制
 */
export function copyButton(text, what, label = t("measure_copy")) {
  const button = el("button", { type: "button", class: "link copy", "aria-label": `${label} ${what}` }, label);
  button.addEventListener("click", async () => {
    const done = await copy(text());
    button.textContent = t(done ? "measure_copied" : "measure_copy_failed");
    setTimeout(() => (button.textContent = label), SAID_MS);
  });
  return button;
}
