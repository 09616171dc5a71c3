// Where documents contradict each other: each side with its words and its source.
import { t } from "../config.js";
import { el } from "../dom.js";
import { source } from "../evidence.js";
import { section } from "../fold.js";
import { inLanguage } from "../format.js";
import { quoted } from "./parts.js";

const OPEN = 3; // so many are shown without being asked for

/**
 * @param {any[]} found
 * @returns {HTMLElement|null}
 */
export function contradictions(found) {
  if (!found.length) return null;
  const entries = found.map((one) => el("li", { class: "contradiction" }, el("p", {}, String(inLanguage(one, "summary"))), sides(one)));
  return section({ title: t("record_contradictions"), key: "contradictions", count: found.length, open: found.length <= OPEN, class: "contradictions" }, el("ul", { class: "lines" }, ...entries));
}

/**
 * Beside a fact: what contradicts it, to be unfolded.
 * @param {any[]} all those that bear on the subject of the panel
 * @param {...string} ids of the fact
 * @returns {HTMLElement|null}
 */
export function contradicted(all, ...ids) {
  const found = all.filter((one) => one.bears_on?.some((/** @type {string} */ id) => ids.includes(id)));
  if (!found.length) return null;
  return el("details", { class: "contradicted" }, el("summary", {}, t("record_contradicted")), ...found.flatMap((one) => [el("p", {}, String(inLanguage(one, "summary"))), sides(one)]));
}

/** @param {any} contradiction */
function sides({ sides: found }) {
  return el("ul", { class: "sides" }, ...found.map((/** @type {any} */ side) => el("li", {}, quoted(side.wording), source(side.evidence, side.wording))));
}
