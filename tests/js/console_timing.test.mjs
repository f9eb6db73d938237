// What the clocks of the console say: A8 (rings), A13 (hold), A10 (long calls), C3 and the wrap-up (countdowns).

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ServerClock, clock, countdown, holdTurn, moment, ringTurn, secondsSince, talkTurn,
} from "../../hotline/web/static/js/operators/timing.js";

const START = "2026-11-16T02:30:00Z";
const at = (seconds) => Date.parse(START) + seconds * 1000;
const rings = (rung, waited = rung) => ringTurn({
  since: START, arrivedAt: new Date(at(rung - waited)).toISOString(), now: at(rung), cycleSeconds: 5, answerRings: 3, answerSeconds: 30,
});

test("A8: each ring lasts five seconds, and the first begins at once", () => {
  assert.deepEqual([0, 4.9, 5, 9.9, 10, 15].map((seconds) => rings(seconds).ring), [1, 1, 2, 2, 3, 4]);
});

test("A8: the counter turns amber with the third ring and red after it", () => {
  assert.deepEqual([0, 9.9, 10, 14.9, 15, 60].map((seconds) => rings(seconds).tone), ["calm", "calm", "amber", "amber", "red", "red"]);
});

test("A8: it turns by the caller's wait too, however short the ring is", () => {
  assert.deepEqual([19, 20, 29, 30].map((waited) => rings(1, waited).tone), ["calm", "amber", "amber", "red"]);
});

test("a call that does not ring yet has no ring", () => {
  const turn = ringTurn({ since: null, arrivedAt: START, now: at(3), cycleSeconds: 5, answerRings: 3, answerSeconds: 30 });
  assert.deepEqual([turn.ring, turn.waited, turn.tone], [0, 3, "calm"]);
});

test("A13: attention is asked for at every whole reminder", () => {
  const reminders = [0, 59, 60, 119, 120].map((s) => holdTurn({ since: START, now: at(s), reminderSeconds: 60 }).reminders);
  assert.deepEqual(reminders, [0, 0, 1, 1, 2]);
});

test("A13: reminders of 0 seconds are switched off, not endless", () => {
  assert.equal(holdTurn({ since: START, now: at(500), reminderSeconds: 0 }).reminders, 0);
});

test("A10: warns gently at the first time and plainly at the last", () => {
  const turns = [299, 300, 599, 600].map((s) => talkTurn({ since: START, now: at(s), warnMinutes: [5, 10] }));
  assert.deepEqual(turns.map(({ warned, tone }) => [warned, tone]), [[null, "calm"], [5, "amber"], [5, "amber"], [10, "red"]]);
});

test("A10: without warnings a call is never too long", () => {
  assert.deepEqual(talkTurn({ since: START, now: at(9999), warnMinutes: [] }), { seconds: 9999, warned: null, tone: "calm" });
});

test("C3: the countdown ends after its seconds, not before, and stays ended", () => {
  const until = new Date(at(5)).toISOString();
  const lefts = [0, 0.1, 4.9, 5, 9].map((s) => countdown({ until, now: at(s), total: 5 }));
  assert.deepEqual(lefts.map(({ left, over }) => [left, over]), [[5, false], [5, false], [1, false], [0, true], [0, true]]);
});

test("a countdown of nothing is over at once", () => {
  assert.deepEqual(countdown({ until: null, now: at(0), total: 0 }), { left: 0, share: 1, over: true });
});

test("times are written as people read them", () => {
  assert.deepEqual([0, 7, 65, 3600, 36061].map(clock), ["0:00", "0:07", "1:05", "1:00:00", "10:01:01"]);
  assert.equal(clock(-3), "0:00");
});

test("what is no time counts as none", () => {
  assert.deepEqual(["", null, undefined, "yesterday"].map(moment), [null, null, null, null]);
  assert.equal(secondsSince("nonsense", at(0)), 0);
  assert.equal(secondsSince(START, at(-5)), 0);
});

test("the server's clock is told from this machine's, however wrong that is", () => {
  let local = 1000;
  const shown = new ServerClock(() => local);
  shown.sync(START);
  assert.equal(shown.now(), at(0));
  local += 2500;
  assert.equal(shown.now(), at(2.5));
  shown.sync("nonsense");
  assert.equal(shown.now(), at(2.5));
});
