// The foot of a sheet: scale, coordinate system, sources, accuracy, date and notes.
import { config, t } from "../config.js";
import { periodText } from "../documents.js";
import { el, svg } from "../dom.js";
import { isOwnExtent } from "../extent.js";
import { number } from "../format.js";

/** @typedef {import("../documents.js").Document} Document */
/** @typedef {import("../facts.js").Facts} Facts */
/** @typedef {import("../layer.js").RemoteLayer} RemoteLayer */

/**
 * @typedef {object} Told
 * @property {number} scale
 * @property {string} grid what the numbers of the grid are
 * @property {RemoteLayer[]} layers
 * @property {Map<string, Facts>} facts
 * @property {Map<string, Document>} documents
 * @property {import("../config.js").SheetOptions} options
 * @property {import("../basemap.js").Basemaps|undefined} basemap
 */

const BAR = 48; // millimetres that the bar may be long
const BAR_HEIGHT = 1.5;
const STEPS = [1, 2, 4, 5, 10];

/** @param {Told} told */
export function foot(told) {
  return [measures(told), sources(told), notes(told)];
}

/** @param {Told} told */
function measures({ scale, grid }) {
  return el(
    "div",
    { class: "sheet-measures" },
    bar(scale),
    el("p", { class: "sheet-scale" }, t("print_scale", { scale: number(scale) })),
    el("p", {}, t("print_scale_note")),
    el("p", {}, grid || t("print_crs")),
  );
}

/**
 * A bar of four parts, of a round length on the ground.
 * @param {number} scale
 */
function bar(scale) {
  const most = (BAR * scale) / 1000; // metres
  const power = 10 ** Math.floor(Math.log10(most));
  const ground = Math.max(...STEPS.map((step) => step * power).filter((length) => length <= most));
  const length = (ground * 1000) / scale;
  const unit = ground >= 1000 ? 1000 : 1;
  const parts = [0, 1, 2, 3].map((i) => svg("rect", { x: (length / 4) * i, y: 4, width: length / 4, height: BAR_HEIGHT, class: i % 2 ? "sheet-bar-light" : "sheet-bar-dark" }));
  const labels = [0, 0.5, 1].map((share) => {
    const text = number((ground * share) / unit) + (share === 1 ? ` ${t(unit === 1000 ? "print_km" : "print_m")}` : "");
    return svg("text", { x: length * share, y: 3, "text-anchor": share === 1 ? "start" : "middle", dx: share === 1 ? -1 : 0, class: "sheet-number" }, document.createTextNode(text));
  });
  const box = svg("svg", { class: "sheet-bar", viewBox: `-4 0 ${BAR + 16} 6.5`, role: "img", "aria-label": t("print_bar", { length: `${number(ground / unit)} ${t(unit === 1000 ? "print_km" : "print_m")}` }) }, ...parts, ...labels);
  Object.assign(/** @type {any} */ (box).style, { width: `${BAR + 16}mm`, height: "6.5mm" });
  return box;
}

/** @param {Told} told */
function sources({ layers, facts, documents, basemap }) {
  const listed = titlesOf(layers, facts, documents);
  const ranges = layers.map((layer) => accuracy(layer, facts.get(layer.id))).filter(Boolean);
  if (ranges.length && layers.some((layer) => layer.items.some((item) => !isOwnExtent(item)))) ranges.push(t("print_accuracy_untold"));
  const ground = basemap ? ground_(basemap) : "";
  return el(
    "div",
    { class: "sheet-sources" },
    listed ? line("print_sources", listed) : null,
    ranges.length ? line("print_accuracy", ranges.join(t("list_of_lists"))) : null,
    ground ? line("print_basemap", ground) : null,
  );
}

/**
 * The documents of the layers, together with those of the same years; that the years are past is said where they are.
 * @param {RemoteLayer[]} layers
 * @param {Map<string, Facts>} facts
 * @param {Map<string, Document>} documents
 */
function titlesOf(layers, facts, documents) {
  /** @type {Map<string, Set<string>>} */
  const groups = new Map();
  for (const { id, title_zh, title_en, issued_on } of layers.flatMap((layer) => facts.get(layer.id)?.documents ?? [])) {
    const title = config.language === "en" ? title_en : `《${title_zh.replace(/^《|》$/g, "")}》`;
    const period = periodText(documents.get(id)?.planned) ?? "";
    groups.set(period, (groups.get(period) ?? new Set()).add(title + (issued_on ? t("print_issued", { year: issued_on.slice(0, 4) }) : "")));
  }
  return [...groups].map(([period, titles]) => [...titles].join(t("list_of_lists")) + (period && t("print_period", { period }))).join(t("list_of_lists"));
}

/** @param {import("../basemap.js").Basemaps} basemap */
function ground_(basemap) {
  const { current } = basemap;
  if (current === "none") return "";
  const tiles = config.basemaps.find(({ id }) => id === current);
  return tiles ? `${tiles.title} ${tiles.attribution}` : t("print_offline");
}

/**
 * @param {RemoteLayer} layer
 * @param {Facts|undefined} facts
 */
function accuracy({ definition }, facts) {
  const range = facts?.accuracy_m;
  if (!range) return "";
  const [best, worst] = range.map((metres) => number(metres));
  return t(best === worst ? "print_accuracy_one" : "print_accuracy_range", { name: definition.title, best, worst });
}

/**
 * @param {string} key
 * @param {string} text
 */
function line(key, text) {
  return el("p", {}, el("b", {}, t(key)), text);
}

/** @param {Told} told */
function notes({ options }) {
  const { approvalNumber } = config;
  return el(
    "div",
    { class: "sheet-notes" },
    el("p", { class: "sheet-disclaimer" }, t("disclaimer")),
    el("p", {}, approvalNumber ? t("approval", { number: approvalNumber }) : t("print_no_approval")),
    options.maker ? el("p", {}, t("print_made_by", { maker: options.maker })) : null,
    el("p", {}, t("print_date", { date: day(options.date) })),
  );
}

/** @param {string} iso */
function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return config.language === "en" ? iso : `${year}年${month}月${date}日`;
}
