// The table on paper: while it is open, what the browser prints is the table and not the map.
import { t } from "../../config.js";
import { el } from "../../dom.js";

const MARK = "printing-comparison";

export class PaperTable {
  /** @param {() => HTMLElement|null} made makes the table as it stands now */
  constructor(made) {
    this.made = made;
    this.before = () => this.put();
    this.after = () => this.take();
  }

  start() {
    addEventListener("beforeprint", this.before);
    addEventListener("afterprint", this.after);
  }

  stop() {
    removeEventListener("beforeprint", this.before);
    removeEventListener("afterprint", this.after);
    this.take();
  }

  put() {
    this.take();
    const table = this.made();
    if (!table) return;
    this.sheet = el("section", { class: "compare-sheet" }, el("h1", {}, t("compare_paper_title")), table, el("p", {}, t("disclaimer")));
    document.body.append(this.sheet);
    document.documentElement.classList.add(MARK);
  }

  take() {
    this.sheet?.remove();
    this.sheet = undefined;
    document.documentElement.classList.remove(MARK);
  }
}
