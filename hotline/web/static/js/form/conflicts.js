// Fields that were written here and elsewhere at the same time: both values, and the choice.

import { categoryOf } from "./fields.js";
import { minute } from "./times.js";
import { fieldName, say } from "./words.js";

/** `choose(key, mine)` hears which value is to stay. */
export function drawConflicts(place, draft, choose) {
  const mark = JSON.stringify([...draft.conflicts].map(([key, other]) => [key, other, draft.value(key)]));
  if (place.dataset.mark === mark) return;
  place.dataset.mark = mark;
  place.replaceChildren(...[...draft.conflicts].map(([key, other]) => conflict(key, draft.value(key), other, choose)));
  place.hidden = draft.conflicts.size === 0;
}

function conflict(key, mine, { theirs, by }, choose) {
  const item = document.getElementById("call-form-conflict").content.firstElementChild.cloneNode(true);
  const write = (name, text) => (item.querySelector(`[data-part="${name}"]`).textContent = text);
  item.dataset.conflict = key;
  write("title", say("conflict.title", { field: fieldName(key), name: by }));
  write("mine", shown(key, mine));
  write("theirs", shown(key, theirs));
  item.querySelector('[data-choose="mine"]').addEventListener("click", () => choose(key, true));
  item.querySelector('[data-choose="theirs"]').addEventListener("click", () => choose(key, false));
  return item;
}

/** A value as a person reads it. */
function shown(key, value) {
  if (value === null || value === "") return say("nothing");
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (key === "promise_due_at") return minute(value);
  return key === "category" ? categoryOf(value)?.path.join(" › ") ?? value : String(value);
}
