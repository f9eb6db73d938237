// The small dialogs: keypad, message to a person, keys.

import { $, $input, $dialog, bdi, fill, h, setText, show } from "./dom.js";
import { KEYS } from "./keys.js";
import { problemText } from "./problems.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

const DIGITS = "123456789*0#";

export class Keypad {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.dialog = $dialog("#keypad-dialog");
    this.sent = "";
    fill($("#keypad-keys"), DIGITS, () => [...DIGITS].map((digit) =>
      h("button", { class: "btn c-digit", type: "button", "data-key": `digit-${digit}`, onclick: () => this.press(digit) }, digit)));
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key.length !== 1 || !DIGITS.includes(event.key)) return;
      event.preventDefault();
      this.press(event.key);
    });
  }

  open() {
    this.sent = "";
    setText($("#keypad-shown"), "");
    this.dialog.showModal();
  }

  /** @param {string} digit */
  press(digit) {
    this.app.phone?.press(digit);
    this.sent = (this.sent + digit).slice(-20);
    setText($("#keypad-shown"), this.sent);
  }
}

export class Message {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.dialog = $dialog("#message-dialog");
    $("#message-send").addEventListener("click", () => this.#send());
  }

  /** @param {Wire.DirectoryPersonView} person */
  open(person) {
    this.person = person;
    $("#message-to").replaceChildren(t("message.to"), " ", bdi(person.name));
    $input("#message-text").value = this.app.formSummary();
    show($("#message-problem"), false);
    this.dialog.showModal();
    $("#message-text").focus();
  }

  async #send() {
    const text = $input("#message-text").value.trim();
    if (!text) return this.#refuse(t("message.empty"));
    const { person } = this;
    if (!person) return undefined;
    const callId = this.app.focusedCallId();
    const body = callId ? { text, call_id: callId } : { text };
    $input("#message-send").disabled = true;
    try {
      await this.app.api.post(`/directory/${person.id}/messages`, body);
      this.dialog.close();
      this.app.saying.say(t("message.left", { name: person.name }));
    } catch (error) {
      this.#refuse(problemText(error));
    } finally {
      $input("#message-send").disabled = false;
    }
    return undefined;
  }

  /** @param {string} text */
  #refuse(text) {
    setText($("#message-problem"), text);
    show($("#message-problem"), true);
  }
}

export function openHelp() {
  const actions = [...new Set(KEYS.map((known) => known.action))];
  fill($("#help-keys"), actions, () => actions.map((action) => [
    h("dt", {}, KEYS.filter((known) => known.action === action).map((known) => h("kbd", {}, known.shown))),
    h("dd", {}, t(`key.${action}`)),
  ]));
  $dialog("#help-dialog").showModal();
}
