// The operator's own bar: state with its time, wrap-up, phone, microphone, connection.

import { $, fill, h, icon, setClass, setText, show } from "./dom.js";
import { clock, countdown, secondsSince } from "./timing.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

/** @type {Record<Wire.ShownState, string>} */
const TONES = {
  ready: "ok", paused: "warn", wrap_up: "wait", ringing: "live", talking: "live", holding: "live", busy: "live", calling: "live", offline: "muted",
};

/** @param {Wire.OperatorView} operator */
export function stateText(operator) {
  if (operator.state === "busy" && operator.busy_with) return t("state.busy_with", { name: operator.busy_with });
  const text = t(`state.${operator.state}`);
  return operator.state === "paused" && operator.reason_shown ? `${text} · ${operator.reason_shown}` : text;
}

/** @param {App} app @param {number} now */
export function drawBar(app, now) {
  const { operator } = app;
  if (!operator) return;
  setText($("#state-text"), stateText(operator));
  setText($("#state-time"), operator.since ? clock(secondsSince(operator.since, now)) : "");
  setClass($("#state-button"), "tone-", TONES[operator.state] ?? "muted");
  drawWrapUp(operator, app.settings, now);
}

/** @param {Wire.OperatorView} operator @param {Desk.Settings} settings @param {number} now */
function drawWrapUp(operator, settings, now) {
  const wrapping = operator.state === "wrap_up" && Boolean(operator.wrap_up_until);
  show($("#wrapup"), wrapping);
  if (!wrapping) return;
  const turn = countdown({ until: operator.wrap_up_until, now, total: settings.wrap_up_seconds });
  progress("#wrapup-bar").value = turn.share;
  setText($("#wrapup-text"), t("wrapup.left", { time: clock(turn.left) }));
}

/**
 * The menu of states; `choose(state, reason)` asks the server.
 * @param {App} app
 * @param {(state: string, reason?: string) => unknown} choose
 */
export function drawStateMenu(app, choose) {
  /**
   * @param {string} key
   * @param {string} symbol
   * @param {string} text
   * @param {string} state
   * @param {string} [reason]
   * @param {string} [shortcut]
   */
  const item = (key, symbol, text, state, reason, shortcut) =>
    h("button", { class: "dropdown-item", type: "button", "data-key": key, onclick: () => choose(state, reason) },
      icon(symbol, "dropdown-item-icon"), h("span", {}, text), shortcut ? h("kbd", { class: "ms-auto" }, shortcut) : null);
  const reasons = Object.entries(app.settings.pause_reasons);
  fill($("#state-menu"), reasons, () => [
    item("ready", "circle-check", t("state.ready"), "ready", undefined, "Shift+F6"),
    h("div", { class: "dropdown-header" }, t("state.pause_for")),
    reasons.map(([id, text]) => item(`pause-${id}`, "player-pause", text, "paused", id)),
    h("div", { class: "dropdown-divider" }),
    item("offline", "logout", t("state.go_offline"), "offline"),
  ]);
}

/** @param {Push.Connection | "ended"} state */
export function drawConnection(state) {
  const shown = { connecting: "wait", open: "ok", lost: "bad", ended: "bad" };
  setClass($("#connection"), "tone-", shown[state]);
  setText($("#connection-text"), t(`connection.${state}`));
}

/** @type {Record<string, string>} */
const PHONE_TONES = { registered: "ok", connecting: "wait", lost: "bad", refused: "bad", stopped: "muted", desk: "ok", desk_away: "bad" };

/** @param {string} state @param {string} name */
export function drawPhone(state, name) {
  const button = $("#phone-state");
  setClass(button, "tone-", PHONE_TONES[state] ?? "muted");
  setText($("#phone-text"), t(`phone.${state}`));
  button.title = name ? `${t("phone.title")}: ${name}` : t("phone.title");
}

/** @param {string} selector */
const progress = (selector) => /** @type {HTMLProgressElement} */ ($(selector));

/** @param {number | null} level @param {boolean} silent */
export function drawLevel(level, silent) {
  show($("#mic"), level !== null);
  if (level === null) return;
  progress("#mic-level").value = Math.min(1, level);
  setClass($("#mic"), "tone-", silent ? "bad" : "muted");
}
