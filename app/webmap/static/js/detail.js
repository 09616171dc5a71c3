// Sections of a zone's whole record: what each document says of it, under its source.
import { config, t } from "./config.js";
import { el, present } from "./dom.js";
import { inLanguage, isEmpty, list } from "./format.js";

const FIRMS_SHOWN = 8; // more are listed when they are wanted

/** @typedef {{id: string, title: string}} Named */
/** @typedef {(id: string, title: string, where: string) => Node} Link makes a name a way to what it names; where: the kind of zone, or the layer */

/**
 * @param {any} record
 * @param {Link} link
 * @returns {HTMLElement[]}
 */
export function recordSections(record, link) {
  return present([industries(record.industries ?? []), plans(record.plans ?? [], link), clusters(record.clusters ?? [], link), firms(record.firms ?? []), relations(record, link)]);
}

/** @param {any} record */
export function positioning(record) {
  const text = inLanguage(record, "positioning");
  return isEmpty(text) ? null : el("p", { class: "positioning" }, text);
}

/**
 * @param {string} title
 * @param {...(Node|null)} content
 */
export function section(title, ...content) {
  return el("section", { class: "block" }, el("h3", {}, title), ...content);
}

/**
 * Things by a key, in the order the keys first appear.
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => string} key
 * @returns {T[][]}
 */
function grouped(things, key) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const thing of things) groups.set(key(thing), [...(groups.get(key(thing)) ?? []), thing]);
  return [...groups.values()];
}

/** @param {any} evidence */
function sourceText(evidence) {
  return present([evidence?.short_title_zh ?? evidence?.title_zh ?? evidence?.document, evidence?.locator]).join("　");
}

/** @param {any} evidence */
export function source(evidence) {
  const title = evidence?.title_zh;
  return el("span", { class: "source", lang: "zh-CN", title }, sourceText(evidence));
}

/** @param {any[]} statements */
function industries(statements) {
  if (statements.length === 0) return null;
  const sectors = grouped(statements, (statement) => statement.sector?.id ?? statement.id);
  return section(t("industries"), ...sectors.map(sector));
}

/** @param {any[]} statements of one sector */
function sector(statements) {
  const name = inLanguage(statements[0].sector ?? statements[0], "name");
  return el("div", { class: "sector" }, el("h4", {}, name), evidenced(statements, term));
}

/**
 * What is said, a line a source.
 * @param {any[]} statements
 * @param {(statement: any) => Node} show
 */
function evidenced(statements, show) {
  const sources = grouped(statements, (statement) => sourceText(statement.evidence));
  const lines = sources.map((said) => el("li", {}, el("span", { class: "terms" }, ...said.map(show)), source(said[0].evidence)));
  return el("ul", { class: "lines" }, ...lines);
}

/** @param {any[]} named firms and research bodies, each for an industry */
function firms(named) {
  if (named.length === 0) return null;
  const industries = grouped(named, (firm) => firm.industry.id);
  const groups = industries.map((group) => {
    const name = String(inLanguage(group[0].industry, "name"));
    return el("div", { class: "sector" }, el("h4", {}, name), evidenced(group, (firm) => el("span", { class: "term", lang: "zh-CN" }, firm.name_zh)));
  });
  const count = new Set(named.map((firm) => firm.name_zh)).size;
  const list = el("details", { open: count <= FIRMS_SHOWN }, el("summary", {}, t("firms_count", { count })), ...groups);
  return section(t("firms"), list);
}

/** @param {any} statement */
function term(statement) {
  const { rank, wording, qualifier } = statement;
  const name = String(inLanguage(statement, "name"));
  const qualified = qualifier ? `${name}（${qualifier.split(";").join("、")}）` : name;
  const said = isEmpty(wording) || wording === name || wording === qualified ? null : el("small", { lang: "zh-CN" }, t("wording", { wording }));
  const mark = rank === "supporting" || rank === "service" ? el("small", { class: "rank" }, t(`rank_${rank}`)) : null;
  // Notes on statements are English.
  const note = config.language === "en" ? statement.note || undefined : undefined;
  return el("span", { class: "term", title: note }, qualified, said, mark);
}

/**
 * @param {any[]} roles
 * @param {Link} link
 */
function plans(roles, link) {
  if (roles.length === 0) return null;
  const entries = roles.map((role) => {
    const text = inLanguage(role, "positioning");
    const name = [role.plan, role.element].map((part) => inLanguage(part, "name")).join(t("dot"));
    return el("li", {}, link(role.element.id, name, role.plan.id), isEmpty(text) ? null : el("span", { class: "said" }, text), source(role.evidence));
  });
  return section(t("plans"), el("ul", { class: "lines" }, ...entries));
}

/**
 * @param {any[]} tracks
 * @param {Link} link
 */
function clusters(tracks, link) {
  if (tracks.length === 0) return null;
  const entries = tracks.map((track) => {
    const role = track.role && t(`role_${track.role}`);
    const said = present([role, track.place_zh]).join(t("colon"));
    return el("li", {}, link(track.id, String(inLanguage(track, "name")), "future-clusters"), said ? el("span", { class: "said" }, said) : null, source(track.evidence));
  });
  return section(t("clusters"), el("ul", { class: "lines" }, ...entries));
}

/**
 * @param {any} record
 * @param {Link} link
 */
function relations(record, link) {
  /** @type {[string, any[]][]} */
  const kinds = [
    ["parent", record.parent ? [record.parent] : []],
    ["children", record.children ?? []],
    ["hosts", record.hosts ?? []],
    ["theme_parks", record.theme_parks ?? []],
  ];
  const lines = kinds
    .filter(([, zones]) => zones.length)
    .map(([kind, zones]) => el("div", {}, el("dt", {}, t(kind)), el("dd", { class: "links" }, ...zones.map((zone) => link(zone.id, String(inLanguage(zone, "name")), zone.kind)))));
  if (record.aliases?.length) lines.push(el("div", {}, el("dt", {}, t("aliases")), el("dd", { lang: "zh-CN" }, list(record.aliases))));
  return lines.length ? section(t("relations"), el("dl", { class: "rows" }, ...lines)) : null;
}
