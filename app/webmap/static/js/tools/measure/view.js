// The tool's place in the dock: buttons, forms, and the lists of drawings and of files.
import { t } from "../../config.js";
import { el } from "../../dom.js";
import { current } from "./details.js";
import { explain } from "./explain.js";
import { download, featureCollection } from "./output.js";

/** @typedef {import("../measure.js").default} Measure */
/** @typedef {import("./coordinate.js").Choice} Choice */
/** @typedef {import("./sketch.js").Kind} Kind */

const KINDS = /** @type {Kind[]} */ (["polygon", "line", "point"]);
const CHOICES = /** @type {Choice[]} */ (["auto", "4490", "4548", "4527", "gcj02"]);

export class View {
  /**
   * @param {HTMLElement} container
   * @param {Measure} tool
   */
  constructor(container, tool) {
    this.tool = tool;
    this.units = /** @type {HTMLSelectElement} */ (el("select", { id: "measure-units" }, el("option", { value: "ha" }, t("measure_units_ha")), el("option", { value: "m" }, t("measure_units_m"))));
    this.message = el("p", { class: "hint measure-message", role: "status" });
    this.link = el("p", { class: "hint" });
    this.drawings = el("ol", { class: "drawings" });
    this.actions = el("div", { class: "measure-row" });
    this.locals = el("ul", { class: "drawings" });
    this.modes = new Map(KINDS.map((kind) => [kind, el("button", { type: "button", class: "button", "aria-pressed": "false", click: () => this.toggle(kind) }, t(`measure_draw_${kind}`))]));
    container.classList.add("measure");
    container.replaceChildren(
      el("div", { class: "measure-row" }, ...this.modes.values()),
      this.message,
      this.drawings,
      this.actions,
      this.link,
      this.pasteForm(),
      this.gotoForm(),
      this.fileForm(),
      this.unitsField(),
    );
    this.showAll();
  }

  showAll() {
    this.showDrawings();
    this.showLocals();
    this.showLink();
    this.units.value = this.tool.units;
  }

  /**
   * @param {string} text
   * @param {boolean} isFault
   */
  say(text, isFault) {
    this.message.replaceChildren(text);
    this.message.classList.toggle("fault", isFault);
    if (isFault && text) this.message.scrollIntoView({ block: "nearest" });
  }

  /** @param {Kind} kind */
  toggle(kind) {
    const { sketch } = this.tool;
    this.say("", false);
    if (sketch?.kind === kind) sketch.stop();
    else this.tool.draw(kind);
  }

  /** @param {Kind|null} kind that is being drawn */
  showMode(kind) {
    for (const [one, button] of this.modes) button.setAttribute("aria-pressed", String(one === kind));
  }

  showLink() {
    this.link.replaceChildren(this.tool.isTooLong ? t("measure_link_too_long") : "");
  }

  showDrawings() {
    const { drawings } = this.tool;
    const focus = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.focus : undefined;
    this.drawings.replaceChildren(...drawings.list.map((drawing) => this.row(drawing)));
    const some = drawings.list.length > 0;
    const button = (/** @type {string} */ key, /** @type {() => void} */ click, /** @type {boolean} */ on) => el("button", { type: "button", class: "button", "data-focus": key, disabled: !on, click }, t(key));
    this.actions.replaceChildren(
      button("measure_undo", () => drawings.undo(), drawings.past.length > 0),
      button("measure_redo", () => drawings.redo(), drawings.future.length > 0),
      button("measure_export", () => this.export(), some),
      button("measure_clear", () => drawings.become([], null), some),
    );
    this.actions.hidden = !some && drawings.past.length === 0 && drawings.future.length === 0;
    if (focus) /** @type {HTMLElement|null} */ (this.drawings.parentElement?.querySelector(`[data-focus="${focus}"]`))?.focus({ preventScroll: true });
  }

  export() {
    const { drawings, meter } = this.tool;
    download("yuantu.geojson", JSON.stringify(featureCollection(drawings.list, (drawing) => this.tool.title(drawing), meter), null, 1));
  }

  /** @param {import("./drawings.js").Drawing} drawing */
  row(drawing) {
    const { tool } = this;
    const isCurrent = drawing.id === tool.drawings.currentId;
    const swatch = el("span", { class: "drawing-swatch" });
    swatch.style.background = drawing.color;
    const choose = el(
      "button",
      { type: "button", class: "drawing-choose", "aria-expanded": String(isCurrent), "data-focus": `choose-${drawing.id}`, click: () => tool.drawings.choose(isCurrent ? null : drawing.id) },
      swatch,
      el("span", { class: "drawing-title" }, tool.title(drawing)),
      el("span", { class: "drawing-measure" }, tool.measured(drawing.geometry)),
    );
    return el("li", { class: isCurrent ? "drawing drawing-current" : "drawing" }, choose, isCurrent ? current(tool, drawing) : null);
  }

  /**
   * @param {string} id
   * @param {string} title
   * @param {...(Node|null)} content
   */
  section(id, title, ...content) {
    return el("details", { class: "measure-section", id: `measure-${id}` }, el("summary", {}, title), ...content);
  }

  /** @param {string} id */
  choiceField(id) {
    const select = /** @type {HTMLSelectElement} */ (el("select", { id }, ...CHOICES.map((choice) => el("option", { value: choice }, t(`measure_choice_${choice}`)))));
    return { select, field: el("label", { class: "measure-field" }, el("span", {}, t("measure_choice")), select) };
  }

  /**
   * @param {HTMLElement} said
   * @param {() => string|void} work
   */
  attempt(said, work) {
    try {
      said.replaceChildren(work() ?? "");
      said.classList.remove("fault");
    } catch (error) {
      said.replaceChildren(explain(error));
      said.classList.add("fault");
    }
  }

  pasteForm() {
    const area = /** @type {HTMLTextAreaElement} */ (el("textarea", { id: "measure-paste-text", rows: "6", spellcheck: "false", placeholder: t("measure_paste_placeholder"), "aria-label": t("measure_paste_label") }));
    const kind = /** @type {HTMLSelectElement} */ (el("select", {}, ...KINDS.map((one) => el("option", { value: one }, t(`measure_kind_${one}`)))));
    const { select, field } = this.choiceField("measure-paste-choice");
    const said = el("p", { class: "hint", role: "status" });
    const submit = () => this.attempt(said, () => {
      this.tool.paste(area.value, { choice: /** @type {Choice} */ (select.value), kind: /** @type {Kind} */ (kind.value) });
      area.value = "";
    });
    return this.section("paste", t("measure_paste"), el("p", { class: "hint" }, t("measure_paste_hint")), area, el("label", { class: "measure-field" }, el("span", {}, t("measure_kind")), kind), field, el("button", { type: "button", class: "button button-main", click: submit }, t("measure_paste_do")), said);
  }

  gotoForm() {
    const input = /** @type {HTMLInputElement} */ (el("input", { type: "text", id: "measure-goto-text", autocomplete: "off", spellcheck: "false", placeholder: t("measure_goto_placeholder"), "aria-label": t("measure_goto_label") }));
    const { select, field } = this.choiceField("measure-goto-choice");
    const said = el("p", { class: "hint", role: "status" });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.attempt(said, () => this.tool.goTo(input.value, /** @type {Choice} */ (select.value)));
    };
    const form = el("form", { class: "measure-form", submit }, el("div", { class: "measure-row measure-goto" }, input, el("button", { type: "submit", class: "button button-main" }, t("measure_goto_do"))), field, said);
    const section = this.section("goto", t("measure_goto"), el("p", { class: "hint" }, t("measure_goto_hint")), form);
    section.setAttribute("open", "");
    return section;
  }

  fileForm() {
    const input = /** @type {HTMLInputElement} */ (el("input", { type: "file", id: "measure-file", class: "hidden-text", multiple: true, accept: ".geojson,.json,.kml,.kmz,.zip" }));
    const { select, field } = this.choiceField("measure-file-choice");
    input.addEventListener("change", async () => {
      await this.tool.load([...(input.files ?? [])], /** @type {Choice} */ (select.value));
      input.value = "";
    });
    this.files = this.section("files", t("measure_files"), el("p", { class: "hint" }, t("measure_files_hint")), field, el("label", { class: "button measure-file" }, t("measure_file"), input), this.locals);
    return this.files;
  }

  showLocals() {
    const { locals } = this.tool;
    this.locals.replaceChildren(...locals.list.map((layer) => this.localRow(layer)));
    if (locals.list.length) this.files?.setAttribute("open", "");
  }

  /** @param {import("./locals.js").LocalLayer} layer */
  localRow(layer) {
    const { locals } = this.tool;
    const shown = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", checked: layer.shown, change: () => locals.show(layer, shown.checked) }));
    const color = /** @type {HTMLInputElement} */ (el("input", { type: "color", value: layer.color, "aria-label": t("measure_color"), input: () => locals.paint(layer, color.value) }));
    return el(
      "li",
      { class: "drawing local" },
      el("div", { class: "local-head" }, color, el("label", {}, shown, el("span", { class: "drawing-title" }, layer.name)), el("span", { class: "drawing-measure" }, t("count", { count: layer.items.length }))),
      ...layer.notes.map((note) => el("p", { class: "hint" }, note)),
      el("div", { class: "measure-links" }, el("button", { type: "button", class: "link", click: () => locals.zoomTo(layer) }, t("measure_zoom")), el("button", { type: "button", class: "link", click: () => locals.remove(layer) }, t("measure_remove"))),
    );
  }

  unitsField() {
    this.units.addEventListener("change", () => this.tool.useUnits(/** @type {any} */ (this.units.value)));
    return el("label", { class: "measure-field measure-units" }, el("span", {}, t("measure_units")), this.units);
  }
}
