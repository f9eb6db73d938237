// What the operator does with calls, record and state: by button or key.

import { thrown } from "./api.js";
import { $ } from "./dom.js";
import { problemText } from "./problems.js";
import { mayHandOver } from "./controls.js";
import { openHelp } from "./dialogs.js";
import { nextRecord } from "./records.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

/** @type {Record<string, (app: App) => unknown>} */
const ACTIONS = {
  answer: (app) => answer(app),
  hold: (app) => app.hasTalk() && !app.consult.asking && app.phone?.toggleHold(app.talk()?.mine === "holding"),
  mute: (app) => app.isSpeaking() && app.phone?.toggleMute(),
  keypad: (app) => app.hasTalk() && app.keypad.open(),
  transfer: (app) => app.hasTalk() && !app.sessionEnded && !app.consult.asking && app.transfer.open(),
  hand: (app) => turnHand(app),
  pause_recording: (app) => pauseRecording(app),
  hang_up: (app) => hangUp(app),
  rate: (app) => handToRating(app),
  save: (app) => app.formPlace.save().then(() => app.saying.say(t("form.saved"))),
  done: (app) => (app.formPlace.passedOn ? app.leavePassedOn() : app.formPlace.done()),
  next_record: (app) => showNext(app),
  form: (app) => app.focusWork(),
  cards: (app) => app.cards.focus(),
  directory: (app) => app.people.focus(),
  state: () => openStates(),
  dial: (app) => app.dialling.focus(),
  ready: (app) => app.operator?.state !== "ready" && !app.isSpeaking() && chooseState(app, "ready"),
  help: () => openHelp(),
};

/** Actions that make no sense behind an open dialog. */
const BEHIND = ["transfer", "rate", "keypad", "next_record", "form", "cards", "directory", "state", "help", "done", "dial"];

/**
 * Do it, once at a time; what goes wrong is said.
 * @param {App} app
 * @param {string} name
 */
export async function run(app, name) {
  if (app.running.has(name) || ($("dialog[open]") && BEHIND.includes(name))) return;
  app.running.add(name);
  app.update();
  try {
    await ACTIONS[name](app);
    app.notices.clear(`do-${name}`);
  } catch (error) {
    app.notices.set(`do-${name}`, "bad", t("do.failed", { what: t(`key.${name}`), why: problemText(error) }), { closable: true });
  } finally {
    app.running.delete(name);
    app.update();
  }
}

/** The first state is at hand, as in any menu that a key opens. */
function openStates() {
  $("#state-button").click();
  $("#state-menu .dropdown-item").focus();
}

/** @param {App} app */
async function answer(app) {
  const entry = app.ringing();
  if (!app.phone || (!app.phone.call && !entry)) return;
  if (entry) app.showCall(entry.call.call_id);
  if (await app.phone.answer()) app.wantsFocus = true;
}

/** Ask a supervisor for help, or need it no more. @param {App} app */
async function turnHand(app) {
  if (!app.hasTalk() || app.sessionEnded) return;
  if (app.operator?.hand) await app.api.delete("/console/hand");
  else await app.api.post("/console/hand");
}

/** @param {App} app */
async function pauseRecording(app) {
  const entry = app.talk();
  if (!entry || !app.settings.recording) return;
  const paused = Boolean(entry.call.recording_paused_since);
  await app.api.post(`/console/calls/${entry.call.call_id}/${paused ? "resume" : "pause"}-recording`);
}

/**
 * C3: the closing words first, then the caller's time to hang up, then ours.
 * @param {App} app
 */
async function hangUp(app) {
  if (app.dialling.isCalling && !app.hasTalk()) await app.dialling.hangUp(); // nobody to say them to
  if (app.isSpeaking() && !app.hasTalk()) await app.hangUp(); // a colleague needs no closing words
  if (!app.hasTalk()) return;
  if (!app.closing) {
    const closing = { words: app.cards.usualClosing(), startedAt: app.clock.now() };
    app.closing = closing;
    closing.words = await app.cards.closingWords();
    if (app.closing === closing) app.saying.announce(closing.words); // else the caller was faster
  } else if (app.closingLeft(app.closing, app.clock.now()) <= 0) {
    await app.hangUp();
  }
}

/** The caller is asked how the call was, and the talk is over. @param {App} app */
async function handToRating(app) {
  const entry = app.talk();
  if (!entry || !mayHandOver(app, entry)) return;
  await app.api.post(`/console/calls/${entry.call.call_id}/hand-over`);
  app.saying.say(t("rate.done"));
}

/** @param {App} app */
async function showNext(app) {
  const form = nextRecord(app);
  if (form) app.showForm(form.id);
  else app.saying.say(t("records.none"));
}

/**
 * Ready, paused for a reason, or offline; what the server refuses is said.
 * @param {App} app
 * @param {string} state
 * @param {string} [reason]
 */
export async function chooseState(app, state, reason) {
  try {
    // The answer is the state as it was: the new one is pushed, and may be here already.
    await app.api.post("/console/state", reason ? { state, reason } : { state });
    app.notices.clear("state");
  } catch (error) {
    const text = thrown(error).code === "unfinished_forms" ? t("state.too_many_records", { n: app.operator?.unfinished_forms ?? 0 }) : problemText(error);
    app.notices.set("state", "bad", t("state.refused", { why: text }), { closable: true });
  }
  app.update();
}

/**
 * A10, C10: the line stays free, or somebody is heard again: the caller is called back from another phone.
 * @param {App} app
 * @param {string} reason
 */
export async function callBackInstead(app, reason) {
  try {
    await app.saveForm();
    const form = app.formPlace.form;
    if (!form?.id) return;
    await app.api.post(`/forms/${form.id}/callback`, { reason, note: t(`callback_note.${reason}`) });
    app.callbackMade = true;
    app.saying.say(t("long.callback_made"));
  } catch (error) {
    app.notices.set("callback", "bad", t("do.failed", { what: t("long.callback"), why: problemText(error) }), { closable: true });
  }
  app.update();
}
