// The console: what it knows, its parts, and what stands in the middle.

import { callBackInstead, chooseState, run } from "./actions.js";
import { Api } from "./api.js";
import { drawBar } from "./bar.js";
import { callerShown, drawCalls } from "./callcards.js";
import * as calls from "./calls.js";
import { Cards } from "./cards.js";
import { Consult } from "./consult.js";
import { drawClosing, drawControls } from "./controls.js";
import { Dialling } from "./dial.js";
import { Keypad, Message } from "./dialogs.js";
import { $, $input, show } from "./dom.js";
import { FormPlace } from "./formplace.js";
import { drawIdle } from "./idle.js";
import { drawIncoming } from "./incoming.js";
import { Link } from "./link.js";
import { Notices } from "./notices.js";
import { Notifier } from "./notify.js";
import { People } from "./people.js";
import { drawPop } from "./popview.js";
import { Present } from "./present.js";
import { placeOf } from "./preview.js";
import { drawRecords } from "./records.js";
import { Saying } from "./saying.js";
import { Session } from "./session.js";
import { stageOf } from "./stage.js";
import { ServerClock, countdown, secondsSince } from "./timing.js";
import { Transfer } from "./transfer.js";
import { t } from "./words.js";

/** @import { OwnDay } from "../own_day/day.js" */
/** @import { PhoneBox } from "./phonebox.js" */

export class App {
  /** @type {Desk.Entry[]} The calls on the screen. */
  entries = [];
  /** @type {Wire.OperatorView | null} Whoever sits here; null until the first answer. */
  operator = null;
  /** @type {Wire.FormView[] | null} What is still to be written up. */
  records = null;
  recordsTotal = 0;
  /** @type {Desk.Focus | null} What stands in the middle. */
  focus = null;
  /** @type {Desk.Closing | null} */
  closing = null;
  callbackMade = false;
  /** A1: no line is open, so no call comes. */
  allClosed = false;
  /** @type {number | null} The call during which all that is known of the caller stays in sight. */
  popOpened = null;
  /** @type {Set<string>} The actions that are under way. */
  running = new Set();
  /** Why the present state could not be fetched. */
  problem = "";
  /** The call was just answered: its record wants the cursor. */
  wantsFocus = false;
  /** @type {PhoneBox | null} */
  phone = null;
  /** @type {OwnDay | null} What stands in the middle between two calls. */
  day = null;

  /** @param {Page.ConsoleData} data */
  constructor(data) {
    this.data = data;
    this.extension = data.extension;
    // The rest of them comes with the first answer; until then there is no operator, and nothing is drawn by them.
    this.settings = /** @type {Desk.Settings} */ (data.settings);
    this.callbacks = data.callbacks;
    this.clock = new ServerClock();
    this.saying = new Saying();
    this.notices = new Notices();
    this.session = new Session(this);
    this.api = new Api(data.csrf_token, () => this.session.end("signed_out"));
    this.notifier = new Notifier();
    this.formPlace = new FormPlace(this);
    this.people = new People(this);
    this.cards = new Cards(this);
    this.transfer = new Transfer(this);
    this.consult = new Consult(this);
    this.message = new Message(this);
    this.keypad = new Keypad(this);
    this.dialling = new Dialling(this);
    this.present = new Present(this);
    this.link = new Link(this);
  }

  // ---- what is so
  get sessionEnded() {
    return this.session.ended;
  }

  talk() {
    return this.entries.find(calls.isTalk) ?? null;
  }

  hasTalk() {
    return Boolean(this.talk());
  }

  /** The call in which somebody is spoken with here, be it a colleague who asks. */
  spoken() {
    return this.entries.find(calls.isSpoken) ?? null;
  }

  isSpeaking() {
    return Boolean(this.spoken());
  }

  ringing() {
    return this.entries.find((entry) => entry.mine === "ringing") ?? null;
  }

  shown() {
    return this.focus?.callId ? calls.byId(this.entries, this.focus.callId) : null;
  }

  /** @returns {number | null} */
  focusedCallId() {
    return this.focus?.callId ?? this.formPlace.form?.call_id ?? null;
  }

  /** @param {string} name */
  busy(name) {
    return this.running.has(name);
  }

  /**
   * Seconds until the caller has had time enough to hang up.
   * @param {Desk.Closing} closing
   * @param {number} now
   */
  closingLeft(closing, now) {
    const until = new Date(closing.startedAt + this.settings.goodbye_seconds * 1000).toISOString();
    return countdown({ until, now, total: this.settings.goodbye_seconds }).left;
  }

  /**
   * An ended call stays in sight until its record is done.
   * @param {Desk.Entry} entry
   */
  isAwaited(entry) {
    return entry.mine === "ended" && entry.call.call_id === this.focus?.callId;
  }

  /** @param {string} id */
  categoryName(id) {
    return this.data.categories[id] ?? id;
  }

  formSummary() {
    return String(this.formPlace.handle?.draft.value("content") ?? "").replace(/\s+/g, " ").trim().slice(0, 180);
  }

  // ---- the end of a talk
  talkOver() {
    this.closing = null;
    this.callbackMade = false;
    this.transfer.dialog.close();
    this.keypad.dialog.close();
    this.session.quieten();
  }

  phoneEnded() {
    this.session.quieten();
    this.update();
  }

  // ---- what stands in the middle
  /** Something was pushed that one's own day may be counted from. */
  dayChanged() {
    if (!this.focus) this.day?.refresh();
  }

  /** @param {number} callId */
  showCall(callId) {
    const entry = calls.byId(this.entries, callId);
    if (!entry) return;
    this.focus = { callId };
    this.formPlace.showCall(entry);
    this.people.suggest(this.#subject(entry), placeOf(entry.call.region));
    this.update();
  }

  /** @param {Desk.Entry} entry */
  #subject(entry) {
    const category = entry.pop?.form?.category || this.data.by_menu[entry.call.subject];
    return this.data.subjects[category] ?? "";
  }

  /** @param {number} formId */
  showForm(formId) {
    if (this.isSpeaking()) {
      this.saying.say(t("records.after_call"));
      return;
    }
    this.focus = { formId };
    this.formPlace.showForm(formId);
    this.update();
  }

  /** @param {number} callId */
  clearCall(callId) {
    this.entries = calls.without(this.entries, callId);
    this.update();
  }

  /** @param {Wire.FormView} form */
  formSaved(form) {
    this.people.suggest(this.data.subjects[form.category] ?? "", placeOf(form.region || this.shown()?.call.region));
    this.present.recordsChanged();
  }

  /** @param {Wire.FormView} form */
  async formDone(form) {
    await this.#leave(form);
    this.saying.say(t("form.done"));
    this.update();
  }

  /** The caller and the record went on to somebody else (A12): nothing is left to be written here. */
  async leavePassedOn() {
    const { passedOn } = this.formPlace;
    await this.saveForm();
    if (passedOn) await this.#leave(passedOn);
    this.update();
  }

  /** @param {Form.View} form */
  async #leave(form) {
    this.records = (this.records ?? []).filter((other) => other.id !== form.id);
    const entry = this.entries.find((one) => one.call.call_id === form.call_id);
    if (entry?.mine === "ended") this.entries = calls.without(this.entries, entry.call.call_id);
    if (this.isSpeaking()) return;
    this.focus = null;
    this.formPlace.clear();
    if (this.operator?.state === "wrap_up") await this.chooseState("ready");
  }

  /**
   * B9: what the category's hint offers: whom to pass such an enquiry on to.
   * @param {string} subject
   * @param {string} region
   */
  lookUp(subject, region) {
    this.people.suggest(subject, placeOf(region));
    this.people.focus();
  }

  saveForm() {
    return this.formPlace.save();
  }

  focusWork() {
    const name = $input("#form [data-field=caller_name]");
    const field = name && !name.value ? name : $("#form [data-field=content]"); // who it is, then what about
    (field ?? $("#form-place")).focus();
  }

  // ---- doing things
  /** @param {string} name */
  run(name) {
    return run(this, name);
  }

  /** @param {string} state @param {string} [reason] */
  chooseState(state, reason) {
    return chooseState(this, state, reason);
  }

  /** @param {string} [reason] */
  callBackInstead(reason = "long_call") {
    return callBackInstead(this, reason);
  }

  /** @param {number | null} callId */
  openPop(callId) {
    this.popOpened = callId;
    this.update();
  }

  goOn() {
    this.closing = null;
    this.update();
  }

  async hangUp() {
    const entry = this.spoken();
    if (this.phone?.kind === "webrtc" && this.phone.call) await this.phone.hangUp();
    else if (entry) await this.api.post(`/console/calls/${entry.call.call_id}/hang-up`);
  }

  // ---- showing it
  update() {
    if (!this.operator) {
      drawIdle(this);
      return;
    }
    const now = this.clock.now();
    this.entries = calls.expired(this.entries, now);
    const entry = this.shown();
    drawBar(this, now);
    this.dialling.draw(now);
    drawCalls(this, now);
    drawRecords(this, now);
    drawIncoming(this, now);
    drawControls(this, this.spoken() ?? entry, now);
    drawClosing(this, this.talk(), now);
    this.consult.draw(now);
    drawPop(this, entry);
    show($("#form-place"), Boolean(this.focus));
    this.formPlace.draw();
    drawIdle(this);
    this.#followCards(entry, now);
    this.people.draw();
    this.#tell();
  }

  /** @param {Desk.Entry | null} entry @param {number} now */
  #followCards(entry, now) {
    const work = calls.current(this.entries) ?? calls.dialled(this.entries);
    const customers = entry?.pop?.customers ?? [];
    const stage = stageOf({
      mine: (work ?? entry)?.mine, talkSeconds: secondsSince(this.talk()?.call.talking?.since, now),
      transferring: this.transfer.isOpen || Boolean(this.consult.asking), closing: Boolean(this.closing),
    });
    this.cards.follow(stage, customers.length === 1 ? customers[0].name : "", Boolean((work ?? entry)?.pop?.dialled));
    this.cards.draw();
  }

  #tell() {
    const ringing = this.ringing();
    this.notifier.ringing(ringing ? t("incoming.said", { who: callerShown(ringing.call) }) : null);
    if (this.link.isLost) this.notices.set("connection", "bad", t(navigator.onLine ? "connection.lost_more" : "connection.offline_more"));
    else this.notices.clear("connection");
  }
}
