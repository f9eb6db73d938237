// The roster: dialogs that are open become modal; arrows go from day to day, Page Up and Page Down from month to month.

const dialog = document.querySelector("dialog[open]");
if (dialog) {
  dialog.removeAttribute("open"); // close() would tell of it later, and be taken for Escape
  dialog.showModal();
  (dialog.querySelector(".is-invalid") ?? dialog.querySelector("[autofocus]"))?.focus();
  const leave = () => window.location.assign(dialog.dataset.back);
  dialog.addEventListener("close", leave); // by Escape
}

const print = document.getElementById("print");
print.hidden = false;
print.addEventListener("click", () => window.print());

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const days = [...document.querySelectorAll("[data-day]")];

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || event.ctrlKey || event.altKey || event.metaKey) return;
  const place = days.indexOf(document.activeElement);
  if (event.key in STEPS && place >= 0) {
    event.preventDefault();
    days[place + STEPS[event.key]]?.focus();
  } else if (event.key === "PageUp" || event.key === "PageDown") {
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    document.getElementById(event.key === "PageUp" ? "month-before" : "month-after").click();
  }
});
