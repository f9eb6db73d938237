// Comments at a second, or on the whole: a list beside the waveform, and a dialog to write one.

import { $, bdi, h, setText } from "../console/dom.js";
import { t } from "../console/words.js";
import { clock, parseSecond } from "./times.js";

export function drawComments(root, comments, jump) {
  root.replaceChildren(...(comments.length ? comments.map((comment) => line(comment, jump)) : [
    h("p", { class: "text-secondary" }, t("comments.none"))]));
}

function line(comment, jump) {
  const place = comment.second === null ? t("comments.whole") : clock(comment.second);
  return h("div", { class: "comment" },
    h("div", { class: "comment-head text-secondary" },
      comment.second === null ? h("span", {}, place) : h("button", { type: "button", class: "btn-plain comment-time", onclick: () => jump(comment.second) }, place),
      " · ", bdi(comment.written_by)),
    h("p", { class: "comment-text", dir: "auto" }, comment.text));
}

export function marksOfComments(comments, seconds) {
  return comments
    .filter((comment) => comment.second !== null && comment.second <= seconds)
    .map((comment) => ({ id: `comment-${comment.id}`, start: comment.second, tone: "comment", label: `${clock(comment.second)} ${comment.text}`.slice(0, 200) }));
}

export class CommentDialog {
  /** `send(second, text)` keeps it; `said()` when it is done. */
  constructor(send, said) {
    this.dialog = $("#comment-dialog");
    if (!this.dialog) return;
    this.form = $("form", this.dialog);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#keep(send, said);
    });
    this.form.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) this.form.requestSubmit();
    });
    $("[data-close]", this.dialog).addEventListener("click", () => this.dialog.close());
  }

  /** `second`: null without a recording: then on the whole. */
  open(second) {
    if (!this.dialog) return;
    this.form.second.value = second === null ? "" : clock(second, true);
    this.form.text.value = "";
    setText($(".dialog-problem", this.dialog), "");
    this.dialog.showModal();
    this.form.text.focus();
  }

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
      return setText(problem, error.away ? t("away") : error.message);
    }
  }
}
