// What a layer is: documents, status, accuracy, number of features, CRS, version; and how to take it along.
import { config, t } from "./config.js";
import { allDocuments, periodText } from "./documents.js";
import { el } from "./dom.js";
import { addressInText } from "./evidence.js";
import { number } from "./format.js";

/** @typedef {import("./facts.js").Facts} Facts */

/**
 * @param {import("./layer.js").RemoteLayer} layer
 * @param {Facts} facts
 * @returns {HTMLElement}
 */
export function metadata(layer, facts) {
  const { definition } = layer;
  /** @type {[string, (Node|string)[]][]} */
  const rows = [
    ["status", [t(`status_${definition.status}_long`)]],
    ["documents", facts.documents.map(document)],
    ["accuracy", [accuracy(facts.accuracy_m)]],
    ["feature_count", [number(facts.count)]],
    ["crs", [t("crs_text")]],
    ["data_version", [el("code", {}, facts.data_version)]],
    ["downloads", [downloads(facts)]],
    ["service", [address(layer)]],
  ];
  const told = rows.filter(([, values]) => values.length);
  return el("dl", { class: "entry-facts" }, ...told.map(([key, values]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, ...values))));
}

/** @param {Facts["documents"][number]} one */
function document({ id, title_zh, title_en, issuer_zh, issued_on }) {
  const english = config.language === "en" && title_en !== title_zh ? el("span", {}, title_en) : null;
  const origin = [issuer_zh, issued_on].filter(Boolean).join(t("list"));
  const [title, href] = [`《${title_zh.replace(/^《|》$/g, "")}》`, addressInText(id)];
  const name = href ? el("a", { lang: "zh-CN", href, target: "_blank", rel: "noopener" }, title) : el("span", { lang: "zh-CN" }, title);
  const years = el("small", { class: "period" });
  void period(id).then((text) => (text ? (years.textContent = text) : years.remove()));
  return el("p", { class: "entry-document" }, english, name, el("small", { lang: "zh-CN" }, origin), years);
}

/**
 * The years that a document plans for, where they can be had.
 * @param {string} id
 */
async function period(id) {
  try {
    return periodText((await allDocuments()).get(id)?.planned);
  } catch {
    return null;
  }
}

/** @param {Facts["accuracy_m"]} range */
function accuracy(range) {
  if (!range) return t("accuracy_unknown");
  const [best, worst] = range.map((metres) => number(metres));
  return best === worst ? t("accuracy_one", { best }) : t("accuracy_range", { best, worst });
}

/** @param {Facts} facts */
function downloads(facts) {
  const links = facts.downloads.map(({ href, format, title }) => el("a", { href: config.root + href, download: true, title: title[config.language] }, format));
  return el("span", { class: "entry-downloads" }, ...links);
}

/**
 * The address that GIS programs take, to copy.
 * @param {import("./layer.js").RemoteLayer} layer
 */
function address(layer) {
  const { title } = layer.definition;
  const field = /** @type {HTMLInputElement} */ (el("input", { type: "text", readonly: true, value: layer.collection, "aria-label": t("service_of", { name: title }), focus: () => field.select() }));
  const said = el("span", { class: "entry-copied", role: "status" });
  const copy = el("button", { type: "button", class: "entry-button" }, t("copy"));
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(layer.collection);
      said.textContent = t("copied");
    } catch {
      // Without the permission, or without https: the address is selected for the keys that copy.
      field.select();
      said.textContent = t("copy_by_hand");
    }
  });
  return el("span", { class: "entry-address" }, field, copy, said, el("small", {}, t("service_hint")));
}
