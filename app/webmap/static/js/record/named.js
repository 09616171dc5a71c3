// What documents name at a zone, by kind: what they place there, and a way to what they only list under it.
import { getJson, Problem } from "../api.js";
import { t } from "../config.js";
import { el } from "../dom.js";
import { section } from "../fold.js";
import { number } from "../format.js";
import { few } from "./parts.js";
import { KINDS, thingEntry } from "./things.js";

/** @typedef {import("./parts.js").Context} Context */

const PAGE = 30;

/**
 * @param {any[]} groups by kind, as of a zone's record
 * @param {Context} context
 */
export function named(groups, context) {
  const shown = [...(groups ?? [])].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  if (!shown.length) return null;
  const count = shown.reduce((sum, { here, candidate, listed }) => sum + here + candidate + listed, 0);
  return section({ title: t("record_named"), key: "named", count, class: "named" }, ...shown.map((group) => ofKind(group, context)));
}

/**
 * @param {any} group
 * @param {Context} context
 */
function ofKind(group, context) {
  const { kind, here, candidate, listed, unplaced = 0, things } = group;
  const counts = [here && t("record_count_here", { count: here }), candidate && t("record_count_candidate", { count: candidate }), listed && t("record_count_listed", { count: listed })].filter(Boolean);
  const entries = el("ul", { class: "lines" }, ...things.map((/** @type {any} */ one) => thingEntry(one, kind, context)));
  const body = [...few(entries)];
  const { id, title: name } = context.about;
  if (unplaced) body.push(rest(t("record_rest_unplaced", { count: number(unplaced), name }), { zone: id, kind, certainty: "none" }, context));
  const elsewhere = listed - unplaced;
  if (elsewhere || here + candidate > things.length) {
    const all = here + candidate + listed;
    const said = elsewhere ? t("record_rest_elsewhere", { count: number(elsewhere), name }) : "";
    body.push(rest(said, { zone: id, kind }, context, t("record_list_all", { count: number(all) })));
  }
  return el("details", { class: "kind" }, el("summary", {}, el("h4", {}, t(`record_kind_${kind}`)), el("span", { class: "kind-counts" }, counts.join(t("list")))), ...body);
}

/**
 * A sentence on what else there is, and a button that fetches it, a page at a time.
 * @param {string} text
 * @param {Record<string, string>} query of /api/things
 * @param {Context} context
 * @param {string} [button]
 */
function rest(text, query, context, button = t("record_list")) {
  const list = el("ul", { class: "lines" });
  const more = el("button", { type: "button", class: "link more" }, button);
  const line = el("p", { class: "rest" }, text, " ", more);
  const root = el("div", {}, line, list);
  let offset = 0;
  more.addEventListener("click", async () => {
    more.setAttribute("disabled", "");
    try {
      const answer = await getJson(`/api/things?${new URLSearchParams({ ...query, limit: String(PAGE), offset: String(offset) })}`);
      const entries = answer.things.map((/** @type {any} */ one) => thingEntry(one, one.kind, context));
      list.append(...entries);
      offset += entries.length;
      const left = answer.count - offset;
      if (left > 0 && entries.length) more.textContent = t("record_list_more", { count: number(left) });
      else more.remove();
      root.append(more);
      entries[0]?.querySelector("button")?.focus({ preventScroll: true });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      more.textContent = `${error.message} ${t("retry")}`;
    }
    more.removeAttribute("disabled");
  });
  return root;
}
