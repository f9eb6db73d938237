// Keys for everything frequent, which never get in the way of typing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { KEYS, actionOf, isTyping } from "../../hotline/web/static/js/operators/keys.js";
import { STAGES, stageOf } from "../../hotline/web/static/js/operators/stage.js";
import { learn, t } from "../../hotline/web/static/js/operators/words.js";

const press = (key, more = {}) => ({ key, code: "", ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more });

test("answer, hold, mute, transfer and hang up work also while somebody types", () => {
  const pressed = ["F2", "F4", "F8", "F7", "F9"].map((key) => actionOf(press(key), true));
  assert.deepEqual(pressed, ["answer", "hold", "mute", "transfer", "hang_up"]);
});

test("ready has a key of its own, beside that of the states", () => {
  assert.deepEqual([actionOf(press("F6"), true), actionOf(press("F6", { shiftKey: true }), true)], ["state", "ready"]);
});

test("a slash and a question mark are text in a field, and keys elsewhere", () => {
  for (const [key, action] of [["/", "cards"], ["?", "help"]]) {
    assert.equal(actionOf(press(key), true), null);
    assert.equal(actionOf(press(key, { shiftKey: key === "?" }), false), action);
  }
});

test("letters are keys only with Ctrl or Alt, by their place, so that other keyboards have them too", () => {
  assert.equal(actionOf(press("s", { code: "KeyS" }), true), null);
  assert.equal(actionOf(press("s", { code: "KeyS", ctrlKey: true }), true), "save");
  assert.equal(actionOf(press("ы", { code: "KeyS", ctrlKey: true }), true), "save");
  assert.equal(actionOf(press("˜", { code: "KeyN", altKey: true }), true), "next_record");
  assert.equal(actionOf(press("Enter", { ctrlKey: true }), true), "done");
  assert.equal(actionOf(press("Enter"), true), null);
});

test("while characters are being composed every key belongs to them", () => {
  assert.equal(actionOf(press("F2", { isComposing: true }), true), null);
});

test("a key that is held down acts once", () => {
  assert.equal(actionOf(press("F9", { repeat: true }), false), null);
});

test("other modifiers make it another key", () => {
  assert.equal(actionOf(press("F9", { ctrlKey: true }), false), null);
  assert.equal(actionOf(press("F8", { shiftKey: true }), false), "pause_recording");
});

test("no key means two things", () => {
  const seen = KEYS.map((known) => [known.key ?? known.code, known.ctrl, known.alt, known.shift].join());
  assert.equal(new Set(seen).size, seen.length);
});

test("where typing goes into the page is known", () => {
  const element = (tagName, type = "") => ({ tagName, type });
  assert.equal(isTyping(element("TEXTAREA")), true);
  assert.equal(isTyping(element("INPUT", "search")), true);
  assert.equal(isTyping(element("DIV")), false);
  assert.equal(isTyping(element("INPUT", "checkbox")), false);
  assert.equal(isTyping({ tagName: "DIV", isContentEditable: true }), true);
  assert.equal(isTyping(null), false);
});

test("C10: the words beside the call follow its stage", () => {
  const stage = (mine, more = {}) => stageOf({ mine, talkSeconds: 60, transferring: false, closing: false, ...more });
  assert.equal(stage(undefined), "greeting");
  assert.equal(stage("ringing"), "greeting");
  assert.equal(stage("talking", { talkSeconds: 3 }), "greeting");
  assert.equal(stage("talking"), "enquiry");
  assert.equal(stage("holding"), "hold");
  assert.equal(stage("holding", { transferring: true }), "transfer");
  assert.equal(stage("talking", { closing: true }), "closing");
  assert.equal(stage("ended"), "closing");
  assert.equal(STAGES.length, 5);
});

test("words are filled in, and what others wrote is never taken for a place to fill", () => {
  learn({ hello: "%(who)s rings, %(who)s waits" });
  assert.equal(t("hello", { who: "%(x)s $& <b>" }), "%(x)s $& <b> rings, %(x)s $& <b> waits");
  assert.equal(t("hello"), "%(who)s rings, %(who)s waits");
  assert.equal(t("unknown.key"), "unknown.key");
});
