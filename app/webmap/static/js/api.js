// Requests to the service's own addresses.
import { config, t } from "./config.js";

/** A request that failed, with what the server says about it. */
export class Problem extends Error {}

/**
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 * @throws {Problem} when there is no answer, or a problem
 */
export async function getJson(path, signal) {
  let response;
  try {
    response = await fetch(config.root + path, { signal, headers: { Accept: "application/geo+json, application/json" } });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(t("unreachable"));
  }
  let body;
  try {
    body = await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(response.ok ? t("bad_answer") : `${response.status} ${response.statusText}`);
  }
  if (!response.ok) throw new Problem(String(body?.detail ?? body?.title ?? response.status));
  return body;
}
