// The callers who are on the line: who, where in their way, for how long.

import { badge, bdi, h, icon, setClass, setText, show } from "../operators/dom.js";
import { clock, secondsSince } from "../operators/timing.js";
import { t } from "../operators/words.js";
import { ringNumber, stageSince } from "./picture.js";

/** @import { Floor } from "./main.js" */

const TONES = {
  ivr: "muted", queue: "warn", ringing: "info", talking: "ok", holding: "wait", asked: "info", voicemail: "muted", duty: "wait",
  ended: "muted",
};
const TAKEN_OVER = ["queue", "ringing", "talking", "holding"];

export class CallRow {
  /** @param {Floor} app */
  constructor(app) {
    this.app = app;
    this.number = bdi("", { class: "number" });
    this.level = badge("", "warn", { hidden: true });
    this.where = h("span", { class: "second-line" });
    this.line = h("span", {});
    this.subject = h("span", { class: "second-line" });
    this.stage = badge("", "muted");
    this.who = h("span", { class: "f-who" });
    this.alarm = h("span", { class: "f-alarm", hidden: true }, icon("alert-triangle"));
    this.time = h("td", { class: "numeric text-end f-time" });
    this.take = h("button", { class: "btn btn-icon btn-sm f-more", type: "button", title: t("do.take_over"), onclick: () => app.askTakeOver(this.call ?? null) },
      icon("switch-horizontal"));
    this.element = h("tr", {},
      h("td", {}, this.number, " ", this.level, this.where), h("td", {}, this.line, this.subject),
      h("td", {}, h("div", { class: "f-stage" }, this.stage, this.who, this.alarm)), this.time,
      h("td", { class: "text-end" }, this.take));
  }

  /** @param {Wire.LiveCall} call @param {number} now */
  update(call, now) {
    this.call = call;
    this.element.dataset.stage = call.stage;
    setText(this.number, callerOf(call));
    setText(this.level, call.level);
    show(this.level, Boolean(call.level));
    setText(this.where, call.region);
    setText(this.line, call.line.number_shown);
    setText(this.subject, [call.subject, call.queue?.name].filter(Boolean).join(" · "));
    setText(this.stage, call.outcome ? t(`outcome.${call.outcome}`) : t(`stage.${call.stage}`));
    setClass(this.stage, "tone-", TONES[call.stage]);
    setText(this.who, this.whoOf(call, now));
    setText(this.time, call.stage === "ended" ? "" : clock(secondsSince(stageSince(call), now)));
    this.#alarm(this.alarmOf(call, now));
    show(this.take, TAKEN_OVER.includes(call.stage) && Boolean(this.app.data.own_extension)
      && call.talking?.extension !== this.app.data.own_extension);
    const label = t("do.take_over_of", { number: callerOf(call) });
    if (this.take.getAttribute("aria-label") !== label) this.take.setAttribute("aria-label", label);
  }

  /** @param {Wire.LiveCall} call @param {number} now */
  whoOf(call, now) {
    if (call.talking) {
      const { kind, name, extension } = call.talking;
      if (call.consultation) return t("talk.asks", { name: name || extension, other: call.consultation.asked_name || call.consultation.asked_extension });
      return t(kind === "mobile" ? "talk.mobile" : "talk.with", { name: name || extension });
    }
    return call.ringing
      .map((ring) => t("ring.at", { name: ring.name || ring.extension, n: ringNumber(ring, now, this.app.data.ring_cycle_seconds) }))
      .join(" · ");
  }

  /**
   * A8, A13: what ought not to last so long; "" for nothing.
   * @param {Wire.LiveCall} call
   * @param {number} now
   */
  alarmOf(call, now) {
    const { data } = this.app;
    const rung = call.ringing.some((ring) => ringNumber(ring, now, data.ring_cycle_seconds) > data.answer_rings);
    if (rung) return t("ring.slow", { n: data.answer_rings });
    if (call.waiting_since && secondsSince(call.waiting_since, now) > data.answer_seconds) return t("wait.slow", { n: data.answer_seconds });
    if (call.holding_since && secondsSince(call.holding_since, now) > data.hold_reminder_seconds) return t("hold.slow", { n: data.hold_reminder_seconds });
    return "";
  }

  /** @param {string} text */
  #alarm(text) {
    show(this.alarm, Boolean(text));
    this.time.classList.toggle("text-bad", Boolean(text));
    if (this.alarm.title === text) return;
    this.alarm.title = text;
    this.alarm.setAttribute("role", "img");
    this.alarm.setAttribute("aria-label", text);
  }
}

/** @param {Wire.LiveCall} call */
export function callerOf(call) {
  return call.withheld ? t("caller.withheld") : call.number_shown || t("caller.unknown");
}
