// The sentence box, and how the sentence was read: each part with what it became, and what was not understood.
import { config, t } from "../../config.js";
import { el, present } from "../../dom.js";
import { stillCounts } from "./reading.js";

/** @typedef {import("./question.js").Question} Question */

const LONGEST = 2000;

const EXAMPLES = [1, 2, 3];

export class Sentence {
  /**
   * @param {object} how
   * @param {(text: string) => void} how.read
   * @param {(span: any) => void} how.drop
   */
  constructor({ read, drop }) {
    this.read = read;
    this.drop = drop;
    this.box = /** @type {HTMLTextAreaElement} */ (
      el("textarea", { id: "siting-sentence", class: "siting-box", rows: "2", maxlength: String(LONGEST), placeholder: t("siting_sentence_placeholder"), keydown: (event) => this.key(event) })
    );
    this.summary = el("summary", {});
    this.readAs = el("div", { class: "siting-reading-body" });
    this.reading = /** @type {HTMLDetailsElement} */ (el("details", { class: "siting-reading", hidden: true, open: !matchMedia("(max-width: 760px)").matches }, this.summary, this.readAs));
    const examples = EXAMPLES.map((number) => el("li", {}, el("button", { type: "button", class: "choice", click: () => this.take(t(`siting_example_${number}`)) }, t(`siting_example_${number}`))));
    this.examples = el("details", { class: "siting-examples" }, el("summary", {}, t("siting_examples")), el("ul", {}, ...examples));
    this.root = el(
      "form",
      { class: "siting-sentence", submit: (event) => (event.preventDefault(), this.take(this.box.value)) },
      el("label", { for: "siting-sentence" }, t("siting_sentence")),
      el("div", { class: "siting-sentence-line" }, this.box, el("button", { type: "submit", class: "button button-main" }, t("siting_read"))),
      this.examples,
      this.reading,
    );
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.take(this.box.value);
  }

  /** @param {string} text */
  take(text) {
    const sentence = text.trim();
    this.box.value = sentence;
    if (sentence) this.read(sentence);
    else this.box.focus();
  }

  /**
   * @param {Question} question
   * @param {any} reading as the service tells it, or null
   * @param {Partial<Question>|null} understood what the sentence says as fields of a question
   */
  show(question, reading, understood) {
    if (question.q && this.box.value.trim() !== question.q) this.box.value = question.q;
    if (!question.q && !question.industries.length && !question.place) this.box.value = "";
    this.examples.hidden = question.q !== "" || question.industries.length > 0 || question.place !== "";
    this.reading.hidden = reading === null;
    if (reading === null) return;
    const { sentence = question.q, spans, not_understood: missed } = reading;
    const chips = spans.map((/** @type {any} */ span) => this.chip(span, stillCounts(question, span, understood)));
    const misses = missed.map((/** @type {any} */ part) => el("li", {}, t("siting_missed_word", { word: part.text, why: part[config.language] })));
    this.summary.textContent = misses.length ? t("siting_read_partly", { count: spans.length, missed: misses.length }) : t("siting_read_all", { count: spans.length });
    this.readAs.replaceChildren(
      ...present([
        el("p", { class: "siting-read", lang: "zh-CN" }, ...marked(sentence, spans, missed)),
        chips.length > 0 && el("ul", { class: "siting-chips", "aria-label": t("siting_read_as") }, ...chips),
        misses.length > 0 && el("div", { class: "siting-missed" }, el("p", {}, t("siting_missed")), el("ul", {}, ...misses)),
      ]),
    );
  }

  /**
   * @param {any} span
   * @param {boolean} inForce
   */
  chip(span, inForce) {
    const meaning = span[config.language];
    const words = [el("span", { class: "siting-chip-words", lang: "zh-CN" }, t("siting_quoted", { words: span.text })), el("span", {}, meaning)];
    if (!inForce) return el("li", { class: "siting-chip siting-chip-off" }, ...words, el("span", { class: "siting-chip-note" }, t("siting_corrected")));
    const remove = el("button", { type: "button", "aria-label": t("siting_drop", { name: meaning }), click: () => this.drop(span) }, "×");
    return el("li", { class: "siting-chip" }, ...words, remove);
  }
}

/**
 * The sentence with its parts marked. Places are in code points, as the service counts.
 * @param {string} sentence
 * @param {any[]} spans
 * @param {any[]} missed
 */
function marked(sentence, spans, missed) {
  const characters = Array.from(sentence);
  const parts = [...spans.map((span) => ({ ...span, kind: "understood" })), ...missed.map((span) => ({ ...span, kind: "missed" }))].sort((a, b) => a.start - b.start);
  /** @type {(string|HTMLElement)[]} */
  const found = [];
  let at = 0;
  for (const { start, end, kind } of parts) {
    if (start < at) continue;
    found.push(characters.slice(at, start).join(""), el("mark", { class: `siting-${kind}` }, characters.slice(start, end).join("")));
    at = end;
  }
  return [...found, characters.slice(at).join("")];
}
