// The service's tiles of a layer that the map shows, or shows a part of.
import { Problem } from "../api.js";
import { config, t } from "../config.js";
import { theDesk } from "./desk.js";

/** @typedef {import("./place.js").Address} Address */

/**
 * A tile of the service.
 * @typedef {object} Source
 * @property {string} key
 * @property {Address} address
 * @property {Set<object>} users what shows it
 * @property {AbortController} request
 * @property {Promise<void>} read
 * @property {import("./decode.js").Decoded|null} data once it is read
 */

let made = 0;

export class Sources {
  /** @param {import("../config.js").Definition} definition */
  constructor(definition) {
    this.definition = definition;
    this.attributes = neededAttributes(definition).join();
    this.name = `${definition.id}#${(made += 1)}`;
    /** @type {Map<string, Source>} */
    this.known = new Map();
  }

  /**
   * The tile that holds a square of the map: that of its zoom, or of the last zoom that has tiles.
   * @param {Address} address
   * @returns {Source}
   */
  holding({ z, x, y }) {
    const deeper = Math.max(0, z - this.definition.tiles.last_zoom);
    const address = { z: z - deeper, x: x >> deeper, y: y >> deeper };
    const key = `${this.name}/${address.z}/${address.x}/${address.y}`;
    const known = this.known.get(key);
    if (known) return known;
    /** @type {Source} */
    const source = { key, address, users: new Set(), request: new AbortController(), read: Promise.resolve(), data: null };
    this.known.set(key, source);
    source.read = this.read(source);
    // Whoever shows it says so; a tile that nobody waits for any more fails in silence.
    source.read.catch(() => undefined);
    return source;
  }

  /** @param {Source} source */
  async read(source) {
    const { id } = this.definition;
    const { z, x, y } = source.address;
    const { signal } = source.request;
    let response;
    try {
      response = await fetch(`${config.root}/tiles/${id}/${z}/${x}/${y}.mvt?properties=${encodeURIComponent(this.attributes)}`, { signal });
    } catch (error) {
      throw signal.aborted ? error : new Problem(t("unreachable"));
    }
    if (!response.ok) throw new Problem(String((await response.json().catch(() => null))?.detail ?? response.status), response.status);
    const buffer = await response.arrayBuffer();
    source.data = await theDesk().ask({ task: "read", key: source.key, name: id, buffer }, { transfer: [buffer], wanted: () => source.users.size > 0 });
  }

  /**
   * @param {Source} source
   * @param {object} user
   */
  release(source, user) {
    source.users.delete(user);
    if (source.users.size) return;
    this.known.delete(source.key);
    source.request.abort();
    void theDesk().ask({ task: "forget", key: source.key });
  }
}

/**
 * What the map itself needs of a feature; the rest comes with the whole feature.
 * @param {import("../config.js").Definition} definition
 */
function neededAttributes({ fields, style, label }) {
  const needed = new Set([style.by, label, "name_zh", "name_en", "geometry_status"]);
  return fields.filter((field) => field.tooltip || needed.has(field.name)).map(({ name }) => name);
}
