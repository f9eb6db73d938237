// The roster: dialogs that are open become modal; arrows go from day to day, Page Up and Page Down from month to month.

import { $, $$, $dialog, targetOf } from "../operators/dom.js";

const dialog = $dialog("dialog[open]");
if (dialog) {
  dialog.removeAttribute("open"); // close() would tell of it later, and be taken for Escape
  dialog.showModal();
  ($(".is-invalid", dialog) ?? $("[autofocus]", dialog))?.focus();
  const leave = () => window.location.assign(dialog.dataset.back ?? "");
  dialog.addEventListener("close", leave); // by Escape
}

const print = $("#print");
print.hidden = false;
print.addEventListener("click", () => window.print());

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const days = [...$$("[data-day]")];

document.addEventListener("keydown", (event) => {
  if ($("dialog[open]") || event.ctrlKey || event.altKey || event.metaKey) return;
  const place = days.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (event.key in STEPS && place >= 0) {
    event.preventDefault();
    days[place + STEPS[event.key]]?.focus();
  } else if (event.key === "PageUp" || event.key === "PageDown") {
    if (targetOf(event).closest("input, textarea, select")) return;
    event.preventDefault();
    $(event.key === "PageUp" ? "#month-before" : "#month-after").click();
  }
});
