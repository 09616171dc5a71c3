// What is asked: where something should go, whether a place suits it, what suits a place, or where it must not go.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { inLanguage } from "../../format.js";

/** @typedef {import("./question.js").Question} Question */
/** @typedef {import("./choosing.js").Group} Group */

const KINDS = ["where", "place", "what", "against"];

/** Kinds of questions that are about one place. */
const OF_A_PLACE = ["place", "what"];

const ZONES = ["district", "development_zone", "park", "functional_area"];

export class Asking {
  /** @param {(part: Partial<Question>) => void} change */
  constructor(change) {
    this.change = change;
    /** @type {any[]} */
    this.zones = [];
    /** @type {Question|null} */
    this.question = null;
    /** @type {any} the place as the service has understood it */
    this.understood = null;
    const radios = KINDS.map((kind) => {
      const id = `siting-ask-${kind}`;
      const radio = el("input", { type: "radio", name: "siting-ask", id, value: kind, change: () => this.change({ ask: kind === "where" ? "" : kind, ...(OF_A_PLACE.includes(kind) ? {} : { place: "" }) }) });
      return el("label", { for: id, class: "siting-check" }, radio, t(`siting_ask_${kind}`));
    });
    this.kinds = el("fieldset", { class: "siting-ask" }, el("legend", {}, t("siting_ask")), el("div", { class: "siting-checks" }, ...radios));
    this.select = /** @type {HTMLSelectElement} */ (el("select", { id: "siting-place", change: () => this.change({ place: this.select.value }) }));
    this.place = el("div", { class: "siting-several" }, el("label", { for: "siting-place" }, t("siting_place")), this.select);
    this.root = el("div", { class: "siting-asking" }, this.kinds, this.place);
  }

  /** @param {any[]} zones */
  know(zones) {
    this.zones = zones;
    this.select.replaceChildren(el("option", { value: "" }, t("siting_place_none")));
    for (const kind of ZONES) {
      const own = zones.filter((zone) => zone.kind === kind);
      if (own.length) this.select.append(el("optgroup", { label: t(`siting_kind_${kind}`) }, ...own.map((zone) => el("option", { value: zone.id }, String(inLanguage(zone, "name"))))));
    }
    if (this.question) this.show(this.question, this.understood);
  }

  /**
   * @param {Question} question
   * @param {any} understood the place as the service has understood it, or null
   */
  show(question, understood) {
    this.question = question;
    this.understood = understood;
    const kind = KINDS.includes(question.ask) ? question.ask : "where";
    for (const radio of this.kinds.querySelectorAll("input")) radio.checked = radio.value === kind;
    this.place.hidden = !OF_A_PLACE.includes(kind);
    const id = this.zones.some((zone) => zone.id === question.place) ? question.place : (this.zones.find((zone) => question.place && [zone.name_zh, zone.name_en, ...(zone.aliases ?? [])].includes(question.place))?.id ?? understood?.id ?? "");
    this.select.value = id;
  }

  /**
   * What is asked, in a line; empty: where something should go.
   * @param {Question} question
   */
  says({ ask, place }) {
    if (!KINDS.includes(ask) || ask === "where") return "";
    const zone = this.zones.find(({ id }) => id === place);
    const name = zone ? String(inLanguage(zone, "name")) : place;
    return OF_A_PLACE.includes(ask) && name ? t(`siting_says_ask_${ask}`, { place: name }) : t(`siting_ask_${ask}`);
  }
}
