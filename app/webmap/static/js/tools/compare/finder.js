// The box that finds a zone to compare, by the service's search.
import { getJson, Problem } from "../../api.js";
import { config, t } from "../../config.js";
import { el } from "../../dom.js";

const PAUSE = 200; // milliseconds without a key before the server is asked
const MOST = 6;

/**
 * @param {{add: (id: string) => void, has: (id: string) => boolean}} actions
 * @returns {HTMLElement}
 */
export function finder({ add, has }) {
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "search", id: "compare-find", autocomplete: "off", maxlength: "100", placeholder: t("compare_find_hint"), "aria-describedby": "compare-found" }));
  const list = el("ul", { class: "compare-hits" });
  const count = el("p", { class: "hint", id: "compare-found", role: "status" });
  /** @type {AbortController|null} */
  let asking = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let pause;
  const clear = () => {
    asking?.abort();
    clearTimeout(pause);
    input.value = "";
    list.replaceChildren();
    count.textContent = "";
  };
  const choose = (/** @type {string} */ id) => {
    clear();
    input.focus();
    add(id);
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const words = input.value.trim();
    if (!words) return clear();
    try {
      const { hits } = await getJson(`/api/search?${new URLSearchParams({ q: words, kind: "zone", limit: String(MOST), lang: config.language })}`, signal);
      if (signal.aborted) return;
      list.replaceChildren(...hits.map((/** @type {any} */ hit) => el("li", {}, option(hit, has(hit.id), choose))));
      count.textContent = hits.length ? t("compare_hits", { count: hits.length }) : t("compare_no_hits", { words });
    } catch (error) {
      if (!signal.aborted) count.textContent = error instanceof Problem ? error.message : t("bad_answer");
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => void ask(), PAUSE);
  });
  const form = el("form", { class: "compare-finder", submit: (event) => (event.preventDefault(), list.querySelector("button:not(:disabled)")?.dispatchEvent(new MouseEvent("click"))) }, el("label", { for: input.id }, t("compare_find")), input, list, count);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    event.preventDefault();
    clear();
  });
  return form;
}

/**
 * @param {any} hit
 * @param {boolean} chosen
 * @param {(id: string) => void} choose
 */
function option(hit, chosen, choose) {
  const button = el("button", { type: "button", class: "choice", disabled: chosen, click: () => choose(hit.id) }, hit.title, " ", el("small", {}, chosen ? t("compare_is_chosen") : hit.subtitle));
  return button;
}
