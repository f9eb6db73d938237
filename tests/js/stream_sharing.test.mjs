// One stream for all tabs of a browser: each is told all, in order, and none is told what it was told before.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Sharing } from "../../hotline/web/static/js/kit/stream/sharing.js";

class Source {
  constructor(url) {
    this.url = url;
    this.readyState = 0;
    this.listeners = {};
  }

  addEventListener(name, take) {
    this.listeners[name] = take;
  }

  close() {
    this.readyState = 2;
  }

  push(name, data, lastEventId = "") {
    this.readyState = 1;
    this.listeners[name]({ data: JSON.stringify(data), lastEventId });
  }
}

class Tab {
  constructor(sharing) {
    Object.assign(this, { sharing, told: [], turn: 0 });
  }

  open(after = 0, url = "/events") {
    this.turn += 1;
    this.sharing.open(this, { url, names: ["hello", "call", "reset"], after, turn: this.turn });
    return this;
  }

  postMessage({ turn, name, data, lost }) {
    if (turn !== this.turn) return;
    const { n, resumed } = JSON.parse(data ?? "{}");
    this.told.push(lost ? "lost" : (n ?? `${name} ${resumed ?? ""}`.trim()));
  }
}

function shared() {
  const opened = [];
  const sharing = new Sharing((url) => opened[opened.push(new Source(url)) - 1]);
  return { opened, tab: () => new Tab(sharing), last: () => opened.at(-1), live: () => opened.filter((one) => one.readyState < 2) };
}

test("seven tabs have one stream, and each is told all of it", () => {
  const { tab, last, live } = shared();
  const tabs = Array.from({ length: 7 }, () => tab().open());
  assert.equal(live().length, 1);
  last().push("hello", { last_id: 7, resumed: false }, "7");
  last().push("call", { n: 1 }, "8");
  for (const { told } of tabs) assert.deepEqual(told, ["hello false", 1]);
});

test("a tab that comes later begins, and the others go on from where they are", () => {
  const { tab, last, live } = shared();
  const first = tab().open();
  last().push("hello", { last_id: 7, resumed: false }, "7");
  last().push("call", { n: 1 }, "8");
  const second = tab().open();
  assert.equal(live().length, 1);
  assert.equal(last().url, "/events?after=8");
  last().push("hello", { last_id: 9, resumed: true }, "8");
  last().push("call", { n: 2 }, "9");
  assert.deepEqual(first.told, ["hello false", 1, "hello true", 2]);
  assert.deepEqual(second.told, ["hello false", 2]);
});

test("a stream that is lost is opened anew once, from the last id that all have seen", () => {
  const { tab, opened, last } = shared();
  const tabs = [tab().open(), tab().open()];
  last().push("hello", { last_id: 7, resumed: false }, "7");
  last().push("call", { n: 1 }, "8");
  last().listeners.error();
  for (const one of tabs) one.open(8);
  assert.equal(opened.length, 2);
  assert.equal(last().url, "/events?after=8");
  last().push("hello", { last_id: 8, resumed: true }, "8");
  for (const { told } of tabs) assert.deepEqual(told, ["hello false", 1, "lost", "hello true"]);
});

test("a tab that knows less than the stream goes on from is told to begin", () => {
  const { tab, last } = shared();
  const [ahead, behind] = [tab().open(9), tab().open(5)];
  assert.equal(last().url, "/events?after=9");
  last().push("hello", { last_id: 9, resumed: true }, "9");
  assert.deepEqual([ahead.told, behind.told], [["hello true"], ["hello false"]]);
});

test("a stream that hangs is given up for the tab that opens again, and once for all of them", () => {
  const { tab, opened, live } = shared();
  const tabs = [tab().open(), tab().open()];
  for (const one of tabs) one.open();
  assert.equal(opened.length, 2);
  assert.equal(live().length, 1);
});

test("the stream ends with the last tab, and what it held is not told to who comes then", () => {
  const { tab, last, live } = shared();
  const tabs = [tab().open(), tab().open()];
  last().push("hello", { last_id: 7, resumed: false }, "7");
  tabs[0].sharing.close(tabs[0]);
  assert.equal(live().length, 1);
  tabs[1].sharing.close(tabs[1]);
  assert.equal(live().length, 0);
  tab().open();
  assert.equal(last().url, "/events");
});

test("after a reset all go on from its id", () => {
  const { tab, last } = shared();
  const one = tab().open(900);
  last().push("hello", { last_id: 3, resumed: true }, "900");
  last().push("reset", {}, "3");
  last().push("call", { n: 1 }, "4");
  one.open(4);
  assert.equal(last().url, "/events?after=4");
  assert.deepEqual(one.told, ["hello true", "reset", 1]);
});

test("an address with a question keeps it", () => {
  const { tab, last } = shared();
  tab().open(4, "/events?floor=1");
  assert.equal(last().url, "/events?floor=1&after=4");
});
