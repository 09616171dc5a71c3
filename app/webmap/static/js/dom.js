// Elements. Texts enter the page as text nodes here and nowhere as HTML.

const PAUSE_MS = 500; // longer than between two keys, shorter than one waits for an answer

/**
 * @param {string} tag
 * @param {Record<string, string|boolean|((event: any) => void)|undefined>} [attributes] functions are listeners
 * @param {...(Node|string|null|undefined|false)} children strings become text nodes
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...present(children));
  return element;
}

/**
 * @param {string} tag
 * @param {Record<string, string|number>} attributes
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/**
 * Take what is typed into a box once the typing pauses, and not before an input method is done.
 * @param {HTMLInputElement} input
 * @param {(text: string) => void} take
 */
export function onPause(input, take) {
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => input.isConnected && take(input.value), PAUSE_MS);
  };
  input.addEventListener("input", (event) => /** @type {InputEvent} */ (event).isComposing || wait());
  input.addEventListener("compositionend", wait);
  input.addEventListener("change", () => clearTimeout(timer));
}

/**
 * @template T
 * @param {(T|null|undefined|false)[]} parts
 * @returns {T[]}
 */
export function present(parts) {
  return /** @type {T[]} */ (parts.filter((part) => part !== null && part !== undefined && part !== false));
}

/**
 * Run something once before the next frame, however often it is asked for.
 * @param {() => void} work
 * @returns {() => void}
 */
export function oncePerFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}
