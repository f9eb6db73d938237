// The page of one record: it works without the console, for desk phones and for later corrections.

import { Api } from "../operators/api.js";
import { $, $$, pageData } from "../operators/dom.js";
import { mountForm } from "./form.js";

/** @type {Page.FormPageData} */
const data = pageData("form-page-data");
const api = new Api(data.csrf_token);
const handle = mountForm($("#form"), data.form, { api, onDone: () => window.location.reload() });

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
  if (event.code === "KeyS") {
    event.preventDefault();
    handle.save().catch(() => {});
  } else if (event.key === "Enter" && !$("dialog[open]")) {
    event.preventDefault();
    handle.done().catch(() => {});
  }
});

// Somebody may have gone on at another device meanwhile.
document.addEventListener("visibilitychange", async () => {
  if (document.hidden) return;
  try {
    handle.update(await api.get(`/forms/${data.form.id}`));
  } catch {
    // the next save says what is wrong
  }
});

for (const field of /** @type {HTMLInputElement[]} */ ($$("[data-select-all]"))) field.addEventListener("focus", () => field.select());
