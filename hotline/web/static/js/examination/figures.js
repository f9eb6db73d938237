// The charts of the page of figures: drawn by ECharts on canvas, in the theme's colours; a click opens the calls behind.
import { $, $$, pageData } from "../operators/dom.js";
import { addressOf, barsOption, heightOf, operatorsOption, weeksOption } from "./chart_options.js";

/**
 * @typedef {object} Chart
 * @property {object[]} rows
 * @property {number} perRow in pixels
 * @property {(colours: Page.Colours) => import("echarts").EChartsCoreOption} option
 */
/** @typedef {ReturnType<typeof window.echarts.init>} Instance */

/** @type {Page.QualityData} */
const data = pageData("quality-data");
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @returns {Page.Colours} */
function colours() {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const of = (name) => style.getPropertyValue(name).trim();
  return {
    text: getComputedStyle(document.body).color, line: of("--lane-ground"), ground: getComputedStyle($(".quality-chart-card")).backgroundColor,
    first: of("--tblr-primary"), second: of("--bar-talk"), third: of("--bar-ring"), bad: of("--bar-slow"),
  };
}

/** @type {Record<string, Chart>} */
const charts = {
  weeks: { rows: data.weeks, perRow: 0, option: (c) => weeksOption(data.weeks, c, data.words, !still) },
  operators: { rows: data.operators, perRow: 34, option: (c) => operatorsOption(data.operators, c, data.words, !still) },
  rules: { rows: data.rules, perRow: 26, option: (c) => barsOption(data.rules, data.words.breaches, c.bad, 0, c, !still) },
  items: { rows: data.items, perRow: 26, option: (c) => barsOption(data.items, data.words.percent, c.second, 100, c, !still) },
};

/** @param {HTMLElement} place @param {Chart} chart */
function draw(place, chart) {
  if (!chart.rows.length) {
    place.textContent = data.words.none;
    place.classList.add("text-secondary");
    return null;
  }
  place.style.height = `${heightOf(chart.rows.length, chart.perRow)}px`;
  const made = window.echarts.init(place, null, { renderer: "canvas" });
  made.setOption(chart.option(colours()));
  made.on("click", (params) => {
    const address = addressOf(params);
    if (address) window.location.assign(address);
  });
  return made;
}

/** @type {{ made: Instance, chart: Chart, place: HTMLElement }[]} */
const drawn = [];
for (const place of $$("[data-chart]")) {
  const chart = charts[place.dataset.chart ?? ""];
  const made = draw(place, chart);
  if (made) drawn.push({ made, chart, place });
}

new ResizeObserver(() => drawn.forEach(({ made }) => made.resize())).observe($(".quality-charts"));
new MutationObserver(() => drawn.forEach(({ made, chart }) => made.setOption(chart.option(colours()))))
  .observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
document.documentElement.dataset.charts = "drawn";
