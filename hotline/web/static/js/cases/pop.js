// What the pop says of the caller's open cases: where each stands, what leads on, until when.

import { bdi, h, icon } from "../operators/dom.js";
import { addPopPart } from "../operators/popparts.js";
import { localTime } from "../operators/timing.js";
import { t } from "../operators/words.js";

const english = document.documentElement.lang.startsWith("en");

/** @param {Wire.Pop} pop */
function popItems(pop) {
  return (pop.open_cases ?? []).map((open) => {
    const stands = english ? open.stage_en : open.stage_zh;
    const leads = english ? open.next_en : open.next_zh;
    const said = [stands, leads && t("pop.case_next", { act: leads }), open.due_at && t("pop.case_due", { time: localTime(open.due_at) })];
    return h("li", { class: "tone-info" }, icon("folder"),
      h("a", { href: `/cases/${open.id}`, target: "_blank" }, t("pop.case", { number: open.number })), " ", bdi(open.title),
      h("span", {}, said.filter(Boolean).join(" · ")));
  });
}

addPopPart(popItems);
