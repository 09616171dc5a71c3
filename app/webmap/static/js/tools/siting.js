// Siting: where should this industry go, and why? Four steps or a sentence; a ranked list with every reason; the map.
import { getJson, postJson, Problem } from "../api.js";
import { t } from "../config.js";
import { el } from "../dom.js";
import { list } from "../format.js";
import { loadStyle, loadTexts } from "../load.js";
import { Malformed } from "../permalink.js";
import { shortened } from "../state.js";
import { Taxonomy } from "./industry/taxonomy.js";
import { AnswerView } from "./siting/answer_view.js";
import { Beside } from "./siting/beside.js";
import { faultBox, stepOf } from "./siting/fault.js";
import { Marks } from "./siting/marks.js";
import { blank, coarse, isComplete, lacksPlace, pairs, parsed, written } from "./siting/question.js";
import { completed, readingOf, relaxed, without } from "./siting/reading.js";
import { shared } from "./siting/scoring.js";
import { Sentence } from "./siting/sentence.js";
import { Size } from "./siting/size.js";
import { Steps } from "./siting/steps.js";
import { Weighing } from "./siting/weighing.js";
import { What } from "./siting/what.js";
import { Where } from "./siting/where.js";

/** @typedef {import("./siting/question.js").Question} Question */
/** @typedef {import("./siting/answer_view.js").Fit} Fit */

/** Styles beside the one that comes with the tool. */
const STYLES = ["industry.css", "siting/question.css", "siting/controls.css", "siting/answer.css", "siting/places.css", "siting/map.css"];

/** Places that are asked for: of parks these are all. */
const ALL = 100;

/** Characters of the longest query that goes into an address; a polygon may be longer. */
const LONGEST_QUERY = 6000;

/** How long a person's hand may rest before the service is asked, milliseconds. */
const REST = 350;

const NARROW = matchMedia("(max-width: 760px)");

export default class Siting {
  /** @param {import("../main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.question = blank();
    /** @type {any[]} */
    this.zones = [];
    /** @type {Partial<Question>|null} what the sentence says as fields, once that is known */
    this.understood = null;
    /** @type {any} how the sentence was read */
    this.reading = null;
    /** @type {AbortController|null} */
    this.asking = null;
    this.timer = 0;
    /** @type {HTMLElement|null} what it is open in */
    this.opened = null;
    this.marks = new Marks(workbench, (result) => this.showPlace(result));
    /** @type {AnswerView|undefined} */
    this.view = undefined;
    this.drawn = () => this.where?.show(this.question);
  }

  /**
   * @param {HTMLElement} container
   * @param {{area?: any, industries?: string[], q?: string}} [argument] area: a polygon (GeoJSON) to search in; industries:
   *   ids of what is to be sited; q: a sentence
   */
  async open(container, argument) {
    document.getElementById("dock")?.classList.add("siting-dock");
    this.workbench.fitRoom();
    this.opened = container;
    const [options, taxonomy, { zones }, { plans }] = await Promise.all([getJson("/api/siting/options"), Taxonomy.load(), getJson("/api/zones"), getJson("/api/plans"), loadTexts("industry"), ...STYLES.map((name) => loadStyle(`/static/css/tools/${name}`))]);
    if (this.opened !== container) return;
    this.options = options;
    this.build(container, taxonomy);
    this.zones = zones;
    this.where?.know(zones, plans);
    this.what?.asking.know(zones);
    document.addEventListener("drawing-changed", this.drawn);
    if (argument?.industries || argument?.q) this.start({ ...blank(), within: this.question.within, industries: argument.industries ?? [], q: argument.q ?? "" });
    if (argument?.area) this.question = { ...this.question, within: coarse(argument.area) };
    this.showQuestion();
    this.steps?.only(this.canAsk ? null : "what");
    if (!this.workbench.permalink.restoring.has("siting")) void this.ask({ fit: "snug" });
  }

  close() {
    this.opened = null;
    document.getElementById("dock")?.classList.remove("siting-dock", "siting-wide");
    document.removeEventListener("drawing-changed", this.drawn);
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
    this.marks.clear();
  }

  state() {
    return written(pairs(this.question, this.understood)) || null;
  }

  /**
   * @param {string} text
   * @param {{placed?: boolean}} [how] placed: the address says what the map shows
   */
  async restore(text, { placed = false } = {}) {
    const { question, unknown } = parsed(text);
    this.start(question);
    this.showQuestion();
    this.steps?.only(this.canAsk ? null : "what");
    await this.ask({ fit: placed ? "needed" : "snug", reveal: NARROW.matches });
    if (unknown.length) throw new Malformed(t("siting_unknown_part", { names: shortened(list(unknown)) }));
  }

  /** @param {Question} question that has nothing to do with the one before */
  start(question) {
    this.question = question;
    this.understood = null;
    this.reading = null;
    this.beside?.forget();
    this.where?.forget();
    if (this.view) this.view.places.all = false;
  }

  get canAsk() {
    return isComplete(this.question, this.understood);
  }

  /** The answer that is shown, or null. */
  get answer() {
    return this.view?.answer ?? null;
  }

  /**
   * @param {HTMLElement} container
   * @param {Taxonomy} taxonomy
   */
  build(container, taxonomy) {
    const change = (/** @type {Partial<Question>} */ part) => this.change(part);
    this.sentence = new Sentence({ read: (text) => this.readSentence(text), drop: (span) => this.set(without(this.question, span)) });
    this.what = new What(taxonomy, change);
    this.size = new Size(this.options.premises ?? [], (part) => this.change(part, { soon: true }));
    this.where = new Where(this.workbench, { options: this.options, change, draw: () => void this.workbench.tools.open("measure", { draw: "polygon" }) });
    this.weighing = new Weighing(this.options, { change, weigh: (weights) => this.weigh(weights) });
    this.steps = new Steps(
      [["what", this.what], ["size", this.size], ["where", this.where], ["weights", this.weighing]].map(([id, part]) => ({ id: /** @type {string} */ (id), body: /** @type {What} */ (part).body })),
      (id, open) => void (id === "where" && open && this.openWhere()),
    );
    const levelName = (/** @type {string} */ level) => this.levelName(level);
    const show = (/** @type {any} */ record) => this.showPlace(record);
    this.view = new AnswerView(this.marks, {
      levelName,
      show,
      kindOf: (id) => this.kindOf(id),
      change,
      openRecord: (collection, id, title) => this.workbench.openRecord({ collection, id, title }),
      compare: (id, on) => this.beside?.choose(id, on),
      relax: (constraint, to) => this.set(relaxed(this.question, constraint, to)),
      unfold: () => this.showPlaces(true),
    });
    this.again = el("button", { type: "button", class: "choice siting-again", click: () => this.reset() }, t("siting_reset"));
    this.fault = el("div", { class: "siting-faults", role: "alert" });
    this.questions = el("div", { class: "siting-asks" }, this.sentence.root, this.fault, this.steps.root, this.again);
    const main = el("div", { class: "siting-front-side" }, this.questions, this.view.status, this.view.results);
    this.beside = new Beside(this.workbench, { list: main, entries: () => this.view?.places.entries ?? new Map(), levelName, show, bringIntoView: (results) => this.marks.fit(results) });
    container.append(el("div", { class: "siting" }, main, this.beside.table, this.beside.tray));
  }

  /** The step is made anew when it opens: what is drawn on the map may have changed, and facilities are fetched. */
  openWhere() {
    const { where } = this;
    where?.show(this.question);
    void where?.knowFacilities().then(() => this.opened && where.show(this.question));
  }

  reset() {
    this.start(blank());
    this.showQuestion();
    this.steps?.only("what");
    void this.ask({ push: true });
    this.sentence?.box.focus();
  }

  /** @param {string} q */
  readSentence(q) {
    const { within, exclude_layers, layer } = this.question;
    this.start({ ...blank(), within, exclude_layers, layer, q });
    this.steps?.only(null);
    void this.ask({ push: true, fit: "snug", reveal: true });
  }

  /**
   * @param {Partial<Question>} part
   * @param {{soon?: boolean}} [how] soon: more is likely to come
   */
  change(part, { soon = false } = {}) {
    if (soon) this.later({ ...this.question, ...part });
    else this.set({ ...this.question, ...part });
  }

  /** @param {Question} question */
  set(question) {
    clearTimeout(this.timer);
    this.question = question;
    this.showQuestion();
    void this.ask({ push: true });
  }

  /** @param {Question} question */
  later(question) {
    this.question = question;
    this.sayAll();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), REST);
  }

  /**
   * The list is put in order at once by the same formula; the service confirms it.
   * @param {Record<string, number>} weights
   */
  weigh(weights) {
    this.question = { ...this.question, weights };
    this.weighing?.show(this.question, this.answer);
    this.showPlaces(false);
    this.later(this.question);
  }

  /**
   * @param {{push?: boolean, fit?: Fit, reveal?: boolean}} [how] push: the question before can be come back to; fit: bring the
   *   places into view; reveal: and the answer
   */
  async ask({ push = false, fit = "", reveal = false } = {}) {
    const { permalink } = this.workbench;
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
    permalink.changed("siting", { push });
    this.marks.outline(this.question.within);
    if (!this.canAsk) return this.showNothing();
    const asking = new AbortController();
    this.asking = asking;
    const status = this.view?.status;
    status?.setAttribute("aria-busy", "true");
    if (!this.answer) status?.replaceChildren(el("p", { class: "hint" }, el("span", { class: "spinner" }), t("siting_asking")));
    try {
      const answer = await this.request(asking.signal);
      if (this.asking !== asking) return;
      this.take(answer, fit);
      if (reveal) status?.scrollIntoView({ block: NARROW.matches ? "start" : "nearest" });
    } catch (error) {
      if (this.asking !== asking) return;
      if (!(error instanceof Problem)) throw error;
      this.showFault(error);
    } finally {
      if (this.asking === asking) status?.removeAttribute("aria-busy");
    }
  }

  /** @param {AbortSignal} signal */
  request(signal) {
    const fields = [...pairs(this.question, this.understood).filter(([name]) => name !== "limit"), ["limit", String(ALL)]];
    const query = new URLSearchParams(fields).toString();
    return query.length > LONGEST_QUERY ? postJson("/api/siting", Object.fromEntries(fields), signal) : getJson(`/api/siting?${query}`, signal);
  }

  /**
   * @param {any} answer
   * @param {Fit} fit
   */
  take(answer, fit) {
    const { reading } = answer.request;
    if (reading && this.understood === null) {
      this.reading = reading;
      this.understood = readingOf(answer.request, this.question.industries.length === 0);
      this.question = completed(this.question, this.understood);
    }
    this.where?.learn(answer.request);
    this.fault?.replaceChildren();
    this.view?.take(answer, this.beside?.chosen ?? new Set());
    this.steps?.sayAnswer(this.conclusion);
    this.showQuestion();
    this.showPlaces(true);
    this.view?.showMap(fit, this.question);
  }

  get conclusion() {
    return this.view?.status.querySelector(".siting-conclusion")?.textContent ?? "";
  }

  /** The question in the box and the steps. */
  showQuestion() {
    const { question, answer } = this;
    this.sentence?.show(question, this.reading, this.understood);
    this.what?.show(question, answer?.request);
    this.size?.show(question, answer?.request);
    if (this.steps?.parts.get("where")?.details.open) this.where?.show(question);
    this.weighing?.show(question, answer);
    this.sayAll();
  }

  /** Each step in a line. */
  sayAll() {
    const { question } = this;
    const what = this.what?.says(question) ?? "";
    const where = this.where?.says(question) ?? "";
    const sizes = this.size?.says(question) ?? "";
    this.steps?.say("what", what || t("siting_what_none"), what !== "");
    this.steps?.say("size", sizes || t("siting_size_none"), sizes !== "");
    this.steps?.say("where", where || t("siting_where_none"), where !== "");
    this.steps?.say("weights", this.weighing?.says(question) ?? "", true);
    if (this.again) this.again.hidden = !this.state();
  }

  showNothing() {
    const hint = lacksPlace(this.question) ? "siting_hint_place" : this.question.within ? "siting_hint_within" : "siting_hint";
    this.view?.clear(el("p", { class: "hint" }, t(hint)));
    this.fault?.replaceChildren();
    this.steps?.sayAnswer("");
    this.showQuestion();
    this.beside?.take([], null, {});
  }

  /** @param {Problem} problem */
  showFault(problem) {
    const change = (/** @type {Partial<Question>} */ part) => {
      this.steps?.only(null);
      this.set({ ...this.question, ...part });
    };
    this.showNothing();
    this.view?.status.replaceChildren();
    this.fault?.replaceChildren(faultBox(problem, { question: this.question, change, retry: () => void this.ask() }));
    this.fault?.scrollIntoView({ block: "nearest" });
    for (const { parameter } of problem.body?.errors ?? []) this.steps?.turn(stepOf(parameter), true);
  }

  /** @param {boolean} confirmed whether the service has said so */
  showPlaces(confirmed) {
    const { answer, view, question } = this;
    if (!answer || !view) return;
    const weights = confirmed ? answer.request.weights : shared(question.weights);
    view.show(weights, { confirmed, question });
    this.weighing?.sayLeaders(view.leaders);
    this.beside?.take(view.allPlaced, answer, view.weights);
  }

  /** @param {any} record a place; of a zone that is named only, the kind is looked up */
  showPlace(record) {
    void this.marks.go({ ...record, kind: record.kind ?? this.kindOf(record.id) }, this.question.layer);
  }

  /**
   * @param {string} id of a zone
   * @returns {string|undefined}
   */
  kindOf(id) {
    return this.zones.find((zone) => zone.id === id)?.kind;
  }

  /** @param {string} level */
  levelName(level) {
    return this.where?.levels[level] ?? level;
  }
}
