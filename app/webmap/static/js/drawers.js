// On a narrow screen the layer tree is a drawer. Escape closes what is open, the last first.
import { byId } from "./dom.js";

const NARROW = matchMedia("(max-width: 760px)");

/**
 * @param {import("./panel.js").Panel} panel
 * @param {import("./tools.js").Tools} tools
 * @returns {() => void} closes the drawer
 */
export function drawers(panel, tools) {
  const [button, tree, close] = [byId("open-layers"), byId("layers"), byId("close-layers")];
  let open = false;
  /** @param {boolean} wanted */
  const set = (wanted) => {
    const changed = wanted !== open;
    open = wanted;
    tree.classList.toggle("tree-open", open);
    tree.inert = NARROW.matches && !open;
    button.setAttribute("aria-expanded", String(open));
    if (changed && NARROW.matches) (open ? close : button).focus();
  };
  button.addEventListener("click", () => set(!open));
  close.addEventListener("click", () => set(false));
  byId("stage").addEventListener("pointerdown", () => open && set(false));
  NARROW.addEventListener("change", () => set(false));
  set(false);
  // On the window, so that a tool on the document can take the key for itself (preventDefault).
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (open) set(false);
    else if (panel.isOpen) panel.close();
    else tools.closeTop();
  });
  return () => set(false);
}
