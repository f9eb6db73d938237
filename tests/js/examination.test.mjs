// The examiner's page: transcript merged by time, marks, points by keys, saving with conflicts.

import assert from "node:assert/strict";
import { test } from "node:test";

const ROOT = "../../hotline/web/static/js/examination";
const { clock, hashOf, parseSecond, secondOf } = await import(`${ROOT}/times.js`);
const { channelsOf } = await import(`${ROOT}/outline.js`);
const { bubblesOf, gap, silenceOf, wordsAt, wordsOf } = await import(`${ROOT}/talk.js`);
const { evidenceOf, marksOf, ordered, toneOf } = await import(`${ROOT}/findings.js`);
const { KEYS, actionOf } = await import(`${ROOT}/keys.js`);
const points = await import(`${ROOT}/points.js`);
const { Saver } = await import(`${ROOT}/saver.js`);

const word = (text, start, end) => ({ text, start, end, confidence: 0.9 });
const manual = (id, weight, more = {}) => ({ id, name: id, weight, kind: "manual", kinds: [], fatal: false, measured: null, points: null, judged: false, ...more });
const automatic = (id, weight, measured) => ({ ...manual(id, weight), kind: "automatic", kinds: [id], measured, points: measured });
const press = (key, more = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...more });

test("seconds are shown and read as minutes", () => {
  assert.deepEqual([clock(75.46), clock(75.46, true), clock(3723), clock(59.96, true), clock(NaN)], ["1:15", "1:15.4", "1:02:03", "0:59.9", "0:00"]);
  assert.deepEqual([parseSecond("1:15"), parseSecond("75.5"), parseSecond("1:02:03"), parseSecond("x"), parseSecond("")], [75, 75.5, 3723, null, null]);
  assert.equal(parseSecond("999999"), null);
});

test("an address opens at its second, and nothing else in it does anything", () => {
  assert.deepEqual([secondOf("#t=12.5"), secondOf("#t=-1"), secondOf("#t=1e9"), secondOf("#x"), secondOf("")], [12.5, null, null, null, null]);
  assert.equal(secondOf(hashOf(12.46)), 12.5);
  assert.deepEqual([secondOf("#t=3&r=7", 7), secondOf("#t=3&r=8", 7)], [3, null]);
});

test("of the outline the stronger of lowest and highest is drawn", () => {
  const peaks = { scale: 127, channels: [[-127, 10, -5, 64], [0, 0, 0, 0]] };
  assert.deepEqual(channelsOf(peaks), [[1, 64 / 127], [0, 0]]);
  assert.deepEqual(channelsOf({ scale: 100, channels: [[-20, 0], [0, 10]] }), [[1], [0.5]], "both enlarged alike");
  assert.deepEqual(channelsOf({ scale: 100, channels: [[-1, 0], []] }), [[0.06], []], "noise stays small");
});

test("who speaks on while the other side speaks too keeps one bubble", () => {
  const [caller, ours] = [["我要", "投诉", "你们", "的", "产品"], ["我", "马上", "为您", "查询"]];
  const bubbles = bubblesOf([
    { side: "caller", words: caller.map((text, n) => word(text, 6 + n * 0.6, 6.6 + n * 0.6)) },
    { side: "ours", words: ours.map((text, n) => word(text, 7 + n * 0.65, 7.6 + n * 0.65)) },
  ]);
  assert.deepEqual(bubbles.map((b) => [b.side, b.words.map((w) => w.text).join("")]), [["caller", "我要投诉你们的产品"], ["ours", "我马上为您查询"]]);
  const words = wordsOf(bubbles);
  assert.deepEqual(words.map((each) => each.index), words.map((_, n) => n), "by their begin");
  assert.equal(wordsAt(words, 7.1).length, 2);
});

test("both sides are merged by time; a pause or the other side begins a new bubble", () => {
  const bubbles = bubblesOf([
    { side: "caller", words: [word("你好", 2, 2.5), word("喂", 9, 9.3)] },
    { side: "ours", words: [word("您", 0, 0.3), word("好", 0.3, 0.6), word("请讲", 3, 3.5), word("吧", 9.1, 9.2), word("啊", 9.9, 10)] },
  ]);
  assert.deepEqual(bubbles.map((b) => [b.side, b.words.map((w) => w.text).join("")]), [["ours", "您好"], ["caller", "你好"], ["ours", "请讲"], ["caller", "喂"], ["ours", "吧啊"]]);
  const words = wordsOf(bubbles);
  assert.deepEqual([wordsAt(words, 0.4), wordsAt(words, 1.5), wordsAt(words, 9.05), wordsAt([], 1)], [[1], [], [4], []]);
});

test("words that sound at once on both sides are both marked", () => {
  const words = wordsOf(bubblesOf([{ side: "caller", words: [word("一", 1, 3)] }, { side: "ours", words: [word("二", 2, 4)] }]));
  assert.deepEqual(wordsAt(words, 2.5), [0, 1]);
});

test("Chinese words stand together, others apart", () => {
  assert.deepEqual([gap("好", "的"), gap("ok", "yes"), gap("", "yes")], ["", " ", ""]);
});

test("why nothing is to be read is known", () => {
  const states = (...all) => all.map((state) => ({ state }));
  assert.deepEqual([silenceOf([]), silenceOf(states("pending", "failed")), silenceOf(states("failed", "failed")), silenceOf(states("done", "failed"))], ["none", "pending", "failed", ""]);
});

test("what is to be checked is told from what counts, and does not come first", () => {
  const finding = (rule, breach, counts, from) => ({ rule, kind: rule, breach, counts, from_second: from, to_second: null, extension: "1002" });
  const found = [finding("C5", false, true, 1), finding("C2", true, false, 2), finding("C4", true, true, 9), finding("C8", true, true, null)];
  assert.deepEqual(found.map(toneOf), ["fine", "check", "bad", "bad"]);
  assert.deepEqual(ordered(found).map((each) => each.rule), ["C8", "C4", "C2", "C5"]);
  assert.deepEqual(marksOf(found, 9.2).map(({ id, start, end, tone }) => [id, start, end, tone]), [["finding-1", 2, 2.4, "check"], ["finding-2", 9, 9.2, "bad"]]);
  assert.deepEqual(evidenceOf({ kinds: ["C4"] }, found, "1002").length, 1);
  assert.deepEqual(evidenceOf({ kinds: ["C4"] }, found, "1001").length, 0);
});

test("no key acts while somebody types, chooses in a dialog or composes characters", () => {
  for (const where of [{ typing: true }, { dialog: true }]) {
    for (const known of KEYS) assert.equal(actionOf(press(known.keys[0]), where), null, known.action);
  }
  assert.equal(actionOf(press("f", { isComposing: true })), null);
  assert.equal(actionOf(press("f", { ctrlKey: true })), null);
  assert.equal(actionOf(press("F")), "finish");
  assert.equal(actionOf(press("f", { repeat: true })), null);
  assert.equal(actionOf(press("ArrowRight", { repeat: true })), "on");
});

test("a focused button or slider keeps the keys that it uses itself", () => {
  assert.equal(actionOf(press(" "), { control: true }), null);
  assert.equal(actionOf(press("ArrowLeft"), { control: true }), null);
  assert.equal(actionOf(press("j"), { control: true }), "next");
});

test("no key means two things", () => {
  const all = KEYS.flatMap((known) => known.keys);
  assert.equal(new Set(all).size, all.length);
});

test("number keys give points; one and then nought is ten where the item has ten", () => {
  let state = points.scoring([manual("a", 10), manual("b", 5)]);
  state = points.digit(state, 1, 0);
  assert.equal(state.points.a, 1);
  assert.equal(points.digit(state, 0, 500).points.a, 10);
  assert.equal(points.digit(state, 0, 5000).points.a, 0, "too late to belong to the one before");
  state = points.digit(points.move(points.digit(state, 1, 0), 1), 0, 100);
  assert.deepEqual(state.points, { a: 1, b: 0 }, "nor does it on another item");
  assert.equal(points.digit(state, 7, 9000).refused, 5);
  assert.deepEqual(points.digit(state, 7, 9000).points, { a: 1, b: 0 });
});

test("points go up and down within the item's weight, and can be taken back", () => {
  let state = points.scoring([manual("a", 2)]);
  state = points.step(points.step(points.step(state, 1), 1), 1);
  assert.equal(state.points.a, 2);
  assert.deepEqual(points.clear(state).points, {});
  assert.equal(points.step(points.scoring([manual("a", 2)]), -1).points.a, 2, "down from nothing begins at the top");
});

test("automatic items have what was measured until somebody judges otherwise", () => {
  const items = [automatic("c1", 8, 3), automatic("c2", 8, null), manual("a", 10)];
  let state = points.scoring(items);
  assert.deepEqual([points.scoreOf(state), points.unjudged(state).map((i) => i.id), state.at], [37.5, ["a"], 2]);
  state = points.give(state, null);
  assert.deepEqual([points.unjudged(state), points.scoreOf(state)], [[], 37.5], "does not apply is judged");
  assert.equal(points.scoreOf(points.give(state, 8, 0)), 100);
});

test("a fatal item without points makes the whole 0", () => {
  assert.equal(points.scoreOf(points.give(points.scoring([manual("a", 10), manual("b", 5, { fatal: true, judged: true, points: 0 })]), 10)), 0);
});

test("enter goes to the next item that is still to be judged, from the top again", () => {
  const state = points.scoring([manual("a", 5), automatic("c", 5, 5), manual("b", 5)], { b: 1 });
  assert.equal(points.nextOpen(points.select(state, 2)).at, 0);
});

function rig(answers) {
  const [told, sent, timers] = [[], [], []];
  const saver = new Saver({
    version: 1,
    send: async (given, remark, version, stale) => {
      sent.push(stale ? [given, version, "stale"] : [given, version]);
      const answer = answers.shift();
      if (answer instanceof Function) return answer();
      if (answer.status !== undefined) throw answer;
      return answer;
    },
    tell: (state) => told.push(state),
    later: (callback) => timers.push(callback) - 1,
    never: (id) => { timers[id] = null; },
  });
  const due = async () => { for (const timer of timers.splice(0)) if (timer) await timer(); };
  return { saver, told, sent, due };
}

test("only the last of many changes is sent, with the version that it was made on", async () => {
  const { saver, told, sent, due } = rig([{ version: 2 }]);
  saver.change({ a: 1 }, "");
  saver.change({ a: 2 }, "");
  await due();
  assert.deepEqual([sent, saver.version, told.at(-1), saver.unsaved], [[[{ a: 2 }, 1]], 2, "saved", false]);
});

test("a conflict stops saving until somebody chooses; mine then goes over theirs", async () => {
  const { saver, told, sent, due } = rig([{ status: 409, problem: { current: { version: 5 } } }, { version: 6 }]);
  saver.change({ a: 1 }, "");
  await due();
  assert.equal(told.at(-1), "conflict");
  saver.change({ a: 3 }, "");
  await due();
  assert.equal(sent.length, 1, "nothing is sent over it unasked");
  assert.equal(await saver.keepMine(5), true);
  assert.deepEqual(sent[1], [{ a: 3 }, 5]);
});

test("theirs are taken: nothing is sent any more", async () => {
  const { saver, sent, due } = rig([{ status: 409, problem: {} }]);
  saver.change({ a: 1 }, "");
  await due();
  saver.takeTheirs(5);
  await due();
  assert.deepEqual([sent.length, saver.unsaved], [1, false]);
});

test("while nobody answers it is tried again, and what is typed meanwhile goes along", async () => {
  const { saver, told, sent, due } = rig([{ status: 0, away: true }, { version: 2 }]);
  saver.change({ a: 1 }, "");
  await due();
  assert.deepEqual([told.at(-1), saver.unsaved], ["away", true]);
  saver.change({ a: 2 }, "");
  await due();
  assert.deepEqual([sent.at(-1), told.at(-1)], [[{ a: 2 }, 1], "saved"]);
});

test("a session that ended is found again at the next change", async () => {
  const { saver, told, sent, due } = rig([{ status: 401, signedOut: true }, { status: 400, code: "csrf" }, { version: 2 }]);
  for (const given of [1, 2, 3]) {
    saver.change({ a: given }, "");
    await due();
  }
  assert.deepEqual(sent.slice(1), [[{ a: 2 }, 1, "stale"], [{ a: 3 }, 1, "stale"]]);
  assert.deepEqual([told.filter((state) => state === "signed_out").length, told.at(-1)], [2, "saved"]);
});

test("flush says whether all is saved", async () => {
  const { saver } = rig([{ status: 422 }]);
  saver.change({ a: 1 }, "");
  assert.equal(await saver.flush(), false);
  assert.equal(await rig([]).saver.flush(), true);
});
