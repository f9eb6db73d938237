// One rule over time, as ECharts wants it: the share kept as a line, breaches as bars. Pure.

/**
 * @param {Page.RuleData} data
 * @param {Page.Colours} colours
 * @param {boolean} animation
 */
export function ruleOption(data, colours, animation) {
  const { rows, words } = data;
  const split = { lineStyle: { color: colours.line } }, label = { color: colours.text };
  const limit = (/** @type {number} */ at) => ({ yAxis: at, label: { show: false }, lineStyle: { color: colours.bad, type: "dashed" } });
  return {
    animation, backgroundColor: "transparent", aria: { enabled: false },
    textStyle: { color: colours.text, fontFamily: "inherit" },
    tooltip: { renderMode: "richText", trigger: "axis", backgroundColor: colours.ground, borderColor: colours.line, textStyle: label, confine: true },
    grid: { left: 44, right: 44, top: 34, bottom: 26 },
    legend: { data: [words.rate, words.broken], top: 0, right: 0, textStyle: label, selectedMode: false },
    xAxis: { type: "category", data: rows.map((row) => row.name), axisLabel: { ...label, hideOverlap: true }, axisLine: split },
    yAxis: [
      { type: "value", max: 100, scale: true, axisLabel: label, splitLine: split },
      { type: "value", min: 0, minInterval: 1, axisLabel: label, splitLine: { show: false } },
    ],
    series: [
      { name: words.broken, type: "bar", yAxisIndex: 1, color: colours.third, barMaxWidth: 18, data: rows.map((row) => row.broken) },
      {
        name: words.rate, type: "line", color: colours.first, symbol: "circle", symbolSize: 7, connectNulls: true, z: 3,
        data: rows.map((row) => row.rate), markLine: { symbol: "none", silent: true, data: [limit(data.yellow), limit(data.red)] },
      },
    ],
  };
}
