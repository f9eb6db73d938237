// The tree of subjects, a row for each level: a click, or the arrow keys, and the next level opens. Below it, what is
// done about such an enquiry (B9).

import { $$ } from "../operators/dom.js";
import { categoryOf } from "./fields.js";
import { data, say } from "./words.js";

export class Subjects {
  /**
   * `chosen(id)` hears what was chosen; `act` opens what the hint offers: {directory, callback, case}.
   * @param {HTMLElement} place
   * @param {HTMLElement} hint
   * @param {string} uid
   * @param {(id: string) => unknown} chosen
   * @param {Form.Offers} act
   */
  constructor(place, hint, uid, chosen, act) {
    this.place = place;
    this.hint = hint;
    this.uid = uid;
    this.chosen = chosen;
    this.act = act;
    /** @type {string | null} */
    this.shown = null;
  }

  /** @param {string} id */
  show(id) {
    if (this.shown === id) return;
    this.shown = id;
    const path = pathOf(id);
    const active = /** @type {HTMLInputElement | null} */ (document.activeElement);
    const focused = this.place.contains(active) ? active?.value ?? null : null;
    this.place.replaceChildren(...levels(path).map((level, depth) => this.#row(level, path[depth], depth)));
    if (focused !== null) {
      const inputs = /** @type {HTMLInputElement[]} */ ($$("input", this.place));
      const again = inputs.find((input) => input.value === focused);
      again?.focus();
    }
    this.#showHint(id);
  }

  /** @param {Wire.CategoryView[]} categories @param {string | undefined} chosen @param {number} depth */
  #row(categories, chosen, depth) {
    const row = document.createElement("div");
    row.className = "record-chips";
    row.dataset.categoryLevel = String(depth);
    row.setAttribute("role", "radiogroup");
    row.setAttribute("aria-label", say(depth ? "subject.finer" : "subject"));
    row.append(...categories.map((category) => this.#chip(category, category.id === chosen, depth)));
    return row;
  }

  /** @param {Wire.CategoryView} category @param {boolean} checked @param {number} depth */
  #chip(category, checked, depth) {
    const label = document.createElement("label");
    label.className = "form-selectgroup-item";
    const input = document.createElement("input");
    input.type = "radio";
    input.className = "form-selectgroup-input";
    input.name = `${this.uid}-category-${depth}`;
    input.value = category.id;
    input.checked = checked;
    input.addEventListener("change", () => this.chosen(category.id));
    // A second click on what is chosen goes back to it from a finer one.
    input.addEventListener("click", () => input.checked && this.shown !== category.id && this.chosen(category.id));
    const name = document.createElement("span");
    name.className = "form-selectgroup-label";
    name.textContent = category.name;
    label.append(input, name);
    return label;
  }

  /** @param {string} id */
  #showHint(id) {
    const category = categoryOf(id);
    this.hint.hidden = !category;
    if (!category) return;
    const words = document.createElement("span");
    words.textContent = say(`way.${category.way}`);
    const rule = document.createElement("abbr");
    rule.className = "rule";
    rule.title = say("rule.B9");
    rule.textContent = "B9";
    this.hint.replaceChildren(words, " ", rule, ...this.#offers(category));
  }

  /** @param {Wire.CategoryView} category */
  #offers(category) {
    const { directory: lookUp, callback, case: openCase } = this.act;
    /** @type {[string, () => unknown][]} */
    const offers = [];
    const directory = category.subject || ["sales", "dealer", "supervisor", "specialist"].includes(category.way);
    if (directory && lookUp) offers.push(["who", () => lookUp(category)]);
    if (["specialist", "dealer"].includes(category.way) && callback) offers.push(["callback", callback]);
    if (category.way === "supervisor" && openCase) offers.push(["case", openCase]);
    return offers.map(([key, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = say(`offer.${key}`, { subject: category.subject });
      button.addEventListener("click", () => act());
      return button;
    });
  }
}

/**
 * Ids from the top down to this one.
 * @param {string} id
 */
function pathOf(id) {
  const path = [];
  for (let category = categoryOf(id); category; category = categoryOf(category.parent)) path.unshift(category.id);
  return path;
}

/**
 * The categories of each level that is open: the top, then what stands below each chosen one. A retired one is there
 * where it was chosen before.
 * @param {string[]} path
 */
function levels(path) {
  /** @param {Wire.CategoryView} category */
  const offered = (category) => !category.retired || path.includes(category.id);
  /** @param {string} parent */
  const below = (parent) => data().categories.filter((category) => category.parent === parent && offered(category));
  return ["", ...path].map(below).filter((categories) => categories.length > 0);
}
