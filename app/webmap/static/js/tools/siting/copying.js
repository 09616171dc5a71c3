// The answer as text that an officer can paste into a document: question, answer, grounds, what is uncertain, what is left out.
import { copy } from "../../clipboard.js";
import { config, t } from "../../config.js";
import { el } from "../../dom.js";

/**
 * The text of an answer, as the service writes it.
 * @param {string} address
 * @returns {Promise<string>} empty: it could not be had
 */
async function textOf(address) {
  try {
    const response = await fetch(`${address}&lang=${config.language}`);
    return response.ok ? await response.text() : "";
  } catch {
    return "";
  }
}

/**
 * A button that copies the answer, and says so; none where the question is too long for an address.
 * @param {any} answer
 */
export function copyButton({ links }) {
  if (!links.text) return null;
  const message = el("span", { class: "siting-copied", role: "status" });
  const run = async () => {
    const text = await textOf(links.text);
    const isCopied = text !== "" && (await copy(text));
    message.textContent = t(isCopied ? "siting_copied" : "siting_copy_failed");
  };
  return el("span", { class: "siting-copy" }, el("button", { type: "button", class: "button", id: "siting-copy", click: () => void run() }, t("siting_copy")), message);
}
