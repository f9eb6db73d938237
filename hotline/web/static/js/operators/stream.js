// What the server pushes, without loss and without anything twice.
//
// EventSource resumes by itself after a dropped connection, but gives up after an answer that is no stream (a proxy's
// 502) and does not notice a connection that is dead without being closed. So the page opens it anew itself, from the
// last id it has seen, and asks the server from time to time whether it is there.

import { thrown } from "./api.js";

/** @type {(keyof Push.Handlers)[]} */
export const NAMES = ["hello", "call", "operator", "form", "session", "reset", "line", "bell", "crowded", "dial"];
/** A newer page of this person took the place: coming back at once would push that one out. */
const CROWDED_MS = 60000;
const RETRY_MS = [300, 1000, 2000, 4000, 5000];
const PROBE_MS = 10000;

/** Ids grow: what is not beyond the last one has been seen. */
export class Sequence {
  constructor(last = 0) {
    this.last = last;
  }

  /**
   * Whether an event with this id (text, may be empty) is new; remembers it.
   * @param {string} id
   */
  isNew(id) {
    const number = Number.parseInt(id, 10);
    if (Number.isNaN(number)) return true; // not of the outbox: hello, reset
    if (number <= this.last) return false;
    this.last = number;
    return true;
  }
}

export class Stream {
  /**
   * `handlers`: by the event's name, with its data; `connection(state)` gets "connecting", "open" or "lost". `probe()`
   * gives a promise that fails when the server does not answer; `source(url)` makes the EventSource.
   * @param {{url: string, handlers: Push.Handlers, connection: (state: Push.Connection) => unknown, probe: () => Promise<unknown>, source?: Push.MakeSource, timers?: Pick<typeof globalThis, "setTimeout" | "setInterval" | "clearTimeout" | "clearInterval">}} given
   */
  constructor({ url, handlers, connection, probe, source = (address) => new EventSource(address), timers = globalThis }) {
    this.url = url;
    this.handlers = handlers;
    this.connection = connection;
    this.probe = probe;
    this.source = source;
    this.timers = timers;
    this.sequence = new Sequence();
    this.tries = 0;
    this.closed = true;
  }

  start() {
    this.closed = false;
    this.#open();
    this.probing = this.timers.setInterval(() => this.check(), PROBE_MS);
  }

  stop() {
    this.closed = true;
    this.timers.clearTimeout(this.retry);
    this.timers.clearInterval(this.probing);
    this.events?.close();
  }

  /** Open anew at once: the network is back, or somebody signed in again. */
  again() {
    if (this.closed) return this.start();
    this.timers.clearTimeout(this.retry);
    this.events?.close();
    this.#open();
    return undefined;
  }

  async check() {
    try {
      await this.probe();
      if (this.events?.readyState === 2) this.again();
    } catch (error) {
      if (!this.closed && thrown(error).away !== false) this.#lost();
    }
  }

  #open() {
    const last = this.sequence.last;
    if (!this.tries) this.connection("connecting"); // later it stays lost until it is open again
    const joined = this.url.includes("?") ? "&" : "?";
    const events = this.source(last ? `${this.url}${joined}after=${last}` : this.url);
    this.events = events;
    for (const name of NAMES) {
      events.addEventListener(name, (event) => events === this.events && this.#take(name, event));
    }
    events.addEventListener("error", () => events === this.events && this.#lost());
  }

  /** @param {keyof Push.Handlers} name @param {MessageEvent<string>} event */
  #take(name, event) {
    if (name === "crowded") return this.#lost(CROWDED_MS);
    if (name === "hello") {
      this.tries = 0;
      this.connection("open");
    }
    const data = JSON.parse(event.data || "{}");
    if (name === "hello" && !data.resumed) this.sequence.last = Math.max(this.sequence.last, data.last_id || 0);
    if (name === "reset") this.sequence.last = Number.parseInt(event.lastEventId, 10) || this.sequence.last;
    if (name === "hello" || name === "reset" || this.sequence.isNew(event.lastEventId)) this.handlers[name]?.(data);
    return undefined;
  }

  #lost(least = 0) {
    this.events?.close();
    this.connection("lost");
    if (this.closed) return;
    const wait = Math.max(RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)], least);
    this.tries += 1;
    this.timers.clearTimeout(this.retry);
    this.retry = this.timers.setTimeout(() => this.#open(), wait);
  }
}
