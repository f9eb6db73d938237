// The operators: state, for how long, with whom; and what a supervisor may do.

import { badge, bdi, h, icon, setClass, setText, show } from "../operators/dom.js";
import { clock, secondsSince } from "../operators/timing.js";
import { listed, t } from "../operators/words.js";
import { callerOf } from "./calls.js";

/** @import { Floor } from "./main.js" */

const TONES = {
  offline: "muted", ready: "ok", paused: "warn", ringing: "info", talking: "live", holding: "wait", busy: "live",
  calling: "live",
  wrap_up: "muted",
};
const IN_TALK = ["talking", "holding"];

export class OperatorRow {
  /** @param {Floor} app @param {string} extension */
  constructor(app, extension) {
    this.app = app;
    this.name = bdi("", { class: "f-name" });
    this.extension = h("span", { class: "text-secondary numeric" }, extension);
    this.forms = h("span", { class: "second-line f-forms" });
    this.state = badge("", "muted");
    this.time = h("span", { class: "numeric f-time" });
    this.detail = h("div", { class: "second-line" });
    this.menu = this.#menu();
    this.hand = this.#hand();
    this.element = h("li", { class: "f-operator" },
      h("div", { class: "f-operator-who" }, h("div", {}, this.name, " ", this.extension, " ", this.forms), this.detail, this.hand.element),
      this.state, this.time, this.menu.element);
  }

  /** @param {Wire.OperatorView} operator @param {number} now */
  update(operator, now) {
    this.operator = operator;
    this.element.dataset.state = operator.state;
    setText(this.name, operator.name);
    setText(this.state, operator.reason_shown && operator.state === "paused" && !operator.steered
      ? `${t("state.paused")} · ${operator.reason_shown}` : t(`state.${operator.state}`));
    setClass(this.state, "tone-", TONES[operator.state]);
    setText(this.time, operator.state === "offline" || !operator.since ? "" : clock(secondsSince(operator.since, now)));
    // Beside the name, where it has room in either language.
    setText(this.forms, operator.unfinished_forms ? `· ${t("operator.forms", { n: operator.unfinished_forms })}` : "");
    setText(this.detail, this.detailOf(operator));
    this.#drawHand(operator, now);
    this.#offer(operator);
  }

  /** @param {Wire.OperatorView} operator */
  detailOf(operator) {
    const parts = [];
    if (operator.steered) parts.push(t(`operator.steered_${operator.steered.what}`, { name: operator.steered.by, reason: operator.steered.reason }));
    if (operator.busy_with) parts.push(t("operator.busy_with", { name: operator.busy_with }));
    const call = this.app.picture.callOf(operator);
    if (call) parts.push(`${callerOf(call)} ${call.region}`.trim());
    // Where they are signed in is worth a word only when it is not everywhere.
    const everywhere = operator.queues.length === this.app.picture.queues.length;
    if (operator.state !== "offline" && !everywhere) parts.push(listed(operator.queues.map((queue) => queue.name)));
    if (operator.state !== "offline" && !operator.phone.reachable) parts.push(t("operator.phone_away"));
    if (operator.phone.forwards) parts.push(t("operator.phone_forwards"));
    return parts.filter(Boolean).join(" · ");
  }

  /** A raised hand, and what helps by one click. */
  #hand() {
    const text = h("strong", {});
    /** @param {string} name @param {(operator: Wire.OperatorView) => unknown} act */
    const offer = (name, act) => h("button", { class: "btn btn-sm", type: "button", onclick: () => this.operator && act(this.operator) }, t(`do.${name}`));
    const { app } = this;
    const buttons = [offer("listen", (each) => app.spy(each, "listen")), offer("whisper", (each) => app.spy(each, "whisper"))];
    const takeOver = offer("take_over", (each) => app.askTakeOver(app.picture.callOf(each)));
    const element = h("div", { class: "f-hand", hidden: true }, icon("hand-stop"), text, buttons, takeOver);
    return { element, text, buttons, takeOver };
  }

  /** @param {Wire.OperatorView} operator @param {number} now */
  #drawHand(operator, now) {
    const { element, text, buttons, takeOver } = this.hand;
    const { hand } = operator;
    show(element, Boolean(hand));
    this.element.classList.toggle("has-hand", Boolean(hand && !hand.seen_by));
    if (!hand) return;
    setText(text, hand.seen_by ? t("hand.seen", { name: hand.seen_by }) : t("hand.up", { time: clock(secondsSince(hand.since, now)) }));
    const own = operator.extension === this.app.data.own_extension;
    for (const button of buttons) show(button, !own && !hand.seen_by && this.app.data.listen_to_calls);
    show(takeOver, !own && !hand.seen_by && Boolean(this.app.picture.callOf(operator)));
  }

  #menu() {
    /** @param {string} name @param {string} symbol @param {(operator: Wire.OperatorView) => unknown} act */
    const item = (name, symbol, act) => h("button", { class: "dropdown-item", type: "button", onclick: () => this.operator && act(this.operator) },
      icon(symbol, "dropdown-item-icon"), t(`do.${name}`));
    const { app } = this;
    const items = {
      listen: item("listen", "ear", (operator) => app.spy(operator, "listen")),
      whisper: item("whisper", "message-2", (operator) => app.spy(operator, "whisper")),
      barge: item("barge", "users", (operator) => app.spy(operator, "barge")),
      take_over: item("take_over", "switch-horizontal", (operator) => app.askTakeOver(app.picture.callOf(operator))),
      divider: h("div", { class: "dropdown-divider" }),
      pause: item("pause", "player-pause", (operator) => app.askPause(operator)),
      resume: item("resume", "player-play", (operator) => app.resume(operator)),
      sign_out: item("sign_out", "logout", (operator) => app.askSignOut(operator)),
    };
    const button = h("button", { class: "btn btn-icon btn-sm f-more", type: "button", "data-bs-toggle": "dropdown", "aria-expanded": "false" }, icon("dots-vertical"));
    const element = h("div", { class: "dropdown" }, button, h("div", { class: "dropdown-menu dropdown-menu-end" }, Object.values(items)));
    return { element, button, items };
  }

  /** @param {Wire.OperatorView} operator */
  #offer(operator) {
    const { items, button, element } = this.menu;
    const own = operator.extension === this.app.data.own_extension;
    const talks = IN_TALK.includes(operator.state);
    const listens = talks && !own && this.app.data.listen_to_calls;
    for (const item of [items.listen, items.whisper, items.barge]) show(item, listens);
    show(items.take_over, talks && !own && Boolean(this.app.picture.callOf(operator)));
    show(items.divider, talks && !own);
    show(items.pause, !["offline", "paused"].includes(operator.state));
    show(items.resume, ["paused", "wrap_up"].includes(operator.state));
    show(items.sign_out, operator.state !== "offline");
    show(element, operator.state !== "offline");
    const label = t("do.menu", { name: operator.name });
    if (button.getAttribute("aria-label") !== label) button.setAttribute("aria-label", label);
  }
}
