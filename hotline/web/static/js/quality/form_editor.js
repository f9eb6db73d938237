// The editor of a score form: items are added and removed, and what the weights make is told at once. Without scripts
// there are spare rows, and the server tells the same.
import { isFull, sumOf, numbered } from "./weights.js";

const editor = document.querySelector("[data-score-form]");
if (editor) start(editor);

function start(form) {
  const items = form.querySelector("[data-items]");
  const blank = form.querySelector("template[data-blank]");
  const sum = form.querySelector("[data-sum]");
  let next = items.children.length + 1;

  function tell() {
    const total = sumOf(Array.from(items.querySelectorAll("[data-weight]"), (input) => input.value));
    sum.textContent = sum.dataset.words.replace("{sum}", String(total));
    sum.classList.toggle("is-full", isFull(total));
  }

  function shape(item) {
    const automatic = item.querySelector("[data-kind]").value === "automatic";
    for (const part of item.querySelectorAll("[data-automatic]")) part.hidden = !automatic;
    item.querySelector("[data-remove]").hidden = false;
  }

  function add() {
    const made = blank.content.firstElementChild.cloneNode(true);
    for (const each of made.querySelectorAll("[name], [id], [for]")) {
      for (const name of ["name", "id", "for"]) {
        if (each.hasAttribute(name)) each.setAttribute(name, numbered(each.getAttribute(name), next));
      }
    }
    next += 1;
    items.append(made);
    shape(made);
    return made;
  }

  for (const item of Array.from(items.children)) {
    if (item.querySelector("input[name$='-name']").value === "" && item.querySelector("[data-weight]").value === "") item.remove();
    else shape(item);
  }
  if (!items.children.length) add();
  const adder = form.querySelector("[data-add]");
  adder.hidden = false;
  adder.addEventListener("click", () => add().querySelector("input[name$='-name']").focus());
  items.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-remove]");
    if (!remove) return;
    remove.closest("[data-item]").remove();
    tell();
    adder.focus();
  });
  items.addEventListener("change", (event) => {
    if (event.target.matches("[data-kind]")) shape(event.target.closest("[data-item]"));
  });
  items.addEventListener("input", tell);
  tell();
}
