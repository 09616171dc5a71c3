// Sections of what is around a zone: ways out, neighbours, the plans that it belongs to through its development zone.
import { t } from "../config.js";
import { el, present } from "../dom.js";
import { source } from "../evidence.js";
import { section } from "../fold.js";
import { inLanguage, number } from "../format.js";
import { nameOf } from "./parts.js";

/** @typedef {import("./parts.js").Context} Context */

const WINDS = 8;

/**
 * A distance: metres below a kilometre, else kilometres with one decimal.
 * @param {number} metres
 */
function distance(metres) {
  return metres < 1000 ? `${number(metres, 0)} m` : `${number(metres / 1000, 1)} km`;
}

/**
 * The wind of eight that a direction is nearest to.
 * @param {number} azimuth degrees from north over east
 */
function wind(azimuth) {
  return t(`record_wind_${Math.round((azimuth * WINDS) / 360) % WINDS}`);
}

/**
 * @param {any[]} roles
 * @param {Context} context
 */
export function throughPlans(roles, { link }) {
  const through = (roles ?? []).filter((role) => role.through);
  if (through.length === 0) return null;
  const entries = through.map((role) => {
    const name = [role.plan, role.element].map(nameOf).join(t("dot"));
    const by = t("record_plan_through", { name: nameOf(role.through) });
    return el("li", {}, link(role.element.id, name, role.plan.id), el("span", { class: "said" }, present([by, inLanguage(role, "positioning")]).join(t("colon"))), source(role.evidence));
  });
  return section({ title: t("record_plans_through"), key: "plans-through" }, el("ul", { class: "lines" }, ...entries));
}

/**
 * @param {any[]} facilities
 * @param {Context} context
 */
export function ways(facilities, { link, own }) {
  if (facilities.length === 0) return null;
  const lines = facilities.map((one) => {
    const far = one.boundary_m === 0 ? t("record_distance_inside") : `${distance(one.boundary_m)} ${wind(one.azimuth)}`;
    const accuracy = t("record_position_accuracy", { metres: number(one.accuracy_m, 0) });
    const said = el("dd", {}, link(one.id, nameOf(one), "facilities"), " ", el("strong", {}, far), " ", t("record_distance_centre", { distance: distance(one.centroid_m) }));
    said.append(el("span", { class: "source" }, present([accuracy, inLanguage(one, "source")]).join("　")));
    return el("div", {}, el("dt", {}, t(`record_facility_${one.kind}`)), said);
  });
  const hints = [own ? null : t("record_distances_schematic"), t("record_distances_note")];
  return section({ title: t("record_distances"), key: "distances" }, el("dl", { class: "rows ways" }, ...lines), ...present(hints).map((hint) => el("p", { class: "hint" }, hint)));
}

/**
 * @param {any[]} found
 * @param {Context} context
 */
export function neighbours(found, { link }) {
  if (found.length === 0) return null;
  const entries = found.map((one) => {
    const meets = t(one.overlap_ha === null ? "record_neighbour_adjoining" : "record_neighbour_overlap");
    const far = one.boundary_m === 0 ? meets : distance(one.boundary_m);
    const centres = t("record_distance_centre", { distance: distance(one.centroid_m) });
    return el("li", { class: "neighbour" }, link(one.zone.id, nameOf(one.zone), one.zone.kind), el("span", {}, `${wind(one.azimuth)} ${far} `, el("small", {}, centres)));
  });
  return section({ title: t("record_neighbours"), key: "neighbours" }, el("ul", { class: "lines" }, ...entries), el("p", { class: "hint" }, t("record_neighbours_note")));
}
