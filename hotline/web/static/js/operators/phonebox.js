// The operator's phone as the console needs it: the one in the browser, or the one on the desk (js/phone).

import { DeskPhone, Phone } from "../phone/phone.js";
import { $, $dialog, targetOf, fill, h, icon } from "./dom.js";
import { drawLevel, drawPhone } from "./bar.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

/** Troubles that the operator must know of as long as they last; the rest is told by the phone's own state. */
const BAD = ["mic_denied", "mic_missing", "network_lost", "sound_blocked"];

export class PhoneBox {
  /** @param {App} app @param {Sip.Account & {reachable?: boolean}} account */
  constructor(app, account) {
    this.app = app;
    this.account = account;
    this.kind = account.kind;
    this.line = account.kind === "webrtc" ? new Phone(account, app.api) : new DeskPhone(account, app.api);
    /** @type {Sip.Registration} */
    this.registration = { state: "connecting", reason: "" };
    this.line.addEventListener("registration", ({ detail }) => this.#registered(detail));
    this.line.addEventListener("call", () => app.update());
    this.line.addEventListener("ended", () => this.#ended());
    this.line.addEventListener("levels", ({ detail }) => this.#levels(detail));
    this.line.addEventListener("trouble", ({ detail }) => this.#trouble(detail));
    this.line.addEventListener("devices", () => this.#devices());
    $("#phone-state").addEventListener("click", () => this.openSettings());
  }

  start() {
    this.line.start();
  }

  stop() {
    this.line.stop();
    this.#registered({ state: "stopped", reason: "" });
  }

  get call() {
    return this.line.call;
  }

  /** There is a ring that can be answered here. */
  get rings() {
    return this.kind === "webrtc" && this.call?.state === "ringing";
  }

  get muted() {
    return Boolean(this.call?.muted);
  }

  answer() {
    return this.line.answer();
  }

  hangUp() {
    return this.line.hangUp();
  }

  /** @param {boolean} held */
  toggleHold(held) {
    return held ? this.line.unhold() : this.line.hold();
  }

  toggleMute() {
    this.line.mute(!this.muted);
  }

  /** @param {string} digit */
  press(digit) {
    this.line.press(digit);
  }

  /**
   * A desk phone's state is what the server says of the call.
   * @param {Desk.Entry | null} entry
   */
  follow(entry) {
    if (this.line instanceof DeskPhone) this.line.follow(entry);
  }

  /**
   * After a reload in mid-call: the server says that we talk, and no phone here does.
   * @param {{ call_id: number }} call
   */
  async rejoin(call) {
    if (this.kind !== "webrtc" || this.call) return;
    this.app.notices.set("rejoin", "info", t("phone.rejoining"));
    const came = await this.line.rejoin(call).catch(() => false);
    this.app.notices.clear("rejoin");
    if (!came && this.app.hasTalk()) {
      this.app.notices.set("rejoin", "bad", t("phone.rejoin_failed"), { actions: [{ text: t("again"), run: () => this.rejoin(call) }] });
    }
  }

  // ---- what the phone tells
  /** @param {Sip.Registration} detail */
  #registered(detail) {
    this.registration = detail;
    const desk = this.kind !== "webrtc";
    drawPhone(desk ? (detail.state === "registered" ? "desk" : "desk_away") : detail.state, this.app.extension);
    this.#tellRegistration(detail, desk);
    this.app.update();
  }

  /** @param {Sip.Registration} given @param {boolean} desk */
  #tellRegistration({ state, reason }, desk) {
    const { notices } = this.app;
    if (state === "registered" || state === "connecting" || state === "stopped") return notices.clear("phone");
    if (desk) return notices.set("phone", "bad", t("phone.problem.desk"));
    const actions = reason === "other_tab" ? [{ text: t("phone.take_over"), run: () => this.line.takeOver() }] : [];
    return notices.set("phone", "bad", t(`phone.problem.${reason || "no_connection"}`), { actions });
  }

  #ended() {
    drawLevel(null, false);
    this.app.phoneEnded();
  }

  /** @param {Sip.Levels} given */
  #levels({ mic }) {
    drawLevel(mic, this.line.troubles.some(({ kind }) => kind === "mic_silent"));
  }

  #devices() {
    if ($dialog("#phone-dialog").open) this.#drawSettings();
  }

  /** @param {Sip.Trouble} given */
  #trouble({ kind, reason, over }) {
    const key = `trouble-${kind}`;
    if (over) return this.app.notices.clear(key);
    if (kind === "network_back") return this.app.saying.say(t("trouble.network_back"));
    const text = t(kind === "mic_denied" ? `trouble.mic_denied.${reason || "denied"}` : `trouble.${kind}`);
    return this.app.notices.set(key, BAD.includes(kind) ? "bad" : "warn", text, { closable: true });
  }

  // ---- microphone and speaker
  async openSettings() {
    $dialog("#phone-dialog").showModal();
    await this.#drawSettings();
  }

  async #drawSettings() {
    const place = $("#phone-settings");
    const { line } = this;
    const devices = await line.devices();
    fill(place, [this.registration, devices, this.kind], () => [
      h("p", {}, icon("phone"), " ", t("phone.extension", { extension: this.app.extension }), " · ",
        this.kind === "webrtc" ? t(`phone.${this.registration.state}`) : t("phone.desk_hint")),
      line instanceof Phone ? [
        this.#choice("input", t("phone.microphone"), devices.inputs, devices.chosen),
        this.#choice("output", t("phone.speaker"), devices.outputs, devices.chosen),
        this.#choice("ringer", t("phone.ringer"), devices.outputs, devices.chosen),
        h("div", { class: "c-dialog-foot" },
          h("button", { class: "btn", type: "button", "data-key": "try-mic", onclick: () => line.tryMicrophone().then(() => this.#drawSettings()) }, t("phone.try_microphone")),
          h("button", { class: "btn", type: "button", "data-key": "test-sound", onclick: () => line.testSound() }, t("phone.test_sound"))),
      ] : null,
    ]);
  }

  /**
   * @param {"input" | "output" | "ringer"} part
   * @param {string} label
   * @param {Sip.Device[]} devices
   * @param {Sip.Chosen | undefined} chosen
   */
  #choice(part, label, devices, chosen) {
    const id = `device-${part}`;
    const options = devices.length ? devices : [{ id: "", label: "" }];
    return h("div", { class: "mb-2" }, h("label", { class: "form-label", for: id }, label),
      h("select", { class: "form-select", id, "data-key": id, onchange: (event) => this.line.choose({ [part]: targetOf(event).value }) },
        options.map((device) => h("option", { value: device.id, selected: device.id === chosen?.[part] }, device.label || t("phone.default_device")))));
  }
}
