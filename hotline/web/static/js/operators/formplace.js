// The log form of the call in the middle: that of the call shown, or one from the list.

import { thrown } from "./api.js";
import { byId, isLive } from "./calls.js";
import { $, fill, h, icon, show } from "./dom.js";
import { previewOf } from "./preview.js";
import { problemText } from "./problems.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

const ECHO_MS = 400;

export class FormPlace {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.place = $("#form");
    /** @type {Form.View | null} The record that is shown. */
    this.form = null;
    /** @type {Form.Mounted | null} */
    this.handle = null;
    this.wanted = "";
  }

  /**
   * The log form of a call that rings or goes on. While it rings for the first time it is shown as it will be.
   * @param {Desk.Entry} entry
   */
  async showCall(entry) {
    const { call, pop } = entry;
    if (call.is_test) return this.#change(`call-${call.call_id}-test`, () => null);
    const known = pop?.form ?? null;
    const key = `call-${call.call_id}-${entry.hadTalk ? "talk" : known ? "carried" : "preview"}`;
    if (key === this.wanted) return;
    // One that was carried along by a transfer came with the pop, so that it stands there while the phone still rings.
    const shown = () => known ?? previewOf(call, pop, this.app.data.by_menu);
    /** @returns {Promise<Form.View>} */
    const kept = () => this.app.api.put(`/calls/${call.call_id}/form`);
    await this.#change(key, () => (entry.hadTalk ? kept() : shown()));
  }

  /** @param {number} formId */
  async showForm(formId) {
    if (this.form?.id === formId) return;
    await this.#change(`form-${formId}`, () => this.#fetched(formId));
  }

  clear() {
    this.wanted = "";
    this.#empty(null);
  }

  /**
   * Save what is open, then show the other one. What could not be saved stays where it is.
   * @param {string} key
   * @param {() => Form.View | null | Promise<Form.View>} get Null for a test call.
   */
  async #change(key, get) {
    this.wanted = key;
    if (!this.form) this.#hint(t("loading"));
    try {
      await this.save();
      const form = await get();
      const { mountForm } = await import("../forms/form.js");
      if (this.wanted === key && form) this.#mount(form, mountForm);
      else if (this.wanted === key) this.#nothingToWrite();
    } catch (error) {
      if (this.wanted === key) this.#failed(key, error, get);
    }
    this.app.update();
  }

  /** @param {Form.View | null} form */
  #empty(form) {
    this.handle?.unmount();
    this.handle = null;
    this.form = form;
    this.place.replaceChildren();
    this.place.classList.toggle("is-preview", form?.id === null);
    this.#hint(form?.id === null ? t("form.soon") : "");
  }

  #nothingToWrite() {
    this.#empty(null);
    this.#hint(t("form.test_call"));
  }

  /** @param {Form.View} form @param {typeof import("../forms/form.js").mountForm} mountForm */
  #mount(form, mountForm) {
    this.#empty(form);
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

  /** @param {Wire.FormView} form */
  #saved(form) {
    this.form = form;
    this.app.formSaved(form);
  }

  /**
   * Pushed: a record was written, here or elsewhere.
   * @param {Push.Form} given
   */
  written({ form_id: id, version }) {
    if (!this.handle || this.form?.id !== id) return;
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.#lookAgain(id, version), ECHO_MS);
  }

  /** @param {number} id @param {number} version */
  async #lookAgain(id, version) {
    if (!this.handle || this.form?.id !== id || this.handle.view.version >= version) return; // our own saving, come back
    const form = await this.#fetched(id).catch(() => null); // its next saving tells
    if (!form || this.form?.id !== id) return;
    this.handle?.update(form);
    this.app.update();
  }

  /** @param {number} id @returns {Promise<Wire.FormView>} */
  #fetched(id) {
    return this.app.api.get(`/forms/${id}`);
  }

  /**
   * The record that stands here, if it went with its caller to somebody else: whoever passed the call on may finish a
   * sentence of it, and no more (A12).
   */
  get passedOn() {
    const view = this.handle?.view;
    if (!view?.id || view.done_at || view.origin !== "operator" || view.owner === this.app.extension) return null;
    const entry = byId(this.app.entries, view.call_id ?? 0);
    return entry && isLive(entry) ? null : view;
  }

  draw() {
    const { passedOn } = this;
    if (!this.handle || this.form?.id === null) return;
    show($('[data-action="done"]', this.place), !passedOn && !this.form?.done_at);
    this.#hint(passedOn ? t("form.passed_on", { name: passedOn.owner_name }) : "");
  }

  /** @param {string} text */
  #hint(text) {
    const place = $("#form-head");
    fill(place, [text], () => (text ? h("p", { class: "c-empty" }, text) : []));
    show(place, Boolean(text));
  }

  /** @param {string} key @param {unknown} error @param {() => Form.View | null | Promise<Form.View>} get */
  #failed(key, error, get) {
    const place = $("#form-head");
    show(place, true);
    fill(place, [key, thrown(error).message, Date.now()], () => h("p", { class: "c-empty text-bad" }, icon("alert-triangle"),
      h("span", {}, `${t("form.problem")} ${problemText(error)}`), " ",
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
