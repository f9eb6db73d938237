// What is known of the caller, before the call is answered.

import { $, badge, bdi, fill, h, icon, rule, show } from "./dom.js";
import { callerShown } from "./callcards.js";
import { isTalk } from "./calls.js";
import { isConsulted } from "./consultation.js";
import { POP_PARTS } from "./popparts.js";
import { clock, localTime } from "./timing.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

const MAX_NAMES = 3;

/** @param {App} app @param {Desk.Entry | null} entry */
export function drawPop(app, entry) {
  const place = $("#pop");
  const pop = entry?.pop ?? null;
  show(place, Boolean(entry));
  if (!entry) return;
  const asked = isConsulted(entry, app.extension); // with a colleague, not with the caller
  const greets = (entry.mine === "ringing" && !asked) || entry.mine === "calling" || (isTalk(entry) && !app.closing && app.cards.stage === "greeting");
  const writes = isTalk(entry) || entry.mine === "ended"; // then the record has the room
  const folded = writes && app.popOpened !== entry.call.call_id;
  fill(place, [entry.call.call_id, greets, asked, folded, writes, pop, callerShown(entry.call)], () => [
    head(app, entry, pop, writes ? toggle(app, entry, pop, folded) : null),
    pop && !folded ? facts(pop) : null,
    pop?.greeting && greets ? greeting(pop) : null,
    pop?.transfer ? transferred(pop.transfer, asked) : null,
    pop && folded ? null : pop ? known(pop) : h("p", { class: "c-empty" }, t("pop.loading")),
  ]);
}

/** @param {App} app @param {Desk.Entry} entry @param {Wire.Pop | null} pop @param {HTMLElement | null} button */
function head(app, entry, pop, button) {
  const { call } = entry;
  const customers = pop?.customers ?? [];
  return h("header", { class: "c-pop-head" },
    h("span", { class: "c-pop-number" }, bdi(callerShown(call), { class: "number" })),
    call.region ? h("span", { class: "text-secondary" }, call.region) : null,
    customers.slice(0, MAX_NAMES).map(customerName),
    customers.length > MAX_NAMES ? h("span", { class: "text-secondary" }, t("pop.more_customers", { n: customers.length - MAX_NAMES })) : null,
    customers.length === 0 && pop && !call.is_test ? badge(t("pop.new_caller"), "muted") : null,
    pop?.before ? before(app, pop.before) : null,
    marks(pop, customers),
    button);
}

/**
 * What is known of the caller is a click away.
 * @param {App} app @param {Desk.Entry} entry @param {Wire.Pop | null} pop @param {boolean} folded
 */
function toggle(app, entry, pop, folded) {
  if (!pop) return null;
  const open = POP_PARTS.flatMap((part) => part(pop)).length;
  const text = folded ? t(open ? "pop.more_of" : "pop.more", { n: open }) : t("pop.less");
  return h("button", { class: "btn btn-sm c-pop-toggle", type: "button", "data-key": "pop-toggle", "aria-expanded": String(!folded), "aria-controls": "pop",
    onclick: () => app.openPop(folded ? entry.call.call_id : null) }, text);
}

/**
 * Whom an earlier record names, where no customer is known.
 * @param {App} app @param {Wire.BeforeShown} said
 */
function before(app, { caller_name: name, open_form: form }) {
  return h("span", { class: "c-before" }, h("span", {}, t("pop.before", { name })),
    h("button", { class: "btn btn-sm", type: "button", "data-key": "take-name", onclick: () => app.formPlace.handle?.write("caller_name", name) }, t("pop.take_name")),
    form ? h("a", { class: "btn btn-sm", href: `/forms/${form}`, target: "_blank", rel: "noopener" }, t("pop.open_before")) : null);
}

/** @param {Wire.CustomerShown} customer */
function customerName(customer) {
  const text = [customer.name, customer.company].filter(Boolean).join(" · ") || t("pop.nameless");
  return h("a", { class: "c-pop-customer", href: `/customers/${customer.id}`, target: "_blank", rel: "noopener" },
    icon("user"), bdi(text));
}

/** @param {Wire.Pop | null} pop @param {Wire.CustomerShown[]} customers */
function marks(pop, customers) {
  if (!pop) return null;
  const ways = [...new Set(customers.map((c) => c.preferred_way).filter((way) => way && way !== "phone"))];
  return h("span", { class: "c-marks" },
    pop.returning_to_me ? [badge(t("pop.returning"), "info"), rule("B7", t("rule.B7"))] : null,
    pop.repeat ? [badge(t("pop.repeat", { n: pop.repeat.count + 1, days: pop.repeat.within_days }), "warn", { title: pop.repeat.last_category_name || "" }), rule("B8", t("rule.B8"))] : null,
    customers.some((c) => c.do_not_call) ? [badge(t("pop.do_not_call"), "bad"), rule("E10", t("rule.E10"))] : null,
    [...new Set(customers.map((c) => c.level).filter(Boolean))].map((level) => badge(level, "warn")),
    ways.map((way) => badge(t("pop.prefers", { way: t(`way.${way}`) }), "info")));
}

/** @param {Wire.Pop} pop */
function greeting(pop) {
  return h("p", { class: "c-say c-say-now" }, icon("message"), h("span", {}, pop.greeting), rule("C1", t("rule.C1")));
}

/** @param {Wire.TransferShown} transfer @param {boolean} asked */
function transferred(transfer, asked) {
  const key = asked ? "pop.asking" : `pop.transferred_${transfer.kind}`;
  return h("p", { class: "c-transferred" }, icon("phone-outgoing"),
    h("span", {}, t(key, { from: transfer.from_name || transfer.from_extension })), bdi(transfer.reason || ""), rule("A12", t("rule.A12")));
}

/** @param {Wire.Pop} pop */
function facts(pop) {
  const waited = pop.waited_seconds === null || pop.waited_seconds === undefined || pop.dialled ? "" : clock(pop.waited_seconds);
  return h("dl", { class: "c-facts" }, fact(t("fact.line"), pop.line?.number_shown), fact(t("fact.subject"), pop.subject),
    fact(t("fact.queue"), pop.queue?.name), fact(t("fact.waited"), waited));
}

/** @param {string} name @param {string | undefined} value */
function fact(name, value) {
  return value ? h("div", {}, h("dt", {}, name), h("dd", {}, bdi(value))) : null;
}

/** @param {Wire.Pop} pop */
function known(pop) {
  const left = [duties(pop), notes(pop)].filter(Boolean);
  const right = lastCalls(pop);
  if (!left.length && !right) return null;
  return h("div", { class: "c-known" }, left.length ? h("div", { class: "c-owed" }, left) : null, right);
}

/** @param {Wire.Pop} pop */
function duties(pop) {
  const items = POP_PARTS.flatMap((part) => part(pop));
  return items.length ? h("ul", { class: "c-duties" }, items) : null;
}

/** @param {Wire.Pop} pop */
function lastCalls(pop) {
  const calls = pop.last_calls ?? [];
  if (!calls.length) return null;
  return h("section", { class: "c-last", "aria-label": t("pop.last_calls") },
    h("h3", {}, t("pop.last_calls")),
    h("ol", {}, calls.map((last) => h("li", {},
      h("a", { href: `/calls/${last.call_id}`, target: "_blank", rel: "noopener", class: "numeric" }, localTime(last.at)), " ",
      last.direction === "dialled" ? h("span", { class: "badge tone-info" }, t("pop.outgoing")) : null, " ",
      h("span", {}, [last.by, last.category].filter(Boolean).join(" · ") || t(last.outcome ? `outcome.${last.outcome}` : "pop.goes_on")), " ",
      last.content_short ? bdi(last.content_short, { class: "text-secondary" }) : null))));
}

/** @param {Wire.Pop} pop */
function notes(pop) {
  const said = (pop.customers ?? []).filter((customer) => customer.note);
  return said.length ? h("div", { class: "c-customer-notes" }, said.slice(0, MAX_NAMES).map((customer) =>
    h("p", {}, icon("info-circle"), bdi(customer.note)))) : null;
}
