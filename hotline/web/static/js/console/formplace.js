// The record of the call in the middle: that of the call shown, or one from the list.

import { $, bdi, fill, h, icon, setText, show } from "./dom.js";
import { t } from "./words.js";

export class FormPlace {
  constructor(app) {
    this.app = app;
    this.place = $("#form");
    this.form = null; // the FormView that is shown
    this.handle = null;
    this.wanted = "";
  }

  /** The record of a call that rings or goes on. Before it is ours it is shown as it will be, and not yet kept. */
  async showCall(entry) {
    const form = entry.pop?.form ?? null;
    const answered = entry.hadTalk;
    const key = `call-${entry.call.call_id}-${form?.id ?? (answered ? "make" : "preview")}`;
    if (key === this.wanted) return;
    if (form && this.form?.id === form.id) return this.#keep(key);
    await this.#change(key, () => form ?? (answered ? this.app.api.put(`/calls/${entry.call.call_id}/form`) : null));
  }

  async showForm(formId) {
    const key = `form-${formId}`;
    if (key === this.wanted || this.form?.id === formId) return this.#keep(key);
    await this.#change(key, () => this.app.api.get(`/forms/${formId}`));
  }

  #keep(key) {
    this.wanted = key;
  }

  clear() {
    this.#change("", () => null);
  }

  /** Save what is open, then show the other one. What could not be saved stays where it is. */
  async #change(key, get) {
    this.wanted = key;
    this.#hint("loading");
    try {
      await this.save();
      const form = await get();
      const { mountForm } = form ? await import("../form.js") : {};
      if (this.wanted !== key) return;
      this.#mount(form, mountForm);
    } catch (error) {
      if (this.wanted === key) this.#failed(key, error, get);
    }
    this.app.update();
  }

  #mount(form, mountForm) {
    this.handle?.unmount?.();
    this.handle = null;
    this.form = form;
    this.place.replaceChildren();
    this.#hint(form ? "" : "soon");
    if (!form) return;
    this.handle = mountForm(this.place, form, {
      api: this.app.api,
      compact: true,
      onSaved: (saved) => this.#saved(saved),
      onDone: (done) => this.app.formDone(done),
    });
  }

  #saved(form) {
    this.form = form;
    this.app.formSaved(form);
  }

  #hint(what) {
    const place = $("#form-head");
    fill(place, [what, this.wanted], () => what ? h("p", { class: "c-empty" }, t(what === "loading" ? "loading" : "form.soon")) : []);
    show(place, Boolean(what));
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
    await this.handle?.save?.();
  }

  async done() {
    return this.handle?.done?.();
  }
}
