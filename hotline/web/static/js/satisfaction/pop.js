// What the pop says of a caller who was not satisfied the last time.

import { h, icon } from "../operators/dom.js";
import { addPopPart } from "../operators/popparts.js";
import { localTime } from "../operators/timing.js";
import { t } from "../operators/words.js";

/** @param {Wire.Pop} pop */
function popItems(pop) {
  const low = pop.low_rating;
  if (!low) return [];
  return [h("li", { class: low.answer === 1 ? "tone-bad" : "tone-warn" }, icon("alert-triangle"),
    h("span", {}, t("pop.low_rating", { answer: low.answer, at: localTime(low.at) })))];
}

addPopPart(popItems);
