// What documents ask, and the links between parks: with the document's own verb and its clause.
import { getJson, Problem } from "../api.js";
import { t } from "../config.js";
import { periodText } from "../documents.js";
import { el, present } from "../dom.js";
import { note, source } from "../evidence.js";
import { section } from "../fold.js";
import { inLanguage, isEmpty, number } from "../format.js";
import { contradicted } from "./contradictions.js";
import { between, few, grouped, nameOf, place, quoted, tag } from "./parts.js";

/** @typedef {import("./parts.js").Context} Context */

const OPEN = 6; // so many are shown without being asked for

/**
 * @param {any} record with `rules`, and `rule_count` where it has more than it lists
 * @param {Context} context
 */
export function rules({ rules: found = [], rule_count: count = found.length }, context) {
  if (!count) return null;
  const how = { title: t("record_rules"), key: "rules", count, open: found.length <= OPEN };
  return section(how, el("p", { class: "hint" }, t("record_rules_hint")), ...(found.length ? byDocument(found, context) : [onDemand(count, context)]));
}

/**
 * The rules under their documents, with the years that these plan for.
 * @param {any[]} found
 * @param {Context} context
 */
function byDocument(found, context) {
  return grouped(found, (rule) => rule.evidence.document).map((group) => {
    const [{ evidence, period }] = group;
    const years = periodText(period);
    const head = el("h4", { lang: "zh-CN" }, evidence.short_title_zh);
    return el("div", { class: "sector" }, head, years ? el("p", { class: "period" }, years) : null, ...few(el("ul", { class: "lines" }, ...group.map((rule) => ruleEntry(rule, context)))));
  });
}

/**
 * @param {any} rule
 * @param {Context} context
 */
function ruleEntry(rule, context) {
  const name = el("button", { type: "button", class: "link", click: () => context.open("rules", rule.id) }, nameOf(rule));
  const ours = inLanguage(rule, "summary");
  const others = rule.scope.length > 1 || rule.scope[0]?.id !== context.about.id ? rule.scope : [];
  return el(
    "li",
    { class: "rule" },
    el("span", {}, name, tag(t(`record_theme_${rule.theme}`)), rule.verb_zh && tag(t("record_verb", { verb: rule.verb_zh }), "verb")),
    quoted(rule.clause_zh),
    ...present([
      isEmpty(ours) ? null : el("span", { class: "said" }, t("record_in_short", { text: ours })),
      others.length ? el("span", { class: "said" }, t("record_scope"), t("colon"), ...between(others.map((/** @type {any} */ one) => place(context, one)))) : null,
      note(rule),
      contradicted(context.contradictions, rule.id),
    ]),
    source(rule.evidence, rule.clause_zh),
  );
}

/**
 * A zone that has the rules of a whole document shows them when they are asked for, theme by theme.
 * @param {number} count
 * @param {Context} context
 */
function onDemand(count, context) {
  const { id, title: name } = context.about;
  const button = el("button", { type: "button", class: "link more" }, t("record_list"));
  const root = el("div", {}, el("p", { class: "rest" }, t("record_rules_count", { count: number(count), name }), " ", button));
  button.addEventListener("click", async () => {
    button.setAttribute("disabled", "");
    try {
      const { rules: found } = await getJson(`/api/rules?${new URLSearchParams({ zone: id })}`);
      const themes = grouped(found, (/** @type {any} */ rule) => rule.theme).map((group) =>
        el("details", { class: "kind" }, el("summary", {}, el("h4", {}, t(`record_theme_${group[0].theme}`)), el("span", { class: "kind-counts" }, t("record_items", { count: group.length }))), ...byDocument(group, context)),
      );
      root.append(...themes);
      button.remove();
      themes[0]?.querySelector("summary")?.focus({ preventScroll: true });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      button.textContent = `${error.message} ${t("retry")}`;
      button.removeAttribute("disabled");
    }
  });
  return root;
}

/**
 * @param {any[]} found
 * @param {Context} context
 */
export function links(found, context) {
  if (!found?.length) return null;
  const entries = found.map((link) => {
    const ours = inLanguage(link, "summary");
    return el(
      "li",
      { class: "park-link" },
      el("span", {}, tag(t(`record_link_${link.kind}`)), " ", ...ends(link, context)),
      quoted(link.clause_zh),
      isEmpty(ours) ? null : el("span", { class: "said" }, t("record_in_short", { text: ours })),
      note(link),
      source(link.evidence, link.clause_zh),
    );
  });
  return section({ title: t("record_links"), key: "links", count: found.length, open: found.length <= OPEN }, ...few(el("ul", { class: "lines" }, ...entries)));
}

/**
 * Both ends of a link: an arrow from one to the other, but none between places that are developed together.
 * @param {any} link
 * @param {Context} context
 * @returns {(Node|string)[]}
 */
function ends({ kind, from, to }, context) {
  /** @param {any[]} zones */
  const named = (zones) => (zones.length ? between(zones.map((one) => place(context, one))) : [el("span", { class: "said" }, t("record_link_outside"))]);
  if (kind === "joint") return between([...from, ...to].map((one) => place(context, one)));
  return [...named(from), " → ", ...named(to)];
}
