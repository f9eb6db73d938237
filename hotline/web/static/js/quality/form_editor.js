// The editor of a score form: items are added and removed, and what the weights make is told at once. Without scripts
// there are spare rows, and the server tells the same.
import { $, $$, $input, targetOf } from "../operators/dom.js";
import { isFull, sumOf, numbered } from "./weights.js";

const editor = $("[data-score-form]");
if (editor) start(editor);

/** @param {HTMLElement} form */
function start(form) {
  const items = $("[data-items]", form);
  const blank = /** @type {HTMLTemplateElement} */ (/** @type {Element} */ ($("template[data-blank]", form)));
  const sum = $("[data-sum]", form);
  let next = items.children.length + 1;

  function tell() {
    const total = sumOf($$("[data-weight]", items).map((input) => /** @type {HTMLInputElement} */ (input).value));
    sum.textContent = (sum.dataset.words ?? "").replace("{sum}", String(total));
    sum.classList.toggle("is-full", isFull(total));
  }

  /** @param {Element} item */
  function shape(item) {
    const automatic = $input("[data-kind]", item).value === "automatic";
    for (const part of $$("[data-automatic]", item)) part.hidden = !automatic;
    $("[data-remove]", item).hidden = false;
  }

  function add() {
    const made = /** @type {HTMLElement} */ (blank.content.firstElementChild?.cloneNode(true));
    for (const each of $$("[name], [id], [for]", made)) {
      for (const name of ["name", "id", "for"]) {
        const given = each.getAttribute(name);
        if (given !== null) each.setAttribute(name, numbered(given, next));
      }
    }
    next += 1;
    items.append(made);
    shape(made);
    return made;
  }

  for (const item of Array.from(items.children)) {
    if ($input("input[name$='-name']", item).value === "" && $input("[data-weight]", item).value === "") item.remove();
    else shape(item);
  }
  if (!items.children.length) add();
  const adder = $("[data-add]", form);
  adder.hidden = false;
  adder.addEventListener("click", () => $("input[name$='-name']", add()).focus());
  items.addEventListener("click", (event) => {
    const remove = targetOf(event).closest("[data-remove]");
    if (!remove) return;
    remove.closest("[data-item]")?.remove();
    tell();
    adder.focus();
  });
  items.addEventListener("change", (event) => {
    const item = targetOf(event).matches("[data-kind]") && targetOf(event).closest("[data-item]");
    if (item) shape(item);
  });
  items.addEventListener("input", tell);
  tell();
}
