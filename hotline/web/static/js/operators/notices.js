// What the operator must know until it is over: each notice has a key, the latest text counts.

import { $, fill, h, icon } from "./dom.js";
import { t } from "./words.js";

export class Notices {
  constructor() {
    /** @type {Map<string, Desk.Notice>} */
    this.all = new Map();
  }

  /**
   * `actions`: [{text, run, href}]; `closable`: the operator may clear it.
   * @param {string} key
   * @param {Desk.Notice["tone"]} tone
   * @param {string} text
   * @param {{actions?: Desk.NoticeAction[], closable?: boolean}} [given]
   */
  set(key, tone, text, { actions = [], closable = false } = {}) {
    this.all.set(key, { key, tone, text, actions, closable });
    this.draw();
  }

  /** @param {string} key */
  clear(key) {
    if (this.all.delete(key)) this.draw();
  }

  draw() {
    const shown = [...this.all.values()];
    fill($("#notices"), shown.map((n) => [n.key, n.tone, n.text, n.actions.map((a) => a.text)]), () => shown.map((notice) =>
      h("div", { class: `c-notice tone-${notice.tone}` },
        icon(notice.tone === "bad" ? "alert-triangle" : "info-circle"),
        h("span", { class: "c-alert-text" }, notice.text),
        notice.actions.map((action) => action.href
          ? h("a", { class: "btn btn-sm", href: action.href, target: "_blank", rel: "opener", "data-key": `${notice.key}-${action.text}` }, action.text)
          : h("button", { class: "btn btn-sm", type: "button", "data-key": `${notice.key}-${action.text}`, onclick: action.run }, action.text)),
        notice.closable ? h("button", { class: "btn-close", type: "button", "data-key": `${notice.key}-close`, "aria-label": t("close"), onclick: () => this.clear(notice.key) }) : null)));
  }
}
