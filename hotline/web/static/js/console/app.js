// The console: what it knows, and what follows from a change of that.

import { callBackInstead, chooseState, run } from "./actions.js";
import { drawBar, drawConnection } from "./bar.js";
import { drawCalls } from "./callcards.js";
import * as calls from "./calls.js";
import { drawClosing, drawControls } from "./controls.js";
import { $, setText, show } from "./dom.js";
import { drawIdle } from "./idle.js";
import { drawIncoming } from "./incoming.js";
import { isTyping } from "./keys.js";
import { drawPop } from "./popview.js";
import { placeOf } from "./preview.js";
import { drawRecords, loadCounts, loadRecords } from "./records.js";
import { stageOf } from "./stage.js";
import { ServerClock, countdown, secondsSince } from "./timing.js";
import { t } from "./words.js";

const RECORDS_AFTER_MS = 300;

export class App {
  constructor(data) {
    this.data = data;
    this.extension = data.extension;
    this.settings = data.settings;
    this.clock = new ServerClock();
    this.entries = [];
    this.operator = null;
    this.records = null;
    this.callbacks = data.callbacks;
    this.focus = null; // what stands in the middle: {callId} or {formId}
    this.closing = null;
    this.callbackMade = false;
    this.running = new Set();
    this.said = new Set();
    this.problem = "";
    this.held = []; // pushed while the present state is being fetched
    this.loading = false;
  }

  // ---- what is so
  get sessionEnded() {
    return Boolean(this.session?.ended);
  }

  talk() {
    return this.entries.find(calls.isTalk) ?? null;
  }

  hasTalk() {
    return Boolean(this.talk());
  }

  ringing() {
    return this.entries.find((entry) => entry.mine === "ringing") ?? null;
  }

  shown() {
    return this.focus?.callId ? calls.byId(this.entries, this.focus.callId) : null;
  }

  focusedCallId() {
    return this.focus?.callId ?? this.formPlace.form?.call_id ?? null;
  }

  busy(name) {
    return this.running.has(name);
  }

  closingLeft(now) {
    const until = new Date(this.closing.startedAt + this.settings.goodbye_seconds * 1000).toISOString();
    return countdown({ until, now, total: this.settings.goodbye_seconds }).left;
  }

  /** An ended call stays in sight until its record is done. */
  isAwaited(entry) {
    return entry.mine === "ended" && entry.call.call_id === this.focus?.callId;
  }

  categoryName(id) {
    return this.data.categories[id] ?? id;
  }

  localTime(iso) {
    if (!iso) return "";
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })
      .formatToParts(new Date(iso)).reduce((all, part) => ({ ...all, [part.type]: part.value }), {});
    return `${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
  }

  problemText(error) {
    if (error.away) return t("problem.away");
    if (error.signedOut) return t("problem.signed_out");
    const known = error.code ? t(`problem.${error.code}`) : "";
    if (error.status === undefined) return t("problem.page"); // of this page itself; its console has the details
    return known && known !== `problem.${error.code}` ? known : error.message;
  }

  formSummary() {
    return (this.formPlace.handle?.draft.value("content") ?? "").replace(/\s+/g, " ").trim().slice(0, 180);
  }

  // ---- what the server pushes
  pushed(name, data) {
    if (this.loading && name !== "hello") return void this.held.push([name, data]);
    const take = { call: () => this.#call(data), operator: () => this.#operator(data), form: () => this.#form(data) }[name];
    take?.();
    return this.update();
  }

  #operator(operator) {
    if (operator.extension === this.extension) this.#own(operator);
  }

  #own(operator) {
    this.operator = operator;
    if (operator.phone?.forwards) this.notices.set("forwards", "bad", t("phone.forwards"));
    else this.notices.clear("forwards");
  }

  #call(data) {
    const before = this.talk();
    this.entries = calls.withCall(this.entries, data, this.clock.now());
    this.#follow(before, calls.byId(this.entries, data.call.call_id));
  }

  #form(data) {
    if (data) this.formPlace.written(data);
    clearTimeout(this.recordsSoon);
    this.recordsSoon = setTimeout(() => loadRecords(this).catch(() => {}), RECORDS_AFTER_MS); // shown as before; the next push asks again
  }

  /** What a change of a call means for the middle, the phone and what is said. */
  #follow(before, entry) {
    const talk = this.talk();
    this.phone?.follow(calls.current(this.entries));
    if (before && !talk) this.#talkOver();
    if (talk && talk !== before && talk.call.call_id !== before?.call.call_id) this.showCall(talk.call.call_id);
    else if (entry?.mine === "ringing") this.#rings(entry);
    else if (this.focus?.callId && !this.shown()) this.focus = null;
    if (this.shown() && calls.isGone(this.shown())) {
      this.focus = null;
      this.formPlace.clear();
    }
    if (entry && calls.isGone(entry)) this.sayOnce(`${entry.call.call_id}-${entry.mine}`, t(`mine.${entry.mine}`));
  }

  #rings(entry) {
    const names = (entry.pop?.customers ?? []).map((customer) => customer.name).filter(Boolean);
    const who = [entry.call.number_shown || t("caller.withheld"), entry.call.region, ...names].filter(Boolean).join(" ");
    if (!this.said.has(`${entry.call.call_id}-ring`)) this.sayNow(t("incoming.said", { who }));
    this.said.add(`${entry.call.call_id}-ring`);
    if (this.#mayShow(entry)) this.showCall(entry.call.call_id);
  }

  /** Not while another call is talked to, nor while somebody writes in a record. */
  #mayShow(entry) {
    const writing = isTyping(document.activeElement) && $("#form-place").contains(document.activeElement);
    const another = this.shown();
    return this.focus?.callId === entry.call.call_id || (!this.hasTalk() && !writing && (!another || another.mine !== "ringing"));
  }

  #talkOver() {
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

  // ---- fetching what is so now
  async load() {
    this.loading = true;
    try {
      const [me, current] = await Promise.all([this.api.get("/console/me"), this.api.get("/console/calls")]);
      this.clock.sync(me.server_time);
      this.#own(me.operator);
      this.settings = { ...this.data.settings, ...me.settings };
      this.entries = calls.replaced(this.entries, current, this.clock.now());
      this.problem = "";
      this.#showCurrent();
      await Promise.allSettled([loadRecords(this), loadCounts(this)]);
      this.#showLatest();
      return me;
    } finally {
      this.loading = false;
      this.held.splice(0).forEach(([name, data]) => this.pushed(name, data));
      this.update();
    }
  }

  /** After a reload in the wrap-up: the record that is being written up. */
  #showLatest() {
    const latest = this.operator.state === "wrap_up" && !this.focus && !this.hasTalk() ? this.records?.[0] : null;
    if (latest) this.showForm(latest.id);
  }

  #showCurrent() {
    const entry = calls.current(this.entries);
    this.phone?.follow(entry);
    if (entry && (calls.isTalk(entry) || this.#mayShow(entry))) this.showCall(entry.call.call_id);
  }

  // ---- what stands in the middle
  showCall(callId) {
    const entry = calls.byId(this.entries, callId);
    if (!entry) return;
    this.focus = { callId };
    this.formPlace.showCall(entry);
    this.people.suggest(this.#subject(entry), placeOf(entry.call.region));
    this.update();
  }

  #subject(entry) {
    const category = entry.pop?.form?.category || this.data.by_menu[entry.call.subject];
    return this.data.subjects[category] ?? "";
  }

  showForm(formId) {
    if (this.hasTalk()) return this.say(t("records.after_call"));
    this.focus = { formId };
    this.formPlace.showForm(formId);
    return this.update();
  }

  clearCall(callId) {
    this.entries = calls.without(this.entries, callId);
    this.update();
  }

  formSaved(form) {
    this.people.suggest(this.data.subjects[form.category] ?? "", placeOf(form.region || this.shown()?.call.region));
    this.#form();
  }

  async formDone(form) {
    this.records = (this.records ?? []).filter((other) => other.id !== form.id);
    const entry = this.entries.find((one) => one.call.call_id === form.call_id);
    if (entry?.mine === "ended") this.entries = calls.without(this.entries, form.call_id);
    if (!this.hasTalk()) {
      this.focus = null;
      this.formPlace.clear();
      if (this.operator?.state === "wrap_up") await this.chooseState("ready");
    }
    this.say(t("form.done"));
    this.update();
  }

  /** B9: what the category's hint offers: whom to pass such an enquiry on to. */
  lookUp(subject, region) {
    this.people.suggest(subject, placeOf(region));
    this.people.focus();
  }

  saveForm() {
    return this.formPlace.save();
  }

  focusWork() {
    const name = $("#form [data-field=caller_name]");
    const field = name && !name.value ? name : $("#form [data-field=content]"); // who it is, then what about
    (field ?? $("#form-place")).focus();
  }

  // ---- saying things
  say(text) {
    this.announce(text);
    this.toast(text);
  }

  /** To screen readers alone: it stands on the screen already. */
  announce(text) {
    setText($("#spoken"), text);
  }

  sayNow(text) {
    setText($("#spoken-now"), text);
  }

  sayOnce(key, text) {
    if (this.said.has(key)) return;
    this.said.add(key);
    this.announce(text);
  }

  toast(text) {
    const toast = $("#toast");
    setText(toast, text);
    show(toast, true);
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => show(toast, false), 4000);
  }

  // ---- doing things
  run(name) {
    return run(this, name);
  }

  chooseState(state, reason) {
    return chooseState(this, state, reason);
  }

  callBackInstead() {
    return callBackInstead(this);
  }

  goOn() {
    this.closing = null;
    this.update();
  }

  async hangUp() {
    const entry = this.talk();
    if (this.phone.kind === "webrtc" && this.phone.call) await this.phone.hangUp();
    else if (entry) await this.api.post(`/console/calls/${entry.call.call_id}/hang-up`);
  }

  // ---- showing it
  connected(state) {
    this.connection = state;
    drawConnection(this.sessionEnded ? "ended" : state);
    if (state === "lost") this.lostSince ??= Date.now();
    if (state === "open" || this.sessionEnded) this.lostSince = null;
  }

  update() {
    if (!this.operator) return drawIdle(this);
    const now = this.clock.now();
    this.entries = calls.expired(this.entries, now);
    const entry = this.shown();
    const work = calls.current(this.entries);
    drawBar(this, now);
    drawCalls(this, now);
    drawRecords(this, now);
    drawIncoming(this, now);
    drawControls(this, this.talk() ?? entry, now);
    drawClosing(this, this.talk(), now);
    this.consult.draw();
    drawPop(this, entry);
    show($("#form-place"), Boolean(this.focus));
    drawIdle(this);
    this.cards.follow(stageOf({
      mine: (work ?? entry)?.mine, talkSeconds: secondsSince(this.talk()?.call.talking?.since, now),
      transferring: this.transfer.isOpen || Boolean(this.consult.asking), closing: Boolean(this.closing),
    }), entry?.pop?.customers?.length === 1 ? entry.pop.customers[0].name : "");
    this.people.draw();
    this.#tell(now);
    return undefined;
  }

  #tell() {
    const ringing = this.ringing();
    this.notifier.ringing(ringing ? t("incoming.said", { who: ringing.call.number_shown || t("caller.withheld") }) : null);
    const tooLong = this.lostSince && Date.now() - this.lostSince > 3000;
    if (tooLong) this.notices.set("connection", "bad", t(navigator.onLine ? "connection.lost_more" : "connection.offline_more"));
    else this.notices.clear("connection");
  }
}
