// Comparing what is typed with names: without regard to case, width and accents.

/** @param {string} text */
export function folded(text) {
  return text.normalize("NFKC").toLocaleLowerCase();
}
