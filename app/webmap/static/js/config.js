// What the page tells the browser code: layers, groups, basemaps, texts. Read once.

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} title
 * @property {string} [type] absent: string
 * @property {string} [unit]
 * @property {number} [decimals]
 * @property {boolean} [popup] absent: true
 * @property {boolean} [tooltip]
 * @property {Record<string, string>} [choices] titles of coded values
 */

/**
 * @typedef {object} Style
 * @property {string} [by]
 * @property {string} color
 * @property {string} [fill] absent: the fill has the colour of the outline
 * @property {string} [other]
 * @property {{value: string, title: string, color: string}[]} classes
 * @property {number} fill_opacity
 * @property {number} weight
 * @property {boolean} dashed
 * @property {number} radius
 * @property {boolean} stack
 */

/**
 * @typedef {object} Definition
 * @property {string} id
 * @property {string} title
 * @property {string} description
 * @property {string} group
 * @property {number} order
 * @property {"indicative"|"derived"|"imported"|"statutory"} status
 * @property {"point"|"line"|"polygon"} geometry
 * @property {Field[]} fields
 * @property {Style} style
 * @property {{min: number, max: number, labels_from: number}} zoom
 * @property {string} pane
 * @property {boolean} visible
 * @property {string} [label] name of the field that labels the features
 * @property {string} [detail] address of a feature's whole record, with {id}
 */

/**
 * @typedef {object} Basemap
 * @property {string} id
 * @property {string[]} tiles
 * @property {string} subdomains
 * @property {number} max_zoom
 * @property {string} attribution
 * @property {string} attribution_url
 */

/**
 * @typedef {object} Config
 * @property {"zh"|"en"} language
 * @property {string} root
 * @property {[number, number, number, number]} home
 * @property {string[]} panes
 * @property {{id: string, title: string}[]} groups
 * @property {Definition[]} layers
 * @property {Basemap[]} basemaps
 * @property {string} approvalNumber
 * @property {string[]} unknownLayers
 * @property {Record<string, string>} texts
 */

/** @type {Config} */
export const config = JSON.parse(document.getElementById("config")?.textContent ?? "{}");

/**
 * The text of a key in the language of the page, with {names} replaced by values.
 * @param {string} key
 * @param {Record<string, string|number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const text = config.texts[key];
  if (text === undefined) throw new Error(`no text ${key}`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
