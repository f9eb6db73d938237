// The record of the call in the middle: that of the call shown, or one from the list.

import { $, fill, h, icon, show } from "./dom.js";
import { previewOf } from "./preview.js";
import { t } from "./words.js";

const ECHO_MS = 400;

export class FormPlace {
  constructor(app) {
    this.app = app;
    this.place = $("#form");
    this.form = null; // the FormView that is shown
    this.handle = null;
    this.wanted = "";
  }

  /** The record of a call that rings or goes on. While it rings for the first time it is shown as it will be. */
  async showCall(entry) {
    const { call, pop } = entry;
    const known = pop?.form ?? null;
    const key = `call-${call.call_id}-${entry.hadTalk ? "talk" : known ? "carried" : "preview"}`;
    if (key === this.wanted) return;
    // One that was carried along by a transfer came with the pop, so that it stands there while the phone still rings.
    const shown = () => known ?? previewOf(call, pop, this.app.data.by_menu);
    await this.#change(key, () => (entry.hadTalk ? this.app.api.put(`/calls/${call.call_id}/form`) : shown()));
  }

  async showForm(formId) {
    if (this.form?.id === formId) return;
    await this.#change(`form-${formId}`, () => this.app.api.get(`/forms/${formId}`));
  }

  clear() {
    this.wanted = "";
    this.#mount(null, null);
  }

  /** Save what is open, then show the other one. What could not be saved stays where it is. */
  async #change(key, get) {
    this.wanted = key;
    if (!this.form) this.#hint(t("loading"));
    try {
      await this.save();
      const form = await get();
      const { mountForm } = await import("../form.js");
      if (this.wanted === key) this.#mount(form, mountForm);
    } catch (error) {
      if (this.wanted === key) this.#failed(key, error, get);
    }
    this.app.update();
  }

  #mount(form, mountForm) {
    this.handle?.unmount();
    this.handle = null;
    this.form = form;
    this.place.replaceChildren();
    this.place.classList.toggle("is-preview", Boolean(form) && form.id === null);
    this.#hint(form && form.id === null ? t("form.soon") : "");
    if (!form) return;
    this.handle = mountForm(this.place, form, {
      api: this.app.api,
      compact: true,
      actions: form.id === null ? false : undefined,
      onSaved: (saved) => this.#saved(saved),
      onDone: (done) => this.app.formDone(done),
      onDirectory: ({ subject, region }) => this.app.lookUp(subject, region),
    });
    if (this.app.wantsFocus && form.id !== null) {
      this.app.wantsFocus = false;
      this.app.focusWork();
    }
  }

  #saved(form) {
    this.form = form;
    this.app.formSaved(form);
  }

  /** Pushed: a record was written, here or elsewhere. */
  written({ form_id: id, version }) {
    if (!this.handle || this.form?.id !== id) return;
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.#lookAgain(id, version), ECHO_MS);
  }

  async #lookAgain(id, version) {
    if (this.form?.id !== id || this.handle.view.version >= version) return; // our own saving, come back
    const form = await this.app.api.get(`/forms/${id}`).catch(() => null); // its next saving tells
    if (form && this.form?.id === id) this.handle.update(form);
  }

  #hint(text) {
    const place = $("#form-head");
    fill(place, [text], () => (text ? h("p", { class: "c-empty" }, text) : []));
    show(place, Boolean(text));
  }

  #failed(key, error, get) {
    const place = $("#form-head");
    show(place, true);
    fill(place, [key, error.message, Date.now()], () => h("p", { class: "c-empty text-bad" }, icon("alert-triangle"),
      h("span", {}, `${t("form.problem")} ${this.app.problemText(error)}`), " ",
      h("button", { class: "btn btn-sm", type: "button", onclick: () => this.#change(key, get) }, t("again"))));
  }

  /** Resolves when nothing is unsaved; rejects with the ApiError that prevents it. */
  async save() {
    if (this.form?.id) await this.handle?.save();
  }

  /** Nothing to do for a call that still rings. */
  async done() {
    return this.form?.id ? this.handle?.done() : null;
  }
}
