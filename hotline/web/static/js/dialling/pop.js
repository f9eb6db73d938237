// What the pop says of our last dial to the caller.

import { h, icon } from "../operators/dom.js";
import { addPopPart } from "../operators/popparts.js";
import { localTime } from "../operators/timing.js";
import { t } from "../operators/words.js";

/** @param {Wire.Pop} pop */
function popItems(pop) {
  const dial = pop.last_dial;
  if (!dial) return [];
  const words = { at: localTime(dial.at), reason: dial.reason || t("pop.dialled_no_reason") };
  const text = t(dial.outcome === "reached" ? "pop.dialled_reached" : "pop.dialled_unreached", words);
  return [h("li", { class: "tone-info" }, icon("phone-outgoing"), h("span", {}, text))];
}

addPopPart(popItems);
