// The chooser of the basemap.
import { config, t } from "../config.js";
import { el } from "../dom.js";

export default class Basemap {
  /** @param {import("../main.js").Workbench} workbench */
  constructor(workbench) {
    this.basemaps = workbench.basemaps;
    this.follow = () => this.mark();
  }

  /** @param {HTMLElement} container */
  open(container) {
    const { basemaps } = this;
    /** @type {HTMLInputElement[]} */
    this.radios = [];
    const choices = basemaps.choices.map((id) => this.choice(id));
    this.said = el("div", { class: "basemap-said", role: "status" });
    container.append(
      el("fieldset", { class: "basemaps" }, el("legend", { class: "hidden-text" }, t("basemap")), ...choices),
      this.said,
      el("p", { class: "hint" }, t(config.basemaps.length ? "basemap_hint" : "basemap_none_configured")),
    );
    document.addEventListener("basemap-changed", this.follow);
    this.mark();
  }

  close() {
    document.removeEventListener("basemap-changed", this.follow);
  }

  /** @param {string} id */
  choice(id) {
    const { basemaps } = this;
    const choose = () => basemaps.choose(id, { push: true });
    const radio = /** @type {HTMLInputElement} */ (el("input", { type: "radio", name: "basemap", id: `basemap-${id}`, value: id, change: choose }));
    this.radios?.push(radio);
    const tiles = config.basemaps.find((one) => one.id === id);
    const note = tiles?.attribution ?? t(`basemap_${id}_note`);
    const badge = id === "offline" ? el("span", { class: "badge badge-indicative" }, t("status_indicative")) : null;
    return el("div", { class: "basemap-choice" }, radio, el("label", { for: radio.id }, el("span", { class: "basemap-title" }, basemaps.title(id), badge), el("small", {}, note)));
  }

  mark() {
    const { basemaps, said } = this;
    for (const radio of this.radios ?? []) radio.checked = radio.value === basemaps.current;
    const again = el("button", { type: "button", class: "button", click: () => basemaps.show() }, t("retry"));
    const name = basemaps.title(basemaps.current);
    said?.replaceChildren(...(basemaps.state === "failed" ? [el("p", { class: "fault" }, t("basemap_failed", { name })), again] : []));
  }
}
