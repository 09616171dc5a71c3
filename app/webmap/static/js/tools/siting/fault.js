// A question that cannot be answered: what the service says of it, in place, with its suggestions as buttons.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { KINDS, blank } from "./question.js";

/** @typedef {import("./question.js").Question} Question */

/** Suggestions that are offered of a field; more would be a list of everything there is. */
const MOST = 8;

/** Which step each field belongs to. */
const STEPS = /** @type {Record<string, string>} */ ({ q: "what", ask: "what", place: "what", industries: "what", avoid_industries: "what", area: "size", floor: "size", premises: "size", preset: "weights", weights: "weights", emphasis: "weights", far_from: "weights", needs: "weights" });

/** @param {string} parameter */
export function stepOf(parameter) {
  return STEPS[parameter] ?? "where";
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
  const field = /** @type {import("./question.js").Field} */ (parameter);
  if (!(field in KINDS)) return [];
  if (field === "place") return [...instead(question, parameter, value, allowed, button), button(t("siting_way_drop"), { ask: "", place: "" })];
  if (!["list", "names"].includes(KINDS[field])) return [button(t("siting_way_drop"), { [field]: blank()[field] })];
  const values = /** @type {string[]} */ (question[field]);
  return [...instead(question, parameter, value, allowed, button), button(t("siting_way_drop"), { [field]: values.filter((own) => own !== value) })];
}

/**
 * What could be meant instead.
 * @param {Question} question
 * @param {string} parameter
 * @param {any} value that cannot be used
 * @param {string[]|undefined} allowed
 * @param {(text: string, change: Partial<Question>) => HTMLElement} button
 */
function instead(question, parameter, value, allowed = [], button) {
  if (allowed.length > MOST) return [];
  const now = question[/** @type {"industries"} */ (parameter)];
  const changed = (/** @type {string} */ choice) => (Array.isArray(now) ? [...new Set(now.map((own) => (own === value ? choice : own)))] : choice);
  return allowed.map((choice) => button(choice, { [parameter]: changed(choice) }));
}
