// Files dropped on the map are opened by the tool that measures and draws. They stay in the browser.
import { byId } from "./dom.js";

/** @param {import("./tools.js").Tools} tools */
export function acceptFiles(tools) {
  const stage = byId("stage");
  if (!tools.entries.has("measure")) return;
  /** @param {DragEvent} event */
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  for (const name of ["dragenter", "dragover"]) {
    stage.addEventListener(name, (event) => {
      if (!hasFiles(/** @type {DragEvent} */ (event))) return;
      event.preventDefault();
      stage.classList.add("dropping");
    });
  }
  stage.addEventListener("dragleave", (event) => {
    if (!stage.contains(/** @type {Node|null} */ (event.relatedTarget))) stage.classList.remove("dropping");
  });
  stage.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    stage.classList.remove("dropping");
    void tools.open("measure", { files: [...(event.dataTransfer?.files ?? [])] });
  });
}
