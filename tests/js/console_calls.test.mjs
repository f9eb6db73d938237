// Which calls stand on an operator's screen, and as what.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  byId, current, dialled, expired, GONE_SHOWN_SECONDS, isGone, isSpoken, isTalk, ownRing, replaced, withCall, without,
} from "../../hotline/web/static/js/operators/calls.js";
import { consultationOf } from "../../hotline/web/static/js/operators/consultation.js";

const pushed = (id, mine, more = {}) => ({
  call: { call_id: id, arrived_at: `2026-11-16T02:30:0${id}Z`, ringing: [] }, mine, by: null, pop: null, ...more,
});
const states = (entries) => entries.map((entry) => [entry.call.call_id, entry.mine]);

test("two calls at once stand there, the one that came first before the other", () => {
  const entries = withCall(withCall([], pushed(2, "ringing"), 0), pushed(1, "ringing"), 5);
  assert.deepEqual(states(entries), [[1, "ringing"], [2, "ringing"]]);
  assert.equal(current(entries).call.call_id, 1);
});

test("the call that is talked to comes before one that rings", () => {
  const entries = [pushed(1, "ringing"), pushed(2, "talking")].reduce((list, one) => withCall(list, one, 0), []);
  assert.equal(current(entries).call.call_id, 2);
});

test("a call that another took stays in sight with who took it, until it is cleared or a while is over", () => {
  let entries = withCall([], pushed(1, "ringing"), 0);
  entries = withCall(entries, pushed(1, "taken", { by: { name: "钱伟" } }), 1000);
  assert.equal(entries[0].by.name, "钱伟");
  assert.equal(isGone(entries[0]), true);
  assert.equal(current(entries), null);
  assert.equal(expired(entries, 1000 + GONE_SHOWN_SECONDS * 1000 - 1), entries);
  assert.deepEqual(expired(entries, 1000 + GONE_SHOWN_SECONDS * 1000), []);
  assert.deepEqual(without(entries, 1), []);
});

test("a talk on which a supervisor barged in is spoken in, none of theirs to pass on, and gone when they go", () => {
  let entries = withCall([], pushed(1, "barged_in", { by: { name: "赵敏" } }), 0);
  assert.equal(current(entries).by.name, "赵敏");
  assert.deepEqual([isSpoken(entries[0]), isTalk(entries[0])], [true, false]);
  assert.deepEqual(withCall(entries, pushed(1, "ended"), 1000), []);
  entries = withCall(entries, pushed(1, "talking"), 1000);
  assert.deepEqual(states(withCall(entries, pushed(1, "ended"), 2000)), [[1, "ended"]], "the caller was left to them");
});

test("a call that a colleague asked about was never one's own, and is gone when they are done", () => {
  let entries = withCall([], pushed(1, "ringing"), 0);
  entries = withCall(entries, pushed(1, "asked"), 1000);
  assert.equal(current(entries).mine, "asked");
  assert.equal(entries[0].hadTalk, false);
  assert.deepEqual(withCall(entries, pushed(1, "ended"), 2000), []);
  entries = withCall(withCall(entries, pushed(1, "talking"), 2000), pushed(1, "ended"), 3000);
  assert.deepEqual(states(entries), [[1, "ended"]]);
});

test("a call that is dialled is one's own once the two talk, and leaves no trace when they never do", () => {
  let entries = withCall([], pushed(1, "calling"), 0);
  assert.deepEqual(states(entries), [[1, "calling"]]);
  assert.equal(current(entries), null);
  assert.equal(dialled(entries).call.call_id, 1);
  assert.deepEqual(withCall(entries, pushed(1, "ended"), 2000), []);
  entries = withCall(withCall(entries, pushed(1, "talking"), 2000), pushed(1, "ended"), 3000);
  assert.deepEqual(states(entries), [[1, "ended"]]);
});

test("a test call leaves nothing to be written once it is over", () => {
  const trial = (mine) => ({ ...pushed(1, mine), call: { ...pushed(1, mine).call, is_test: true } });
  const entries = withCall(withCall([], trial("ringing"), 0), trial("talking"), 1000);
  assert.deepEqual(states(entries), [[1, "talking"]]);
  assert.deepEqual(withCall(entries, trial("ended"), 2000), []);
});

test("each of the two reads with whom they speak, in which state, and since when", () => {
  const rings = { by_extension: "1001", by_name: "赵敏", asked_extension: "1002", asked_name: "钱伟", since: "a", answered_at: null };
  const entry = (consultation) => withCall([], { ...pushed(1, "talking"), call: { call_id: 1, consultation } }, 0)[0];
  assert.deepEqual(consultationOf(entry(rings), "1001"), { side: "asks", name: "钱伟", answered: false, since: "a" });
  assert.deepEqual(consultationOf(entry({ ...rings, answered_at: "b" }), "1001"), { side: "asks", name: "钱伟", answered: true, since: "b" });
  assert.deepEqual(consultationOf(entry({ ...rings, answered_at: "b" }), "1002"), { side: "asked", name: "赵敏", answered: true, since: "b" });
  assert.equal(consultationOf(entry(rings), "1003"), null);
  assert.equal(consultationOf(entry(null), "1001"), null);
});

test("who took it is not forgotten by a later push of the same call", () => {
  let entries = withCall([], pushed(1, "taken", { by: { name: "钱伟" } }), 0);
  entries = withCall(entries, pushed(1, "taken"), 9000);
  assert.deepEqual([entries[0].by.name, entries[0].at], ["钱伟", 0]);
});

test("a caller who leaves while ringing has left, whether it is said so or only that the call ended", () => {
  const said = withCall(withCall([], pushed(1, "ringing"), 0), pushed(1, "left"), 1);
  const ended = withCall(withCall([], pushed(1, "ringing"), 0), pushed(1, "ended"), 1);
  assert.deepEqual([states(said), states(ended)], [[[1, "left"]], [[1, "left"]]]);
});

test("a call of ours that ends stays until its record is done", () => {
  let entries = withCall([], pushed(1, "ringing"), 0);
  entries = withCall(entries, pushed(1, "talking"), 1);
  entries = withCall(entries, pushed(1, "ended"), 2);
  assert.deepEqual(states(expired(entries, 10 ** 9)), [[1, "ended"]]);
});

test("another's end of a call that they took does not make it ours", () => {
  let entries = withCall([], pushed(1, "ringing"), 0);
  entries = withCall(entries, pushed(1, "taken", { by: { name: "钱伟" } }), 1);
  entries = withCall(entries, pushed(1, "ended"), 2);
  assert.deepEqual(states(entries), [[1, "taken"]]);
});

test("what is not this operator's at all leaves the screen", () => {
  assert.deepEqual(withCall(withCall([], pushed(1, "talking"), 0), pushed(1, null), 1), []);
  assert.deepEqual(withCall([], pushed(1, null), 0), []);
});

test("what is known of the caller is kept when later pushes bring nothing, and renewed when they do", () => {
  let entries = withCall([], pushed(1, "ringing", { pop: { greeting: "您好" } }), 0);
  entries = withCall(entries, pushed(1, "talking"), 1);
  assert.equal(entries[0].pop.greeting, "您好");
  entries = withCall(entries, pushed(1, "talking", { pop: { greeting: "转接" } }), 2);
  assert.equal(entries[0].pop.greeting, "转接");
});

test("a push that comes twice changes nothing", () => {
  const once = withCall([], pushed(1, "ringing"), 0);
  assert.deepEqual(withCall(once, pushed(1, "ringing"), 7000), once);
});

test("after a lost connection what the server says now replaces what went on, and keeps what had gone", () => {
  const before = [pushed(1, "ringing"), pushed(2, "ringing"), pushed(3, "left")].reduce((list, one) => withCall(list, one, 0), []);
  const after = replaced(before, [pushed(2, "talking")], 5);
  assert.deepEqual(states(after), [[2, "talking"], [3, "left"]]);
  assert.equal(byId(after, 1), null);
});

test("the ring of one's own phone is found among those of others", () => {
  const entry = pushed(1, "ringing");
  entry.call.ringing = [{ extension: "1002", since: "b" }, { extension: "1001", since: "a" }];
  assert.equal(ownRing(entry, "1001").since, "a");
  assert.equal(ownRing(entry, "1009"), null);
  assert.equal(ownRing({ call: {} }, "1001"), null);
});
