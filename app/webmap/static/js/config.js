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
 * @property {boolean} [table] whether the attribute table begins with it; absent: where the panel shows it
 * @property {boolean} [filterable] whether queries may filter by it
 * @property {Record<string, string>} [choices] titles of coded values
 */

/**
 * @typedef {object} Style
 * @property {string} [by]
 * @property {string} color
 * @property {string} dark colour of lines on a dark map
 * @property {string} [fill] absent: the fill has the colour of the outline
 * @property {string} [other]
 * @property {{value: string, title: string, color: string, dark: string}[]} classes
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
 * @property {{drawn: "auto"|"always"|"never", last_zoom: number, detail_from: number}} tiles when it is drawn from tiles, their last zoom, and the first that holds every feature
 */

/**
 * @typedef {object} Basemap tiles of a host, or of this one where it fetches them
 * @property {string} id
 * @property {string} title
 * @property {string[]} tiles address templates; those that start with a slash are this host's
 * @property {string} subdomains
 * @property {number} max_zoom
 * @property {string} attribution
 * @property {string} attribution_url
 */

/**
 * What there is of a tool, beside its module.
 * @typedef {object} ToolFiles
 * @property {string} id
 * @property {boolean} style whether it has a style sheet
 * @property {boolean} texts whether it has texts
 */

/**
 * A sheet of paper, where the page is one.
 * @typedef {object} SheetOptions
 * @property {"A4"|"A3"} paper
 * @property {"portrait"|"landscape"} orientation
 * @property {[number, number]} size width and height as it lies, millimetres
 * @property {string} title
 * @property {string} maker
 * @property {number|null} scale
 * @property {"none"|"degrees"|"kilometres"} grid
 * @property {string} date
 */

/**
 * @typedef {object} Config
 * @property {"zh"|"en"} language
 * @property {string} root path under which the service lies
 * @property {string} files path below which its static files lie, as they are now
 * @property {[number, number, number, number]} home
 * @property {string[]} panes
 * @property {{id: string, title: string}[]} groups
 * @property {Definition[]} layers
 * @property {{id: string, title: string, layers: string[]}[]} sets layers that are looked at together
 * @property {Basemap[]} basemaps
 * @property {string[]} documents those whose text the service has
 * @property {string} approvalNumber
 * @property {SheetOptions|null} sheet
 * @property {ToolFiles[]} tools those whose modules the server has
 * @property {string[]} unknownLayers
 * @property {{path: string, select: string|null}|null} zone the zone that the page is the page of
 * @property {Record<string, string>} texts
 */

/** @type {Config} */
export const config = read();

/** Many layers have the same fields: the page lists each once, and layers name their places in that list. */
function read() {
  const told = JSON.parse(document.getElementById("config")?.textContent ?? "{}");
  for (const layer of told.layers ?? []) layer.fields = layer.fields.map((/** @type {number} */ place) => told.fields[place]);
  return told;
}

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
