// How charts look: colours from the style sheet, and what all charts have in common.
import { number } from "../../format.js";

/** @typedef {{ink: string, soft: string, line: string, paper: string, font: string, series: string[], muted: string}} Look */

/**
 * The colours of the page as they are now; a canvas does not follow the style sheet by itself.
 * @param {Element} root
 * @returns {Look}
 */
export function lookOf(root) {
  const style = getComputedStyle(root);
  const value = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    ink: value("--ink"),
    soft: value("--ink-soft"),
    line: value("--line"),
    paper: value("--paper"),
    font: style.fontFamily,
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((place) => value(`--chart-${place}`)),
    muted: value("--chart-muted"),
  };
}

/**
 * A bar that is lit has its colour, the others fade; without a lit one, all have theirs.
 * @param {string} color `#rrggbb`
 * @param {boolean} faded
 */
export function shade(color, faded) {
  return faded ? `${color}40` : color;
}

/**
 * A scale of numbers.
 * @param {Look} look
 * @param {object} [more]
 */
export function numbers(look, more = {}) {
  return {
    beginAtZero: true,
    grid: { color: look.line },
    border: { color: look.line },
    ticks: { color: look.soft, font: { family: look.font, size: 12 }, maxTicksLimit: 6, callback: (/** @type {number} */ value) => number(value) },
    ...more,
  };
}

/**
 * A scale of names.
 * @param {Look} look
 * @param {object} [more]
 */
export function categories(look, more = {}) {
  return {
    grid: { display: false },
    border: { color: look.line },
    ticks: { color: look.ink, font: { family: look.font, size: 12 }, autoSkip: false },
    ...more,
  };
}

/**
 * @param {Look} look
 * @param {string} title
 */
export function axisTitle(look, title) {
  return { display: true, text: title, color: look.soft, font: { family: look.font, size: 12 }, padding: 2 };
}

/**
 * What all charts have in common.
 * @param {Look} look
 * @param {{pick: (event: any, chart: any) => void, legend: boolean, tooltip?: object}} how
 */
export function common(look, { pick, legend, tooltip = {} }) {
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    locale: undefined,
    onClick: (/** @type {any} */ event, /** @type {any} */ _, /** @type {any} */ chart) => pick(event, chart),
    onHover: (/** @type {any} */ event, /** @type {any[]} */ found) => {
      const canvas = event.native?.target;
      if (canvas) canvas.style.cursor = found.length ? "pointer" : "default";
    },
    plugins: {
      legend: { display: legend, position: "bottom", align: "start", onClick: null, labels: { color: look.ink, boxWidth: 12, boxHeight: 12, padding: 10, font: { family: look.font, size: 12 } } },
      tooltip: { titleFont: { family: look.font }, bodyFont: { family: look.font }, ...tooltip },
    },
  };
}

/**
 * What was clicked: a bar, or the line of a name beside the bars. Null: neither.
 * @param {any} event
 * @param {any} chart
 * @param {"x"|"y"} axis the axis of the names
 * @returns {{index: number, series: number|null}|null}
 */
export function clicked(event, chart, axis) {
  const [bar] = chart.getElementsAtEventForMode(event, "nearest", { intersect: true }, false);
  if (bar) return { index: bar.index, series: bar.datasetIndex };
  const scale = chart.scales[axis];
  const at = event[axis];
  if (at < (axis === "y" ? scale.top : scale.left) || at > (axis === "y" ? scale.bottom : scale.right)) return null;
  const index = Math.round(scale.getValueForPixel(at));
  return index >= 0 && index < chart.data.labels.length ? { index, series: null } : null;
}
