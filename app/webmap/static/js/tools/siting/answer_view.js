// The answer in the panel and on the map: what was not read, the conclusion, how reliable it is, then the places and what is said.
import { t } from "../../config.js";
import { el, present } from "../../dom.js";
import { number } from "../../format.js";
import { copyButton } from "./copying.js";
import { localized, nameOf, textOf } from "./localized.js";
import { alternatives, conclusionLines, files, needsLine, notes, obstacles, ruledOut } from "./outcome.js";
import { Places } from "./places.js";
import { asSent, reordered } from "./scoring.js";
import { elsewhere, industries, objections, premises, rules } from "./statements.js";
import { steadiness, verdictLine } from "./verdict.js";

/** @typedef {import("./question.js").Question} Question */
/** @typedef {import("./scoring.js").Placed} Placed */
/** @typedef {import("./scoring.js").Numbers} Numbers */

/** Places that the map is moved for. */
const MOST_IN_VIEW = 10;

/** @typedef {""|"needed"|"snug"} Fit whether the map is moved: not at all, where a place is out of view, or to what they fill */

/**
 * @typedef {object} Actions
 * @property {(level: string) => string} levelName
 * @property {(record: any) => void} show opens the panel of a place
 * @property {(id: string) => string|undefined} kindOf the kind of a zone
 * @property {(collection: "rules"|"things", id: string, title: string) => void} openRecord
 * @property {(id: string, on: boolean) => void} compare
 * @property {(constraint: string, to: any) => void} relax
 * @property {(part: Partial<Question>) => void} change
 * @property {() => void} unfold
 */

export class AnswerView {
  /**
   * @param {import("./marks.js").Marks} marks
   * @param {Actions} actions
   */
  constructor(marks, actions) {
    this.marks = marks;
    this.actions = actions;
    /** @type {any} */
    this.answer = null;
    /** @type {Placed[]} */
    this.placed = [];
    /** @type {Numbers} */
    this.weights = {};
    const { levelName, show, compare, unfold } = actions;
    this.places = new Places({ levelName, show, compare, unfold, listNotNamed: (all) => actions.change({ tiers: all ? "all" : "" }) });
    this.status = el("div", { class: "siting-status", role: "status" });
    this.before = el("div", { class: "siting-before" });
    this.middle = el("div", { class: "siting-middle" });
    this.after = el("div", { class: "siting-after" });
    this.results = el("div", { class: "siting-results", hidden: true }, this.before, this.places.documented, this.middle, this.places.beyond, this.after);
  }

  /**
   * @param {any} answer
   * @param {Set<string>} compared
   */
  take(answer, compared) {
    this.answer = answer;
    this.places.take(answer, compared);
    this.showTexts();
  }

  showTexts() {
    const { answer, actions } = this;
    const { results, kind, counts } = answer;
    const isList = !["what", "against"].includes(kind);
    const nobody = isList && counts.remaining === 0;
    const ways = alternatives(answer, actions.relax);
    const doubtful = nobody || (isList && results.length === 0);
    this.status.replaceChildren(...conclusionLines(answer, doubtful));
    const open = {
      zone: actions.show,
      record: actions.openRecord,
      place: (/** @type {string} */ id) => this.listed.find((result) => result.id === id) ?? null,
    };
    const statements = rules(answer.rules, open);
    const others = elsewhere(answer.elsewhere, open);
    const isEmpty = results.length === 0;
    this.before.replaceChildren(
      ...present([
        verdictLine(answer, actions.show),
        needsLine(answer, () => actions.change({ needs: "off" })),
        el("div", { class: "siting-take" }, copyButton(answer), files(answer.links)),
        nobody ? (ways ?? obstacles(answer, actions.relax)) : null,
        kind === "what" ? industries(answer, open) : null,
        kind === "against" ? objections(answer.against, open) : null,
        premises(answer.premises, answer.request.floor, open),
        isEmpty && statements,
        isEmpty && others,
      ]),
    );
    this.middle.replaceChildren(...present([!isEmpty && others, !isEmpty && statements]));
    this.after.replaceChildren(...present([nobody ? null : ways, ruledOut(answer, actions), steadiness(answer), notes(answer)]));
    this.results.hidden = false;
  }

  /** Every place that is listed. */
  get listed() {
    const { results = [], better = [], related = [], not_named: notNamed = [] } = this.answer ?? {};
    return [...results, ...better, ...related, ...notNamed];
  }

  /** Every place as it stands now. */
  get allPlaced() {
    return [...this.placed, ...this.places.others];
  }

  /**
   * @param {Numbers} weights adding up to 1
   * @param {{confirmed: boolean, question: Question}} how confirmed: the service has said so
   */
  show(weights, { confirmed, question }) {
    const { answer } = this;
    if (!answer) return;
    const placed = confirmed ? asSent(answer.results) : reordered(answer.results, weights);
    this.before.classList.toggle("siting-stale", !confirmed);
    if (!placed) return;
    this.placed = placed;
    this.weights = weights;
    const shown = this.places.show(placed, weights, { confirmed, most: Number(question.limit) });
    this.marks.show(shown);
    this.marks.say(this.remarks(), question.layer);
  }

  /** What the map says of each place under the pointer. */
  remarks() {
    const remarks = new Map();
    for (const { result, rank, score } of this.allPlaced) {
      const tier = textOf("tier", result.tier);
      remarks.set(result.id, { name: nameOf(result), text: rank === null ? t("siting_tip_tier", { tier }) : t("siting_tip_rank", { rank, score: number(score, 1) }) });
    }
    for (const record of this.answer.excluded ?? []) remarks.set(record.id, { name: nameOf(record), text: t("siting_tip_out", { reasons: record.reasons.map(localized).join(t("list_of_lists")) }) });
    return remarks;
  }

  /** Who comes first now, in a line; empty: nobody is ranked. */
  get leaders() {
    const first = this.placed.filter(({ rank }) => rank !== null).slice(0, 3);
    const names = first.map(({ result, rank, score }) => t("siting_leader", { rank: String(rank), name: nameOf(result), score: number(score, 1) }));
    return names.length ? t("siting_leaders", { names: names.join(t("list_of_lists")) }) : "";
  }

  /**
   * @param {Fit} fit
   * @param {Question} question
   */
  showMap(fit, { layer, limit }) {
    const { results, better = [], related = [], kind, place, elsewhere: others = [] } = this.answer;
    const documented = [...results, ...better];
    const hasPlaces = !["what", "against"].includes(kind);
    this.marks.light(hasPlaces ? new Set(documented.map(({ id }) => id)) : null, layer);
    if (kind === "what" && place) return void this.marks.outlineSubject({ ...place, kind: this.actions.kindOf(place.id) }, fit !== "");
    void this.marks.outlineElsewhere(others);
    const wanted = documented.length ? documented.slice(0, Number(limit) || MOST_IN_VIEW) : related;
    if (fit && wanted.length) this.marks.bring(wanted, layer, fit === "snug");
  }

  /** @param {Node[]} content what is said instead of an answer */
  clear(...content) {
    this.answer = null;
    this.placed = [];
    this.places.others = [];
    this.status.replaceChildren(...content);
    this.status.removeAttribute("aria-busy");
    this.results.hidden = true;
    this.marks.show([]);
    this.marks.light(null, "");
    this.marks.say(null, "");
    void this.marks.outlineElsewhere([]);
  }
}
