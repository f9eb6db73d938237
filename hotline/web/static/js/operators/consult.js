// What becomes of a transfer: while a colleague is asked, and until it is known whether they took the caller (A12).

import { thrown } from "./api.js";
import { byId, isLive } from "./calls.js";
import { consultationOf } from "./consultation.js";
import { $, fill, h, icon, setText, show } from "./dom.js";
import { problemText } from "./problems.js";
import { clock, secondsSince } from "./timing.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

const LOOK_MS = 1500;
const KEPT = "hotline.console.transfer";

export class Consult {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {Desk.Order | null} */
    this.order = null;
    /** @type {Desk.Order | null} The one of which it was said that nobody took the caller. */
    this.said = null;
  }

  /** A colleague is on the line, and the caller waits. */
  get asking() {
    return this.order?.kind === "attended" ? this.order : null;
  }

  /** @param {Desk.Order | null} order */
  follow(order) {
    this.order = order;
    keep(order);
    clearTimeout(this.timer);
    if (order) this.timer = setTimeout(() => this.#look(order), LOOK_MS);
    this.app.update();
  }

  /** After a reload: the one that was under way. */
  resume() {
    const order = kept();
    if (order && !this.order) this.follow(order);
  }

  /** @param {Desk.Order} order */
  async #look(order) {
    try {
      /** @type {Wire.TransferView} */
      const { state, problem } = await this.app.api.get(`/console/transfers/${order.id}`);
      if (this.order !== order) return;
      if (state !== "begun") return this.#over(state, problem, order);
    } catch (error) {
      if (thrown(error).status === 404) return this.follow(null);
      if (thrown(error).signedOut) return; // looked at again after signing in
    }
    this.timer = setTimeout(() => this.#look(order), LOOK_MS);
  }

  /** @param {Wire.TransferState} state @param {string} problem @param {Desk.Order} order */
  #over(state, problem, order) {
    this.follow(null);
    if (state === "done" && order.kind === "attended") this.app.saying.say(t("transfer.sent", { name: order.name }));
    if (state !== "returned" && state !== "failed") return;
    // Of a consultation the caller comes back to who asked, of a blind transfer to the queue.
    const key = state === "returned" && order.kind === "attended" ? "came_back" : state;
    this.app.notices.set("transfer", "warn", t(`transfer.${key}`, { name: order.name, why: problem }), { closable: true });
    this.said = order;
  }

  /** What was said of a transfer is over with its call, or when another begins. */
  #forget() {
    if (!this.said) return;
    const { callId, kind } = this.said;
    const { entries } = this.app;
    const another = entries.some((entry) => isLive(entry) && entry.call.call_id !== callId);
    const ended = kind === "attended" && !entries.some((entry) => isLive(entry) && entry.call.call_id === callId);
    if (!another && !ended) return;
    this.said = null;
    this.app.notices.clear("transfer");
  }

  /**
   * complete: the caller goes on with the colleague; cancel: back to the caller.
   * @param {"complete" | "cancel"} way
   */
  async end(way) {
    const { order } = this;
    if (!order) return;
    try {
      await this.app.api.post(`/console/transfers/${order.id}/${way}`);
      if (way === "cancel") this.follow(null);
    } catch (error) {
      if (thrown(error).status === 404 || thrown(error).status === 422) this.follow(null); // it is over already
      this.app.notices.set("transfer", "bad", problemText(error), { closable: true });
    }
  }

  /** @param {number} now */
  draw(now) {
    const { asking } = this;
    this.#forget();
    show($("#consult"), Boolean(asking));
    if (!asking) return;
    const entry = byId(this.app.entries, asking.callId);
    const found = entry && consultationOf(entry, this.app.extension);
    const answered = Boolean(found?.answered);
    fill($("#consult"), [asking.id, answered], () => [
      icon("users"), h("span", { class: "c-alert-text" }, t(answered ? "consult.talks" : "consult.calls", { name: asking.name }), " ",
        h("span", { class: "numeric", "data-since": "" })),
      h("button", { class: "btn btn-sm btn-primary", type: "button", "data-key": "complete", onclick: () => this.end("complete") }, t("transfer.complete")),
      h("button", { class: "btn btn-sm", type: "button", "data-key": "cancel", onclick: () => this.end("cancel") }, t("transfer.cancel")),
    ]);
    setText($("[data-since]", $("#consult")), found ? clock(secondsSince(found.since, now)) : "");
  }
}

/** @param {Desk.Order | null} order */
function keep(order) {
  try {
    if (order) sessionStorage.setItem(KEPT, JSON.stringify(order));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // A browser that keeps nothing: after a reload the call itself still shows what became of it.
  }
}

/** @returns {Desk.Order | null} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}
