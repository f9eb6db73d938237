// The chart of a report: drawn by ECharts on canvas, in the theme's colours. The same stands in the table below.
import { $, $$, pageData } from "../operators/dom.js";
import { liesDown, reportOption } from "./chart_options.js";

/** @type {Page.ReportData} */
const data = pageData("report-data");
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {string} name */
const styled = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @returns {Page.Colours} */
function theme() {
  return {
    text: getComputedStyle(document.body).color, line: styled("--lane-ground"), ground: getComputedStyle($(".report-table")).backgroundColor,
    first: styled("--tblr-primary"), second: styled("--bar-talk"), third: styled("--bar-ring"), bad: styled("--bar-slow"),
  };
}

function colours() {
  return ["--tblr-primary", "--bar-talk", "--bar-ring", "--bar-slow", "--tblr-purple", "--tblr-teal", "--tblr-orange", "--tblr-secondary"].map(styled);
}

for (const place of $$("[data-report-chart]")) {
  if (!data.series.length || !data.names.length) {
    place.textContent = data.none;
    place.classList.add("text-secondary", "is-empty");
    continue;
  }
  if (liesDown(data)) place.style.height = `${data.names.length * 26 + 90}px`;
  const made = window.echarts.init(place, null, { renderer: "canvas" });
  const draw = () => made.setOption(reportOption(data, colours(), theme(), !still));
  draw();
  new ResizeObserver(() => made.resize()).observe(place);
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
}

// A report waits for those that were asked for earlier: said when it takes a moment.
const SAID_AFTER_MS = 1500;
const turn = $("[data-turn]");
let saying = 0;

/** @param {Event} event */
function asked(event) {
  if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
  saying = window.setTimeout(() => (turn.textContent = turn.dataset.turn ?? ""), SAID_AFTER_MS);
}
for (const form of $$("form.filter")) form.addEventListener("submit", asked);
for (const link of $$("a.record-tab")) link.addEventListener("click", asked);
window.addEventListener("pageshow", () => {
  window.clearTimeout(saying);
  turn.textContent = "";
});
document.documentElement.dataset.charts = "drawn";
