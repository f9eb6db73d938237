// What the pop says of our dials: what a call that we dial is for, and our last dial to the caller.

import { h, icon, rule } from "../operators/dom.js";
import { addPopPart } from "../operators/popparts.js";
import { localTime } from "../operators/timing.js";
import { dialledFor, t } from "../operators/words.js";

/** @param {Wire.Pop} pop */
function popItems(pop) {
  const items = [];
  if (pop.dialled) {
    items.push(h("li", { class: "tone-info" }, icon("phone-outgoing"), h("span", {}, t("pop.dialled", { reason: dialledFor(pop.dialled.reason) })), " ", rule("C1", t("rule.C1"))));
  }
  const last = pop.last_dial;
  if (last) {
    const words = { at: localTime(last.at), reason: dialledFor(last.reason) || t("pop.dialled_no_reason") };
    const text = t(last.outcome === "reached" ? "pop.dialled_reached" : "pop.dialled_unreached", words);
    items.push(h("li", { class: "tone-info" }, icon("phone-outgoing"), h("span", {}, text)));
  }
  return items;
}

addPopPart(popItems);
