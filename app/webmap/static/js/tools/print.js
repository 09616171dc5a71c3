// Printing: choose the paper and the scale, see on the map what will be on it, look at the sheet, take it as PDF or PNG.
import { Problem } from "../api.js";
import { config, t } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { keep, recalled } from "../kept.js";
import { division, PAPERS, PX_PER_MM, scaleOf, SCALES } from "../paper.js";
import { Malformed } from "../permalink.js";
import { query, written } from "../state.js";
import { fetchSheet, save } from "./print/file.js";
import { preview } from "./print/preview.js";

/**
 * @typedef {object} Choices
 * @property {string} paper
 * @property {string} orientation
 * @property {number|null} scale null: whatever fits
 * @property {string} grid
 * @property {string} title
 */

const USUAL = /** @type {Choices} */ ({ paper: "A4", orientation: "landscape", scale: null, grid: "degrees", title: "" });
const ORIENTATIONS = ["landscape", "portrait"];
const GRIDS = ["degrees", "kilometres", "none"];
const MAKER_KEY = "yuantu.print.maker";
const LONGEST_TITLE = 60;
const LONGEST_MAKER = 40;
const WITHOUT = ["tool", "print", "search", "table", "statistics"]; // parts of the address that a sheet does not show
const MARGIN = 0.96; // of the view that the frame may take

export default class Print {
  /** @param {import("../main.js").Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.map = workbench.map;
    this.choices = { ...USUAL };
    this.frame = el("div", { class: "print-frame", "aria-hidden": "true" });
    this.follow = () => this.place();
  }

  /** @param {HTMLElement} container */
  open(container) {
    this.map.getContainer().append(this.frame);
    this.map.on("zoom move resize", this.follow);
    this.container = container;
    this.fill();
  }

  close() {
    this.request?.abort();
    this.map.off("zoom move resize", this.follow);
    this.frame.remove();
    this.container = undefined;
  }

  state() {
    const { paper, orientation, scale, grid, title } = this.choices;
    const text = [paper, orientation, scale ?? "auto", grid, title].join();
    return text === "A4,landscape,auto,degrees," ? null : text;
  }

  /** @param {string} text such as `A3,landscape,50000,degrees,园区图` */
  restore(text) {
    const [paper = "A4", orientation = "landscape", scale = "auto", grid = "degrees", ...title] = text ? text.split(",") : [];
    const asked = scale === "auto" ? null : Number(scale);
    const good = paper in PAPERS && ORIENTATIONS.includes(orientation) && GRIDS.includes(grid) && (asked === null || SCALES.includes(asked));
    this.choices = good ? { paper, orientation, scale: asked, grid, title: title.join().slice(0, LONGEST_TITLE) } : { ...USUAL };
    if (this.container) this.fill();
    if (!good) throw new Malformed();
  }

  fill() {
    const { choices, container } = this;
    this.said = el("div", { class: "print-said", role: "status" });
    this.fitting = el("option", { value: "auto" }, t("print_scale_auto", { scale: "" }));
    const scales = [this.fitting, ...SCALES.map((scale) => el("option", { value: String(scale) }, `1:${number(scale)}`))];
    const title = /** @type {HTMLInputElement} */ (el("input", { type: "text", id: "print-title", maxlength: String(LONGEST_TITLE), placeholder: t("print_usual_title"), value: choices.title }));
    title.addEventListener("change", () => this.choose({ title: title.value.trim() }));
    this.maker = /** @type {HTMLInputElement} */ (el("input", { type: "text", id: "print-maker", maxlength: String(LONGEST_MAKER), value: recalled(MAKER_KEY) ?? "" }));
    this.maker.addEventListener("change", () => keep(MAKER_KEY, this.maker?.value.trim() || null));
    this.date = /** @type {HTMLInputElement} */ (el("input", { type: "date", id: "print-date", value: today() }));
    this.title = title;
    this.buttons = [
      el("button", { type: "button", class: "button button-main", click: () => this.look() }, t("print_preview")),
      el("button", { type: "button", class: "button", click: () => void this.take("pdf") }, t("print_pdf")),
      el("button", { type: "button", class: "button", click: () => void this.take("png") }, t("print_png")),
    ];
    container?.replaceChildren(
      el(
        "div",
        { class: "print" },
        row("print-title", t("print_title"), title),
        this.radios("paper", Object.keys(PAPERS)),
        this.radios("orientation", ORIENTATIONS),
        row("print-scale", t("print_scale_label"), this.select("scale", scales, choices.scale === null ? "auto" : String(choices.scale))),
        row("print-grid", t("print_grid"), this.select("grid", GRIDS.map((grid) => el("option", { value: grid }, t(`print_grid_${grid}`))), choices.grid)),
        row("print-date", t("print_day"), this.date),
        row("print-maker", t("print_maker"), this.maker),
        el("p", { class: "hint" }, t("print_hint")),
        el("div", { class: "print-buttons" }, ...this.buttons),
        this.said,
      ),
    );
    this.place();
  }

  /**
   * @param {"paper"|"orientation"} name
   * @param {string[]} values
   */
  radios(name, values) {
    const choices = values.map((value) => {
      const id = `print-${name}-${value}`;
      const radio = el("input", { type: "radio", name: `print-${name}`, id, checked: this.choices[name] === value, change: () => this.choose({ [name]: value }) });
      return el("span", { class: "print-radio" }, radio, el("label", { for: id }, name === "paper" ? value : t(`print_${value}`)));
    });
    return el("div", { class: "print-row", role: "radiogroup", "aria-label": t(`print_${name}`) }, el("span", { class: "print-label" }, t(`print_${name}`)), el("span", { class: "print-radios" }, ...choices));
  }

  /**
   * @param {"scale"|"grid"} name
   * @param {HTMLElement[]} options
   * @param {string} value
   */
  select(name, options, value) {
    const list = /** @type {HTMLSelectElement} */ (el("select", { id: `print-${name}` }, ...options));
    list.value = value;
    list.addEventListener("change", () => this.choose(name === "grid" ? { grid: list.value } : { scale: list.value === "auto" ? null : Number(list.value) }));
    return list;
  }

  /** @param {Partial<Choices>} some */
  choose(some) {
    Object.assign(this.choices, some);
    this.workbench.permalink.changed("print");
    this.said?.replaceChildren();
    this.place();
  }

  /** Width and height of the map on the paper, in pixels of style sheets. */
  get size() {
    const { map } = division(this.choices.paper, this.choices.orientation);
    return { width: map.width * PX_PER_MM, height: map.height * PX_PER_MM };
  }

  /** The scale that is chosen, or the largest usual one at which the frame is inside the view. */
  get scale() {
    const { map, size } = this;
    if (this.choices.scale !== null) return this.choices.scale;
    const room = map.getSize();
    const most = scaleOf(map.getZoom(), map.getCenter().lat) * MARGIN * Math.min(room.x / size.width, room.y / size.height);
    return [...SCALES].reverse().find((scale) => scale <= most) ?? SCALES[0];
  }

  /** Show on the map what will be on the paper. */
  place() {
    const { map, scale, size } = this;
    const factor = scale / scaleOf(map.getZoom(), map.getCenter().lat);
    Object.assign(this.frame.style, { width: `${size.width * factor}px`, height: `${size.height * factor}px` });
    this.fitting?.replaceChildren(t("print_scale_auto", { scale: number(scale) }));
  }

  /** The query of the sheet. */
  get query() {
    this.workbench.permalink.url(); // what has changed is in the address now
    const asked = query();
    for (const name of WITHOUT) asked.delete(name);
    const { lng, lat } = this.map.getCenter();
    const { paper, orientation, grid } = this.choices;
    const title = this.title?.value.trim() ?? "";
    const told = { lang: config.language, view: [lng.toFixed(5), lat.toFixed(5), this.map.getZoom()].join(), paper, orientation, scale: this.scale, grid, title, maker: this.maker?.value.trim() ?? "", date: this.date?.value ?? "" };
    for (const [name, value] of Object.entries(told)) if (value !== "") asked.set(name, String(value));
    return written(asked);
  }

  look() {
    preview(this.query, this.choices, (format) => void this.take(format));
  }

  /**
   * Have the sheet made, and save it.
   * @param {"pdf"|"png"} format
   */
  async take(format) {
    if (this.request) return;
    this.request = new AbortController();
    const stop = el("button", { type: "button", class: "button", click: () => this.request?.abort() }, t("print_stop"));
    this.said?.replaceChildren(el("p", {}, el("span", { class: "spinner" }), t("print_making")), stop);
    this.enable(false);
    try {
      const file = await fetchSheet(format, this.query, this.request.signal);
      save(file, `${this.title?.value.trim() || t("print_usual_title")} ${this.date?.value || today()}.${format}`);
      this.said?.replaceChildren(el("p", {}, t("print_done")));
    } catch (error) {
      this.said?.replaceChildren(...(this.request.signal.aborted ? [] : this.refused(error)));
    } finally {
      this.request = undefined;
      this.enable(true);
    }
  }

  /** @param {any} error */
  refused(error) {
    if (!(error instanceof Problem)) console.error(error);
    const why = error instanceof Problem ? error.message : t("bad_answer");
    const other = el("button", { type: "button", class: "button", click: () => this.look() }, t("print_with_browser"));
    return [el("p", { class: "fault" }, t("print_failed", { detail: why })), other];
  }

  /** @param {boolean} can */
  enable(can) {
    for (const button of this.buttons ?? []) button.toggleAttribute("disabled", !can);
  }
}

/**
 * @param {string} id
 * @param {string} label
 * @param {HTMLElement} field
 */
function row(id, label, field) {
  return el("div", { class: "print-row" }, el("label", { class: "print-label", for: id }, label), field);
}

/** The day here, as YYYY-MM-DD. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
