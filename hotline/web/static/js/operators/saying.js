// What the console says: to screen readers, and for a moment on the screen.

import { $, setText, show } from "./dom.js";

const SHOWN_MS = 4000;

export class Saying {
  constructor() {
    /** @type {Set<string>} What was said once and is not said again. */
    this.said = new Set();
  }

  /** @param {string} text */
  say(text) {
    this.announce(text);
    this.#toast(text);
  }

  /**
   * To screen readers alone: it stands on the screen already.
   * @param {string} text
   */
  announce(text) {
    setText($("#spoken"), text);
  }

  /** @param {string} text */
  sayNow(text) {
    setText($("#spoken-now"), text);
  }

  /** @param {string} key @param {string} text */
  sayOnce(key, text) {
    if (this.said.has(key)) return;
    this.said.add(key);
    this.announce(text);
  }

  /** @param {string} text */
  #toast(text) {
    const toast = $("#toast");
    setText(toast, text);
    show(toast, true);
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => show(toast, false), SHOWN_MS);
  }
}
