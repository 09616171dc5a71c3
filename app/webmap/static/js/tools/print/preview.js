// The sheet as it will be on paper, in a dialog; browsers can print it from there.
import { config, t } from "../../config.js";
import { el } from "../../dom.js";
import { division, PX_PER_MM } from "../../paper.js";

const ROOM = 0.9; // of the window
const HEAD = 96; // pixels of the dialog that are not paper

/**
 * @param {string} query
 * @param {{paper: string, orientation: string}} choices
 * @param {(format: "pdf"|"png") => void} take
 */
export function preview(query, { paper, orientation }, take) {
  const [width, height] = division(paper, orientation).size.map((side) => side * PX_PER_MM);
  const frame = /** @type {HTMLIFrameElement} */ (el("iframe", { class: "print-sheet", title: t("print_preview"), src: `${config.root}/print${query}` }));
  const waiting = el("p", { class: "print-waiting", role: "status" }, el("span", { class: "spinner" }), t("print_drawing"));
  const print = el("button", { type: "button", class: "button button-main", disabled: true, click: () => frame.contentWindow?.print() }, t("print_browser"));
  const close = el("button", { type: "button", class: "panel-close", "aria-label": t("close"), click: () => dialog.close() }, "×");
  const files = /** @type {const} */ (["pdf", "png"]).map((format) => el("button", { type: "button", class: "button", click: () => (dialog.close(), take(format)) }, t(`print_${format}`)));
  const paperBox = el("div", { class: "print-paper" }, frame, waiting);
  const dialog = /** @type {HTMLDialogElement} */ (
    el(
      "dialog",
      { class: "share print-dialog", "aria-labelledby": "print-preview-title" },
      el("div", { class: "dock-head" }, el("h2", { id: "print-preview-title" }, t("print_preview")), close),
      paperBox,
      el("div", { class: "print-buttons" }, print, ...files),
    )
  );
  const scale = () => {
    const factor = Math.min(1, (innerWidth * ROOM) / width, (innerHeight * ROOM - HEAD) / height);
    Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${factor})` });
    Object.assign(paperBox.style, { width: `${width * factor}px`, height: `${height * factor}px` });
  };
  const ready = () => {
    const { dataset } = frame.contentDocument?.documentElement ?? {};
    if (!dataset?.ready) return;
    clearInterval(timer);
    const faults = [...JSON.parse(dataset.wrong ?? "[]"), ...JSON.parse(dataset.faults ?? "[]")];
    if (faults.length) waiting.replaceChildren(el("span", { class: "fault" }, faults.join(" ")));
    else waiting.remove();
    print.toggleAttribute("disabled", false);
  };
  const failed = () => {
    // A refusal is no sheet, and never becomes ready.
    if (frame.contentDocument?.querySelector(".on-sheet")) return;
    clearInterval(timer);
    waiting.replaceChildren(el("span", { class: "fault" }, t("print_no_preview")));
  };
  const timer = setInterval(ready, 100);
  frame.addEventListener("load", failed);
  addEventListener("resize", scale);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    clearInterval(timer);
    removeEventListener("resize", scale);
    dialog.remove();
  });
  scale();
  document.body.append(dialog);
  dialog.showModal();
}
