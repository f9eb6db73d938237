// What the operator still has to write up (B1, B2), and how many callbacks are owed.

import { $, bdi, fill, h, icon, setText } from "./dom.js";
import { localTime } from "./timing.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

/** @param {App} app */
export async function loadRecords(app) {
  /** @type {Wire.FormList} */
  const answer = await app.api.get("/forms?state=open&owner=me&limit=50");
  app.records = answer.forms;
  app.recordsTotal = answer.total;
  app.update();
}

/** @param {App} app */
export async function loadCounts(app) {
  /** @type {Page.Summary} */
  const counts = await app.api.page("/console/summary");
  app.api.csrfToken = counts.csrf_token;
  showCounts(app, counts);
}

/** @param {App} app @param {Page.Summary} counts */
export function showCounts(app, counts) {
  app.callbacks = counts.callbacks;
  setText($("#callbacks-count"), counts.callbacks ? String(counts.callbacks) : "");
  app.allClosed = counts.all_closed;
  if (counts.closed.length) app.notices.set("line", "warn", counts.closed.join(" "));
  else app.notices.clear("line");
}

/**
 * Log forms that go on stand in the middle, not here.
 * @param {App} app
 */
export function unfinished(app) {
  const talking = new Set(app.entries.filter((entry) => entry.mine === "talking" || entry.mine === "holding").map((entry) => entry.call.call_id));
  return (app.records ?? []).filter((form) => form.call_id === null || !talking.has(form.call_id));
}

/** @param {App} app @param {number} now */
export function drawRecords(app, now) {
  const list = unfinished(app);
  const more = Math.max(0, (app.recordsTotal ?? 0) - (app.records?.length ?? 0));
  setText($("#records-count"), list.length ? String(list.length + more) : "");
  /** @param {Wire.FormView} form */
  const overdue = (form) => form.due_at !== null && Date.parse(form.due_at) <= now;
  fill($("#records"), [app.records === null, list.map((f) => [f.id, f.version, overdue(f)]), app.focus?.formId], () => {
    if (app.records === null) return h("p", { class: "c-empty" }, t("loading"));
    if (!list.length) return h("p", { class: "c-empty" }, icon("circle-check"), t("records.none"));
    return h("ol", { class: "c-record-list" }, list.map((form) => record(app, form, overdue(form))));
  });
}

/** @param {App} app @param {Wire.FormView} form @param {boolean} overdue */
function record(app, form, overdue) {
  const here = form.id === app.focus?.formId;
  return h("li", {}, h("button", { class: "btn-plain c-record", type: "button", "data-key": `form-${form.id}`, "aria-current": here ? "true" : null,
    onclick: () => app.showForm(form.id) },
  h("span", { class: "c-record-line" }, h("span", { class: "numeric" }, localTime(form.called_at)), " ",
    bdi(form.number_shown || t("caller.withheld"), { class: "number" })),
  h("span", { class: "c-record-more" },
    form.caller_name ? bdi(form.caller_name) : null,
    h("span", {}, app.categoryName(form.category) || t("records.no_category")),
    overdue ? h("span", { class: "text-bad" }, t("records.overdue")) : null)));
}

/**
 * The one after the shown one, round.
 * @param {App} app
 */
export function nextRecord(app) {
  const list = unfinished(app);
  if (!list.length) return null;
  const at = list.findIndex((form) => form.id === app.focus?.formId);
  return list[(at + 1) % list.length];
}
