// What the pop says of the caller's open cases.

import { bdi, h, icon } from "../operators/dom.js";
import { addPopPart } from "../operators/popparts.js";
import { t } from "../operators/words.js";

/** @param {Wire.Pop} pop */
function popItems(pop) {
  return (pop.open_cases ?? []).map((open) => h("li", { class: "tone-info" }, icon("folder"),
    h("span", {}, t("pop.case", { number: open.number })), " ", bdi(open.title)));
}

addPopPart(popItems);
