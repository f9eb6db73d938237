// Showing a part of the call as an example (F9).

import { thrown } from "../operators/api.js";
import { $, $dialog, setText } from "../operators/dom.js";
import { t } from "../operators/words.js";
import { clock, parseSecond } from "./times.js";

/** @import { Api } from "../operators/api.js" */

const BEFORE_SECONDS = 10;
const LONG_SECONDS = 30;

export class ExampleDialog {
  /** @param {Api} api @param {number | undefined} callId @param {(example: Wire.ExampleView) => unknown} made */
  constructor(api, callId, made) {
    this.api = api;
    this.callId = callId;
    this.made = made;
    this.dialog = $dialog("#example-dialog");
    this.form = /** @type {HTMLFormElement} */ (this.dialog && $("form", this.dialog));
    this.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#mark();
    });
  }

  /**
   * With half a minute around that second.
   * @param {number | null} second
   * @param {number | null} seconds
   */
  open(second, seconds) {
    if (!this.dialog) return;
    const start = Math.max((second ?? 0) - BEFORE_SECONDS, 0);
    this.form.from_second.value = clock(start, true);
    this.form.to_second.value = clock(Math.min(start + LONG_SECONDS, seconds ?? start + LONG_SECONDS), true);
    setText($(".dialog-problem", this.dialog), "");
    this.dialog.showModal();
    this.#field("title").focus();
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  async #mark() {
    const [title, lesson, from, to] = ["title", "lesson", "from_second", "to_second"].map((name) => this.#field(name));
    const [silenced, reason] = ["caller_silenced", "caller_reason"].map((name) => this.#field(name));
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

  /** @param {unknown} error */
  #words(error) {
    const { away, status, message } = thrown(error);
    if (away) return t("away");
    const known = { 409: "example.there", 422: "example.tells" }[Number(status)];
    return known && !/after it begins|beyond|minutes/.test(message) ? t(known) : t("example.part");
  }
}
