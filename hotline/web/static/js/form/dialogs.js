// What is opened from a record: a callback, a case, the request to block a caller. Each dialog asks, sends, and says
// what came of it in the record's own words.

import { fromField, minute, toField } from "./times.js";
import { say } from "./words.js";

export class Dialogs {
  /** `draft()`: the record as it stands; `tell(words)`: shown below it; `open(run)`: after what is unsaved is saved. */
  constructor(api, draft, tell, saved) {
    this.api = api;
    this.draft = draft;
    this.tell = tell;
    this.saved = saved;
  }

  callback() {
    const draft = this.draft();
    this.#open("callback", {
      number: draft.value("callback_number"),
      due_at: toField(draft.value("promise_due_at")),
      note: draft.value("promise"),
    }, (form) => ({ ...form, due_at: fromField(form.due_at) }), (answer) => say("callback.opened", {
      number: answer.number_shown, time: minute(answer.due_at),
    }));
  }

  case() {
    const draft = this.draft();
    const complaint = draft.value("complaint") === true;
    this.#open("case", {
      kind: complaint ? "complaint" : "request", title: short(draft.value("content")), content: draft.value("content"),
    }, (form) => form, (answer) => say("case.opened", { number: answer.number }));
  }

  block() {
    this.#open("block-request", {}, (form) => ({ reason: form.reason, days: form.days ? Number(form.days) : null }),
      () => say("block.asked"));
  }

  #open(what, values, bodyOf, said) {
    const dialog = document.getElementById(`call-form-${what}`);
    const form = dialog.querySelector("form");
    form.reset();
    for (const [name, value] of Object.entries(values)) if (form.elements[name]) form.elements[name].value = value ?? "";
    problem(form, "");
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#send(what, dialog, form, bodyOf, said);
    };
    dialog.querySelector("[data-close]").onclick = () => dialog.close();
    dialog.showModal();
  }

  async #send(what, dialog, form, bodyOf, said) {
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      await this.saved(); // what it says of the caller goes by what is typed
      const given = Object.fromEntries(new FormData(form));
      const answer = await this.api.post(`/forms/${this.draft().base.id}/${what}`, bodyOf(given));
      dialog.close();
      this.tell(said(answer));
    } catch (error) {
      problem(form, error.problem?.errors?.map((each) => each.message).join(" ") || reason(error));
    } finally {
      button.disabled = false;
    }
  }
}

/** Why something was not done, in words; `error` is an ApiError. */
export function reason(error) {
  if (error.away || error.status === 0) return say("away");
  if (error.signedOut || error.status === 401) return say("signed_out");
  if (error.status === 403) return say("not_allowed");
  return say(`failed.${error.status}`) === `failed.${error.status}` ? say("failed", { why: error.message }) : say(`failed.${error.status}`);
}

function problem(form, words) {
  const place = form.querySelector("[data-problem]");
  place.textContent = words;
  place.hidden = !words;
}

function short(text) {
  const line = text.trim().split("\n")[0];
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
