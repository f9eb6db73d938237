// The queues: how many wait, since when the longest, who could answer.

import { h, icon, setClass, setText, show } from "../operators/dom.js";
import { clock, secondsSince } from "../operators/timing.js";
import { t } from "../operators/words.js";

/** @import { Floor } from "./main.js" */

export class QueueRow {
  /** @param {Floor} app */
  constructor(app) {
    this.app = app;
    this.name = h("strong", {});
    this.waiting = h("span", {});
    this.time = h("span", { class: "numeric f-time" });
    this.ready = h("span", { class: "text-secondary" });
    this.alarm = h("span", { class: "f-alarm", hidden: true, "aria-hidden": "true" }, icon("alert-triangle"));
    this.element = h("li", { class: "f-queue" }, this.name, h("span", { class: "f-queue-wait" }, this.alarm, this.waiting, this.time), this.ready);
  }

  /** @param {Page.QueueShown} queue @param {number} now */
  update(queue, now) {
    setText(this.name, queue.name);
    setText(this.waiting, queue.waiting ? t("queue.waiting", { n: queue.waiting }) : t("queue.nobody"));
    setText(this.time, queue.longestSince ? clock(secondsSince(queue.longestSince, now)) : "");
    setText(this.ready, queue.ready ? t("queue.ready", { ready: queue.ready, all: queue.signedIn }) : t("queue.none_ready"));
    const slow = queue.longestSince && secondsSince(queue.longestSince, now) > this.app.data.answer_seconds;
    show(this.alarm, Boolean(slow));
    setClass(this.element, "is-", slow ? "bad" : queue.waiting ? "busy" : "calm");
  }
}
