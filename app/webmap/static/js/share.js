// Sharing what is on the screen: its address, or a short link that the service keeps.
import { postJson, Problem } from "./api.js";
import { config, t } from "./config.js";
import { el } from "./dom.js";
import { LONGEST } from "./permalink.js";
import { query, written } from "./state.js";

/**
 * Open the dialog.
 * @param {import("./permalink.js").Permalink} permalink
 */
export function share(permalink) {
  const address = permalink.url();
  const said = el("p", { class: "share-said", role: "status" });
  const short = el("div", { class: "share-short" });
  const make = el("button", { type: "button", class: "button", click: () => void shorten(make, short, said) }, t("share_short"));
  short.append(make);
  const close = el("button", { type: "button", class: "panel-close", "aria-label": t("close") }, "×");
  const dialog = /** @type {HTMLDialogElement} */ (
    el(
      "dialog",
      { class: "share", "aria-labelledby": "share-title", close: () => dialog.remove() },
      el("div", { class: "dock-head" }, el("h2", { id: "share-title" }, t("share_title")), close),
      el(
        "div",
        { class: "share-body" },
        field("share-address", t("share_address"), address, said),
        address.length > LONGEST ? el("p", { class: "hint" }, t("long_address")) : null,
        short,
        said,
      ),
    )
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * A text to copy, with the button that does.
 * @param {string} id
 * @param {string} label
 * @param {string} text
 * @param {HTMLElement} said
 */
function field(id, label, text, said) {
  const input = /** @type {HTMLInputElement} */ (el("input", { id, type: "text", readonly: true, value: text, focus: () => input.select() }));
  const copy = el("button", { type: "button", class: "button", click: () => void copyFrom(input, said) }, t("share_copy"));
  return el("div", { class: "share-field" }, el("label", { for: id }, label), el("div", { class: "share-line" }, input, copy));
}

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} said
 */
async function copyFrom(input, said) {
  said.classList.remove("fault");
  said.textContent = t((await copied(input)) ? "share_copied" : "share_by_hand");
}

/** @param {HTMLInputElement} input */
async function copied(input) {
  try {
    await navigator.clipboard.writeText(input.value);
    return true;
  } catch {
    // Without TLS there is no clipboard to write to; the old command copies what is selected.
    input.focus();
    input.select();
    return document.execCommand("copy");
  }
}

/**
 * @param {HTMLElement} button
 * @param {HTMLElement} place
 * @param {HTMLElement} said
 */
async function shorten(button, place, said) {
  button.setAttribute("disabled", "");
  said.classList.remove("fault");
  said.textContent = t("loading");
  try {
    const { url } = await postJson("/api/links", { query: written(query()).slice(1) || `lang=${config.language}` });
    said.textContent = "";
    place.replaceChildren(field("share-link", t("share_short_label"), url, said));
    /** @type {HTMLInputElement} */ (place.querySelector("input")).focus();
  } catch (error) {
    said.classList.add("fault");
    said.textContent = t("share_failed", { detail: error instanceof Problem ? error.message : t("bad_answer") });
    button.removeAttribute("disabled");
  }
}
