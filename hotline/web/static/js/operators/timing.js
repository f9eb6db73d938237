// What the clocks of the console say. Pure: moments come in as milliseconds since 1970 or as ISO 8601, seconds go out.

export const CALM = "calm";
export const AMBER = "amber";
export const RED = "red";

/**
 * Milliseconds of an ISO 8601 moment; null for none.
 * @param {string | null | undefined} iso
 */
export function moment(iso) {
  if (!iso) return null;
  const found = Date.parse(iso);
  return Number.isNaN(found) ? null : found;
}

/**
 * Whole seconds from a moment until `now`, never negative: the machines' clocks differ a little.
 * @param {string | null | undefined} iso
 * @param {number} now
 */
export function secondsSince(iso, now) {
  const from = moment(iso);
  return from === null ? 0 : Math.max(0, Math.floor((now - from) / 1000));
}

/**
 * 0:07, 12:05, 1:02:05
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  /** @param {number} n */
  const two = (n) => String(n).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/**
 * A8: which ring is heard and how long the caller has waited. Amber while the last ring that is in order sounds, or
 * the last third of the time runs; red beyond.
 * @param {{since: string | null | undefined, arrivedAt: string | null | undefined, now: number, cycleSeconds: number, answerRings: number, answerSeconds: number}} given
 */
export function ringTurn({ since, arrivedAt, now, cycleSeconds, answerRings, answerSeconds }) {
  const from = moment(since);
  const rung = from === null ? 0 : Math.max(0, (now - from) / 1000);
  const waited = secondsSince(arrivedAt || since, now);
  const ring = from === null ? 0 : Math.floor(rung / cycleSeconds) + 1;
  let tone = CALM;
  if (ring >= answerRings || waited >= (answerSeconds * 2) / 3) tone = AMBER;
  if (ring > answerRings || waited >= answerSeconds) tone = RED;
  return { ring, rung: Math.floor(rung), waited, tone };
}

/**
 * A13: how long the caller has been on hold, and how often by now somebody should have gone back to them.
 * @param {{since: string | null | undefined, now: number, reminderSeconds: number}} given
 */
export function holdTurn({ since, now, reminderSeconds }) {
  const seconds = secondsSince(since, now);
  const reminders = reminderSeconds > 0 ? Math.floor(seconds / reminderSeconds) : 0;
  return { seconds, reminders, tone: reminders > 0 ? AMBER : CALM };
}

/**
 * A10: how long the talk lasts, and the last of the warnings (in minutes) that it has passed; null before.
 * @param {{since: string | null | undefined, now: number, warnMinutes: number[]}} given
 */
export function talkTurn({ since, now, warnMinutes }) {
  const seconds = secondsSince(since, now);
  const passed = warnMinutes.filter((minutes) => seconds >= minutes * 60);
  const last = passed.length === warnMinutes.length;
  return {
    seconds,
    warned: passed.length ? passed[passed.length - 1] : null,
    tone: passed.length === 0 ? CALM : last && passed.length > 1 ? RED : AMBER,
  };
}

/**
 * What is left of a time that ends at `until` and lasted `total` seconds: seconds, and the part of it that is over.
 * @param {{until: string | null | undefined, now: number, total: number}} given
 */
export function countdown({ until, now, total }) {
  const end = moment(until) ?? now;
  const left = Math.max(0, (end - now) / 1000);
  const share = total > 0 ? Math.min(1, Math.max(0, 1 - left / total)) : 1;
  return { left: Math.ceil(left), share, over: left <= 0 };
}

const SHANGHAI = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

/**
 * 11-22 09:30, as people here write it; "" for none.
 * @param {string | null | undefined} iso
 */
export function localTime(iso) {
  if (!iso) return "";
  const parts = Object.fromEntries(SHANGHAI.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
  return `${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** The server's clock as this machine can tell it. */
export class ServerClock {
  constructor(local = Date.now) {
    this.local = local;
    this.ahead = 0;
  }

  /** @param {string | null | undefined} iso */
  sync(iso) {
    const server = moment(iso);
    if (server !== null) this.ahead = server - this.local();
  }

  now() {
    return this.local() + this.ahead;
  }
}
