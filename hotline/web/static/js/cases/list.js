// Filters of the lists of cases that somebody keeps by a name, in this browser, each person their own.

import { $, h } from "../operators/dom.js";

const place = $("#kept-filters");
const key = `hotline.case-filters.${place.dataset.who}`;
const name = /** @type {HTMLInputElement} */ ($("#kept-name"));

/** @returns {Record<string, string>} the address's question by name */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Record<string, string>} filters */
function keep(filters) {
  localStorage.setItem(key, JSON.stringify(filters));
  show();
}

/** @param {string} called */
function drop(called) {
  const rest = kept();
  delete rest[called];
  keep(rest);
}

function show() {
  $("[data-list]", place).replaceChildren(...Object.entries(kept()).map(([called, question]) => h("span", { class: "case-kept" },
    h("a", { class: "record-tab", href: `/cases${question}` }, called),
    h("button", { class: "btn btn-sm", type: "button", "aria-label": `${place.dataset.remove} ${called}`, onclick: () => drop(called) }, "×"))));
}

$("form", place).addEventListener("submit", (event) => {
  event.preventDefault();
  if (!name.value.trim()) return;
  keep({ ...kept(), [name.value.trim()]: window.location.search || "?" });
  name.value = "";
});
place.hidden = false;
show();
