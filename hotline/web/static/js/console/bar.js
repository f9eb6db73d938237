// The operator's own bar: state with its time, wrap-up, phone, microphone, connection.

import { $, fill, h, icon, setClass, setText, show } from "./dom.js";
import { clock, countdown, secondsSince } from "./timing.js";
import { t } from "./words.js";

const TONES = {
  ready: "ok", paused: "warn", wrap_up: "wait", ringing: "live", talking: "live", holding: "live", busy: "live", offline: "muted",
};

export function stateText(operator) {
  const text = t(`state.${operator.state}`);
  return operator.state === "paused" && operator.reason_shown ? `${text} · ${operator.reason_shown}` : text;
}

export function drawBar(app, now) {
  const { operator } = app;
  if (!operator) return;
  setText($("#state-text"), stateText(operator));
  setText($("#state-time"), operator.since ? clock(secondsSince(operator.since, now)) : "");
  setClass($("#state-button"), "tone-", TONES[operator.state] ?? "muted");
  drawWrapUp(app, now);
}

function drawWrapUp(app, now) {
  const { operator, settings } = app;
  const wrapping = operator.state === "wrap_up" && Boolean(operator.wrap_up_until);
  show($("#wrapup"), wrapping);
  if (!wrapping) return;
  const turn = countdown({ until: operator.wrap_up_until, now, total: settings.wrap_up_seconds });
  $("#wrapup-bar").value = turn.share;
  setText($("#wrapup-text"), t("wrapup.left", { time: clock(turn.left) }));
}

/** The menu of states; `choose(state, reason)` asks the server. */
export function drawStateMenu(app, choose) {
  const item = (key, symbol, text, state, reason) =>
    h("button", { class: "dropdown-item", type: "button", "data-key": key, onclick: () => choose(state, reason) },
      icon(symbol, "dropdown-item-icon"), h("span", {}, text));
  const reasons = Object.entries(app.settings.pause_reasons);
  fill($("#state-menu"), reasons, () => [
    item("ready", "circle-check", t("state.ready"), "ready"),
    h("div", { class: "dropdown-header" }, t("state.pause_for")),
    reasons.map(([id, text]) => item(`pause-${id}`, "player-pause", text, "paused", id)),
    h("div", { class: "dropdown-divider" }),
    item("offline", "logout", t("state.go_offline"), "offline"),
  ]);
}

export function drawConnection(state) {
  const shown = { connecting: "wait", open: "ok", lost: "bad", ended: "bad" };
  setClass($("#connection"), "tone-", shown[state]);
  setText($("#connection-text"), t(`connection.${state}`));
}

const PHONE_TONES = { registered: "ok", connecting: "wait", lost: "bad", refused: "bad", stopped: "muted", desk: "ok", desk_away: "bad" };

export function drawPhone(state, name) {
  const button = $("#phone-state");
  setClass(button, "tone-", PHONE_TONES[state] ?? "muted");
  setText($("#phone-text"), t(`phone.${state}`));
  button.title = name ? `${t("phone.title")}: ${name}` : t("phone.title");
}

export function drawLevel(level, silent) {
  show($("#mic"), level !== null);
  if (level === null) return;
  $("#mic-level").value = Math.min(1, level);
  setClass($("#mic"), "tone-", silent ? "bad" : "muted");
}
