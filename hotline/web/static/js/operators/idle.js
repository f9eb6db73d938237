// The middle while nothing is shown there: what the operator waits for, or what keeps calls away.

import { $, fill, h, icon, show } from "./dom.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

/** @type {Record<string, string>} */
const SYMBOLS = { ready: "headset", paused: "player-pause", wrap_up: "pencil", offline: "logout" };

/** @param {App} app */
export function drawIdle(app) {
  if ($("#idle").hidden && !app.focus) app.day?.refresh();
  show($("#idle"), !app.focus);
  if (app.focus) return;
  const { key, symbol, action } = situation(app);
  fill($("#idle-inner"), [key, app.problem], () => [
    h("div", { class: "empty-icon" }, icon(symbol)),
    h("p", { class: "empty-title" }, t(`idle.${key}`)),
    h("p", { class: "empty-subtitle text-secondary" }, key === "problem" ? app.problem : t(`idle.${key}.more`)),
    action ? h("button", { class: "btn btn-primary", type: "button", "data-key": "idle-action", onclick: action.run }, action.text, action.shortcut ? [" ", h("kbd", {}, action.shortcut)] : null) : null,
  ]);
}

/**
 * What is said, and what can be done about it.
 * @param {App} app
 * @returns {{ key: string, symbol: string, action?: { text: string, run: () => unknown, shortcut?: string } }}
 */
function situation(app) {
  if (app.problem) return { key: "problem", symbol: "alert-triangle", action: { text: t("again"), run: () => app.link.boot() } };
  if (!app.operator) return { key: "loading", symbol: "headset" };
  if (app.sessionEnded) return { key: "session", symbol: "lock" };
  if (app.phone?.registration.state === "refused") return { key: "phone", symbol: "phone-off", action: { text: t("phone.title"), run: () => app.phone?.openSettings() } };
  const { state } = app.operator;
  if (app.allClosed && state === "ready") return { key: "closed", symbol: "clock" };
  const ready = { text: t("state.become_ready"), run: () => app.chooseState("ready"), shortcut: "Shift+F6" };
  return {
    key: SYMBOLS[state] ? state : "ready", symbol: SYMBOLS[state] ?? "headset",
    action: state === "ready" || !SYMBOLS[state] ? undefined : ready,
  };
}
