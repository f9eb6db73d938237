// What the pop of a call that we dial says: what for.

import { h, icon, rule } from "../operators/dom.js";
import { addPopPart } from "../operators/popparts.js";
import { t } from "../operators/words.js";

/** @param {Wire.Pop} pop */
function popItems(pop) {
  if (!pop.dialled) return [];
  return [h("li", { class: "tone-info" }, icon("phone-outgoing"), h("span", {}, t("pop.dialled", { reason: pop.dialled.reason })), " ", rule("C1", t("rule.C1")))];
}

addPopPart(popItems);
