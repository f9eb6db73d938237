// What is so now, as the server says it: fetched whole, then pushed piece by piece; and what follows for the screen.

import { callerShown } from "./callcards.js";
import * as calls from "./calls.js";
import { $ } from "./dom.js";
import { isTyping } from "./keys.js";
import { loadCounts, loadRecords } from "./records.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

const RECORDS_AFTER_MS = 300;

export class Present {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {(() => void)[]} What was pushed while the present state is being fetched. */
    this.held = [];
    this.loading = false;
    this.loaded = false;
  }

  // ---- what the server pushes
  /** @param {Push.Call} call */
  call(call) {
    this.#take(() => this.#call(call));
  }

  /** @param {Wire.OperatorView} operator */
  operator(operator) {
    this.#take(() => {
      if (operator.extension === this.app.extension) this.#own(operator);
    });
  }

  /** @param {Wire.DialView} dial */
  dial(dial) {
    this.#take(() => this.app.dialling.take(dial));
  }

  /** @param {Push.Form} form */
  form(form) {
    this.#take(() => {
      this.app.formPlace.written(form);
      this.recordsChanged();
    });
  }

  /** The list of records is fetched anew, once for several changes. */
  recordsChanged() {
    clearTimeout(this.recordsSoon);
    this.recordsSoon = setTimeout(() => loadRecords(this.app).catch(() => {}), RECORDS_AFTER_MS); // shown as before; the next push asks again
  }

  /** @param {() => void} change */
  #take(change) {
    if (this.loading) {
      this.held.push(change);
      return;
    }
    change();
    this.app.update();
  }

  /** @param {Wire.OperatorView} operator */
  #own(operator) {
    this.app.operator = operator;
    if (operator.phone?.forwards) this.app.notices.set("forwards", "bad", t("phone.forwards"));
    else this.app.notices.clear("forwards");
  }

  /** @param {Push.Call} pushed */
  #call(pushed) {
    const { app } = this;
    const before = app.spoken();
    app.entries = calls.withCall(app.entries, pushed, app.clock.now());
    this.#follow(before, calls.byId(app.entries, pushed.call.call_id));
  }

  /**
   * What a change of a call means for the middle, the phone and what is said.
   * @param {Desk.Entry | null} before
   * @param {Desk.Entry | null} entry
   */
  #follow(before, entry) {
    const { app } = this;
    const spoken = app.spoken();
    app.phone?.follow(calls.current(app.entries));
    if (before && !spoken) app.talkOver();
    if (spoken && (spoken.call.call_id !== before?.call.call_id || spoken.hadTalk !== before.hadTalk)) app.showCall(spoken.call.call_id);
    else if (entry?.mine === "ringing") this.#rings(entry);
    else if (entry?.mine === "calling" && !spoken && app.focus?.callId !== entry.call.call_id) app.showCall(entry.call.call_id);
    const shown = app.shown();
    if (app.focus?.callId && (!shown || calls.isGone(shown))) {
      app.focus = null;
      app.formPlace.clear();
    }
    if (entry && calls.isGone(entry)) app.saying.sayOnce(`${entry.call.call_id}-${entry.mine}`, t(`mine.${entry.mine}`));
  }

  /** @param {Desk.Entry} entry */
  #rings(entry) {
    const { saying } = this.app;
    const names = (entry.pop?.customers ?? []).map((customer) => customer.name).filter(Boolean);
    const who = [callerShown(entry.call), entry.call.region, ...names].filter(Boolean).join(" ");
    if (!saying.said.has(`${entry.call.call_id}-ring`)) saying.sayNow(t("incoming.said", { who }));
    saying.said.add(`${entry.call.call_id}-ring`);
    if (this.#mayShow(entry)) this.app.showCall(entry.call.call_id);
  }

  /**
   * Not while another call is talked to, nor while somebody writes in a record.
   * @param {Desk.Entry} entry
   */
  #mayShow(entry) {
    const { app } = this;
    const writing = isTyping(document.activeElement) && $("#form-place").contains(document.activeElement);
    const another = app.shown();
    return app.focus?.callId === entry.call.call_id || (!app.isSpeaking() && !writing && (!another || another.mine !== "ringing"));
  }

  /**
   * What the page goes by may be decided anew at any time.
   * @param {Wire.ConsoleSettings} settings
   */
  goesBy(settings) {
    this.app.settings = { ...this.app.data.settings, ...settings };
  }

  // ---- fetching what is so now
  async load() {
    const { app } = this;
    this.loading = true;
    try {
      const [me, present] = await Promise.all([
        /** @type {Promise<Wire.Me>} */ (app.api.get("/console/me")), /** @type {Promise<Wire.OwnCall[]>} */ (app.api.get("/console/calls")),
      ]);
      app.clock.sync(me.server_time);
      this.#own(me.operator);
      this.goesBy(me.settings);
      app.entries = calls.replaced(app.entries, present, app.clock.now());
      app.problem = "";
      this.#showCurrent();
      // The page itself came with the counts of then.
      await Promise.allSettled([loadRecords(app), this.loaded ? loadCounts(app) : null, app.dialling.load()]);
      this.loaded = true;
      this.#showLatest();
      return me;
    } finally {
      this.loading = false;
      this.held.splice(0).forEach((change) => this.#take(change));
      app.update();
    }
  }
  /** After a reload in the wrap-up: the record that is being written up. */
  #showLatest() {
    const { app } = this;
    const latest = app.operator?.state === "wrap_up" && !app.focus && !app.isSpeaking() ? app.records?.[0] : null;
    if (latest) app.showForm(latest.id);
  }

  #showCurrent() {
    const { app } = this;
    const entry = calls.current(app.entries) ?? calls.dialled(app.entries);
    app.phone?.follow(entry);
    if (entry && (calls.isSpoken(entry) || this.#mayShow(entry))) app.showCall(entry.call.call_id);
  }
}
