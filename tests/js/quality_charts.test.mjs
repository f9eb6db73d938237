// What the charts of quality are told to show, and the weights of a score form.
import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, barsOption, heightOf, operatorsOption, short, weeksOption } from "../../hotline/web/static/js/examination/chart_options.js";
import { isFull, numbered, sumOf } from "../../hotline/web/static/js/quality/weights.js";

const COLOURS = { text: "#111", line: "#ccc", ground: "#fff", first: "#00f", second: "#0a0", third: "#fa0", bad: "#f00" };
const WORDS = { automatic: "自动评分", examined: "人工评分", passed: "合格率", breaches: "违规", percent: "得分率" };
const WEEK = { name: "2026-W47", automatic: 80, examined: null, passed: 50, automatic_url: "/a", examined_url: "/e", passed_url: "/p" };

test("a point carries the address of its calls, and none where there is no figure", () => {
  const { series } = weeksOption([WEEK], COLOURS, WORDS);
  assert.deepEqual(series.map((each) => each.data[0]), [
    { value: 80, url: "/a" }, { value: null, url: "" }, { value: 50, url: "/p" }]);
});

test("tooltips are rich text on canvas: nothing of a name becomes markup", () => {
  for (const option of [weeksOption([WEEK], COLOURS, WORDS), operatorsOption([WEEK], COLOURS, WORDS), barsOption([], "x", "#f00", 0, COLOURS)]) {
    assert.equal(option.tooltip.renderMode, "richText");
  }
});

test("scores go to 100, counts as far as they go in whole steps", () => {
  assert.equal(operatorsOption([WEEK], COLOURS, WORDS).xAxis.max, 100);
  const counts = barsOption([{ name: "C5", value: 3, url: "/c" }], "x", "#f00", 0, COLOURS).xAxis;
  assert.equal(counts.max, undefined);
  assert.equal(counts.minInterval, 1);
});

test("a click leads to addresses of our own alone", () => {
  assert.equal(addressOf({ data: { url: "/quality/calls?rule=C5" } }), "/quality/calls?rule=C5");
  for (const params of [null, {}, { data: null }, { data: { url: "" } }, { data: { url: "//elsewhere" } }, { data: { url: "javascript:x" } }, { data: { url: 5 } }]) {
    assert.equal(addressOf(params), "");
  }
});

test("long names are cut between characters, emoji too", () => {
  assert.equal(short("赵敏 1001"), "赵敏 1001");
  assert.equal(Array.from(short("🎉".repeat(40))).length, 14);
});

test("charts grow with their bars", () => {
  assert.equal(heightOf(1, 34), 272);
  assert.equal(heightOf(30, 34), 1090);
});

test("weights are summed as the server sums them", () => {
  assert.equal(sumOf(["40", " 59.9 ", "0.1"]), 100);
  assert.equal(sumOf(["", "-5", "1e2", "NaN", "10"]), 10);
  assert.ok(isFull(sumOf(["33.3", "33.3", "33.4"])));
  assert.ok(!isFull(99.9));
});

test("a new row's fields have a number of their own", () => {
  assert.equal(numbered("item-N-name", 7), "item-7-name");
  assert.equal(numbered("csrf_token", 7), "csrf_token");
});
