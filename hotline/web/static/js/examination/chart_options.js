// What the charts show, as ECharts wants it. Pure: rows, colours and words in, options out. Text is drawn on canvas and
// in tooltips of rich text, so that nothing of it becomes markup or style.

const LONGEST_NAME = 14;

/**
 * @param {Page.Colours} colours
 * @param {boolean} animation
 */
export function base(colours, animation) {
  return {
    animation,
    textStyle: { color: colours.text, fontFamily: "inherit" },
    tooltip: { renderMode: "richText", trigger: "item", backgroundColor: colours.ground, borderColor: colours.line, textStyle: { color: colours.text }, confine: true },
    aria: { enabled: false },
    backgroundColor: "transparent",
  };
}

/** @param {string} name */
export function short(name) {
  const letters = Array.from(name);
  return letters.length > LONGEST_NAME ? letters.slice(0, LONGEST_NAME - 1).join("") + "…" : name;
}

/** @param {Page.Colours} colours @param {number} most */
export function valueAxis(colours, most) {
  return {
    type: "value", min: 0, ...(most ? { max: most } : { minInterval: 1 }),
    axisLabel: { color: colours.text }, splitLine: { lineStyle: { color: colours.line } },
  };
}

/** @param {Page.Colours} colours @param {string[]} names @param {boolean} inverse */
export function nameAxis(colours, names, inverse) {
  return {
    type: "category", data: names, inverse, axisTick: { show: false },
    axisLabel: { color: colours.text, formatter: short, hideOverlap: true }, axisLine: { lineStyle: { color: colours.line } },
  };
}

/** @param {number | null | undefined} value @param {string} url */
const point = (value, url) => ({ value: value ?? null, url: value === null || value === undefined ? "" : url });

/** @param {Page.Colours} colours @param {string[]} names */
export function legend(colours, names) {
  return { data: names, top: 0, right: 0, textStyle: { color: colours.text }, itemHeight: 10, itemWidth: 16, selectedMode: false };
}

/**
 * @param {Page.WeekRow[]} rows
 * @param {Page.Colours} colours
 * @param {Page.QualityData["words"]} words
 * @param {boolean} [animation]
 */
export function weeksOption(rows, colours, words, animation = true) {
  /**
   * @param {string} name
   * @param {"automatic" | "examined" | "passed"} key
   * @param {string} colour
   * @param {object} [more]
   */
  const line = (name, key, colour, more = {}) => ({
    name, type: "line", symbol: "circle", symbolSize: 9, connectNulls: true, color: colour, cursor: "pointer",
    data: rows.map((row) => point(row[key], row[`${key}_url`])), ...more,
  });
  return {
    ...base(colours, animation),
    grid: { left: 40, right: 16, top: 34, bottom: 26 },
    legend: legend(colours, [words.automatic, words.examined, words.passed]),
    xAxis: nameAxis(colours, rows.map((row) => row.name), false),
    yAxis: valueAxis(colours, 100),
    series: [
      line(words.automatic, "automatic", colours.first),
      line(words.examined, "examined", colours.second),
      line(words.passed, "passed", colours.third, { lineStyle: { type: "dashed" }, symbol: "diamond" }),
    ],
  };
}

/**
 * @param {Page.ChartRow[]} rows
 * @param {Page.Colours} colours
 * @param {Page.QualityData["words"]} words
 * @param {boolean} [animation]
 */
export function operatorsOption(rows, colours, words, animation = true) {
  /** @param {string} name @param {"automatic" | "examined"} key @param {string} colour */
  const bars = (name, key, colour) => ({
    name, type: "bar", color: colour, barMaxWidth: 14, cursor: "pointer", barGap: "10%",
    data: rows.map((row) => point(row[key], row[`${key}_url`])),
  });
  return {
    ...base(colours, animation),
    grid: { left: 120, right: 24, top: 34, bottom: 24 },
    legend: legend(colours, [words.automatic, words.examined]),
    xAxis: valueAxis(colours, 100),
    yAxis: nameAxis(colours, rows.map((row) => row.name), true),
    series: [bars(words.automatic, "automatic", colours.first), bars(words.examined, "examined", colours.second)],
  };
}

/**
 * Bars of one value each; `most` 0: as long as the largest.
 * @param {Page.BarRow[]} rows
 * @param {string} name
 * @param {string} colour
 * @param {number} most
 * @param {Page.Colours} colours
 * @param {boolean} [animation]
 */
export function barsOption(rows, name, colour, most, colours, animation = true) {
  return {
    ...base(colours, animation),
    grid: { left: 160, right: 40, top: 8, bottom: 24 },
    xAxis: valueAxis(colours, most),
    yAxis: nameAxis(colours, rows.map((row) => row.name), true),
    series: [{
      name, type: "bar", color: colour, barMaxWidth: 16, cursor: "pointer",
      label: { show: true, position: "right", color: colours.text },
      data: rows.map((row) => point(row.value, row.url)),
    }],
  };
}

/**
 * In pixels: bars stay thick enough to be told apart and hit.
 * @param {number} rows
 * @param {number} perRow
 */
export function heightOf(rows, perRow) {
  return Math.max(272, rows * perRow + 70);
}

/**
 * Where a click leads; "" nowhere. Own addresses alone.
 * @param {unknown} params
 */
export function addressOf(params) {
  const { data } = /** @type {{ data?: { url?: unknown } | null }} */ (params ?? {});
  const url = data?.url;
  return typeof url === "string" && url.startsWith("/") && !url.startsWith("//") ? url : "";
}
