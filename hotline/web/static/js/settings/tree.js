// The tree of categories by the mouse: what is dropped onto a category is sent as its list and button would send it.

import { $$ } from "../operators/dom.js";

/** @type {HTMLElement | null} */
let dragged = null;

/** @param {HTMLElement} row @returns {HTMLOptionElement | undefined} */
function choice(row) {
  const select = /** @type {HTMLSelectElement | null | undefined} */ (dragged?.querySelector("select[name=parent]"));
  return Array.from(select?.options ?? []).find((each) => each.value === row.dataset.drop);
}

/** @param {HTMLElement} row */
function watch(row) {
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer?.setData("text/plain", row.dataset.category ?? "");
  });
  row.addEventListener("dragend", () => {
    dragged = null;
  });
  // Only where it may stand: not below itself, nor below what stands below it.
  row.addEventListener("dragover", (event) => {
    if (!dragged || dragged === row || !choice(row)) return;
    event.preventDefault();
    row.classList.add("active");
  });
  row.addEventListener("dragleave", () => row.classList.remove("active"));
  row.addEventListener("drop", (event) => {
    row.classList.remove("active");
    const chosen = choice(row);
    const form = /** @type {HTMLFormElement | null | undefined} */ (dragged?.querySelector("form[data-move]"));
    if (!chosen || !form) return;
    event.preventDefault();
    chosen.selected = true;
    form.requestSubmit();
  });
}

for (const row of /** @type {HTMLElement[]} */ ($$("[data-drop]"))) watch(row);
