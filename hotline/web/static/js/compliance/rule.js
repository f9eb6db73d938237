// The chart of one rule's page, drawn by ECharts on canvas in the theme's colours.
import { $, pageData } from "../operators/dom.js";
import { ruleOption } from "./chart.js";

/** @type {Page.RuleData} */
const data = pageData("rule-data");
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {HTMLElement} place @returns {Page.Colours} */
function colours(place) {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const of = (name) => style.getPropertyValue(name).trim();
  return {
    text: getComputedStyle(document.body).color, line: of("--lane-ground"), ground: getComputedStyle(/** @type {HTMLElement} */ (place.parentElement)).backgroundColor,
    first: of("--tblr-primary"), second: of("--bar-talk"), third: of("--bar-ring"), bad: of("--bar-slow"),
  };
}

if (data.rows.length) {
  const place = $("#rule-chart");
  const made = window.echarts.init(place, null, { renderer: "canvas" });
  const draw = () => made.setOption(ruleOption(data, colours(place), !still));
  draw();
  new ResizeObserver(() => made.resize()).observe(place);
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
}
document.documentElement.dataset.charts = "drawn";
