// What the pop says of the visits that the caller is owed, and what is done with one after it was dialled.

import { bdi, h, icon, rule } from "../operators/dom.js";
import { addDialPart } from "../operators/dialparts.js";
import { addPopPart } from "../operators/popparts.js";
import { localTime } from "../operators/timing.js";
import { t } from "../operators/words.js";

/** @param {Wire.Pop} pop */
function popItems(pop) {
  return (pop.visits ?? []).map((visit) => h("li", { class: visit.overdue ? "tone-bad" : "tone-info" }, icon("route"),
    h("a", { href: `/visits/${visit.id}`, target: "_blank" }, t("pop.visit_owed", { due: localTime(visit.due_at) })), " ", bdi(visit.purpose), " ",
    rule("E7", t("rule.E7"))));
}

/**
 * Whoever talked with the customer writes down what was answered; else it is tried again by itself.
 * @param {import("../operators/app.js").App} _app @param {Wire.DialView} dial
 */
function dialActions(_app, dial) {
  if (dial.outcome !== "reached") return [];
  const run = async () => { window.open(`/visits/${dial.object_id}`, "_blank"); };
  return [{ key: "record-visit", text: t("visit.record"), run, main: true }];
}

addPopPart(popItems);
addDialPart("visit", dialActions);
