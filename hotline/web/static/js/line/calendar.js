// The year as a calendar: how many days are chosen; with Shift all from the day chosen before.

import { $, $$, setText, show } from "../operators/dom.js";

const boxes = /** @type {HTMLInputElement[]} */ ([...$$("#days [name=days]")]);
let last = -1;

function count() {
  const chosen = boxes.filter((box) => box.checked).length;
  setText($("#count"), `(${chosen})`);
  show($("#count"), chosen > 0);
}

/** @param {MouseEvent} event */
function chose(event) {
  const box = /** @type {HTMLInputElement} */ (event.currentTarget);
  const place = boxes.indexOf(box);
  if (event.shiftKey && last >= 0) {
    for (const between of boxes.slice(Math.min(place, last), Math.max(place, last) + 1)) between.checked = box.checked;
  }
  last = place;
  count();
}

for (const box of boxes) box.addEventListener("click", chose);
if (boxes.length) count();
