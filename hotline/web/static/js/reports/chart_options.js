// What the chart of a report shows, as ECharts wants it. Pure: data and colours in, options out. Text is drawn on canvas
// and in tooltips of rich text, so that nothing of it becomes markup or style.
import { base, legend, nameAxis, valueAxis } from "../examination/chart_options.js";

/** So many parts lie side by side; more of them go down the page as bars. */
const SIDE_BY_SIDE = 12;

/** @param {Page.ReportData} data */
export function liesDown(data) {
  return !data.over_time && data.names.length > SIDE_BY_SIDE;
}

/**
 * @param {Page.ReportData} data
 * @param {string[]} colours one a series
 * @param {Page.Colours} theme
 * @param {boolean} [animation]
 */
export function reportOption(data, colours, theme, animation = true) {
  const down = liesDown(data);
  const names = nameAxis(theme, data.names, down);
  const values = { ...valueAxis(theme, data.most), name: data.unit, nameTextStyle: { color: theme.text } };
  const line = data.over_time && !data.stacked;
  return {
    ...base(theme, animation),
    tooltip: { ...base(theme, animation).tooltip, trigger: "axis" },
    grid: { left: down ? 130 : 52, right: 20, top: 24 + 22 * Math.ceil(data.series.length / 3), bottom: 28 },
    legend: { ...legend(theme, data.series.map((each) => each.name)), left: 0, type: "plain" },
    xAxis: down ? values : names,
    yAxis: down ? names : values,
    series: data.series.map((each, place) => ({
      name: each.name, type: line ? "line" : "bar", color: colours[place % colours.length], data: each.values,
      ...(line ? { symbol: ["circle", "diamond", "triangle", "rect"][place % 4], symbolSize: 7, connectNulls: false, lineStyle: { type: ["solid", "dashed", "dotted"][place % 3] } } : { barMaxWidth: 28 }),
      ...(data.stacked ? { stack: "all" } : {}),
    })),
  };
}
