// What becomes of a transfer: while a colleague is asked, and until it is known whether they took the caller (A12).

import { $, fill, h, icon, show } from "./dom.js";
import { t } from "./words.js";

const LOOK_MS = 1500;
const KEPT = "hotline.console.transfer";

export class Consult {
  constructor(app) {
    this.app = app;
    this.order = null; // {id, name, kind}
  }

  /** A colleague is on the line, and the caller waits. */
  get asking() {
    return this.order?.kind === "attended" ? this.order : null;
  }

  follow(order) {
    this.order = order;
    keep(order);
    clearTimeout(this.timer);
    if (order) this.timer = setTimeout(() => this.#look(), LOOK_MS);
    this.app.update();
  }

  /** After a reload: the one that was under way. */
  resume() {
    const order = kept();
    if (order && !this.order) this.follow(order);
  }

  async #look() {
    const { order } = this;
    try {
      const { state } = await this.app.api.get(`/console/transfers/${order.id}`);
      if (this.order !== order) return;
      if (state !== "begun") return this.#over(state, order);
    } catch (error) {
      if (error.status === 404) return this.follow(null);
      if (error.signedOut) return; // looked at again after signing in
    }
    this.timer = setTimeout(() => this.#look(), LOOK_MS);
  }

  #over(state, order) {
    this.follow(null);
    if (state === "done" && order.kind === "attended") this.app.say(t("transfer.sent", { name: order.name }));
    if (state === "returned" || state === "failed") {
      this.app.notices.set("transfer", "warn", t(`transfer.${state}`, { name: order.name }), { closable: true });
    }
  }

  /** complete: the caller goes on with the colleague; cancel: back to the caller. */
  async end(way) {
    const { order } = this;
    try {
      await this.app.api.post(`/console/transfers/${order.id}/${way}`);
      if (way === "cancel") this.follow(null);
    } catch (error) {
      if (error.status === 404 || error.status === 422) this.follow(null); // it is over already
      this.app.notices.set("transfer", "bad", this.app.problemText(error), { closable: true });
    }
  }

  draw() {
    const { asking } = this;
    show($("#consult"), Boolean(asking));
    if (!asking) return;
    fill($("#consult"), [asking.id], () => [
      icon("users"), h("span", { class: "c-alert-text" }, t("transfer.consulting", { name: asking.name })),
      h("button", { class: "btn btn-sm btn-primary", type: "button", "data-key": "complete", onclick: () => this.end("complete") }, t("transfer.complete")),
      h("button", { class: "btn btn-sm", type: "button", "data-key": "cancel", onclick: () => this.end("cancel") }, t("transfer.cancel")),
    ]);
  }
}

function keep(order) {
  try {
    if (order) sessionStorage.setItem(KEPT, JSON.stringify(order));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // A browser that keeps nothing: after a reload the call itself still shows what became of it.
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null;
  }
}
