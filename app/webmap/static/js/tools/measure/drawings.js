// The drawings, which of them is current, and the way back.

/** @typedef {import("../../geometry.js").Position} Position */
/** @typedef {{id: number, geometry: any, name: string, color: string}} Drawing */

// Okabe and Ito's palette without what is hard to see on a light map.
export const PALETTE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a4b00", "#17212e"];
export const MOST_DRAWINGS = 100;
const MOST_STEPS = 60;

export class Drawings {
  /** @param {(how: {push: boolean}) => void} changed */
  constructor(changed) {
    this.changed = changed;
    /** @type {Drawing[]} */
    this.list = [];
    /** @type {number|null} id */
    this.currentId = null;
    /** @type {Drawing[][]} */
    this.past = [];
    /** @type {Drawing[][]} */
    this.future = [];
    this.count = 0;
  }

  get current() {
    return this.list.find(({ id }) => id === this.currentId) ?? null;
  }

  /**
   * The polygon that another tool may search in: the current one, else the last.
   * @param {(drawing: Drawing) => boolean} sound
   */
  polygon(sound) {
    const polygons = this.list.filter(({ geometry }) => /Polygon$/.test(geometry.type)).filter(sound);
    return polygons.find(({ id }) => id === this.currentId) ?? polygons.at(-1) ?? null;
  }

  /** @param {{geometry: any, name?: string, color?: string}[]} added */
  add(added) {
    const fresh = added.map(({ geometry, name = "", color }) => {
      this.count += 1;
      return { id: this.count, geometry, name, color: color ?? PALETTE[(this.count - 1) % PALETTE.length] };
    });
    this.become([...this.list, ...fresh], fresh.at(-1)?.id ?? this.currentId);
    return fresh;
  }

  /**
   * @param {number} id
   * @param {Partial<Drawing>} parts
   */
  change(id, parts) {
    this.become(this.list.map((one) => (one.id === id ? { ...one, ...parts } : one)), id);
  }

  /** @param {number} id */
  remove(id) {
    const rest = this.list.filter((one) => one.id !== id);
    this.become(rest, this.currentId === id ? (rest.at(-1)?.id ?? null) : this.currentId);
  }

  /**
   * @param {Drawing[]} list
   * @param {number|null} currentId
   */
  become(list, currentId) {
    this.past = [...this.past, this.list].slice(-MOST_STEPS);
    this.future = [];
    this.list = list;
    this.currentId = currentId;
    this.changed({ push: true });
  }

  /** @param {number|null} id */
  choose(id) {
    if (id === this.currentId) return;
    this.currentId = id;
    this.changed({ push: false });
  }

  undo() {
    this.step(this.past, this.future);
  }

  redo() {
    this.step(this.future, this.past);
  }

  /**
   * @param {Drawing[][]} from
   * @param {Drawing[][]} to
   */
  step(from, to) {
    const list = from.pop();
    if (!list) return;
    to.push(this.list);
    const known = new Set(this.list);
    const fresh = list.filter((one) => !known.has(one)).at(-1);
    this.list = list;
    this.currentId = fresh?.id ?? (this.current ? this.currentId : (list.at(-1)?.id ?? null));
    this.changed({ push: true });
  }

  /**
   * Be what an address says; there is no way back from that but the browser's.
   * @param {{geometry: any, name: string, color: string}[]} kept
   */
  replace(kept) {
    this.list = [];
    this.past = [];
    this.future = [];
    this.list = kept.map((one) => ({ ...one, id: ++this.count }));
    this.currentId = this.list.at(-1)?.id ?? null;
    this.changed({ push: false });
  }
}
