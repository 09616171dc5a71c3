// Positions as people write them.

/** @typedef {import("./geometry.js").Position} Position */

/**
 * Degrees, minutes and seconds.
 * @param {number} degrees
 * @param {number} [decimals] of the seconds
 */
export function dms(degrees, decimals = 2) {
  const scale = 10 ** decimals;
  const total = Math.round(Math.abs(degrees) * 3600 * scale); // whole units of the last digit, so that 60″ never shows
  const whole = Math.floor(total / (3600 * scale));
  const minutes = Math.floor(total / (60 * scale)) % 60;
  const seconds = ((total % (60 * scale)) / scale).toFixed(decimals);
  const [mm, ss] = [String(minutes).padStart(2, "0"), seconds.padStart(decimals ? decimals + 3 : 2, "0")];
  return `${degrees < 0 && total ? "-" : ""}${whole}°${mm}′${ss}″`;
}

/**
 * @param {Position} position
 * @param {"degrees"|"dms"} notation
 * @returns {[string, string]} longitude and latitude
 */
export function written([lng, lat], notation) {
  return notation === "dms" ? [dms(lng), dms(lat)] : [`${lng.toFixed(6)}°`, `${lat.toFixed(6)}°`];
}
