// Indicators as a chart: the base and the target of each on a scale of its own, with the values as printed.
import { t } from "../../config.js";
import { common, shade } from "./look.js";

/**
 * @typedef {object} Indicator
 * @property {string} id
 * @property {string} name_zh
 * @property {string|null} unit
 * @property {"binding"|"expected"|null} nature
 * @property {number|null} base_year
 * @property {number|null} target_year
 * @property {{text: string|null, value: number|null}} base
 * @property {{text: string|null, value: number|null}} target
 * @property {string} locator
 */

const LINE = 52; // pixels of an indicator: its name, and a bar for each year
const TOP = 8; // pixels above the first name
const BARS = 0.56; // how much of them the two bars take
const ROOM = 1.75; // how much wider than the longest bar the chart is: the printed values stand behind the bars

/**
 * Those of which at least one number is printed.
 * @param {Indicator[]} items
 */
export function drawn(items) {
  return items.filter(({ base, target }) => base.value !== null || target.value !== null);
}

/** @param {Indicator[]} items */
export function heightOf(items) {
  return items.length * LINE + 34 + TOP;
}

/** @param {Indicator} item */
export function titleOf({ name_zh: name, unit }) {
  return unit ? t("statistics_with_unit", { name, unit }) : name;
}

/**
 * What kind of indicator it is, where the document prints that.
 * @param {Indicator} item
 */
export function natureOf({ nature }) {
  return nature ? t(`statistics_nature_${nature}`) : "";
}

/**
 * A value as printed, with its year where the document has one.
 * @param {{text: string|null}} side
 * @param {number|null} year
 */
export function printed({ text }, year) {
  if (text === null) return t("statistics_not_stated");
  return year ? t("statistics_in_year", { text, year }) : text;
}

/**
 * @param {Indicator[]} items
 * @param {import("./look.js").Look} look
 * @param {{pick: (event: any, chart: any) => void, faded: boolean}} how
 */
export function indicatorChart(items, look, { pick, faded }) {
  const scaled = items.map(({ base, target }) => {
    const most = Math.max(Math.abs(base.value ?? 0), Math.abs(target.value ?? 0)) || 1;
    return [base.value, target.value].map((value) => (value === null ? null : value / most));
  });
  const lowest = Math.min(0, ...scaled.flat().map((value) => value ?? 0));
  const series = (/** @type {number} */ place, /** @type {string} */ label, /** @type {string} */ color) => ({
    label,
    data: scaled.map((pair) => pair[place]),
    backgroundColor: shade(color, faded),
  });
  const options = common(look, { pick, legend: true, tooltip: { enabled: false } });
  return {
    type: "bar",
    data: { labels: items.map(titleOf), datasets: [series(0, t("statistics_base"), look.muted), series(1, t("statistics_target"), look.series[0])] },
    options: {
      ...options,
      layout: { padding: { top: TOP } },
      indexAxis: "y",
      datasets: { bar: { categoryPercentage: BARS, barPercentage: 0.82 } },
      scales: {
        x: { display: false, min: lowest, max: ROOM },
        y: { display: false },
      },
    },
    plugins: [{ id: "printed", afterDatasetsDraw: (/** @type {any} */ chart) => write(chart, items, look) }],
  };
}

/**
 * Write the names over the bars and the printed values behind them.
 * @param {any} chart
 * @param {Indicator[]} items
 * @param {import("./look.js").Look} look
 */
function write(chart, items, look) {
  const { ctx, chartArea, scales } = chart;
  const zero = scales.x.getPixelForValue(0);
  ctx.save();
  ctx.textBaseline = "middle";
  items.forEach((item, index) => {
    const middle = scales.y.getPixelForValue(index);
    ctx.fillStyle = look.ink;
    ctx.font = `12px ${look.font}`;
    const title = [titleOf(item), natureOf(item)].filter(Boolean).join(t("dot"));
    ctx.fillText(shortened(ctx, title, chartArea.width), chartArea.left, middle - (LINE * BARS) / 2 - 8);
    [printed(item.base, item.base_year), printed(item.target, item.target_year)].forEach((text, place) => {
      const value = chart.data.datasets[place].data[index];
      const end = value === null ? zero : Math.max(zero, scales.x.getPixelForValue(value));
      ctx.fillStyle = place ? look.ink : look.soft;
      ctx.fillText(shortened(ctx, text, chartArea.right - end - 6), end + 6, middle + (LINE * BARS * (place ? 1 : -1)) / 4);
    });
  });
  ctx.restore();
}

/**
 * @param {any} ctx
 * @param {string} text
 * @param {number} room pixels
 */
function shortened(ctx, text, room) {
  if (ctx.measureText(text).width <= room) return text;
  let short = text;
  while (short && ctx.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short}…`;
}
