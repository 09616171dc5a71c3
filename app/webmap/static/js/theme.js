// Light or dark colours: what the system asks for, until the button says otherwise.
import { t } from "./config.js";
import { byId, el, svg } from "./dom.js";
import { keep, recalled } from "./kept.js";

const KEY = "yuantu.theme";
const DARK = matchMedia("(prefers-color-scheme: dark)");
const ICONS = {
  dark: ["M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"],
  light: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2"],
};

/** Whether the map is dark now. */
export function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

/** Bind the button of the header. */
export function theme() {
  const button = byId("theme");
  const wanted = () => (recalled(KEY) ?? (DARK.matches ? "dark" : "light")) === "dark";
  const apply = (dark = wanted()) => {
    const link = /** @type {HTMLLinkElement} */ (byId("dark"));
    link.media = dark ? "screen" : "not all"; // paper is white
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    const offered = dark ? "light" : "dark";
    const picture = svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, ...ICONS[offered].map((d) => svg("path", { d })));
    button.replaceChildren(picture, el("span", { class: "hidden-text" }, t(`theme_${offered}`)));
    button.title = t(`theme_${offered}`);
    document.dispatchEvent(new CustomEvent("theme-changed", { detail: { dark } }));
  };
  button.addEventListener("click", () => {
    const dark = !wanted();
    // What agrees with the system follows it again.
    keep(KEY, dark === DARK.matches ? null : dark ? "dark" : "light");
    apply(dark);
  });
  DARK.addEventListener("change", () => apply());
  // Paper is white, and so are the colours that go with it.
  addEventListener("beforeprint", () => isDark() && apply(false));
  addEventListener("afterprint", () => apply());
  apply();
}
