// What documents say of a plan element as a whole: it holds for no park in it by itself, and stands apart from the parks.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { list, number } from "../../format.js";
import { evidence, name } from "./results.js";

/**
 * A plan element for which an industry is named as a whole.
 * @typedef {object} Element
 * @property {string} id
 * @property {any} plan
 * @property {any[]} members
 * @property {import("./filters.js").Zone["statements"]} statements
 */

/**
 * That there are such elements, to be said where the parks are summed up.
 * @param {Element[]} elements
 */
export function elementHint(elements) {
  return elements.length ? [el("p", { class: "industry-note" }, t("industry_elements_more", { count: elements.length }))] : [];
}

/**
 * @param {Element[]} elements
 * @param {(element: Element) => (() => void)|null} way what choosing an element's name does; null where no layer draws it
 */
export function elementList(elements, way) {
  const heading = el("h3", { id: "industry-elements", class: "industry-rank industry-rank-element" }, t("industry_elements"), el("span", { class: "industry-count" }, number(elements.length)));
  return el(
    "section",
    { class: "industry-group", "aria-labelledby": heading.id },
    heading,
    el("p", { class: "industry-note" }, t("industry_elements_note")),
    el("ol", { class: "industry-zones" }, ...elements.map((element) => entry(element, way(element)))),
  );
}

/**
 * @param {Element} element
 * @param {(() => void)|null} show
 */
function entry(element, show) {
  const title = name(element);
  return el(
    "li",
    { class: "industry-element", "data-id": element.id },
    el("div", { class: "industry-head" }, show ? el("button", { type: "button", class: "choice", click: show }, title) : el("b", {}, title), el("span", { class: "industry-place" }, name(element.plan))),
    element.members.length ? el("p", { class: "industry-areas" }, t("industry_members", { names: list(element.members.map(name)) })) : null,
    evidence(element),
  );
}
