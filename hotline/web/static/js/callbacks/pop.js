// What the pop says of the calls that we owe the caller.

import { h, icon, rule } from "../operators/dom.js";
import { addPopPart } from "../operators/popparts.js";
import { localTime } from "../operators/timing.js";
import { t } from "../operators/words.js";

/** @param {Wire.Pop} pop */
function popItems(pop) {
  return (pop.callbacks ?? []).map((callback) => h("li", { class: callback.overdue ? "tone-bad" : "tone-warn" }, icon("phone-outgoing"),
    h("span", {}, t("pop.callback_owed", { reason: t(`callback.${callback.reason}`), due: localTime(callback.due_at) })), " ", rule("A9", t("rule.A9"))));
}

addPopPart(popItems);
