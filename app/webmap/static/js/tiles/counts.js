// How many features each class of a layer in tiles has: the service counts them, as the browser has but a part.
import { getJson } from "../api.js";
import { classesOf } from "../style.js";

/** @param {import("../layer.js").RemoteLayer} layer */
export function classCounts(layer) {
  const { definition } = layer;
  const field = definition.fields.find(({ name }) => name === definition.style.by);
  /** @type {Map<string|null, number>} */
  const counts = new Map();
  let asked = false;

  /** @param {string|null} value */
  async function count(value) {
    const among = definition.style.classes.map((one) => quoted(one.value)).join(",");
    const filter = value === null ? `"${field?.name}" IS NULL OR NOT ("${field?.name}" IN (${among}))` : `"${field?.name}" = ${quoted(value)}`;
    const found = await getJson(`/ogc/collections/${layer.id}/items?limit=1&filter=${encodeURIComponent(filter)}`);
    if (typeof found.numberMatched === "number") counts.set(value, found.numberMatched);
  }

  return {
    /** What is known; the first time, the service is asked for the rest, and the layer fires `look` when it has come. */
    known() {
      if (!asked && field?.filterable) {
        asked = true;
        // Without a count a class is still a class.
        void Promise.allSettled(classesOf(definition).map(({ value }) => count(value))).then(() => layer.fire("look"));
      }
      return counts;
    },
  };
}

/** @param {string} text */
function quoted(text) {
  return `'${text.replaceAll("'", "''")}'`;
}
