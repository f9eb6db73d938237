// The middle while nothing is shown there: what the operator waits for, or what keeps calls away.

import { $, fill, h, icon, show } from "./dom.js";
import { t } from "./words.js";

const SYMBOLS = { ready: "headset", paused: "player-pause", wrap_up: "pencil", offline: "logout" };

export function drawIdle(app) {
  show($("#idle"), !app.focus);
  if (app.focus) return;
  const [key, symbol, action] = situation(app);
  fill($("#idle-inner"), [key, app.problem], () => [
    h("div", { class: "empty-icon" }, icon(symbol)),
    h("p", { class: "empty-title" }, t(`idle.${key}`)),
    h("p", { class: "empty-subtitle text-secondary" }, key === "problem" ? app.problem : t(`idle.${key}.more`)),
    action ? h("button", { class: "btn btn-primary", type: "button", "data-key": "idle-action", onclick: action.run }, action.text) : null,
  ]);
}

function situation(app) {
  if (app.problem) return ["problem", "alert-triangle", { text: t("again"), run: () => app.boot() }];
  if (!app.operator) return ["loading", "headset", null];
  if (app.sessionEnded) return ["session", "lock", null];
  if (app.phone?.registration.state === "refused") return ["phone", "phone-off", { text: t("phone.title"), run: () => app.phone.openSettings() }];
  const { state } = app.operator;
  const ready = { text: t("state.become_ready"), run: () => app.chooseState("ready") };
  return [SYMBOLS[state] ? state : "ready", SYMBOLS[state] ?? "headset", state === "ready" || !SYMBOLS[state] ? null : ready];
}
