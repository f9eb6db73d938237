// The calls at the left: the one that rings or is talked to large, others small, gone ones as what they became.

import { $, badge, bdi, fill, h, icon, setClass, setText } from "./dom.js";
import { isGone, isLive, isSpoken, ownRing } from "./calls.js";
import { consultationOf } from "./consultation.js";
import { clock, holdTurn, ringTurn, secondsSince } from "./timing.js";
import { listed, t } from "./words.js";

/** @import { App } from "./app.js" */

const SYMBOLS = {
  ringing: "phone-ringing", talking: "phone-call", holding: "player-pause", asked: "users", barged_in: "users", taken: "user", left: "phone-off",
  offered_no_more: "phone-off", ended: "phone-off", calling: "phone-outgoing",
};
const TONES = { ringing: "live", talking: "ok", holding: "warn", asked: "ok", barged_in: "ok", taken: "muted", left: "bad", offered_no_more: "muted", ended: "muted", calling: "live" };

/** @param {Wire.LiveCall} call */
export function callerShown(call) {
  if (call.is_test) return t("caller.test");
  if (call.withheld) return t("caller.withheld");
  return call.number_shown || t("caller.unknown");
}

/**
 * How the call is named in words: number, and who it is where that is known.
 * @param {Wire.Pop | null} pop
 */
export function callerNames(pop) {
  return (pop?.customers ?? []).map((customer) => customer.name).filter(Boolean);
}

/** @param {App} app @param {number} now */
export function drawCalls(app, now) {
  // What is being dialled has a card of its own.
  const shown = app.entries.filter((entry) => (entry.mine !== "ended" || app.isAwaited(entry)) && !(entry.mine === "calling" && app.dialling.lasts));
  setText($("#calls-count"), shown.filter(isLive).length ? String(shown.filter(isLive).length) : "");
  const mark = shown.map((entry) => [entry.call.call_id, entry.mine, entry.by?.name, callerShown(entry.call), callerNames(entry.pop),
    entry.call.queue?.name, entry.call.call_id === app.focus?.callId]);
  fill($("#calls"), [mark, app.operator?.state === "ready"], () =>
    shown.length ? shown.map((entry, n) => card(app, entry, n === 0 && isLive(entry))) : empty(app));
  drawTimes(app, shown, now);
}

/** @param {App} app */
function empty(app) {
  return h("p", { class: "c-empty" }, t(app.operator?.state === "ready" ? "calls.none_ready" : "calls.none"));
}

/** @param {App} app @param {Desk.Entry} entry @param {boolean} large */
function card(app, entry, large) {
  const { call, mine } = entry;
  const here = call.call_id === app.focus?.callId;
  const names = callerNames(entry.pop);
  const consulted = consultationOf(entry, app.extension);
  return h("article", { class: `c-call ${large ? "c-call-large" : ""} is-${mine} tone-${TONES[mine]}`, "data-call": call.call_id,
    "aria-current": here ? "true" : null },
  h("button", { class: "c-call-main btn-plain", type: "button", "data-key": `call-${call.call_id}`, onclick: () => app.showCall(call.call_id) },
    h("span", { class: "c-call-line" }, icon(SYMBOLS[mine]), h("span", {}, t(`mine.${mine}`)), h("span", { class: "ms-auto numeric", "data-time": "" })),
    h("span", { class: "c-call-number" }, bdi(callerShown(call), { class: "number" })),
    names.length ? h("span", { class: "c-call-name" }, bdi(listed(names))) : null,
    call.level ? badge(call.level, "warn") : null,
    h("span", { class: "c-call-more" }, [call.region, call.subject || call.queue?.name].filter(Boolean).join(" · "))),
  mine === "asked" && consulted ? h("p", { class: "c-call-by" }, t("consult.asked", { name: consulted.name })) : null,
  mine === "barged_in" && call.talking ? h("p", { class: "c-call-by" }, t("barged_in.by", { name: call.talking.name })) : null,
  mine === "ended" && entry.by ? h("p", { class: "c-call-by" }, t("ended.by", { name: entry.by.name })) : null,
  mine === "taken" && entry.by ? h("p", { class: "c-call-by" }, t("taken.by", { name: entry.by.name })) : null,
  mine === "ringing" ? h("p", { class: "c-rings", "data-rings": "" }) : null,
  isGone(entry) ? h("button", { class: "btn-close c-clear", type: "button", "data-key": `clear-${call.call_id}`,
    "aria-label": t("calls.clear"), onclick: () => app.clearCall(call.call_id) }) : null);
}

/** @param {App} app @param {Desk.Entry[]} shown @param {number} now */
function drawTimes(app, shown, now) {
  for (const entry of shown) {
    const element = $(`[data-call="${entry.call.call_id}"]`);
    if (!element) continue;
    setText($("[data-time]", element), timeOf(app, entry, now));
    const rings = $("[data-rings]", element);
    if (rings) drawRings(app, entry, rings, element, now);
  }
}

/** @param {App} app @param {Desk.Entry} entry @param {number} now */
function timeOf(app, entry, now) {
  const { call } = entry;
  if (entry.mine === "asked") return clock(secondsSince(consultationOf(entry, app.extension)?.since, now));
  if (entry.mine === "holding") return clock(holdTurn({ since: call.holding_since, now, reminderSeconds: 0 }).seconds);
  if (isSpoken(entry)) return clock(secondsSince(call.talking?.since, now));
  if (entry.mine === "ringing") return clock(secondsSince(call.waiting_since || call.arrived_at, now));
  return t("calls.ago", { time: clock((now - entry.at) / 1000) });
}

/** @param {App} app @param {Desk.Entry} entry @param {number} now */
export function ringOf(app, entry, now) {
  return ringTurn({
    since: ownRing(entry, app.extension)?.since ?? entry.call.ringing?.[0]?.since, arrivedAt: entry.call.waiting_since || entry.call.arrived_at,
    now, cycleSeconds: app.settings.ring_cycle_seconds, answerRings: app.settings.answer_rings,
    answerSeconds: app.settings.answer_seconds,
  });
}

/**
 * @param {App} app
 * @param {Desk.Entry} entry
 * @param {HTMLElement} place
 * @param {HTMLElement} element
 * @param {number} now
 */
function drawRings(app, entry, place, element, now) {
  const turn = ringOf(app, entry, now);
  setText(place, t("rings.line", { ring: turn.ring, waited: turn.waited }));
  setClass(element, "turn-", turn.tone);
}
