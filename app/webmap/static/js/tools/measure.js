// Measuring and drawing, going to coordinates, and files of one's own.
import { t } from "../config.js";
import { labelPoint } from "../geometry.js";
import { Malformed } from "../permalink.js";
import { Board } from "./measure/board.js";
import { checkShape, flaw } from "./measure/check.js";
import { decode, encode, Unreadable } from "./measure/codec.js";
import { assumptions, parsePosition } from "./measure/coordinate.js";
import { Drawings, MOST_DRAWINGS, PALETTE } from "./measure/drawings.js";
import { explain } from "./measure/explain.js";
import { Fault } from "./measure/fault.js";
import { readFile } from "./measure/files.js";
import { Meter } from "./measure/geodesy.js";
import { Handles } from "./measure/handles.js";
import { isOn } from "./measure/hit.js";
import { libraries } from "./measure/libraries.js";
import { Locals } from "./measure/locals.js";
import { Mark } from "./measure/mark.js";
import { Projection } from "./measure/projection.js";
import { converter, parseShapes } from "./measure/shapes.js";
import { Sketch } from "./measure/sketch.js";
import { areaText, lengthText, shortArea } from "./measure/units.js";
import { View } from "./measure/view.js";

/** @typedef {import("../geometry.js").Position} Position */
/** @typedef {import("./measure/drawings.js").Drawing} Drawing */
/** @typedef {import("./measure/coordinate.js").Choice} Choice */

const LONGEST_STATE = 6000; // characters of the address; more does not go through servers and mails
const RGB_FROM = 16; // colours in the address below this are places in the palette

export default class Measure {
  /** @param {any} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.map = workbench.map;
    /** @type {import("./measure/units.js").Units} */
    this.units = "ha";
    /** @type {any} the Projection, once the tool is ready */
    this.projection = null;
    /** @type {any} the Meter, once the tool is ready */
    this.meter = null;
    this.isTooLong = false;
    /** @type {View|null} */
    this.view = null;
    /** @type {Sketch|null} */
    this.sketch = null;
    /** @type {WeakMap<object, ReturnType<typeof flaw>>} by geometry */
    this.flaws = new WeakMap();
    this.drawings = new Drawings(({ push }) => this.changed(push));
    this.board = new Board(this.map);
    this.handles = new Handles(this.map, { moving: (geometry) => this.moving(geometry), moved: (geometry) => this.moved(geometry) });
    this.locals = new Locals(this.map, () => this.view?.showLocals());
    this.mark = new Mark(this.map, () => this.markChanged());
    this.key = (/** @type {KeyboardEvent} */ event) => this.onKey(event);
    // Drawings outlast the tool's being open: other tools search in them, and the address keeps them.
    Object.defineProperty(workbench, "drawing", { configurable: true, get: () => this.polygon });
    workbench.takers.add((/** @type {any} */ at) => this.take(at));
    workbench.permalink.register("measure", { get: () => this.state(), set: (/** @type {string|null} */ text) => this.restore(text ?? "") });
  }

  async ready() {
    const [proj4, geodesic] = await Promise.all([libraries.proj4(), libraries.geodesic()]);
    this.projection ??= new Projection(proj4);
    this.meter ??= new Meter(geodesic);
  }

  /**
   * @param {HTMLElement} container
   * @param {{files?: File[], draw?: import("./measure/sketch.js").Kind}} [argument]
   */
  async open(container, argument) {
    await this.ready();
    this.view = new View(container, this);
    document.addEventListener("keydown", this.key);
    this.show();
    if (argument?.draw) this.draw(argument.draw);
    if (argument?.files) await this.load(argument.files, "auto");
  }

  close() {
    this.sketch?.stop();
    this.view = null;
    this.handles.show(null);
    document.removeEventListener("keydown", this.key);
    this.show();
  }

  /** The polygon that another tool may search in, or null. */
  get polygon() {
    return this.drawings.polygon(({ geometry }) => this.flawOf(geometry) === null)?.geometry ?? null;
  }

  state() {
    const drawings = this.drawings.list.map(({ geometry, name, color }) => ({ geometry, name, color: PALETTE.includes(color) ? PALETTE.indexOf(color) : RGB_FROM + parseInt(color.slice(1), 16) }));
    const text = encode({ drawings, mark: this.mark.at, units: this.units === "ha" ? "" : this.units });
    this.isTooLong = text.length > LONGEST_STATE;
    return this.isTooLong ? encode({ drawings: [], mark: this.mark.at, units: "" }) || null : text || null;
  }

  /** @param {string} text */
  async restore(text) {
    await this.ready();
    let contents;
    try {
      contents = decode(text);
      for (const { geometry } of contents.drawings) checkShape(geometry);
    } catch (error) {
      if (!(error instanceof Unreadable || error instanceof Fault)) throw error;
      throw new Malformed(t("measure_bad_link"));
    }
    this.units = contents.units === "m" ? "m" : "ha";
    this.drawings.replace(contents.drawings.map(({ geometry, name, color }) => ({ geometry, name, color: color < RGB_FROM ? PALETTE[color % PALETTE.length] : `#${(color - RGB_FROM).toString(16).padStart(6, "0").slice(-6)}` })));
    if (contents.mark) this.mark.set(contents.mark, this.projection, { view: false, open: false });
    else this.mark.clear();
    this.view?.showAll();
  }

  /** @param {boolean} push */
  changed(push) {
    this.show();
    this.workbench.permalink.changed("measure", { push });
    this.view?.showLink();
    document.dispatchEvent(new CustomEvent("drawing-changed"));
  }

  markChanged() {
    this.workbench.permalink.changed("measure", { push: true });
  }

  show() {
    const { list, currentId, current } = this.drawings;
    this.board.show(list, this.view ? currentId : null, (drawing) => this.tell(drawing, drawing.geometry));
    if (this.view) this.handles.show(this.sketch ? null : (current?.geometry ?? null));
    this.view?.showDrawings();
  }

  /** @param {import("./measure/units.js").Units} units */
  useUnits(units) {
    this.units = units;
    this.changed(false);
  }

  /** @param {any} geometry */
  flawOf(geometry) {
    if (!this.flaws.has(geometry)) this.flaws.set(geometry, flaw(geometry));
    return this.flaws.get(geometry) ?? null;
  }

  /**
   * @param {Drawing} drawing
   * @param {any} geometry it may be on its way to another one
   */
  tell(drawing, geometry) {
    const { area } = this.meter.measure(geometry);
    const wrong = flaw(geometry);
    return { title: this.title(drawing), text: area !== null && !wrong ? shortArea(area, this.units) : this.measured(geometry), flaw: wrong };
  }

  /** @param {Drawing} drawing */
  title({ id, name, geometry }) {
    const kind = /Polygon$/.test(geometry.type) ? "polygon" : /Line/.test(geometry.type) ? "line" : "point";
    return name || t(`measure_name_${kind}`, { number: this.drawings.list.findIndex((one) => one.id === id) + 1 });
  }

  /**
   * The one figure that matters: area, length, or nothing.
   * @param {any} geometry
   */
  measured(geometry) {
    const { area, length } = this.meter.measure(geometry);
    if (area !== null) return flaw(geometry) ? t("measure_no_area") : areaText(area, this.units);
    return length === null ? "" : lengthText(length, this.units);
  }

  /** @param {import("./measure/sketch.js").Kind} kind */
  draw(kind) {
    this.sketch?.stop();
    if (this.isFull(1)) return;
    this.workbench.panel?.close();
    this.sketch = new Sketch(this.map, kind, PALETTE[this.drawings.count % PALETTE.length], {
      finished: (geometry) => this.finished(geometry),
      ended: () => {
        this.sketch = null;
        this.show();
        this.view?.showMode(null);
      },
      measure: (geometry) => this.live(geometry),
      read: (text) => this.position(text, "auto").at,
      explain: (error) => explain(error),
    });
    this.handles.show(null);
    this.view?.showMode(kind);
  }

  /** @param {any} geometry */
  finished(geometry) {
    // On a narrow screen the dock comes back over what has been drawn.
    if (this.add([{ geometry }]) && this.workbench.dock.coverage) this.zoomTo([geometry]);
  }

  /** @param {any} geometry of the drawing that is being made */
  live(geometry) {
    const { area, perimeter, length } = this.meter.measure(geometry);
    if (area === null) return t("measure_live_line", { length: lengthText(length ?? 0, this.units) });
    const wrong = flaw(geometry);
    if (wrong?.key === "measure_flaw_flat") return "";
    return wrong ? t("measure_live_flaw") : t("measure_live_polygon", { area: areaText(area, this.units), perimeter: lengthText(perimeter ?? 0, this.units) });
  }

  /** @param {number} more */
  isFull(more) {
    const full = this.drawings.list.length + more > MOST_DRAWINGS;
    if (full) this.view?.say(t("measure_fault_drawings", { most: MOST_DRAWINGS }), true);
    return full;
  }

  /** @param {{geometry: any, name?: string}[]} shapes */
  add(shapes) {
    try {
      for (const { geometry } of shapes) checkShape(geometry);
    } catch (error) {
      this.view?.say(explain(error), true);
      return false;
    }
    if (this.isFull(shapes.length)) return false;
    this.drawings.add(shapes);
    this.view?.say("", false);
    return true;
  }

  /** @param {any} geometry */
  moving(geometry) {
    const { current } = this.drawings;
    if (!current) return;
    this.board.follow(current.id, geometry, this.tell(current, geometry));
  }

  /** @param {any} geometry */
  moved(geometry) {
    const { current } = this.drawings;
    if (!current) return;
    this.drawings.change(current.id, { geometry });
  }

  /**
   * A click on the map belongs to the drawing that is being made, to one that is there, or to a file's feature.
   * @param {any} at
   */
  take(at) {
    if (this.sketch) {
      this.sketch.click(at);
      return true;
    }
    const hit = this.view && this.drawings.list.findLast(({ geometry }) => isOn(this.map, geometry, at));
    if (hit && hit.id !== this.drawings.currentId) {
      this.drawings.choose(hit.id);
      return true;
    }
    return this.locals.tell(at);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
    if (typing || this.sketch || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) this.drawings.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) this.drawings.redo();
    else return;
    event.preventDefault();
  }

  /**
   * @param {string} text
   * @param {Choice} choice
   */
  position(text, choice) {
    const { pair, reading } = parsePosition(text, choice);
    const at = converter(reading, this.projection)(pair);
    checkShape({ type: "Point", coordinates: at });
    return { at, said: assumptions(reading).map(({ key, values }) => t(key, values)).join("") };
  }

  /**
   * @param {string} text
   * @param {Choice} choice
   * @returns {string} how the text was read
   */
  goTo(text, choice) {
    const { at, said } = this.position(text, choice);
    this.mark.set(at, this.projection, { view: true, open: true });
    this.markChanged();
    return said;
  }

  /**
   * @param {string} text
   * @param {{choice: Choice, kind: "polygon"|"line"|"point"}} how
   */
  paste(text, how) {
    const { shapes, reading } = parseShapes(text, this.projection, how);
    for (const { geometry } of shapes) checkShape(geometry);
    if (!this.add(shapes.map(({ geometry, name }) => ({ geometry, name: name.slice(0, 60) })))) return;
    this.view?.say(assumptions(reading).map(({ key, values }) => t(key, values)).join(""), false);
    this.zoomTo(shapes.map(({ geometry }) => geometry));
  }

  /**
   * @param {File[]} files
   * @param {Choice} choice
   */
  async load(files, choice) {
    for (const file of files) {
      this.view?.say(t("measure_reading", { name: file.name }), false);
      try {
        const layers = await readFile(file, { libraries, projection: this.projection, choice });
        for (const layer of layers) this.locals.zoomTo(this.locals.add(layer, layer.notes.map(({ key, values }) => t(key, values))));
        this.view?.say("", false);
      } catch (error) {
        const named = error instanceof Fault && "name" in error.values;
        this.view?.say(named ? explain(error) : t("measure_file_failed", { name: file.name, detail: explain(error) }), true);
      }
    }
  }

  /** @param {any[]} geometries */
  zoomTo(geometries) {
    const bounds = L.geoJSON({ type: "GeometryCollection", geometries }).getBounds();
    this.map.fitBounds(bounds, { paddingTopLeft: [40, 40], paddingBottomRight: [40, 40 + this.workbench.dock.coverage], maxZoom: 17, animate: false });
  }

  /** @param {Drawing} drawing */
  search(drawing) {
    this.drawings.choose(drawing.id);
    void this.workbench.tools.open("siting", { area: drawing.geometry, at: labelPoint(drawing.geometry) });
  }
}
