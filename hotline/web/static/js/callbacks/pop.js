// What the pop says of the calls that we owe the caller, and what is done with one after it was dialled.

import { h, icon, rule } from "../operators/dom.js";
import { addDialPart } from "../operators/dialparts.js";
import { addPopPart } from "../operators/popparts.js";
import { localTime } from "../operators/timing.js";
import { t } from "../operators/words.js";

/** @param {Wire.Pop} pop */
function popItems(pop) {
  return (pop.callbacks ?? []).map((callback) => h("li", { class: callback.overdue ? "tone-bad" : "tone-warn" }, icon("phone-outgoing"),
    h("span", {}, t("pop.callback_owed", { reason: t(`callback.${callback.reason}`), due: localTime(callback.due_at) })), " ", rule("A9", t("rule.A9"))));
}

/**
 * With whom one has talked, that is over; who was not reached is tried again by itself, or a supervisor decides.
 * @param {import("../operators/app.js").App} app @param {Wire.DialView} dial
 */
function dialActions(app, dial) {
  /** @param {"done" | "not_wanted" | "wrong_number"} outcome @param {boolean} [main] */
  const close = (outcome, main = false) => {
    const text = t(`callback.close_${outcome}`);
    const note = app.formPlace.form?.call_id === dial.call_id ? app.formSummary() : "";
    const run = async () => {
      await app.api.post(`/callbacks/${dial.object_id}/close`, { outcome, note: note || text });
      app.saying.say(t("callback.closed"));
    };
    return { key: `close-${outcome}`, text, run, main };
  };
  if (dial.outcome === "wrong_number") return [close("wrong_number", true)];
  return dial.outcome === "reached" ? [close("done", true), close("not_wanted")] : [];
}

addPopPart(popItems);
addDialPart("callback", dialActions);
