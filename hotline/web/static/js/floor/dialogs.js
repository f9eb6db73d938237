// The dialogs of the floor: a reason, the line's state, the displays on the wall.

import { thrown } from "../operators/api.js";
import { $, $$, $input, $dialog, bdi, h, setText, show } from "../operators/dom.js";
import { t } from "../operators/words.js";

/** @import { Floor } from "./main.js" */

/** @param {HTMLDialogElement} dialog */
export function closable(dialog) {
  for (const button of $$("[data-close]", dialog)) button.addEventListener("click", () => dialog.close());
}

/** Asks for a reason and does something with it. */
export class ReasonDialog {
  constructor() {
    this.dialog = $dialog("#reason-dialog");
    this.required = false;
    /** @type {((reason: string) => unknown) | null} */
    this.act = null;
    closable(this.dialog);
    $("#reason-form").addEventListener("submit", (event) => this.#submit(event));
  }

  /**
   * @param {{title: string, note: string, button: string, required: boolean, act: (reason: string) => unknown}} given
   */
  ask({ title, note, button, required, act }) {
    this.required = required;
    this.act = act;
    setText($("#reason-title"), title);
    setText($("#reason-note"), note);
    setText($("#reason-do"), button);
    $input("#reason").value = "";
    show($("#reason-problem"), false);
    this.dialog.showModal();
    $("#reason").focus();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const reason = $input("#reason").value.trim();
    if (this.required && !reason) {
      show($("#reason-problem"), true);
      $("#reason").focus();
      return;
    }
    this.dialog.close();
    this.act?.(reason);
  }
}

export class DeclareDialog {
  /** @param {Floor} app */
  constructor(app) {
    this.app = app;
    this.dialog = $dialog("#declare-dialog");
    closable(this.dialog);
    $("#declare-open").addEventListener("click", () => this.open());
    $("#declare-form").addEventListener("submit", (event) => this.#submit(event));
    $("#declare-calendar").addEventListener("click", () => this.#do(() => app.api.delete(`/floor/line?line=${this.#line()}`)));
    $("#declare-line").addEventListener("change", () => this.#chosen());
  }

  open() {
    this.#chosen();
    show($("#declare-problem"), false);
    $input("#declare-until").value = inShanghai(this.app.clock.now() + 3600 * 1000);
    this.dialog.showModal();
    $("#declare-until").focus();
  }

  /** Id of the line that is to be declared; "" is all of them. */
  #line() {
    return $input("#declare-line").value;
  }

  #chosen() {
    const chosen = this.app.picture.lines.filter((line) => !this.#line() || line.id === this.#line());
    show($("#declare-calendar"), chosen.some((line) => line.declared));
    $input(chosen.some((line) => line.open) ? "#declare-closed" : "#declare-opened").checked = true;
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const mode = $input("[name=mode]:checked", this.dialog).value;
    const body = { mode, until: $input("#declare-until").value, reason: $input("#declare-reason").value.trim(), line: this.#line() };
    this.#do(() => this.app.api.post("/floor/line", body));
  }

  /** @param {() => Promise<Wire.LineNow>} act */
  async #do(act) {
    try {
      const line = await act(); // the others come by the push
      this.app.picture.lines = this.app.picture.lines.map((known) => (known.id === line.id ? line : known));
      this.dialog.close();
      $input("#declare-reason").value = "";
      this.app.say("ok", t("said.line"));
    } catch (error) {
      setText($("#declare-problem"), thrown(error).code === "refused" ? t("failed.until") : this.app.problemText(error));
      show($("#declare-problem"), true);
    }
    this.app.update();
  }
}

export class DisplaysDialog {
  /** @param {Floor} app */
  constructor(app) {
    this.app = app;
    this.dialog = $dialog("#displays-dialog");
    closable(this.dialog);
    $("#displays-open").addEventListener("click", () => this.open());
    $("#display-form").addEventListener("submit", (event) => this.#make(event));
    $("#display-copy").addEventListener("click", () => this.#copy());
  }

  open() {
    show($("#display-made"), false);
    show($("#display-problem"), false);
    this.dialog.showModal();
    this.#list();
  }

  async #list() {
    await this.#try(async () => {
      /** @type {Wire.DisplayList} */
      const { displays } = await this.app.api.get("/floor/displays");
      $("#displays").replaceChildren(...(displays.length ? displays.map((one) => this.#row(one)) : [h("li", { class: "text-secondary" }, t("display.none"))]));
    });
  }

  /** @param {Wire.DisplayView} display */
  #row(display) {
    const seen = display.seen_at ? t("display.seen", { time: this.app.time(display.seen_at) }) : t("display.never");
    return h("li", {}, h("span", {}, bdi(display.name), h("span", { class: "second-line" }, `${t("display.by", { name: display.created_by })} · ${seen}`)),
      h("button", { class: "btn btn-sm", type: "button", onclick: () => this.#revoke(display) }, t("display.revoke")));
  }

  /** @param {Event} event */
  async #make(event) {
    event.preventDefault();
    await this.#try(async () => {
      /** @type {Wire.MadeDisplay} */
      const made = await this.app.api.post("/floor/displays", { name: $input("#display-name").value.trim() });
      setText($("#display-made-note"), t("display.made"));
      setText($("#display-link"), made.link);
      setText($("#display-copy"), t("display.copy"));
      show($("#display-copy"), Boolean(navigator.clipboard));
      show($("#display-made"), true);
      $input("#display-name").value = "";
      await this.#list();
    });
  }

  /** @param {Wire.DisplayView} display */
  async #revoke(display) {
    await this.#try(async () => {
      await this.app.api.delete(`/floor/displays/${display.id}`);
      await this.#list();
    });
  }

  async #copy() {
    await navigator.clipboard.writeText($("#display-link").textContent);
    setText($("#display-copy"), t("display.copied"));
  }

  /** @param {() => Promise<unknown>} act */
  async #try(act) {
    show($("#display-problem"), false);
    try {
      await act();
    } catch (error) {
      setText($("#display-problem"), this.app.problemText(error));
      show($("#display-problem"), true);
    }
  }
}

/**
 * As an input of kind datetime-local has it, on the wall clock of Asia/Shanghai, to the next five minutes.
 * @param {number} milliseconds
 */
export function inShanghai(milliseconds) {
  const rounded = Math.ceil(milliseconds / 300000) * 300000;
  return new Date(rounded + 8 * 3600 * 1000).toISOString().slice(0, 16);
}
