// Texts of an answer: the service sends each in both languages.
import { config, t } from "../../config.js";
import { el } from "../../dom.js";
import { inLanguage } from "../../format.js";

/**
 * A text in the language of the page.
 * @param {{zh: string, en: string}|null|undefined} text
 */
export function localized(text) {
  return text ? String(text[config.language]) : "";
}

/** @param {any} record with a name in both languages */
export function nameOf(record) {
  return String(inLanguage(record, "name"));
}

/**
 * The text of a value of the service that may be a new one: the value itself where there is no text.
 * @param {string} kind such as tier
 * @param {string} value
 */
export function textOf(kind, value) {
  const key = `siting_${kind}_${value}`;
  return key in config.texts ? t(key) : value;
}

/**
 * A small mark of a few words.
 * @param {string} text
 * @param {string} [kind]
 */
export function badge(text, kind = "") {
  return el("span", { class: kind ? `badge siting-badge-${kind}` : "badge" }, text);
}

/**
 * Give an element the colour of a criterion, which the service sends for light and for dark pages.
 * @param {HTMLElement} element
 * @param {any} criterion
 */
export function coloured(element, { colour }) {
  element.classList.add("siting-coloured");
  if (colour?.light) element.style.setProperty("--of-light", colour.light);
  if (colour?.dark) element.style.setProperty("--of-dark", colour.dark);
  return element;
}
