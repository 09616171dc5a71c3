// Lengths and areas as people read them.
import { t } from "../../config.js";
import { number } from "../../format.js";

/** @typedef {"ha"|"m"} Units ha: 公顷, 亩, km² and m or km; m: square metres and metres throughout */

const M2_PER_HA = 1e4;
const M2_PER_MU = 1e4 / 15; // 1 公顷 = 15 亩
const M2_PER_KM2 = 1e6;

/**
 * @param {number} m2
 * @param {Units} units
 */
export function areaText(m2, units) {
  if (units === "m") return t("measure_m2", { m2: number(m2, m2 < 1e5 ? 2 : 0) });
  const [ha, mu, km2] = [m2 / M2_PER_HA, m2 / M2_PER_MU, m2 / M2_PER_KM2];
  return t("measure_area", { ha: number(ha, ha < 10 ? 4 : 2), mu: number(mu, mu < 1000 ? 2 : 0), km2: number(km2, km2 < 10 ? 4 : 2) });
}

/**
 * Only the first unit, for a label on the map.
 * @param {number} m2
 * @param {Units} units
 */
export function shortArea(m2, units) {
  const ha = m2 / M2_PER_HA;
  return units === "m" ? areaText(m2, units) : t("measure_ha", { ha: number(ha, ha < 10 ? 4 : 2) });
}

/**
 * @param {number} metres
 * @param {Units} units
 */
export function lengthText(metres, units) {
  return units === "m" || metres < 1e4 ? t("measure_m", { m: number(metres, metres < 1000 || units === "m" ? 2 : 1) }) : t("measure_km", { km: number(metres / 1000, 2) });
}
