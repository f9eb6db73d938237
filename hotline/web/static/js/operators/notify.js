// Saying that a call rings to somebody who looks elsewhere: the title blinks, and the system shows a notice if it may.

import { $, show } from "./dom.js";
import { t } from "./words.js";

const BLINK_MS = 1000;

export class Notifier {
  constructor() {
    this.title = document.title;
    /** @type {Notification | null} */
    this.notice = null;
    /** @type {string | null} */
    this.text = null;
    const ask = $("#notify-ask");
    show(ask, this.#mayAsk());
    ask.addEventListener("click", async () => {
      await Notification.requestPermission();
      show(ask, this.#mayAsk());
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.#calm());
  }

  #mayAsk() {
    return "Notification" in window && window.isSecureContext && Notification.permission === "default";
  }

  /**
   * `text`: what rings; null when nothing does.
   * @param {string | null} text
   */
  ringing(text) {
    if (text === this.text) return;
    this.text = text;
    if (!text) return this.#calm();
    if (document.hidden) this.#call(text);
    return undefined;
  }

  /** @param {string} text */
  #call(text) {
    clearInterval(this.blinking);
    let on = false;
    this.blinking = setInterval(() => {
      on = !on;
      document.title = on ? `☎ ${text}` : this.title;
    }, BLINK_MS);
    if ("Notification" in window && Notification.permission === "granted") {
      this.notice = new Notification(t("notify.title"), { body: text, tag: "hotline-call", requireInteraction: true });
      this.notice.onclick = () => window.focus();
    }
  }

  #calm() {
    clearInterval(this.blinking);
    document.title = this.title;
    this.notice?.close();
    this.notice = null;
  }
}
