// The packages behind the tool, each loaded when it is first needed.
import { loadModule, loadScript } from "../../load.js";

/** @typedef {typeof libraries} Libraries */

export const libraries = {
  async proj4() {
    await loadScript("/assets/proj4/proj4.js");
    return /** @type {any} */ (globalThis).proj4;
  },
  async geodesic() {
    await loadScript("/assets/geographiclib-geodesic/geographiclib-geodesic.min.js");
    return /** @type {any} */ (globalThis).geodesic;
  },
  markup: () => loadModule("/assets/@tmcw/togeojson/togeojson.es.mjs"),
  archive: () => loadModule("/assets/but-unzip/index.browser.min.mjs"),
  async shapes() {
    return (await loadModule("/assets/shpjs/parseShp.js")).default;
  },
  async table() {
    return (await loadModule("/assets/parsedbf/index.js")).default;
  },
};
