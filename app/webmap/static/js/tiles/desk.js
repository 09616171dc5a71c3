// The page's side of the worker: hands it one task at a time and leaves out those that nobody waits for any more.
import { Problem } from "../api.js";
import { config, t } from "../config.js";

/**
 * @typedef {object} Task
 * @property {Record<string, any>} message
 * @property {Transferable[]} transfer
 * @property {() => boolean} wanted
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 */

class Desk {
  constructor() {
    this.worker = new Worker(`${config.files}/static/js/tiles/worker.js`, { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.answered(data));
    this.worker.addEventListener("error", () => this.answered({ fault: "worker" }));
    /** @type {Task[]} */
    this.waiting = [];
    /** @type {Task|null} */
    this.current = null;
  }

  /**
   * @param {Record<string, any>} message
   * @param {{transfer?: Transferable[], wanted?: () => boolean}} [how]
   * @returns {Promise<any>} null where it was no longer wanted
   */
  ask(message, { transfer = [], wanted = () => true } = {}) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ message, transfer, wanted, resolve, reject });
      this.next();
    });
  }

  next() {
    while (!this.current) {
      const task = this.waiting.shift();
      if (!task) return;
      if (task.wanted()) {
        this.current = task;
        this.worker.postMessage(task.message, task.transfer);
      } else task.resolve(null);
    }
  }

  /** @param {{answer?: any, fault?: string}} reply */
  answered({ answer, fault }) {
    const task = this.current;
    this.current = null;
    if (fault) task?.reject(new Problem(t("bad_answer")));
    else task?.resolve(answer);
    this.next();
  }
}

/** @type {Desk|null} */
let desk = null;

/** The one worker of the page. */
export function theDesk() {
  desk ??= new Desk();
  return desk;
}
