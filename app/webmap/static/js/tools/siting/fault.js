// A question that cannot be answered: what the service says of it, in place, with its suggestions as buttons.
import { t } from "../../config.js";
import { el } from "../../dom.js";

/** @typedef {import("./question.js").Question} Question */

/** Suggestions that are offered of a field; more would be a list of everything there is. */
const MOST = 8;

/** Which step each field belongs to. */
const STEPS = /** @type {Record<string, string>} */ ({ industries: "what", area: "size", preset: "weights", weights: "weights", emphasis: "weights" });

const LISTS = ["industries", "districts", "avoid_districts", "in_elements", "avoid_elements", "level", "exclude_layers"];

/** @param {string} parameter */
export function stepOf(parameter) {
  return parameter === "q" ? "what" : (STEPS[parameter] ?? "where");
}

/**
 * @param {any} problem
 * @param {object} how
 * @param {Question} how.question
 * @param {(change: Partial<Question>) => void} how.change
 * @param {() => void} how.retry
 */
export function faultBox(problem, { question, change, retry }) {
  const errors = problem.body?.errors ?? [];
  const lines = errors.map((/** @type {any} */ error) => el("li", {}, el("span", {}, error.message), ...ways(error, question, change)));
  const what = errors.length ? el("ul", {}, ...lines) : el("p", {}, problem.message, " ", el("button", { type: "button", class: "button", click: retry }, t("retry")));
  return el("div", { class: "siting-fault" }, el("p", {}, t(errors.length ? "siting_cannot" : "siting_failed")), what);
}

/**
 * @param {any} error
 * @param {Question} question
 * @param {(change: Partial<Question>) => void} change
 */
function ways({ parameter, value, allowed }, question, change) {
  const button = (/** @type {string} */ text, /** @type {Partial<Question>} */ how) => el("button", { type: "button", class: "button", click: () => change(how) }, text);
  if (parameter === "weights") return [button(t("siting_way_weights"), { weights: {}, preset: "", emphasis: [] })];
  if (parameter === "q") return [];
  if (!LISTS.includes(parameter)) return [button(t("siting_way_drop"), { [parameter]: dropped(parameter) })];
  const values = /** @type {string[]} */ (question[/** @type {"industries"} */ (parameter)]);
  const offered = (allowed ?? []).length <= MOST ? (allowed ?? []) : [];
  const instead = offered.map((/** @type {string} */ one) => button(one, { [parameter]: [...new Set(values.map((own) => (own === value ? one : own)))] }));
  return [...instead, button(t("siting_way_drop"), { [parameter]: values.filter((own) => own !== value) })];
}

/** @param {string} parameter */
function dropped(parameter) {
  if (parameter === "within") return null;
  return parameter === "max_km" || parameter === "min_km" ? {} : "";
}
