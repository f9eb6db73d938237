// Fields that were written here and elsewhere at the same time: both values, and the choice.

import { $, templateCopy } from "../operators/dom.js";
import { categoryOf } from "./fields.js";
import { minute } from "./times.js";
import { fieldName, say } from "./words.js";

/** @import { Draft } from "./draft.js" */

/**
 * `choose(key, mine)` hears which value is to stay.
 * @param {HTMLElement} place
 * @param {Draft} draft
 * @param {(key: string, mine: boolean) => unknown} choose
 */
export function drawConflicts(place, draft, choose) {
  const mark = JSON.stringify([...draft.conflicts].map(([key, other]) => [key, other, draft.value(key)]));
  if (place.dataset.mark === mark) return;
  place.dataset.mark = mark;
  place.replaceChildren(...[...draft.conflicts].map(([key, other]) => conflict(key, draft.value(key), other, choose)));
  place.hidden = draft.conflicts.size === 0;
}

/**
 * @param {string} key
 * @param {Form.Value} mine
 * @param {Form.Conflict} given
 * @param {(key: string, mine: boolean) => unknown} choose
 */
function conflict(key, mine, { theirs, by }, choose) {
  const item = templateCopy("call-form-conflict");
  /** @param {string} name @param {string} text */
  const write = (name, text) => ($(`[data-part="${name}"]`, item).textContent = text);
  item.dataset.conflict = key;
  write("title", say("conflict.title", { field: fieldName(key), name: by }));
  write("mine", shown(key, mine));
  write("theirs", shown(key, theirs));
  $('[data-choose="mine"]', item).addEventListener("click", () => choose(key, true));
  $('[data-choose="theirs"]', item).addEventListener("click", () => choose(key, false));
  return item;
}

/**
 * A value as a person reads it.
 * @param {string} key
 * @param {Form.Value} value
 */
function shown(key, value) {
  if (value === null || value === undefined || value === "") return say("nothing");
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (key === "promise_due_at") return minute(String(value));
  return key === "category" ? categoryOf(String(value))?.path.join(" › ") ?? String(value) : String(value);
}
