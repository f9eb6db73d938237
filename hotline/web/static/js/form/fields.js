// The fields on the page: reading what stands in them, showing what the record has. Text is only ever set as a value.

import { fromField, toField } from "./times.js";
import { data, say } from "./words.js";

const BOOLEAN = { true: true, false: false };

export class Fields {
  /** `root`: a copy of the template. `written(key, value)` hears of every input, `left(key)` when a field is left. */
  constructor(root, written, left) {
    this.root = root;
    this.extraPlace = root.querySelector("[data-extra-fields]");
    this.shownExtras = null;
    root.addEventListener("input", (event) => this.#tell(event, written));
    root.addEventListener("change", (event) => this.#tell(event, written));
    root.addEventListener("focusout", (event) => event.target.dataset?.field && left(event.target.dataset.field));
  }

  #tell(event, written) {
    const element = event.target;
    const key = element.dataset?.field;
    if (key) written(key, this.#read(element));
  }

  #read(element) {
    if (element.type === "radio") return BOOLEAN[element.value];
    if (element.dataset.kind === "moment") return fromField(element.value);
    return element.value;
  }

  /** All elements of a field: two for yes and no. */
  of(key) {
    return Array.from(this.root.querySelectorAll("[data-field]")).filter((element) => element.dataset.field === key);
  }

  /** Show a value, but not under somebody's hands. */
  show(key, value, force = false) {
    for (const element of this.of(key)) {
      if (element.type === "radio") element.checked = BOOLEAN[element.value] === value;
      else {
        const text = element.dataset.kind === "moment" ? toField(value) : value ?? "";
        if (element.value !== text && (force || document.activeElement !== element)) element.value = text;
      }
    }
  }

  /** The further fields of a category; those of another one go. */
  showExtras(extras, valueOf) {
    const mark = JSON.stringify(extras);
    if (mark !== this.shownExtras) {
      this.shownExtras = mark;
      this.extraPlace.replaceChildren(...extras.map((extra) => this.#extra(extra)));
      this.extraPlace.hidden = extras.length === 0;
    }
    for (const extra of extras) this.show(`fields.${extra.id}`, valueOf(`fields.${extra.id}`));
  }

  #extra(extra) {
    const key = `fields.${extra.id}`;
    const box = this.root.ownerDocument.createElement("div");
    box.className = extra.kind === "lines" ? "record-field record-wide" : "record-field";
    box.dataset.box = key;
    const id = `${this.root.dataset.uid}-${key}`;
    const label = document.createElement("label");
    label.className = "form-label";
    label.htmlFor = id;
    label.textContent = extra.label;
    const element = this.#control(extra);
    element.id = id;
    element.dataset.field = key;
    element.autocomplete = "off";
    box.append(label, element);
    return box;
  }

  #control(extra) {
    if (extra.kind === "choice") {
      const select = document.createElement("select");
      select.className = "form-select";
      for (const choice of ["", ...extra.choices]) select.append(new Option(choice || say("choose"), choice));
      return select;
    }
    const element = document.createElement(extra.kind === "lines" ? "textarea" : "input");
    element.className = "form-control";
    if (extra.kind === "lines") element.rows = 2;
    else element.type = { date: "date", number: "text" }[extra.kind] ?? "text";
    if (extra.kind === "number") element.inputMode = "decimal";
    return element;
  }

  /** Which fields this category asks for. */
  markRequired(required) {
    const wanted = new Set(required);
    for (const box of this.root.querySelectorAll("[data-box]")) {
      const needed = wanted.has(box.dataset.box);
      box.querySelector(".form-label")?.classList.toggle("required", needed);
      for (const element of box.querySelectorAll("[data-field]")) {
        if (element.type !== "radio") element.setAttribute("aria-required", String(needed));
      }
    }
  }

  /** `problems`: field -> words. */
  markProblems(problems) {
    for (const box of this.root.querySelectorAll("[data-box]")) {
      const words = problems.get(box.dataset.box);
      let note = box.querySelector(".record-problem");
      if (words && !note) {
        note = document.createElement("div");
        note.className = "record-problem";
        note.id = `${this.root.dataset.uid}-${box.dataset.box}-problem`;
        box.append(note);
      }
      if (note && note.textContent !== (words ?? "")) note.textContent = words ?? "";
      if (note) note.hidden = !words;
      box.classList.toggle("has-problem", Boolean(words));
      for (const element of box.querySelectorAll("[data-field]")) {
        element.classList.toggle("is-invalid", Boolean(words) && element.type !== "radio");
        if (words) element.setAttribute("aria-describedby", note.id);
        else element.removeAttribute("aria-describedby");
      }
    }
  }

  focus(key) {
    const box = Array.from(this.root.querySelectorAll("[data-box]")).find((each) => each.dataset.box === key);
    const target = this.of(key)[0] ?? box?.querySelector("input, button, select, textarea");
    target?.focus();
    box?.scrollIntoView({ block: "nearest" });
  }

  lock(locked) {
    for (const element of this.root.querySelectorAll("[data-field], [data-category-level] input")) {
      if (element.type === "radio" || element.tagName === "SELECT") element.disabled = locked;
      else element.readOnly = locked;
    }
  }
}

/** The category's own record; null for one that the settings have lost. */
export function categoryOf(id) {
  return data().categories.find((category) => category.id === id) ?? null;
}
