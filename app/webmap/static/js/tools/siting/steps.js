// The four steps of a question: each folds to a line that says what is asked for.
import { t } from "../../config.js";
import { el } from "../../dom.js";

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {HTMLElement} body
 */

export class Steps {
  /**
   * @param {Step[]} steps
   * @param {(id: string, open: boolean) => void} turned
   */
  constructor(steps, turned) {
    /** @type {Map<string, {details: HTMLDetailsElement, says: HTMLElement, head: HTMLElement}>} */
    this.parts = new Map();
    /** @type {HTMLElement[]} */
    this.answers = [];
    this.root = el("div", { class: "siting-steps" }, ...steps.map((step, place) => this.step(step, place, steps[place + 1]?.id ?? null, turned)));
  }

  /**
   * @param {Step} step
   * @param {number} place
   * @param {string|null} next
   * @param {(id: string, open: boolean) => void} turned
   */
  step({ id, body }, place, next, turned) {
    const says = el("span", { class: "siting-step-says" });
    const head = el("summary", {}, el("span", { class: "siting-step-number", "aria-hidden": "true" }, String(place + 1)), el("span", { class: "siting-step-title" }, t(`siting_step_${id}`)), says);
    const answer = el("span", { class: "siting-step-answer" });
    this.answers.push(answer);
    const on = el("button", { type: "button", class: "button", click: () => this.goOn(id, next) }, next ? t("siting_next", { step: t(`siting_step_${next}`) }) : t("siting_done"));
    const details = /** @type {HTMLDetailsElement} */ (
      el("details", { class: "siting-step", id: `siting-step-${id}`, toggle: () => turned(id, details.open) }, head, el("div", { class: "siting-step-body" }, body, el("div", { class: "siting-on" }, answer, on)))
    );
    this.parts.set(id, { details, says, head });
    return details;
  }

  /**
   * @param {string} from
   * @param {string|null} to
   */
  goOn(from, to) {
    this.turn(from, false);
    if (to) this.turn(to, true);
    const { head } = /** @type {any} */ (this.parts.get(to ?? from));
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {string} id
   * @param {boolean} open
   */
  turn(id, open) {
    const part = this.parts.get(id);
    if (part) part.details.open = open;
  }

  /** @param {string|null} id the only one that is open from now on */
  only(id) {
    for (const step of this.parts.keys()) this.turn(step, step === id);
  }

  /** @param {string} text what the answer is at present, beside the way on */
  sayAnswer(text) {
    for (const answer of this.answers) answer.textContent = text;
  }

  /**
   * @param {string} id
   * @param {string} says
   * @param {boolean} set whether anything is asked for there
   */
  say(id, says, set) {
    const part = this.parts.get(id);
    if (!part) return;
    part.says.textContent = says;
    part.details.classList.toggle("siting-step-set", set);
  }
}
