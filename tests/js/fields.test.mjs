// Days in words, and faults of fields, in the language of the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { differ, faultWords, momentWords } from "../../hotline/web/static/js/kit/fields.js";

test("a day is said by its words, so that March is no April", () => {
  assert.match(momentWords("2026-03-04", "zh-CN"), /^2026年3月4日/);
  assert.match(momentWords("2026-03-04", "zh-CN"), /三/);
  assert.match(momentWords("2026-03-04", "en"), /March/);
  assert.match(momentWords("2026-03-04", "en"), /Wed/);
});

test("a time has 24 hours, midnight too", () => {
  assert.equal(momentWords("09:30", "zh-CN"), "09:30");
  assert.equal(momentWords("21:05:30", "en"), "21:05");
  assert.match(momentWords("2026-12-31T00:00", "zh-CN"), /2026年12月31日.*00:00$/);
});

test("what is no moment has no words", () => {
  for (const value of ["", "T", "tomorrow"]) assert.equal(momentWords(value, "zh-CN"), "");
});

test("a page in the browser's language needs no words", () => {
  assert.equal(differ("zh-CN", "zh-TW"), false);
  assert.equal(differ("en", "en-GB"), false);
  assert.equal(differ("zh-CN", "en-US"), true);
});

test("what is wrong is said by the page, with its bounds", () => {
  const words = { valueMissing: "需要填写", "valueMissing.checkbox": "请勾选", rangeUnderflow: "不早于 {min}", patternMismatch: "格式不对 {title}" };
  assert.equal(faultWords({ validity: { valueMissing: true }, type: "text" }, words), "需要填写");
  assert.equal(faultWords({ validity: { valueMissing: true }, type: "checkbox" }, words), "请勾选");
  assert.equal(faultWords({ validity: { rangeUnderflow: true }, min: "2026-03-04" }, words, (value) => `<${value}>`), "不早于 <2026-03-04>");
  assert.equal(faultWords({ validity: { patternMismatch: true } }, words), "格式不对");
  assert.equal(faultWords({ validity: {} }, words), "");
  assert.equal(faultWords({ validity: { stepMismatch: true } }, words), "");
});
