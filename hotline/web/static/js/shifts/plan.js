// The plan: shifts dragged, or moved by keyboard; each change is saved at once, and what others changed comes with it.

import { Api, thrown } from "../operators/api.js";
import { $, $$, $dialog } from "../operators/dom.js";

const words = /** @type {HTMLTemplateElement | null} */ (document.querySelector("#plan-words"));
const api = new Api(words?.dataset.token ?? "");
const kinds = (words?.dataset.kinds ?? "").split(" ").filter(Boolean);
/** @type {{ id: string, version: number } | null} */
let picked = null;
/** Others' changes are looked for so often. */
const EVERY = 20_000;
let dragged = false;

const plan = () => $("#plan");
/** @param {string} text */
const say = (text) => void ($("#plan-said").textContent = text);

/** @param {number} column 0 for the first day @returns {string} that day */
function dayOf(column) {
  const day = new Date(`${plan().dataset.first}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + column);
  return day.toISOString().slice(0, 10);
}

/** @param {Element} cell */
function placeOf(cell) {
  const row = /** @type {HTMLTableRowElement} */ (cell.closest("tr"));
  return { person: Number(row.dataset.p ?? 0), column: [...row.cells].indexOf(/** @type {HTMLTableCellElement} */ (cell)) - 1 };
}

/** @param {Element | null | undefined} chip */
function shiftOf(chip) {
  const written = /** @type {HTMLElement | null | undefined} */ (chip)?.dataset.i;
  if (!written) return null;
  const [id, version] = written.split(".");
  return { id, version: Number(version) };
}

const cells = () => [...$$("tbody td", plan())];

/** @param {HTMLElement} cell */
function go(cell) {
  for (const other of $$('td[tabindex="0"]', plan())) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
}

/** Each cell can be reached, by one stop of the tabulator. */
function prepare() {
  for (const cell of cells()) cell.tabIndex = -1;
  const first = cells()[0];
  if (first) first.tabIndex = 0;
  if (words) for (const chip of $$("i[data-i]", plan())) chip.draggable = true;
}

/** What was begun before. */
let last = Promise.resolve();
/** One after the other: whoever types fast means the plan as the change before leaves it. @param {() => unknown} work */
function inTurn(work) {
  last = last.then(work).then(
    () => {},
    (error) => say(thrown(error).message),
  );
}

/** @param {Element} fresh @returns {boolean} whether it shows what is here; what scripts put on cells is no difference */
const sameAs = (fresh) => fresh.textContent === plan().textContent && chipsOf(fresh) === chipsOf(plan());
/** @param {Element} of */
const chipsOf = (of) => [...$$("i, td", of)].map((each) => `${each.className}${each.dataset.i ?? ""}`).join();

/** The plan as it is now, with what others have changed meanwhile. */
async function refresh() {
  const answer = await fetch(window.location.href, { credentials: "same-origin", cache: "no-store", headers: { "X-By-Itself": "1" } });
  if (!answer.ok || answer.redirected) return window.location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#plan");
  if (!fresh) return window.location.reload();
  if (sameAs(fresh)) return;
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const at = active ? cells().indexOf(active) : -1;
  const { scrollLeft: left, scrollTop: top } = $(".sp-card");
  plan().replaceWith(document.adoptNode(fresh));
  prepare();
  Object.assign($(".sp-card"), { scrollLeft: left, scrollTop: top });
  if (at >= 0) go(cells()[at] ?? cells()[0]);
}

/** @param {() => Promise<unknown>} change @param {string} done */
async function save(change, done) {
  try {
    await change();
    say(done);
  } catch (error) {
    say(thrown(error).message);
  }
  await refresh();
}

/** @param {{ id: string, version: number }} shift @param {Element} cell */
async function move(shift, cell) {
  const { person, column } = placeOf(cell);
  if (!person || column < 0) return;
  const body = { version: shift.version, person_id: person, day: dayOf(column) };
  await save(() => api.post(`/shifts/${shift.id}/move`, body), words?.dataset.done ?? "");
}

/** @param {Element} cell @param {string} kind */
async function put(cell, kind) {
  const { person, column } = placeOf(cell);
  if (!person) return;
  await save(() => api.post("/shifts", { person_id: person, day: dayOf(column), kind }), words?.dataset.done ?? "");
}

/** @param {{ id: string, version: number }} shift */
function remove(shift) {
  return save(() => api.post(`/shifts/${shift.id}/remove`, { version: shift.version }), words?.dataset.gone ?? "");
}

// The dialog.

const dialog = words ? $dialog("#shift-dialog") : null;
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#shift-form"));
/** @type {{ id: string, version: number } | null} */
let edited = null;

/** @param {string} name */
const input = (name) => /** @type {HTMLInputElement & HTMLSelectElement | null} */ (form?.elements.namedItem(name));
/** @param {string} name @param {string} value */
function fill(name, value) {
  const found = input(name);
  if (found) found.value = value;
}
/** @param {string} name @param {readonly string[]} values */
function choose(name, values) {
  for (const option of input(name)?.options ?? []) option.selected = values.includes(option.value);
}
/** @param {string} name */
const chosen = (name) => [...(input(name)?.selectedOptions ?? [])].map((option) => option.value);
/** @param {string} moment in UTC @returns {string} as clocks in Shanghai show it */
const wall = (moment) => new Date(Date.parse(moment) + 8 * 3600_000).toISOString().slice(0, 16);

/** @param {Element} cell @param {Element | null} [chip] */
async function open(cell, chip = cell.querySelector("i[data-i]")) {
  const { person, column } = placeOf(cell);
  edited = shiftOf(chip);
  if (!dialog || !form || column < 0 || (!edited && !person)) return;
  form.reset();
  $("#shift-problem").hidden = true;
  $("#shift-remove").hidden = !edited;
  fill("person_id", String(person));
  fill("day", dayOf(column));
  if (edited) {
    try {
      const shift = /** @type {Wire.ShiftView} */ (await api.get(`/shifts/${edited.id}`));
      edited.version = shift.version;
      fill("person_id", String(shift.person_id ?? 0));
      fill("kind", shift.kind || (kinds[0] ?? ""));
      fill("starts_at", wall(shift.starts_at));
      fill("ends_at", wall(shift.ends_at));
      fill("note", shift.note);
      choose("lines", shift.lines);
      choose("queues", shift.queues);
    } catch (error) {
      return say(thrown(error).message);
    }
  }
  dialog.showModal();
}

async function keep() {
  const times = { starts_at: input("starts_at")?.value || null, ends_at: input("ends_at")?.value || null };
  const body = {
    person_id: Number(input("person_id")?.value),
    day: input("day")?.value,
    kind: input("kind")?.value,
    ...times,
    lines: chosen("lines"),
    queues: chosen("queues"),
    note: input("note")?.value ?? "",
  };
  try {
    if (edited) await api.put(`/shifts/${edited.id}`, { ...body, version: edited.version });
    else await api.post("/shifts", body);
  } catch (error) {
    $("#shift-problem").textContent = thrown(error).message;
    $("#shift-problem").hidden = false;
    return;
  }
  dialog?.close();
  say(words?.dataset.done ?? "");
  await refresh();
}

if (form && dialog) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    inTurn(keep);
  });
  $("#shift-cancel").addEventListener("click", () => dialog.close());
  $("#shift-remove").addEventListener("click", () => {
    const shift = edited;
    dialog.close();
    if (shift) inTurn(() => remove(shift));
  });
  // A kind of its own has hours of its own: the old times would stand against it.
  input("kind")?.addEventListener("change", () => {
    fill("starts_at", "");
    fill("ends_at", "");
  });
}

// Mouse.

/** @param {Event} event */
const cellOf = (event) => /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("#plan tbody td"));

/** @param {Event} event @param {boolean} on */
function mark(event, on) {
  cellOf(event)?.classList.toggle("sp-over", on);
}

if (words) {
  document.addEventListener("dragstart", (event) => {
    dragged = true;
    picked = shiftOf(/** @type {Element} */ (event.target).closest?.("i[data-i]"));
    event.dataTransfer?.setData("text/plain", picked?.id ?? "");
  });
  document.addEventListener("dragend", () => {
    dragged = false;
    picked = null;
  });
  document.addEventListener("dragover", (event) => {
    if (!picked || !cellOf(event)) return;
    event.preventDefault();
    mark(event, true);
  });
  document.addEventListener("dragleave", (event) => mark(event, false));
  document.addEventListener("drop", (event) => {
    const cell = cellOf(event);
    if (!picked || !cell) return;
    event.preventDefault();
    mark(event, false);
    const moved = picked;
    inTurn(() => move(moved, cell));
    picked = null;
  });
  document.addEventListener("click", (event) => {
    const cell = cellOf(event);
    if (cell) void open(cell, /** @type {Element} */ (event.target).closest("i[data-i]"));
  });
}

// Keyboard.

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/** @type {Record<string, (cell: HTMLElement) => unknown>} */
const ACTS = {
  Enter: (cell) => open(cell),
  Delete: (cell) => {
    const shift = shiftOf(cell.querySelector("i[data-i]"));
    return shift && remove(shift);
  },
  x: (cell) => {
    picked = shiftOf(cell.querySelector("i[data-i]"));
    cell.querySelector("i")?.classList.add("sp-picked");
    if (picked) say(words?.dataset.picked ?? "");
  },
  v: (cell) => {
    const moved = picked;
    picked = null;
    return moved && move(moved, cell);
  },
};
for (const [place, kind] of kinds.entries()) ACTS[`${place + 1}`] = (cell) => put(cell, kind);

/** @param {KeyboardEvent} event @param {HTMLElement} cell @returns {boolean} whether it was one of ours */
function act(event, cell) {
  const done = ACTS[event.key] ?? ACTS[event.key.toLowerCase()];
  if (!done) return false;
  // By its place: the change before puts a new plan on the page.
  const at = cells().indexOf(cell);
  inTurn(() => cells()[at] && done(cells()[at]));
  return true;
}

document.addEventListener("keydown", (event) => {
  const cell = cellOf(event);
  if (dialog?.open || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!cell) return;
  const row = /** @type {HTMLTableRowElement} */ (cell.closest("tr"));
  const column = [...row.cells].indexOf(/** @type {HTMLTableCellElement} */ (cell));
  const beside = /** @type {HTMLElement | undefined} */ (row.cells[column + (STEPS[event.key] ?? 0)]);
  const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  if (event.key in STEPS && beside?.matches("td")) go(beside);
  else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && other) {
    go(/** @type {HTMLTableRowElement} */ (other).cells[column]);
  } else if (event.key === "PageUp" || event.key === "PageDown") {
    $(event.key === "PageUp" ? "#plan-before" : "#plan-after").click();
  } else if (!words || !act(event, cell)) return;
  event.preventDefault();
});

prepare();

/** Whether nobody is in the middle of something that a new plan would take away. */
function idle() {
  const active = document.activeElement;
  const within = active && plan().contains(active) && !active.matches("td");
  return !dialog?.open && !picked && !dragged && !within && !plan().querySelector("details[open]");
}

function look() {
  if (document.visibilityState === "visible" && idle()) inTurn(() => refresh().catch(() => {}));
}

document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
