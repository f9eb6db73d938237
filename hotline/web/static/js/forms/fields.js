// The fields on the page: reading what stands in them, showing what the record has. Text is only ever set as a value.

import { $, $$, targetOf } from "../operators/dom.js";
import { fromField, toField } from "./times.js";
import { data, say } from "./words.js";

/** @type {Record<string, boolean>} */
const BOOLEAN = { true: true, false: false };

export class Fields {
  /**
   * `root`: a copy of the template. `written(key, value)` hears of every input, `left(key)` when a field is left.
   * @param {HTMLElement} root
   * @param {(key: string, value: Form.Value) => unknown} written
   * @param {(key: string) => unknown} left
   */
  constructor(root, written, left) {
    this.root = root;
    this.extraPlace = $("[data-extra-fields]", root);
    /** @type {string | null} */
    this.shownExtras = null;
    root.addEventListener("input", (event) => this.#tell(event, written));
    root.addEventListener("change", (event) => this.#tell(event, written));
    root.addEventListener("focusout", (event) => {
      const key = targetOf(event).dataset?.field;
      if (key) left(key);
    });
  }

  /** @param {Event} event @param {(key: string, value: Form.Value) => unknown} written */
  #tell(event, written) {
    const element = targetOf(event);
    const key = element.dataset?.field;
    if (key) written(key, this.#read(element));
  }

  /** @param {HTMLInputElement} element */
  #read(element) {
    if (element.type === "radio") return BOOLEAN[element.value];
    if (element.dataset.kind === "moment") return fromField(element.value);
    return element.value;
  }

  /**
   * All elements of a field: two for yes and no.
   * @param {string} key
   */
  of(key) {
    return inputs("[data-field]", this.root).filter((element) => element.dataset.field === key);
  }

  /**
   * Show a value, but not under somebody's hands.
   * @param {string} key
   * @param {Form.Value} value
   * @param {boolean} [force]
   */
  show(key, value, force = false) {
    for (const element of this.of(key)) {
      if (element.type === "radio") element.checked = BOOLEAN[element.value] === value;
      else {
        const text = element.dataset.kind === "moment" ? toField(String(value ?? "")) : String(value ?? "");
        if (element.value !== text && (force || document.activeElement !== element)) element.value = text;
      }
    }
  }

  /**
   * The further fields of a category; those of another one go.
   * @param {Wire.ExtraFieldView[]} extras
   * @param {(key: string) => Form.Value} valueOf
   */
  showExtras(extras, valueOf) {
    const mark = JSON.stringify(extras);
    if (mark !== this.shownExtras) {
      this.shownExtras = mark;
      this.extraPlace.replaceChildren(...extras.map((extra) => this.#extra(extra)));
      this.extraPlace.hidden = extras.length === 0;
    }
    for (const extra of extras) this.show(`fields.${extra.id}`, valueOf(`fields.${extra.id}`));
  }

  /** @param {Wire.ExtraFieldView} extra */
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

  /** @param {Wire.ExtraFieldView} extra */
  #control(extra) {
    if (extra.kind === "choice") {
      const select = document.createElement("select");
      select.className = "form-select";
      for (const choice of ["", ...extra.choices]) select.append(new Option(choice || say("choose"), choice));
      return select;
    }
    if (extra.kind === "lines") return Object.assign(document.createElement("textarea"), { className: "form-control", rows: 2 });
    const element = document.createElement("input");
    element.className = "form-control";
    element.type = extra.kind === "date" ? "date" : "text";
    if (extra.kind === "number") element.inputMode = "decimal";
    return element;
  }

  /**
   * Which fields this category asks for.
   * @param {string[]} required
   */
  markRequired(required) {
    const wanted = new Set(required);
    for (const box of $$("[data-box]", this.root)) {
      const needed = wanted.has(box.dataset.box ?? "");
      $(".form-label", box)?.classList.toggle("required", needed);
      for (const element of inputs("[data-field]", box)) {
        if (element.type !== "radio") element.setAttribute("aria-required", String(needed));
      }
    }
  }

  /**
   * `problems`: field -> words.
   * @param {Map<string, string>} problems
   */
  markProblems(problems) {
    for (const box of $$("[data-box]", this.root)) {
      const words = problems.get(box.dataset.box ?? "");
      let note = $(".record-problem", box);
      if (words && !note) {
        note = document.createElement("div");
        note.className = "record-problem";
        note.id = `${this.root.dataset.uid}-${box.dataset.box}-problem`;
        box.append(note);
      }
      if (note && note.textContent !== (words ?? "")) note.textContent = words ?? "";
      if (note) note.hidden = !words;
      box.classList.toggle("has-problem", Boolean(words));
      for (const element of inputs("[data-field]", box)) {
        element.classList.toggle("is-invalid", Boolean(words) && element.type !== "radio");
        if (words) element.setAttribute("aria-describedby", note.id);
        else element.removeAttribute("aria-describedby");
      }
    }
  }

  /** @param {string} key */
  focus(key) {
    const box = $$("[data-box]", this.root).find((each) => each.dataset.box === key);
    const target = this.of(key)[0] ?? box?.querySelector("input, button, select, textarea");
    target?.focus();
    box?.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} locked */
  lock(locked) {
    for (const element of inputs("[data-field], [data-category-level] input", this.root)) {
      if (element.type === "radio" || element.tagName === "SELECT") element.disabled = locked;
      else element.readOnly = locked;
    }
  }
}

/** @param {string} selector @param {HTMLElement} within */
function inputs(selector, within) {
  return /** @type {HTMLInputElement[]} */ ($$(selector, within));
}

/**
 * The category's own record; null for one that the settings have lost.
 * @param {Form.Value} id
 */
export function categoryOf(id) {
  return data().categories.find((category) => category.id === id) ?? null;
}
