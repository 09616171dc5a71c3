// What the sections of the panel have in common: buttons of their tables, documents, and areas that are not always there.
import { config, t } from "../../config.js";
import { el } from "../../dom.js";
import { inLanguage, number } from "../../format.js";

/** @typedef {import("./sections.js").Frame} Frame */

/**
 * @param {Frame} frame
 * @param {string} id
 */
export function tableState({ open }, id) {
  return { open: open.has(id), toggled: (/** @type {boolean} */ now) => void (now ? open.add(id) : open.delete(id)) };
}

/**
 * @param {Frame} frame
 * @param {string} text
 * @param {string} key
 * @param {string} [label]
 */
export function button({ lit, light }, text, key, label) {
  return { text, light: () => light(key), lit: lit === key, label };
}

/**
 * An area that is summed over some of the parks only: the others are estimates, which have none.
 * @param {number} ha 公顷
 * @param {number} withArea how many of the parks have one
 * @param {number} parks
 */
export function areaOf(ha, withArea, parks) {
  if (!withArea) return t("statistics_no_area");
  return withArea < parks ? t("statistics_area_of", { ha: number(ha, 1), count: withArea }) : number(ha, 1);
}

/** @param {any[]} documents */
export function unique(documents) {
  return [...new Map(documents.map((document) => [document.id, document])).values()];
}

/**
 * @param {any[]} documents
 */
export function sources(documents) {
  if (!documents.length) return null;
  const titles = documents.map((document) => el("span", { lang: config.language === "en" && document.title_en ? "en" : "zh-CN", title: document.title_zh }, config.language === "en" ? document.title_en : document.short_title_zh));
  return el("p", { class: "source" }, t("statistics_sources"), ...titles.flatMap((title, place) => (place ? [t(config.language === "en" ? "list_of_lists" : "list"), title] : [title])));
}

/**
 * The years a document plans for, and that they are past where they are.
 * @param {{expired: boolean}} period
 */
export function periodOf(period) {
  const text = inLanguage(period, "text");
  return text ? el("p", { class: `statistics-period${period.expired ? " expired" : ""}` }, String(text)) : null;
}
