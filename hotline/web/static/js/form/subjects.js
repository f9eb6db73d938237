// The tree of subjects, a row for each level: a click, or the arrow keys, and the next level opens. Below it, what is
// done about such an enquiry (B9).

import { categoryOf } from "./fields.js";
import { data, say } from "./words.js";

export class Subjects {
  /** `chosen(id)` hears what was chosen; `act` opens what the hint offers: {directory, callback, case}. */
  constructor(place, hint, uid, chosen, act) {
    this.place = place;
    this.hint = hint;
    this.uid = uid;
    this.chosen = chosen;
    this.act = act;
    this.shown = null;
  }

  show(id) {
    if (this.shown === id) return;
    this.shown = id;
    const path = pathOf(id);
    const focused = this.place.contains(document.activeElement) ? document.activeElement.value : null;
    this.place.replaceChildren(...levels(path).map((level, depth) => this.#row(level, path[depth], depth)));
    if (focused !== null) {
      const again = Array.from(this.place.querySelectorAll("input")).find((input) => input.value === focused);
      again?.focus();
    }
    this.#showHint(id);
  }

  #row(categories, chosen, depth) {
    const row = document.createElement("div");
    row.className = "record-chips";
    row.dataset.categoryLevel = String(depth);
    row.setAttribute("role", "radiogroup");
    row.setAttribute("aria-label", say(depth ? "subject.finer" : "subject"));
    row.append(...categories.map((category) => this.#chip(category, category.id === chosen, depth)));
    return row;
  }

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

  #offers(category) {
    const offers = [];
    const directory = category.subject || ["sales", "dealer", "supervisor", "specialist"].includes(category.way);
    if (directory && this.act.directory) offers.push(["who", () => this.act.directory(category)]);
    if (["specialist", "dealer"].includes(category.way) && this.act.callback) offers.push(["callback", this.act.callback]);
    if (category.way === "supervisor" && this.act.case) offers.push(["case", this.act.case]);
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

/** Ids from the top down to this one. */
function pathOf(id) {
  const path = [];
  for (let category = categoryOf(id); category; category = categoryOf(category.parent)) path.unshift(category.id);
  return path;
}

/** The categories of each level that is open: the top, then what stands below each chosen one. */
function levels(path) {
  const below = (parent) => data().categories.filter((category) => category.parent === parent);
  return ["", ...path].map(below).filter((categories) => categories.length > 0);
}
