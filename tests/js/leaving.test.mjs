// A session that ends is told before, and never believed to last or to be over but by the server's word.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Leaving } from "../../hotline/web/static/js/kit/leaving.js";

const HOUR = 3_600_000;

/** A page of person 7 with a session of two hours, a clock that is moved, and answers that are given. */
function page(answers, leftMs = 2 * HOUR) {
  const told = { now: 0, shown: [], renewed: [], reloads: 0, due: null };
  const leaving = new Leaving({
    leftMs,
    reader: 7,
    ask: async () => answers.shift(),
    show: (state, endsAt) => told.shown.push([state, endsAt]),
    renewed: (token) => told.renewed.push(token),
    reload: () => (told.reloads += 1),
    now: () => told.now,
    later: (run, ms) => (told.due = { run, at: told.now + ms }),
  });
  /** To the moment for which it has set itself a time. */
  const goOn = async () => {
    told.now = told.due.at;
    await told.due.run();
  };
  return { leaving, told, goOn };
}

const lasts = (minutes, more = {}) => ({ left_seconds: minutes * 60, extends: true, csrf_token: "new", reader: 7, ...more });

test("five minutes before the end it is told, and no longer once somebody was there", async () => {
  const { told, goOn } = page([lasts(5), lasts(120)]);
  await goOn();
  assert.equal(told.now, 115 * 60_000);
  assert.deepEqual(told.shown.at(-1), ["soon", 120 * 60_000]);
  await goOn();
  assert.equal(told.shown.at(-1)[0], "");
  assert.deepEqual(told.renewed, []);
});

test("where another tab was used nothing is told", async () => {
  const { told, goOn } = page([lasts(90)]);
  await goOn();
  assert.deepEqual(told.shown, [["", (115 + 90) * 60_000]]);
  assert.equal(told.due.at, (115 + 85) * 60_000);
});

test("an end that nothing moves is told as that", async () => {
  const { told, goOn } = page([lasts(4, { extends: false })]);
  await goOn();
  assert.equal(told.shown.at(-1)[0], "last");
});

test("once over it looks for somebody who signed in, and takes over their token", async () => {
  const { leaving, told, goOn } = page(["over", "over", lasts(120)]);
  await goOn();
  assert.equal(told.shown.at(-1)[0], "over");
  assert.equal(leaving.mayBeOver, true);
  await goOn();
  await goOn();
  assert.deepEqual(told.renewed, ["new"]);
  assert.equal(told.shown.at(-1)[0], "");
  assert.equal(leaving.mayBeOver, false);
});

test("whoever else signs in is shown a page of their own", async () => {
  const { told, goOn } = page([lasts(120, { reader: 8 })]);
  await goOn();
  assert.equal(told.reloads, 1);
  assert.deepEqual(told.renewed, []);
});

test("a server that says nothing is asked again, and nobody is told that they are out", async () => {
  const { leaving, told, goOn } = page([null, lasts(4)]);
  await goOn();
  assert.deepEqual(told.shown, []);
  assert.equal(leaving.over, false);
  await goOn();
  assert.equal(told.shown.at(-1)[0], "soon");
});

test("a short session is told at its half", async () => {
  const { told, goOn } = page([lasts(2.5)], 5 * 60_000);
  await goOn();
  assert.equal(told.now, 150_000);
  assert.equal(told.shown.at(-1)[0], "soon");
});
