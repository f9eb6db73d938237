// The call at this phone: what can be done with it, how long it lasts, and when it wants attention (A8, A10, A13, C3).

import { $, $$, $input, fill, h, icon, setClass, setText, show } from "./dom.js";
import { isSpoken, isTalk } from "./calls.js";
import { ringOf } from "./callcards.js";
import { consultationOf } from "./consultation.js";
import { clock, holdTurn, secondsSince, talkTurn } from "./timing.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

/** @param {App} app @param {Desk.Entry | null} entry @param {number} now */
export function drawControls(app, entry, now) {
  const active = entry !== null && (isSpoken(entry) || entry.mine === "ringing");
  show($("#controls"), active);
  if (!active) return;
  const { mine, call } = entry;
  const talk = isTalk(entry);
  const webrtc = app.phone?.kind === "webrtc";
  setClass($("#controls"), "is-", mine);
  button("answer", mine === "ringing" && webrtc, { disabled: app.busy("answer") || !app.phone?.rings });
  button("hold", talk && webrtc && !consultationOf(entry, app.extension) && !app.consult.asking, { text: t(mine === "holding" ? "do.resume" : "do.hold"), pressed: mine === "holding", disabled: app.busy("hold") });
  button("mute", isSpoken(entry) && webrtc, { text: t(app.phone?.muted ? "do.unmute" : "do.mute"), pressed: Boolean(app.phone?.muted) });
  button("keypad", talk && webrtc, {});
  button("transfer", talk, { disabled: Boolean(app.consult.asking) || app.sessionEnded });
  const hand = app.operator?.hand ?? null;
  button("hand", talk, { text: t(hand ? "do.hand_down" : "do.hand"), pressed: Boolean(hand), disabled: app.busy("hand") || app.sessionEnded });
  const paused = Boolean(call.recording_paused_since);
  button("pause_recording", talk && app.settings.recording, {
    text: t(paused ? "do.resume_recording" : "do.pause_recording"), pressed: paused, disabled: app.busy("pause_recording") || app.sessionEnded,
  });
  button("rate", mayHandOver(app, entry), { disabled: app.busy("rate") });
  button("hang_up", isSpoken(entry), { text: t(talk ? hangUpWords(app, now) : "do.hang_up"), disabled: app.busy("hang_up") });
  drawState(app, entry, now);
  drawAlert(app, entry, now);
}

/**
 * The line asks callers how it was; who consults a colleague goes back to the caller first.
 * @param {App} app
 * @param {Desk.Entry} entry
 */
export function mayHandOver(app, entry) {
  return isTalk(entry) && entry.call.asks_rating && !app.consult.asking && !app.sessionEnded;
}

/** @param {App} app @param {number} now */
function hangUpWords(app, now) {
  if (!app.closing) return "do.closing";
  return app.closingLeft(app.closing, now) > 0 ? "do.closing_wait" : "do.hang_up";
}

/**
 * @param {string} name
 * @param {boolean} visible
 * @param {{text?: string, pressed?: boolean, disabled?: boolean}} given
 */
function button(name, visible, { text, pressed, disabled = false }) {
  const element = $input(`[data-do="${name}"]`);
  show(element, visible);
  if (element.disabled !== disabled) element.disabled = disabled;
  if (text) setText($("[data-text]", element), text);
  if (pressed !== undefined) element.setAttribute("aria-pressed", String(pressed));
}

/** @param {App} app @param {Desk.Entry} entry @param {number} now */
function drawState(app, entry, now) {
  const { call } = entry;
  setText($("#call-stage"), stageText(app, entry));
  const shown = clockOf(app, entry, now);
  setText($("#call-clock"), shown.text);
  setClass($("#controls"), "turn-", shown.tone);
  setText($("#call-note"), [shown.note, handNote(app)].filter(Boolean).join(" · "));
  const paused = Boolean(call.recording_paused_since);
  const recording = $("#call-recording");
  show(recording, isTalk(entry) && app.settings.recording);
  setText(recording, t(paused ? "recording.paused" : "recording.on"));
  setClass(recording, "rec-", paused ? "paused" : "on");
}

/** Who has come to help, or that nobody has yet. @param {App} app */
function handNote(app) {
  const hand = app.operator?.hand;
  if (!hand) return "";
  return hand.seen_by ? t("hand.seen", { name: hand.seen_by }) : t("hand.up");
}

/**
 * With whom somebody speaks here, and whether they do yet.
 * @param {App} app @param {Desk.Entry} entry
 */
function stageText(app, entry) {
  const consultation = consultationOf(entry, app.extension);
  if (!consultation) return t(`mine.${entry.mine}`);
  const { side, name, answered } = consultation;
  if (side === "asked") return t(answered ? "consult.asked" : "consult.wants", { name });
  return t(answered ? "consult.talks" : "consult.calls", { name });
}

/** @param {App} app @param {Desk.Entry} entry @param {number} now */
function clockOf(app, entry, now) {
  const { mine, call } = entry;
  const consultation = consultationOf(entry, app.extension);
  if (consultation && mine !== "ringing") {
    const turn = holdTurn({ since: call.holding_since, now, reminderSeconds: app.settings.hold_reminder_seconds });
    const waits = t("consult.waits", { time: clock(turn.seconds) });
    return { text: clock(secondsSince(consultation.since, now)), tone: consultation.side === "asks" ? turn.tone : "calm", note: waits };
  }
  if (mine === "ringing") {
    const turn = ringOf(app, entry, now);
    return { text: clock(turn.waited), tone: turn.tone, note: t("rings.note", { ring: turn.ring, of: app.settings.answer_rings }) };
  }
  if (mine === "holding") {
    const turn = holdTurn({ since: call.holding_since, now, reminderSeconds: app.settings.hold_reminder_seconds });
    return { text: clock(turn.seconds), tone: turn.tone, note: t("hold.note") };
  }
  const turn = talkTurn({ since: call.talking?.since, now, warnMinutes: app.settings.warn_minutes });
  return { text: clock(turn.seconds), tone: turn.tone, note: app.phone?.muted ? t("mute.note") : "" };
}

/**
 * What the operator should do now: go back to the caller, or bring a long call to its end by calling back.
 * @param {App} app
 * @param {Desk.Entry} entry
 * @param {number} now
 */
function drawAlert(app, entry, now) {
  const place = $("#call-alert");
  const said = alertOf(app, entry, now);
  show(place, Boolean(said));
  if (!said) return;
  setClass(place, "tone-", said.tone);
  fill(place, [said.key, app.callbackMade], () => [
    icon(said.symbol), h("span", { class: "c-alert-text" }, said.text), said.rule ? h("abbr", { class: "rule", title: t(`rule.${said.rule}`) }, said.rule) : null,
    said.key.startsWith("long") && !app.callbackMade
      ? h("button", { class: "btn btn-sm", type: "button", "data-key": "callback", onclick: () => app.callBackInstead() }, icon("phone-outgoing"), h("span", {}, t("long.callback")))
      : null,
    said.key.startsWith("long") && app.callbackMade ? h("strong", {}, t("long.callback_made")) : null,
    said.key.startsWith("hold") && !app.consult.asking ? h("button", { class: "btn btn-sm", type: "button", "data-key": "back", onclick: () => app.run("hold") }, t("do.resume")) : null,
  ]);
  app.saying.sayOnce(`${entry.call.call_id}-${said.key}`, said.text);
}

/** @param {App} app @param {Desk.Entry} entry @param {number} now */
function alertOf(app, entry, now) {
  if (entry.mine === "holding") {
    const turn = holdTurn({ since: entry.call.holding_since, now, reminderSeconds: app.settings.hold_reminder_seconds });
    if (!turn.reminders) return null;
    return { key: `hold-${turn.reminders}`, tone: "warn", symbol: "bell", rule: "A13", text: t("hold.attention", { time: clock(turn.reminders * app.settings.hold_reminder_seconds) }) };
  }
  if (entry.mine !== "talking") return null;
  const turn = talkTurn({ since: entry.call.talking?.since, now, warnMinutes: app.settings.warn_minutes });
  if (turn.warned === null) return null;
  return { key: `long-${turn.warned}`, tone: "warn", symbol: "clock", rule: "A10", text: t("long.warning", { minutes: turn.warned }) };
}

/**
 * C3: the closing words, and how long to wait for the caller to hang up first.
 * @param {App} app
 * @param {Desk.Entry | null} entry
 * @param {number} now
 */
export function drawClosing(app, entry, now) {
  const place = $("#closing");
  const closing = entry && isTalk(entry) ? app.closing : null;
  show(place, Boolean(closing));
  if (!closing) return;
  const left = app.closingLeft(closing, now);
  const hands = entry !== null && mayHandOver(app, entry);
  fill(place, [closing.words, left > 0, hands], () => [
    h("p", { class: "c-say c-say-now" }, icon("message"), h("span", {}, closing.words), h("abbr", { class: "rule", title: t("rule.C3") }, "C3")),
    hands ? h("p", { class: "c-closing-left" }, t("closing.rate")) : null,
    h("p", { class: "c-closing-left", role: "status" }, h("span", { "data-left": "" }), " ",
      h("button", { class: "btn btn-sm", type: "button", "data-key": "go-on", onclick: () => app.goOn() }, t("closing.go_on")), " ",
      left > 0 ? h("button", { class: "btn btn-sm btn-link", type: "button", "data-key": "at-once", onclick: () => app.hangUp() }, t("closing.at_once")) : null),
  ]);
  setText($("[data-left]", place), left > 0 ? t("closing.wait", { n: left }) : t("closing.over"));
}

/** @param {App} app */
export function bindControls(app) {
  for (const each of $$("#controls [data-do]")) each.addEventListener("click", () => app.run(each.dataset.do ?? ""));
}
