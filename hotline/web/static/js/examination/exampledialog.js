// Showing a part of the call as an example (F9).

import { $, setText } from "../console/dom.js";
import { t } from "../console/words.js";
import { clock, parseSecond } from "./times.js";

const BEFORE_SECONDS = 10;
const LONG_SECONDS = 30;

export class ExampleDialog {
  constructor(api, callId, made) {
    Object.assign(this, { api, callId, made });
    this.dialog = $("#example-dialog");
    this.form = this.dialog && $("form", this.dialog);
    this.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#mark();
    });
  }

  /** With half a minute around that second. */
  open(second, seconds) {
    if (!this.dialog) return;
    const start = Math.max((second ?? 0) - BEFORE_SECONDS, 0);
    this.form.from_second.value = clock(start, true);
    this.form.to_second.value = clock(Math.min(start + LONG_SECONDS, seconds ?? start + LONG_SECONDS), true);
    setText($(".dialog-problem", this.dialog), "");
    this.dialog.showModal();
    this.form.title.focus();
  }

  async #mark() {
    const { title, lesson, from_second: from, to_second: to, caller_silenced: silenced, caller_reason: reason } = this.form.elements;
    const [start, end] = [parseSecond(from.value), parseSecond(to.value)];
    const problem = $(".dialog-problem", this.dialog);
    if (!title.value.trim() || !lesson.value.trim()) return setText(problem, t("example.needs"));
    if (start === null || end === null || end <= start) return setText(problem, t("example.part"));
    const heard = silenced ? !silenced.checked : false;
    if (heard && !reason.value.trim()) return setText(problem, t("example.reason"));
    const body = { call_id: this.callId, title: title.value, lesson: lesson.value, from_second: start, to_second: end, caller_silenced: !heard, caller_reason: heard ? reason.value : "" };
    try {
      this.made(await this.api.post("/examples", body));
      return this.dialog.close();
    } catch (error) {
      return setText(problem, this.#words(error));
    }
  }

  #words(error) {
    if (error.away) return t("away");
    const known = { 409: "example.there", 422: "example.tells" };
    return known[error.status] && !/after it begins|beyond|minutes/.test(error.message) ? t(known[error.status]) : t("example.part");
  }
}
