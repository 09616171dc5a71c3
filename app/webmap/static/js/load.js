// What is not needed to open the page is loaded when it is first used. What has failed can be asked for again.
import { getJson } from "./api.js";
import { config } from "./config.js";

/** @type {Map<string, Promise<any>>} what is there or on its way, by address */
const asked = new Map();

/** @type {Map<string, number>} how often a module could not be had: a browser remembers that of its address */
const failures = new Map();

/**
 * @template T
 * @param {string} key
 * @param {() => Promise<T>} ask
 * @returns {Promise<T>}
 */
function once(key, ask) {
  const known = asked.get(key) ?? ask();
  asked.set(key, known);
  known.catch(() => asked.delete(key));
  return known;
}

/**
 * An ES module of this host.
 * @param {string} path such as `/static/js/tools/measure.js`
 * @returns {Promise<any>}
 */
export function loadModule(path) {
  return once(path, async () => {
    const failed = failures.get(path) ?? 0;
    try {
      return await import(config.files + path + (failed ? `?again=${failed}` : ""));
    } catch (error) {
      failures.set(path, failed + 1);
      throw error;
    }
  });
}

/**
 * A script that is no module (UMD): what it defines is global afterwards.
 * @param {string} path such as `/assets/somepackage/some.js`
 * @returns {Promise<void>}
 */
export function loadScript(path) {
  return once(path, () => attached(Object.assign(document.createElement("script"), { src: config.files + path })));
}

/**
 * A style sheet.
 * @param {string} path
 * @returns {Promise<void>}
 */
export function loadStyle(path) {
  return once(path, () => attached(Object.assign(document.createElement("link"), { rel: "stylesheet", href: config.files + path })));
}

/**
 * The texts of a tool; `t` knows them afterwards.
 * @param {string} id
 * @returns {Promise<void>}
 */
export function loadTexts(id) {
  return once(`texts ${id}`, async () => {
    Object.assign(config.texts, await getJson(`/map/texts/${id}.json?lang=${config.language}`));
  });
}

/**
 * @param {HTMLElement} element
 * @returns {Promise<void>}
 */
function attached(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => {
      element.remove();
      reject(new Error(`${element.getAttribute("src") ?? element.getAttribute("href")} could not be loaded`));
    });
    document.head.append(element);
  });
}
