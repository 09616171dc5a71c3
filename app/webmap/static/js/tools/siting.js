// Siting: where should this industry go, and why? Four steps or a sentence; a ranked list with every reason; the map.
import { getJson, postJson, Problem } from "../api.js";
import { config, t } from "../config.js";
import { el, present } from "../dom.js";
import { list, number } from "../format.js";
import { loadStyle, loadTexts } from "../load.js";
import { Malformed } from "../permalink.js";
import { shortened } from "../state.js";
import { Taxonomy } from "./industry/taxonomy.js";
import { Beside } from "./siting/beside.js";
import { nameOf } from "./siting/entry.js";
import { faultBox, stepOf } from "./siting/fault.js";
import { Marks } from "./siting/marks.js";
import { alternatives, files, notes, obstacles, ruledOut, steadiness, told } from "./siting/outcome.js";
import { blank, coarse, completed, pairs, parsed, relaxed, saidBy, without, written } from "./siting/question.js";
import { Ranking } from "./siting/ranking.js";
import { asked, idleIn, ranked, shared } from "./siting/scoring.js";
import { Sentence } from "./siting/sentence.js";
import { areaSays, Size } from "./siting/size.js";
import { Steps } from "./siting/steps.js";
import { Weighing } from "./siting/weighing.js";
import { What } from "./siting/what.js";
import { Where } from "./siting/where.js";

/** @typedef {import("./siting/question.js").Question} Question */
/** @typedef {import("./siting/scoring.js").Placed} Placed */

/** Candidates that are asked for: of parks these are all. */
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
    /** @type {Partial<Question>|null} what the sentence says, once that is known */
    this.said = null;
    /** @type {any} how the sentence was read */
    this.reading = null;
    /** @type {any} */
    this.answer = null;
    /** @type {Placed[]} */
    this.placed = [];
    /** @type {Set<string>} */
    this.idle = new Set();
    /** @type {AbortController|null} */
    this.asking = null;
    this.timer = 0;
    /** @type {HTMLElement|null} what it is open in */
    this.opened = null;
    this.marks = new Marks(workbench, (result) => this.showPlace(result));
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
    const [options, taxonomy, { zones }, { plans }] = await Promise.all([getJson("/api/siting/options"), Taxonomy.load(), getJson("/api/zones"), getJson("/api/plans"), loadTexts("industry"), loadStyle("/static/css/tools/industry.css")]);
    if (this.opened !== container) return;
    this.options = options;
    this.build(container, taxonomy);
    this.where?.know(zones, plans);
    document.addEventListener("drawing-changed", this.drawn);
    if (argument?.industries || argument?.q) this.start({ ...blank(), within: this.question.within, industries: argument.industries ?? [], q: argument.q ?? "" });
    if (argument?.area) this.question = { ...this.question, within: coarse(argument.area) };
    this.showQuestion();
    this.steps?.only(this.canAsk ? null : "what");
    if (!this.workbench.permalink.restoring.has("siting")) void this.ask({ fit: true });
  }

  close() {
    this.opened = null;
    document.getElementById("dock")?.classList.remove("siting-dock", "siting-wide");
    document.removeEventListener("drawing-changed", this.drawn);
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
    this.answer = null;
    this.marks.clear();
  }

  state() {
    return written(pairs(this.question, this.said)) || null;
  }

  /** @param {string} text */
  async restore(text) {
    const { question, unknown } = parsed(text);
    this.start(question);
    this.showQuestion();
    this.steps?.only(this.canAsk ? null : "what");
    await this.ask({ fit: true });
    if (unknown.length) throw new Malformed(t("siting_unknown_part", { names: shortened(list(unknown)) }));
  }

  /** @param {Question} question that has nothing to do with the one before */
  start(question) {
    this.question = question;
    this.said = null;
    this.reading = null;
    this.beside?.forget();
    if (this.ranking) this.ranking.all = false;
  }

  get canAsk() {
    return this.question.industries.length > 0 || (this.question.q !== "" && this.said === null);
  }

  /**
   * @param {HTMLElement} container
   * @param {Taxonomy} taxonomy
   */
  build(container, taxonomy) {
    const change = (/** @type {Partial<Question>} */ part) => this.change(part);
    this.sentence = new Sentence({ read: (text) => this.readSentence(text), drop: (span) => this.set(without(this.question, span)) });
    this.what = new What(taxonomy, (industries) => this.change({ industries }));
    this.size = new Size((area) => this.change({ area }, { soon: true }));
    this.where = new Where(this.workbench, { options: this.options, change, draw: () => void this.workbench.tools.open("measure", { draw: "polygon" }) });
    this.weighing = new Weighing(this.options, { choose: (preset) => this.change({ preset, weights: {}, emphasis: [] }), weigh: (weights) => this.weigh(weights) });
    this.steps = new Steps(
      [["what", this.what], ["size", this.size], ["where", this.where], ["weights", this.weighing]].map(([id, part]) => ({ id: /** @type {string} */ (id), body: /** @type {What} */ (part).body })),
      (id, open) => void (id === "where" && open && this.where?.show(this.question)),
    );
    this.ranking = new Ranking({
      levelName: (level) => this.levelName(level),
      show: (result) => this.showPlace(result),
      compare: (id, on) => this.beside?.choose(id, on),
      unfold: () => this.showRanking(true),
    });
    this.status = el("div", { class: "siting-status", role: "status" });
    this.before = el("div", { class: "siting-before" });
    this.after = el("div", { class: "siting-after" });
    this.results = el("div", { class: "siting-results", hidden: true }, this.before, this.ranking.root, this.after);
    this.again = el("button", { type: "button", class: "choice siting-again", click: () => this.reset() }, t("siting_reset"));
    this.fault = el("div", { class: "siting-faults", role: "alert" });
    this.asks = el("div", { class: "siting-asks" }, this.sentence.root, this.fault, this.steps.root, this.again);
    const list = el("div", { class: "siting-front-side" }, this.asks, this.status, this.results);
    this.beside = new Beside(this.workbench, { list, entries: () => this.ranking?.entries ?? new Map(), levelName: (level) => this.levelName(level), show: (result) => this.showPlace(result), bringIntoView: (results) => this.marks.fit(results) });
    container.append(el("div", { class: "siting" }, list, this.beside.table, this.beside.tray));
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
    void this.ask({ push: true, fit: true, reveal: true });
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
    this.weighing?.show(this.question, this.idle);
    this.showRanking(false);
    this.later(this.question);
  }

  /**
   * @param {{push?: boolean, fit?: boolean, reveal?: boolean}} [how] push: the question before can be come back to; fit: bring the
   *   places into view; reveal: and the answer
   */
  async ask({ push = false, fit = false, reveal = false } = {}) {
    const { permalink } = this.workbench;
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
    permalink.changed("siting", { push });
    this.marks.outline(this.question.within);
    if (!this.canAsk) return this.showNothing();
    const asking = new AbortController();
    this.asking = asking;
    this.status?.setAttribute("aria-busy", "true");
    if (!this.answer) this.status?.replaceChildren(el("p", { class: "hint" }, el("span", { class: "spinner" }), t("siting_asking")));
    try {
      const answer = await this.request(asking.signal);
      if (this.asking !== asking) return;
      this.take(answer, fit);
      if (reveal) this.status?.scrollIntoView({ block: NARROW.matches ? "start" : "nearest" });
    } catch (error) {
      if (this.asking !== asking) return;
      if (!(error instanceof Problem)) throw error;
      this.showFault(error);
    } finally {
      if (this.asking === asking) this.status?.removeAttribute("aria-busy");
    }
  }

  /** @param {AbortSignal} signal */
  request(signal) {
    const fields = [...pairs(this.question, this.said).filter(([name]) => name !== "limit"), ["limit", String(ALL)]];
    const query = new URLSearchParams(fields).toString();
    return query.length > LONGEST_QUERY ? postJson("/api/siting", Object.fromEntries(fields), signal) : getJson(`/api/siting?${query}`, signal);
  }

  /**
   * @param {any} answer
   * @param {boolean} fit
   */
  take(answer, fit) {
    this.answer = answer;
    const { reading } = answer.request;
    if (reading && this.said === null) {
      this.reading = reading;
      this.said = saidBy(answer.request, this.question.industries.length === 0);
      this.question = completed(this.question, this.said);
    }
    this.idle = idleIn(answer, asked(this.question, this.options));
    this.ranking?.take(answer, this.beside?.chosen ?? new Set());
    this.showQuestion();
    this.showAnswer();
    this.showMap(fit);
  }

  /** The question in the box and the steps. */
  showQuestion() {
    const { question, answer } = this;
    this.sentence?.show(question, this.reading);
    this.what?.show(question.industries, answer?.request);
    this.size?.show(question.area);
    if (this.steps?.parts.get("where")?.details.open) this.where?.show(question);
    this.weighing?.show(question, this.idle);
    this.sayAll();
  }

  /** Each step in a line. */
  sayAll() {
    const { question } = this;
    const industries = list(question.industries.map((one) => this.what?.name(one) ?? one));
    const where = this.where?.says(question) ?? "";
    this.steps?.say("what", industries || t("siting_what_none"), industries !== "");
    this.steps?.say("size", question.area ? areaSays(question.area) : t("siting_size_none"), question.area !== "");
    this.steps?.say("where", where || t("siting_where_none"), where !== "");
    this.steps?.say("weights", this.weighing?.says(question) ?? "", true);
    if (this.again) this.again.hidden = !this.state();
  }

  showNothing() {
    this.answer = null;
    this.placed = [];
    this.showQuestion();
    this.fault?.replaceChildren();
    this.steps?.sayAnswer("");
    this.status?.replaceChildren(el("p", { class: "hint" }, t(this.question.within ? "siting_hint_within" : "siting_hint")));
    this.status?.removeAttribute("aria-busy");
    if (this.results) this.results.hidden = true;
    this.beside?.take([], null, {});
    this.marks.show([]);
    this.marks.light(null, "");
    this.marks.say(null, "");
  }

  /** @param {Problem} problem */
  showFault(problem) {
    const change = (/** @type {Partial<Question>} */ part) => {
      this.steps?.only(null);
      this.set({ ...this.question, ...part });
    };
    this.showNothing();
    this.status?.replaceChildren();
    this.fault?.replaceChildren(faultBox(problem, { question: this.question, change, retry: () => void this.ask() }));
    this.fault?.scrollIntoView({ block: "nearest" });
    for (const { parameter } of problem.body?.errors ?? []) this.steps?.turn(stepOf(parameter), true);
    this.steps?.sayAnswer("");
  }

  showAnswer() {
    const { answer } = this;
    const nobody = answer.counts.remaining === 0;
    const relax = (/** @type {string} */ constraint, /** @type {any} */ to) => this.set(relaxed(this.question, constraint, to));
    const how = { levelName: (/** @type {string} */ level) => this.levelName(level), show: (/** @type {any} */ record) => this.showPlace(record) };
    this.status?.replaceChildren(el("p", { class: nobody ? "siting-conclusion siting-conclusion-none" : "siting-conclusion" }, told(answer.conclusion)));
    this.fault?.replaceChildren();
    this.steps?.sayAnswer(told(answer.conclusion));
    const ways = alternatives(answer, relax);
    this.before?.replaceChildren(...present([nobody ? (ways ?? obstacles(answer, relax)) : null, nobody ? null : files(answer.links), nobody ? null : steadiness(answer)]));
    this.after?.replaceChildren(...present([nobody ? null : ways, ruledOut(answer, how), notes(answer)]));
    if (this.results) this.results.hidden = false;
    this.showRanking(true);
  }

  /** @param {boolean} confirmed whether the service has said so */
  showRanking(confirmed) {
    const { answer, ranking } = this;
    if (!answer || !ranking) return;
    const weights = confirmed ? answer.request.weights : shared(asked(this.question, this.options), answer.criteria, this.idle);
    const placed = confirmed ? answer.results.map((/** @type {any} */ result) => ({ result, score: result.score, rank: result.rank, tied: result.tied })) : ranked(answer.results, weights);
    this.before?.classList.toggle("siting-stale", !confirmed);
    if (!placed) return;
    this.placed = placed;
    this.weights = weights;
    const shown = ranking.show(placed, weights, { confirmed, most: Number(this.question.limit) });
    this.marks.show(shown);
    this.marks.say(this.remarks(), this.question.layer);
    this.sayFront();
    this.beside?.take(placed, answer, weights);
  }

  /** What the map says of each candidate under the pointer. */
  remarks() {
    const remarks = new Map();
    for (const { result, rank, score } of this.placed) remarks.set(result.id, { name: nameOf(result), text: t("siting_tip_rank", { rank, score: number(score, 1) }) });
    for (const record of this.answer.excluded) remarks.set(record.id, { name: nameOf(record), text: t("siting_tip_out", { reasons: record.reasons.map(told).join(t("list_of_lists")) }) });
    return remarks;
  }

  sayFront() {
    const front = this.placed.slice(0, 3).map(({ result, rank, score }) => t("siting_front_one", { rank, name: nameOf(result), score: number(score, 1) }));
    this.weighing?.sayFront(front.length ? t("siting_front", { names: front.join(t("list_of_lists")) }) : "");
  }

  /** @param {boolean} fit */
  showMap(fit) {
    const { answer, placed, question } = this;
    this.marks.light(new Set(answer.results.map((/** @type {any} */ one) => one.id)), question.layer);
    if (fit && placed.length) this.marks.bring(placed.slice(0, Number(question.limit) || 10).map(({ result }) => result), question.layer);
  }

  /** @param {any} record a candidate */
  showPlace(record) {
    void this.marks.go(record, this.question.layer);
  }

  /** @param {string} level */
  levelName(level) {
    return this.where?.levels[level] ?? level;
  }
}
