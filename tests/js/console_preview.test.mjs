// The record of a call that still rings: filled with what is known, and with nothing that is guessed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { placeOf, previewOf } from "../../hotline/web/static/js/operators/preview.js";

const CALL = { call_id: 4, node: "n", linkedid: "n-1.1", number_shown: "138****8000", arrived_at: "x", line: { id: "main" },
  region: "北京市 中国移动", subject: "售后服务" };

test("number, region and the category of the menu choice are there before the call is answered", () => {
  const form = previewOf(CALL, null, { 售后服务: "service" });
  assert.deepEqual([form.callback_number, form.region, form.category], ["138****8000", "北京市", "service"]);
  assert.deepEqual([form.id, form.may_write, form.done_at], [null, false, null]);
});

test("one customer of the number gives the name, several give none", () => {
  const named = (...names) => previewOf(CALL, { customers: names.map((name, id) => ({ id, name })) }, {}).caller_name;
  assert.equal(named("王建国"), "王建国");
  assert.equal(named("王建国", "李梅"), "");
  assert.equal(named(), "");
});

test("a menu choice without a category leaves it open", () => {
  assert.equal(previewOf(CALL, null, {}).category, "");
});

test("a place is told without the carrier", () => {
  assert.deepEqual(["北京市 中国移动", "广东省深圳市", "", null].map(placeOf), ["北京市", "广东省深圳市", "", ""]);
});
