// The small dialogs: keypad, message to a person, keys.

import { $, bdi, fill, h, setText, show } from "./dom.js";
import { KEYS } from "./keys.js";
import { t } from "./words.js";

const DIGITS = "123456789*0#";

export class Keypad {
  constructor(app) {
    this.app = app;
    this.dialog = $("#keypad-dialog");
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

  press(digit) {
    this.app.phone?.press(digit);
    this.sent = (this.sent + digit).slice(-20);
    setText($("#keypad-shown"), this.sent);
  }
}

export class Message {
  constructor(app) {
    this.app = app;
    this.dialog = $("#message-dialog");
    $("#message-send").addEventListener("click", () => this.#send());
  }

  open(person) {
    this.person = person;
    $("#message-to").replaceChildren(t("message.to"), " ", bdi(person.name));
    $("#message-text").value = this.app.formSummary();
    show($("#message-problem"), false);
    this.dialog.showModal();
    $("#message-text").focus();
  }

  async #send() {
    const text = $("#message-text").value.trim();
    if (!text) return this.#refuse(t("message.empty"));
    const body = { text };
    const callId = this.app.focusedCallId();
    if (callId) body.call_id = callId;
    $("#message-send").disabled = true;
    try {
      await this.app.api.post(`/directory/${this.person.id}/messages`, body);
      this.dialog.close();
      this.app.say(t("message.left", { name: this.person.name }));
    } catch (error) {
      this.#refuse(this.app.problemText(error));
    } finally {
      $("#message-send").disabled = false;
    }
    return undefined;
  }

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
  $("#help-dialog").showModal();
}
