// A call that rings while another record is being written: said in a strip, the writing is left alone.

import { $, bdi, fill, h, icon, setClass, setText, show } from "./dom.js";
import { callerNames, callerShown, ringOf } from "./callcards.js";
import { isConsulted } from "./consultation.js";
import { clock } from "./timing.js";
import { listed, t } from "./words.js";

/** @import { App } from "./app.js" */

/** @param {App} app @param {number} now */
export function drawIncoming(app, now) {
  const place = $("#incoming");
  const ringing = app.entries.filter((entry) => entry.mine === "ringing" && entry.call.call_id !== app.focus?.callId);
  const entry = ringing[0];
  show(place, Boolean(entry));
  if (!entry) return;
  const greeting = isConsulted(entry, app.extension) ? "" : entry.pop?.greeting;
  fill(place, [entry.call.call_id, callerShown(entry.call), greeting, callerNames(entry.pop), app.phone?.kind, app.phone?.rings], () => [
    icon("phone-ringing"),
    h("div", { class: "c-incoming-text" },
      h("strong", {}, t("incoming.title")), " ", bdi(callerShown(entry.call), { class: "number" }), " ",
      callerNames(entry.pop).length ? bdi(listed(callerNames(entry.pop))) : null, " ",
      h("span", { class: "text-secondary" }, [entry.call.region, entry.call.subject].filter(Boolean).join(" · ")), " ",
      h("span", { class: "numeric c-incoming-time", "data-waited": "" }),
      greeting ? h("div", { class: "c-incoming-greeting" }, greeting) : null),
    app.phone?.kind === "webrtc"
      ? h("button", { class: "btn btn-success", type: "button", "data-key": "answer", disabled: !app.phone.rings, onclick: () => app.run("answer") }, icon("phone"), h("span", {}, t("do.answer")), h("kbd", {}, "F2"))
      : h("span", {}, t("incoming.desk")),
    h("button", { class: "btn", type: "button", "data-key": "look", onclick: () => app.showCall(entry.call.call_id) }, t("incoming.look")),
  ]);
  const turn = ringOf(app, entry, now);
  setText($("[data-waited]", place), clock(turn.waited));
  setClass(place, "turn-", turn.tone);
}
