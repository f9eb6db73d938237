// The ledger's facts of the call, and its record.

import { bdi, h } from "../operators/dom.js";
import { t } from "../operators/words.js";
import { clock } from "./times.js";

/** @param {HTMLElement} root @param {Wire.CallFactsView | null} call @param {Exam.Jump} jump */
export function drawFacts(root, call, jump) {
  if (!call) return root.replaceChildren(h("p", { class: "text-secondary" }, t("facts.gone")));
  /** @param {Wire.SecondsView[]} spans */
  const places = (spans) => spans.map((span) => [" ", h("button", { type: "button", class: "btn-plain place", onclick: () => jump(span.from_second) },
    `${clock(span.from_second)}${span.to_second === null ? "" : `–${clock(span.to_second)}`}`)]);
  /** @type {[string, Dom.Child][]} */
  const rows = [
    ["facts.rang", t("facts.rings", { n: call.rings, time: clock(call.ring_seconds) })],
    ["facts.waited", clock(call.wait_seconds)],
    ["facts.talk", clock(call.talk_seconds)],
    ["facts.hung_up", call.hung_up_by ? t(`party.${call.hung_up_by}`) : t("facts.nobody")],
    ["facts.holds", call.holds.length ? [`${call.holds.length} ×, ${clock(call.hold_seconds)}`, places(call.holds)] : t("facts.none")],
    ["facts.transfers", call.transfers.length ? call.transfers.map((each) => h("div", {}, h("button", { type: "button", class: "btn-plain place", onclick: () => jump(each.second) }, clock(each.second)), " ", bdi(each.from_name), " → ", bdi(each.to_name))) : t("facts.none")],
    ["facts.pauses", call.pauses.length ? places(call.pauses) : t("facts.none")],
  ];
  return root.replaceChildren(...rows.flatMap(([name, value]) => [h("dt", {}, t(name)), h("dd", {}, value)]));
}

const FIELDS = /** @type {const} */ (["caller_name", "callback_number", "category", "content", "handling", "promise"]);

/** @param {HTMLElement} root @param {Wire.FormView | null} form @param {Record<string, string>} categories */
export function drawRecord(root, form, categories) {
  if (!form) return root.replaceChildren(h("p", { class: "text-secondary" }, t("record.none")));
  const shown = { ...form, category: categories[form.category] ?? form.category };
  const rows = FIELDS.map((name) => [t(`record.${name}`), shown[name]]).filter(([, value]) => value);
  const solved = form.solved === null ? [] : [[t("record.solved"), t(form.solved ? "yes" : "no")]];
  return root.replaceChildren(...[...rows, ...solved].flatMap(([name, value]) => [
    h("dt", {}, name), h("dd", { dir: "auto", class: "record-text" }, value)]));
}
