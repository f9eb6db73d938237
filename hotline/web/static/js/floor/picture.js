// What the floor knows, and what follows from it. Pure: no page, no clock.

import { secondsSince } from "../operators/timing.js";

/** Milliseconds for which an ended call still stands there, with how it ended. */
export const ENDED_SHOWN = 5000;

const ORDER = ["ringing", "talking", "holding", "busy", "calling", "wrap_up", "ready", "paused", "offline"];
const WAITING = ["queue", "ringing", "duty"];

export class Picture {
  constructor() {
    /** @type {Map<number, Page.CallShown>} */
    this.calls = new Map();
    /** @type {Map<string, Wire.OperatorView>} */
    this.operators = new Map();
    /** @type {Wire.QueueNow[]} */
    this.queues = [];
    /** @type {Wire.LineNow[]} */
    this.lines = [];
    /** @type {Wire.Today | null} */
    this.today = null;
  }

  /**
   * Everything anew, as GET /floor gives it.
   * @param {Wire.Floor} floor
   */
  load(floor) {
    this.calls = new Map(floor.calls.map((call) => [call.call_id, call]));
    this.operators = new Map(floor.operators.map((operator) => [operator.extension, operator]));
    this.queues = floor.queues;
    this.lines = floor.lines;
    this.today = floor.today;
  }

  /** @param {Wire.LiveCall} call @param {number} now */
  take(call, now) {
    const before = this.calls.get(call.call_id);
    if (call.stage === "ended" && !before) return;
    this.calls.set(call.call_id, call.stage === "ended" ? { ...call, goneAt: now } : call);
  }

  /** @param {Wire.OperatorView} operator */
  takeOperator(operator) {
    this.operators.set(operator.extension, operator);
  }

  /**
   * Forget calls that ended a while ago. Whether any was forgotten.
   * @param {number} now
   */
  clean(now) {
    let cleaned = false;
    for (const [id, call] of this.calls) {
      if (call.goneAt === undefined || now - call.goneAt < ENDED_SHOWN) continue;
      this.calls.delete(id);
      cleaned = true;
    }
    return cleaned;
  }

  /** Who waits stands first, the longest first; then the others as they came. */
  callsInOrder() {
    /** @param {Wire.LiveCall} call */
    const weight = (call) => (WAITING.includes(call.stage) ? 0 : call.stage === "ended" ? 2 : 1);
    /** @param {Wire.LiveCall} call */
    const since = (call) => call.waiting_since ?? call.arrived_at;
    return [...this.calls.values()].sort((a, b) => weight(a) - weight(b) || since(a).localeCompare(since(b)));
  }

  /** Busy ones first, offline ones last; alike ones by extension. */
  operatorsInOrder() {
    /** @param {Wire.OperatorView} operator */
    const weight = (operator) => ORDER.indexOf(operator.state);
    return [...this.operators.values()].sort(
      (a, b) => weight(a) - weight(b) || a.extension.localeCompare(b.extension));
  }

  live() {
    return [...this.calls.values()].filter((call) => call.stage !== "ended");
  }

  signedIn() {
    return [...this.operators.values()].filter((operator) => operator.state !== "offline");
  }

  /** Each queue with who waits in it and who could answer. */
  queuesNow() {
    return this.queues.map((queue) => {
      const waits = this.live().filter((call) => call.waiting_since && call.queue?.id === queue.id);
      const here = this.signedIn().filter((operator) => operator.queues.some((one) => one.id === queue.id));
      return {
        id: queue.id,
        name: queue.name,
        waiting: waits.length,
        longestSince: waits.map((call) => call.waiting_since).sort()[0] ?? null,
        ready: here.filter((operator) => operator.state === "ready").length,
        signedIn: here.length,
      };
    });
  }

  longestWaitSince() {
    return this.live().map((call) => call.waiting_since).filter(Boolean).sort()[0] ?? null;
  }

  /** @param {Wire.OperatorView} operator */
  callOf(operator) {
    const id = operator.call?.call_id;
    return (id && this.calls.get(id)) || null;
  }
}

/**
 * Since when a call is where it is.
 * @param {Wire.LiveCall} call
 */
export function stageSince(call) {
  if (call.stage === "holding") return call.holding_since;
  if (call.stage === "talking") return call.talking?.since ?? call.arrived_at;
  if (call.stage === "ended") return call.ended_at;
  return call.waiting_since ?? call.arrived_at;
}

/**
 * A8: the ring that sounds now at a phone.
 * @param {Pick<Wire.RingView, "rings" | "since">} ring
 * @param {number} now
 * @param {number} cycleSeconds
 */
export function ringNumber(ring, now, cycleSeconds) {
  return Math.max(ring.rings, Math.floor(secondsSince(ring.since, now) / cycleSeconds) + 1);
}
