// The push: nothing missed, nothing twice, opened anew whatever ended it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Sequence, Stream } from "../../hotline/web/static/js/operators/stream.js";

class Source {
  static opened = [];

  constructor(url) {
    this.url = url;
    this.readyState = 1;
    this.listeners = {};
    Source.opened.push(this);
  }

  addEventListener(name, take) {
    this.listeners[name] = take;
  }

  close() {
    this.readyState = 2;
  }

  push(name, data, lastEventId = "") {
    this.listeners[name]({ data: JSON.stringify(data), lastEventId });
  }
}

function stream({ probe = async () => {} } = {}) {
  Source.opened = [];
  const seen = [];
  const states = [];
  const waiting = [];
  const made = new Stream({
    url: "/events",
    handlers: Object.fromEntries(["hello", "call", "reset"].map((name) => [name, (data) => seen.push([name, data.n])])),
    connection: (state) => states.push(state),
    probe,
    source: (url) => new Source(url),
    timers: {
      setInterval: () => 0, clearInterval: () => {}, clearTimeout: () => waiting.splice(0),
      setTimeout: (run, ms) => waiting.push({ run, ms }),
    },
  });
  return { made, seen, states, waiting, last: () => Source.opened.at(-1) };
}

test("ids that were seen are dropped, those without a number are not counted", () => {
  const sequence = new Sequence();
  assert.deepEqual(["3", "3", "2", "", "x", "4"].map((id) => sequence.isNew(id)), [true, false, false, true, true, true]);
  assert.equal(sequence.last, 4);
});

test("after a loss it goes on from the last id, and what comes twice is told once", () => {
  const { made, seen, states, waiting, last } = stream();
  made.start();
  last().push("hello", { last_id: 7, resumed: false });
  last().push("call", { n: 1 }, "8");
  last().listeners.error({});
  assert.deepEqual(states, ["connecting", "open", "lost"]);
  waiting.shift().run();
  assert.equal(last().url, "/events?after=8");
  last().push("hello", { resumed: true });
  last().push("call", { n: 1 }, "8");
  last().push("call", { n: 2 }, "9");
  assert.deepEqual(seen.filter(([name]) => name === "call"), [["call", 1], ["call", 2]]);
});

test("a source that was closed says nothing any more", () => {
  const { made, seen, waiting, last } = stream();
  made.start();
  const first = last();
  first.listeners.error({});
  waiting.shift().run();
  first.push("call", { n: 1 }, "1");
  assert.deepEqual(seen, []);
});

test("it is tried again ever more rarely, and often again once it was open", () => {
  const { made, waiting, last } = stream();
  made.start();
  const waits = [1, 2, 3, 4, 5, 6].map(() => {
    last().listeners.error({});
    const next = waiting.shift();
    next.run();
    return next.ms;
  });
  assert.deepEqual(waits, [300, 1000, 2000, 4000, 5000, 5000]);
  last().push("hello", { resumed: true });
  last().listeners.error({});
  assert.equal(waiting.shift().ms, 300);
});

test("a connection that is dead without being closed is noticed by asking", async () => {
  const { made, states } = stream({ probe: async () => { throw Object.assign(new Error("away"), { away: true }); } });
  made.start();
  await made.check();
  assert.equal(states.at(-1), "lost");
});

test("an answer that refuses is an answer: the connection stands", async () => {
  const { made, states } = stream({ probe: async () => { throw Object.assign(new Error("no"), { away: false }); } });
  made.start();
  await made.check();
  assert.deepEqual(states, ["connecting"]);
});

test("stopped it stays stopped, and starts again when told", () => {
  const { made, waiting, last } = stream();
  made.start();
  made.stop();
  last().listeners.error({});
  assert.deepEqual(waiting, []);
  made.again();
  assert.equal(Source.opened.length, 2);
});

test("too old to resume: what is shown is fetched anew, and ids count from there", () => {
  const { made, seen, last } = stream();
  made.start();
  last().push("call", { n: 1 }, "5");
  last().push("reset", {}, "90");
  last().push("call", { n: 2 }, "91");
  assert.deepEqual(seen.map(([name]) => name), ["call", "reset", "call"]);
});

test("a page whose place was taken comes back later, and does not push the newer one out", () => {
  const { made, states, waiting, last } = stream();
  made.start();
  last().push("hello", { last_id: 7, resumed: false });
  last().push("crowded", {});
  assert.equal(last().readyState, 2);
  assert.equal(states.at(-1), "lost");
  assert.deepEqual(waiting.map(({ ms }) => ms), [60000]);
});
