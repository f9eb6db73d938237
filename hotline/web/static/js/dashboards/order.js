// The order of tiles: moved by mouse, or by the buttons without a new page. Without scripts the buttons do it by the server.

import { $ } from "../operators/dom.js";

const list = $("#board-order");
const told = $("#board-told");

/** @param {HTMLElement} tile */
function tell(tile) {
  const title = tile.querySelector(".board-title")?.textContent ?? "";
  const place = [...list.children].indexOf(tile) + 1;
  told.textContent = (list.dataset["moved"] ?? "").replace("{title}", title.trim()).replace("{n}", String(place));
}

/** @param {HTMLButtonElement} button @param {HTMLElement} tile */
function move(button, tile) {
  if (button.dataset["act"] === "up") tile.previousElementSibling?.before(tile);
  else tile.nextElementSibling?.after(tile);
  button.focus();
  tell(tile);
}

/** @param {HTMLElement} tile */
function takeAway(tile) {
  const beside = tile.nextElementSibling ?? tile.previousElementSibling;
  tile.remove();
  /** @type {HTMLElement | null | undefined} */ (beside?.querySelector("[data-act=remove]"))?.focus();
}

list.classList.add("is-scripted");
list.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  const tile = button?.closest("li");
  if (!button || !tile) return;
  event.preventDefault();
  if (button.dataset["act"] === "remove") takeAway(tile);
  else move(button, tile);
});

/** @type {HTMLElement | null} */
let dragged = null;
for (const tile of list.children) /** @type {HTMLElement} */ (tile).draggable = true;
list.addEventListener("dragstart", (event) => {
  dragged = /** @type {HTMLElement} */ (event.target).closest("li");
  dragged?.classList.add("is-dragged");
});
list.addEventListener("dragover", (event) => {
  const over = /** @type {HTMLElement} */ (event.target).closest("li");
  if (!dragged) return;
  event.preventDefault();
  if (!over || over === dragged) return;
  const box = over.getBoundingClientRect();
  if (event.clientY < box.top + box.height / 2) over.before(dragged);
  else over.after(dragged);
});
list.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  if (dragged) tell(dragged);
  dragged = null;
});
