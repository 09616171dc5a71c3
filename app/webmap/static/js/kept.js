// What the browser keeps for the next visit: sizes and colours, nothing of the data.

/**
 * What the browser has kept; it may be told to keep nothing.
 * @param {string} key
 */
export function recalled(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string|null} value
 */
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // It then lasts for this page.
  }
}
