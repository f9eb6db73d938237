// Comments at a second, or on the whole: a list beside the waveform, and a dialog to write one.

import { thrown } from "../operators/api.js";
import { $, $dialog, bdi, h, setText } from "../operators/dom.js";
import { t } from "../operators/words.js";
import { clock, parseSecond } from "./times.js";

/** @param {HTMLElement} root @param {Wire.CommentView[]} comments @param {Exam.Jump} jump */
export function drawComments(root, comments, jump) {
  root.replaceChildren(...(comments.length ? comments.map((comment) => line(comment, jump)) : [
    h("p", { class: "text-secondary" }, t("comments.none"))]));
}

/** @param {Wire.CommentView} comment @param {Exam.Jump} jump */
function line(comment, jump) {
  const { second } = comment;
  const place = second === null ? t("comments.whole") : clock(second);
  return h("div", { class: "comment" },
    h("div", { class: "comment-head text-secondary" },
      second === null ? h("span", {}, place) : h("button", { type: "button", class: "btn-plain comment-time", onclick: () => jump(second) }, place),
      " · ", bdi(comment.written_by)),
    h("p", { class: "comment-text", dir: "auto" }, comment.text));
}

/** @param {Wire.CommentView[]} comments @param {number} seconds */
export function marksOfComments(comments, seconds) {
  return comments.flatMap(({ id, second, text }) => (second === null || second > seconds ? [] : [
    { id: `comment-${id}`, start: second, tone: "comment", label: `${clock(second)} ${text}`.slice(0, 200) }]));
}

export class CommentDialog {
  /**
   * `send(second, text)` keeps it; `said()` when it is done.
   * @param {(second: number | null, text: string) => Promise<Wire.CommentView>} send
   * @param {(comment: Wire.CommentView) => unknown} said
   */
  constructor(send, said) {
    this.dialog = $dialog("#comment-dialog");
    this.form = /** @type {HTMLFormElement} */ (this.dialog && $("form", this.dialog));
    if (!this.dialog) return;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#keep(send, said);
    });
    this.form.text.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) this.form.requestSubmit();
    });
    $("[data-close]", this.dialog).addEventListener("click", () => this.dialog.close());
  }

  /**
   * `second`: null without a recording: then on the whole.
   * @param {number | null} second
   */
  open(second) {
    if (!this.dialog) return;
    this.form.second.value = second === null ? "" : clock(second, true);
    this.form.text.value = "";
    setText($(".dialog-problem", this.dialog), "");
    this.dialog.showModal();
    this.form.text.focus();
  }

  /**
   * @param {(second: number | null, text: string) => Promise<Wire.CommentView>} send
   * @param {(comment: Wire.CommentView) => unknown} said
   */
  async #keep(send, said) {
    const typed = this.form.second.value.trim();
    const second = typed ? parseSecond(typed) : null;
    const problem = $(".dialog-problem", this.dialog);
    if (typed && second === null) return setText(problem, t("comments.no_second"));
    if (!this.form.text.value.trim()) return setText(problem, t("comments.no_text"));
    try {
      said(await send(second, this.form.text.value));
      return this.dialog.close();
    } catch (error) {
      return setText(problem, thrown(error).away ? t("away") : thrown(error).message);
    }
  }
}
