// The sheet as a file, made by the server.
import { Problem } from "../../api.js";
import { config, t } from "../../config.js";

/**
 * @param {"pdf"|"png"} format
 * @param {string} query
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>}
 * @throws {Problem} when there is no answer, or a problem
 */
export async function fetchSheet(format, query, signal) {
  let response;
  try {
    response = await fetch(`${config.root}/print.${format}${query}`, { signal, headers: { "Accept-Language": document.documentElement.lang } });
    if (response.ok) return await response.blob();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Problem(t("unreachable"));
  }
  const body = await response.json().catch(() => ({}));
  throw new Problem(String(body.detail ?? `${response.status} ${response.statusText}`), response.status, body);
}

/**
 * @param {Blob} file
 * @param {string} name
 */
export function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name.replace(/[\\/:*?"<>|]/g, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
