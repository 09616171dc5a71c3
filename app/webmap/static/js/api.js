// Requests to the service's own addresses.
import { config, t } from "./config.js";

/** A request that failed, with what the server says about it. */
export class Problem extends Error {
  /**
   * @param {string} message
   * @param {number} [status] absent: there was no answer
   * @param {any} [body] what the server says, where it can be read
   */
  constructor(message, status, body) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/**
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 * @throws {Problem} when there is no answer, or a problem
 */
export function getJson(path, signal) {
  return ask(path, { signal, headers: { Accept: "application/geo+json, application/json" } });
}

/**
 * @param {string} path
 * @param {any} body
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 * @throws {Problem} when there is no answer, or a problem
 */
export function postJson(path, body, signal) {
  const headers = { Accept: "application/geo+json, application/json", "Content-Type": "application/json" };
  return ask(path, { method: "POST", signal, headers, body: JSON.stringify(body) });
}

/**
 * @param {string} path
 * @param {RequestInit} request
 */
async function ask(path, request) {
  const { signal } = request;
  // What is wrong is said in the language of the page, whatever the browser's own is.
  const headers = { "Accept-Language": document.documentElement.lang, ...request.headers };
  let response;
  try {
    response = await fetch(config.root + path, { ...request, headers });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(t("unreachable"));
  }
  let body;
  try {
    body = await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(response.ok ? t("bad_answer") : `${response.status} ${response.statusText}`, response.status);
  }
  if (!response.ok) throw new Problem(String(body?.detail ?? body?.title ?? response.status), response.status, body);
  return body;
}
