// What the pop says of promises to the caller that are not kept yet.

import { bdi, h, icon, rule } from "../operators/dom.js";
import { addPopPart } from "../operators/popparts.js";
import { localTime } from "../operators/timing.js";
import { t } from "../operators/words.js";

/** @param {Wire.Pop} pop */
function popItems(pop) {
  return (pop.promises ?? []).map((promise) => h("li", { class: promise.overdue ? "tone-bad" : "tone-warn" }, icon("alarm"),
    h("span", {}, t(promise.overdue ? "pop.promise_overdue" : "pop.promise", { due: localTime(promise.due_at) })), " ",
    bdi(promise.promise), rule("B6", t("rule.B6"))));
}

addPopPart(popItems);
