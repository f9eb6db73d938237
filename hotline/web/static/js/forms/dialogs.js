// What is opened from a record: a callback, a case, the request to block a caller. Each dialog asks, sends, and says
// what came of it in the record's own words.

import { thrown } from "../operators/api.js";
import { $, $input, $dialog } from "../operators/dom.js";
import { fromField, minute, toField } from "./times.js";
import { say } from "./words.js";

/** @import { Draft } from "./draft.js" */

export class Dialogs {
  /**
   * `draft()`: the record as it stands; `tell(words)`: shown below it; `open(run)`: after what is unsaved is saved.
   * @param {Form.Sender} api
   * @param {() => Draft} draft
   * @param {(words: string) => unknown} tell
   * @param {() => Promise<unknown>} saved
   */
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
      due_at: toField(written(draft, "promise_due_at")),
      note: draft.value("promise"),
    }, (form) => ({ ...form, due_at: fromField(form.due_at) }), (/** @type {Wire.CallbackOpened} */ answer) => say("callback.opened", {
      number: answer.number_shown, time: minute(answer.due_at),
    }));
  }

  case() {
    const draft = this.draft();
    const complaint = draft.value("complaint") === true;
    this.#open("case", {
      kind: complaint ? "complaint" : "request", title: short(written(draft, "content")), content: draft.value("content"),
    }, caseBody, (/** @type {Wire.CaseShown} */ answer) => say("case.opened", { number: answer.number }));
    const kind = /** @type {HTMLSelectElement} */ ($("#call-form-case-kind"));
    kind.onchange = () => showFieldsOf(kind.value);
    showFieldsOf(kind.value);
  }

  block() {
    this.#open("block-request", {}, (form) => ({ reason: form.reason, days: form.days ? Number(form.days) : null }),
      () => say("block.asked"));
  }

  /**
   * @template Answer
   * @param {string} what
   * @param {Record<string, Form.Value>} values
   * @param {(given: Record<string, string>) => object} bodyOf
   * @param {(answer: Answer) => string} said
   */
  #open(what, values, bodyOf, said) {
    const dialog = $dialog(`#call-form-${what}`);
    const form = /** @type {HTMLFormElement} */ ($("form", dialog));
    form.reset();
    for (const [name, value] of Object.entries(values)) setField(form, name, value);
    problem(form, "");
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#send(what, dialog, form, bodyOf, said);
    };
    $("[data-close]", dialog).onclick = () => dialog.close();
    dialog.showModal();
  }

  /**
   * @template Answer
   * @param {string} what
   * @param {HTMLDialogElement} dialog
   * @param {HTMLFormElement} form
   * @param {(given: Record<string, string>) => object} bodyOf
   * @param {(answer: Answer) => string} said
   */
  async #send(what, dialog, form, bodyOf, said) {
    const button = $input("[type=submit]", form);
    button.disabled = true;
    try {
      await this.saved(); // what it says of the caller goes by what is typed
      const given = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
      /** @type {Answer} */
      const answer = await this.api.post(`/forms/${this.draft().base.id}/${what}`, bodyOf(given));
      dialog.close();
      this.tell(said(answer));
    } catch (error) {
      problem(form, thrown(error).problem?.errors?.map((each) => each.message).join(" ") || reason(error));
    } finally {
      button.disabled = false;
    }
  }
}

/**
 * Why something was not done, in words; `error` is an ApiError.
 * @param {unknown} error
 */
export function reason(error) {
  const { away, signedOut, status, message } = thrown(error);
  if (away || status === 0) return say("away");
  if (signedOut || status === 401) return say("signed_out");
  if (status === 403) return say("not_allowed");
  return say(`failed.${status}`) === `failed.${status}` ? say("failed", { why: message }) : say(`failed.${status}`);
}

/**
 * The fields of a kind stand beside those that every case has.
 * @param {Record<string, string>} given
 */
function caseBody({ kind, title, content, moment, ...values }) {
  const sent = Object.entries(values).filter(([, value]) => value);
  return { kind, title, content, values: Object.fromEntries(sent.map(([name, value]) => [name, name === moment ? fromField(value) : value])) };
}

/** @param {string} kind */
function showFieldsOf(kind) {
  for (const fields of /** @type {NodeListOf<HTMLFieldSetElement>} */ (document.querySelectorAll("#call-form-case [data-of-kind]"))) {
    fields.hidden = fields.dataset.ofKind !== kind;
    fields.disabled = fields.hidden;
  }
}

/** @param {HTMLFormElement} form @param {string} words */
function problem(form, words) {
  const place = $("[data-problem]", form);
  place.textContent = words;
  place.hidden = !words;
}

/** @param {string} text */
function short(text) {
  const line = text.trim().split("\n")[0];
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** @param {Draft} draft @param {string} key */
function written(draft, key) {
  return String(draft.value(key) ?? "");
}

/** @param {HTMLFormElement} form @param {string} name @param {Form.Value} value */
function setField(form, name, value) {
  const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));
  if (field) field.value = String(value ?? "");
}
