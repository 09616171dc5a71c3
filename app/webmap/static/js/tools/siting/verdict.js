// How far the conclusion can be relied on: who cannot be told apart, whether it is steady, and what turns it.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { localized, nameOf } from "./localized.js";

/**
 * First place or shared first place, steady or not, and why.
 * @param {any} answer
 * @param {(record: any) => void} show
 */
export function verdictLine({ verdict, results, kind }, show) {
  if (!verdict) return null;
  const group = present((verdict.group ?? []).map((/** @type {string} */ id) => results.find((/** @type {any} */ result) => result.id === id)));
  const names = group.flatMap((place, at) => present([at > 0 && t("list"), el("button", { type: "button", class: "choice", click: () => show(place) }, nameOf(place))]));
  const first = group.length && kind !== "place" ? el("p", { class: "siting-first-line" }, el("b", {}, t(group.length > 1 ? "siting_first_shared" : "siting_first")), t("colon"), ...names) : null;
  const word = t(verdict.stable ? "siting_steady" : "siting_unsteady");
  const mark = el("span", { class: verdict.stable ? "siting-verdict siting-verdict-steady" : "siting-verdict siting-verdict-open" }, word);
  return el("div", { class: "siting-verdict-box" }, first, el("p", {}, mark, " ", withoutStart(localized(verdict.says), `${word}${t("colon")}`)));
}

/**
 * @param {string} text
 * @param {string} start what stands before it already
 */
function withoutStart(text, start) {
  return text.toLowerCase().startsWith(start.toLowerCase()) ? text.slice(start.length) : text;
}

/**
 * What turns the first place, from what varies most; and the calculation behind it.
 * @param {any} answer
 */
export function steadiness({ verdict, sensitivity, results }) {
  const lines = [...turning(verdict), ...calculated(sensitivity, results)];
  if (!lines.length) return null;
  const draws = sensitivity?.draws ? el("p", { class: "siting-note" }, t("siting_steady_note", { draws: number(sensitivity.draws) })) : null;
  return el("details", { class: "siting-fold", id: "siting-steadiness" }, el("summary", {}, t("siting_steadiness")), el("ul", { class: "siting-lines" }, ...lines), draws);
}

/** @param {any} verdict */
function turning(verdict) {
  const causes = [...(verdict?.turned_by ?? [])].sort((a, b) => b.share - a.share);
  return causes.map((cause) => el("li", {}, localized(cause.says)));
}

/**
 * @param {any} sensitivity
 * @param {any[]} results
 */
function calculated(sensitivity, results) {
  if (!sensitivity || results.length < 2) return [];
  const { smallest_change: change, topsis } = sensitivity;
  const texts = present([change ? localized(change.says) : t("siting_steady_always"), topsis && localized(topsis.says)]).filter(Boolean);
  return texts.map((text) => el("li", {}, text));
}
