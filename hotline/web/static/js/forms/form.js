// The log form of a call, 《400热线电话接听记录单》: saved as it is typed, here and elsewhere, without one overwriting the
// other unseen. Used by the page of a record, by the console, and by the duty person's page. Nothing of a record is kept
// in the browser beyond the page.

import { thrown } from "../operators/api.js";
import { $, $$, templateCopy } from "../operators/dom.js";
import { drawConflicts } from "./conflicts.js";
import { Dialogs, reason } from "./dialogs.js";
import { Draft, FIELDS } from "./draft.js";
import { categoryOf, Fields } from "./fields.js";
import { Subjects } from "./subjects.js";
import { clock, minute } from "./times.js";
import { data, say } from "./words.js";

const TYPING_PAUSE_MS = 800;
const RETRY_MS = [2000, 5000, 10000, 30000];

let mounted = 0;

/**
 * Show `view` (a FormView) in `element`. The page must include parts/call_form.html.
 * 
 * options: api (get, put, post of an Api), compact, onSaved(view), onDone(view), onDirectory({subject, region}),
 * paths ({save, done}: instead of the record's own), actions (false: no callback, case, block).
 * Gives: save() resolves when nothing is unsaved, rejects with the ApiError that prevents it; done() resolves with the
 * done record, or null when fields are missing; update(view) takes in what was changed elsewhere; unmount().
 * @param {HTMLElement} element
 * @param {Form.View} view
 * @param {Form.Options} options
 */
export function mountForm(element, view, options) {
  return new MountedForm(element, view, options);
}

class MountedForm {
  /** @param {HTMLElement} element @param {Form.View} view @param {Form.Options} options */
  constructor(element, view, options) {
    /** @type {[EventTarget, string, (event: Event) => unknown][]} */
    this.listeners = [];
    /** @type {Promise<void> | null} The saving that is under way. */
    this.sending = null;
    /** @type {Map<string, string> | null} By field: why the record cannot be done yet. */
    this.missing = null;
    this.options = options;
    this.api = options.api;
    this.draft = new Draft(view);
    this.paths = options.paths ?? { save: `/forms/${view.id}`, done: `/forms/${view.id}/done` };
    this.root = templateCopy("call-form-template");
    this.root.dataset.uid = `record${(mounted += 1)}`;
    this.root.classList.toggle("record-compact", Boolean(options.compact));
    connectLabels(this.root);
    this.fields = new Fields(this.root, (key, value) => this.#written(key, value), () => this.#soon(0));
    this.dialogs = new Dialogs(this.api, () => this.draft, (words) => this.#tell(words), () => this.save());
    /** @type {Form.Offers} */
    const offers = options.actions === false ? {} : {
      directory: (category) => this.#directory(category), callback: () => this.dialogs.callback(), case: () => this.dialogs.case(),
    };
    this.subjects = new Subjects(this.#part("categories"), this.#part("hint"), this.root.dataset.uid,
      (id) => this.#written("category", id), offers);
    this.#bind(options.actions === false);
    this.retries = 0;
    this.state = "saved";
    element.replaceChildren(this.root);
    this.#dialled();
    this.#draw(true);
  }

  get view() {
    return this.draft.base;
  }

  unmount() {
    clearTimeout(this.timer);
    this.gone = true;
    for (const [target, name, listener] of this.listeners) target.removeEventListener(name, listener);
    if (!this.draft.isClean) this.#send().catch(() => {}); // a last try; the page that goes has no place to tell
    this.root.remove();
  }

  async save() {
    clearTimeout(this.timer);
    while (this.sending || this.draft.pending.length) await (this.sending ?? this.#send());
    if (this.draft.conflicts.size) throw this.#unsaved(say("conflict"), 409);
    if (this.draft.refused.size) throw this.#unsaved(say("refused"), 422);
  }

  async done() {
    try {
      await this.save();
    } catch (error) {
      this.#focusFirst([...this.draft.conflicts.keys(), ...this.draft.refused.keys()]);
      throw error;
    }
    try {
      /** @type {Wire.FormView} */
      const view = await this.api.post(this.paths.done, { version: this.view.version });
      this.missing = null;
      this.draft.accepted(view, new Map());
      this.#draw();
      this.options.onDone?.(view);
      return view;
    } catch (error) {
      const wrong = wrongFields(error);
      if (this.#settled(error)) this.#draw();
      else if (wrong) this.#lacks(wrong);
      else {
        this.#tell(reason(error), "bad");
        throw error;
      }
      return null;
    }
  }

  /**
   * It was changed elsewhere.
   * @param {Wire.FormView} view
   */
  update(view) {
    if (view.version <= this.view.version || this.sending) return;
    this.draft.meet(view);
    this.#draw();
  }

  /**
   * As if it were typed; what may not be written is left.
   * @param {string} key @param {Form.Value} value
   */
  write(key, value) {
    if (!this.view.may_write) return;
    this.#written(key, value);
    this.fields.show(key, value, true);
  }

  /** @param {string} name */
  #part(name) {
    return $(`[data-part="${name}"]`, this.root);
  }

  /** @param {boolean} without */
  #bind(without) {
    /** @param {EventTarget} target @param {string} name @param {(event: Event) => unknown} listener */
    const listen = (target, name, listener) => {
      target.addEventListener(name, listener);
      this.listeners.push([target, name, listener]);
    };
    listen(window, "beforeunload", (event) => {
      if (!this.draft.isClean) event.preventDefault();
    });
    listen(document, "visibilitychange", () => document.hidden && this.#soon(0));
    listen(window, "online", () => this.#soon(0));
    for (const button of $$("[data-action]", this.root)) {
      if (without && !["save", "done"].includes(button.dataset.action ?? "")) button.hidden = true;
      button.addEventListener("click", () => this.#act(button.dataset.action ?? ""));
    }
  }

  /** @param {string} action */
  #act(action) {
    if (action === "save") this.save().catch(() => {});
    else if (action === "done") this.done().catch(() => {});
    else if (action === "kept") this.#keep();
    else this.dialogs[/** @type {"callback" | "case" | "block"} */ (action)]();
  }

  /** @param {string} key @param {Form.Value} value */
  #written(key, value) {
    this.draft.write(key, value);
    this.missing?.delete(key);
    this.#draw();
    if (!this.view.done_at) this.#soon(TYPING_PAUSE_MS); // what is done is corrected by saving it
  }

  /** @param {number} wait */
  #soon(wait) {
    clearTimeout(this.timer);
    if (this.gone || this.view.done_at || !this.draft.pending.length) return;
    this.timer = setTimeout(() => this.#send().catch(() => {}), wait);
  }

  /** Send what is pending, once. Rejects with the ApiError when it could not be saved. */
  #send() {
    this.sending ??= this.#sendNow().finally(() => {
      this.sending = null;
      if (this.state === "away") this.#soon(this.#pause());
      else if (this.state !== "stopped") this.#soon(TYPING_PAUSE_MS);
    });
    return this.sending;
  }

  async #sendNow() {
    const { body, sent } = this.draft.body();
    if (!sent.size) return;
    this.#status("saving");
    try {
      /** @type {Wire.FormView} */
      const view = await this.api.put(this.paths.save, body);
      this.retries = 0;
      this.draft.accepted(view, sent);
      this.#draw();
      this.options.onSaved?.(view);
    } catch (error) {
      if (this.#settled(error)) return this.#draw();
      this.#status(thrown(error).away ? "away" : "stopped", reason(error));
      throw error;
    }
  }

  /**
   * Whether the draft knows how to go on: the record as it is now was taken in, or what does not fit was marked.
   * @param {unknown} error
   */
  #settled(error) {
    const { status, problem } = thrown(error);
    if (status === 409 && problem?.current) {
      this.draft.meet(/** @type {Wire.FormView} */ (/** @type {unknown} */ (problem.current)));
      return true;
    }
    const errors = wrongFields(error);
    return errors !== null && this.draft.refuse(errors);
  }

  #pause() {
    return RETRY_MS[Math.min(this.retries++, RETRY_MS.length - 1)];
  }

  /** @param {string} message @param {number} status */
  #unsaved(message, status) {
    return Object.assign(new Error(message), { status, code: "unsaved", problem: {} });
  }

  /** @param {Wire.WrongInput[]} errors */
  #lacks(errors) {
    this.missing = new Map(errors.map(({ field, message }) => [field, message]));
    this.#draw();
    this.#focusFirst([...this.missing.keys()]);
  }

  /** @param {string[]} keys */
  #focusFirst(keys) {
    const order = $$("[data-box]", this.root).map((box) => box.dataset.box ?? "");
    const first = order.find((key) => keys.includes(key));
    if (first) this.fields.focus(first);
  }

  async #keep() {
    try {
      await this.save();
      /** @type {Wire.FormView} */
      const view = await this.api.post(`/forms/${this.view.id}/promise-kept`, {});
      this.draft.accepted(view, new Map());
      this.#draw();
      this.options.onSaved?.(view);
    } catch (error) {
      this.#tell(reason(error), "bad");
    }
  }

  /** @param {Wire.CategoryView} category */
  #directory(category) {
    const wanted = { subject: category.subject, region: String(this.draft.value("region") ?? "") };
    if (this.options.onDirectory) this.options.onDirectory(wanted);
    else if (data().directory) window.open(`${data().directory}?${new URLSearchParams(wanted)}`, "_blank", "noopener");
  }

  #draw(first = false) {
    const view = this.view;
    for (const key of FIELDS) this.fields.show(key, this.draft.value(key), first);
    const category = categoryOf(this.draft.value("category"));
    this.subjects.show(String(this.draft.value("category") ?? ""));
    this.fields.showExtras(category?.fields ?? [], (key) => this.draft.value(key));
    this.fields.markRequired(["category", ...(category?.required ?? []), ...(category?.fields ?? []).filter((f) => f.required).map((f) => `fields.${f.id}`)]);
    this.fields.markProblems(new Map([...(this.missing ?? []), ...this.draft.refused]));
    this.fields.lock(!view.may_write);
    this.root.classList.toggle("record-done", Boolean(view.done_at));
    const buttons = /** @type {HTMLButtonElement[]} */ ($$('[data-action="save"], [data-action="done"]', this.root));
    for (const button of buttons) button.disabled = !view.may_write;
    this.#part("done").hidden = Boolean(view.done_at);
    this.#part("kept").hidden = !(view.promise_due_at && !view.promise_kept_at);
    this.#part("kept-at").hidden = !view.promise_kept_at;
    this.#part("kept-at").textContent = view.promise_kept_at ? say("kept_at", { time: minute(view.promise_kept_at) }) : "";
    this.#conflicts();
    this.#state();
  }

  /** What the call was dialled for: a click away. */
  #dialled() {
    const made = this.view.dialled_for;
    const known = made ? data().dialled[made.kind] : null;
    const place = this.#part("dialled");
    place.hidden = !known;
    if (!made || !known) return;
    const link = /** @type {HTMLAnchorElement} */ ($("a", place));
    link.href = known.address + made.id;
    link.textContent = say("dialled_for", { name: known.name });
  }

  #state() {
    const { draft, view } = this;
    if (draft.conflicts.size) this.#status("conflict");
    else if (draft.refused.size) this.#status("refused");
    else if (!draft.isClean) this.#status("unsaved");
    else if (!view.may_write) this.#status("read_only");
    else if (view.done_at) this.#status("done", say("done_by", { time: minute(view.done_at), name: view.done_by === view.updated_by ? (view.updated_by_name ?? view.done_by) : view.done_by }));
    else this.#status("saved", say("saved", { time: clock(view.updated_at) }));
  }

  /** @param {string} state @param {string} [words] */
  #status(state, words = say(state)) {
    this.state = state;
    this.root.dataset.state = state;
    const place = this.#part("state");
    if (place.textContent !== words) place.textContent = words;
  }

  /** @param {string} words @param {string} [tone] */
  #tell(words, tone = "ok") {
    const place = this.#part("said");
    place.className = `record-said tone-${tone}`;
    place.textContent = words;
    place.hidden = false;
  }

  #conflicts() {
    drawConflicts(this.#part("conflicts"), this.draft, (key, mine) => this.#choose(key, mine));
  }

  /** @param {string} key @param {boolean} mine */
  #choose(key, mine) {
    this.draft.choose(key, mine);
    this.fields.show(key, this.draft.value(key), true);
    this.#draw();
    this.#soon(0);
  }
}

/**
 * The fields that the server does not take as they are; null where that is not what is wrong.
 * @param {unknown} error
 */
function wrongFields(error) {
  const { status, problem } = thrown(error);
  return (status === 422 && problem?.errors) || null;
}

/**
 * Each label to its field: ids of a template would be there twice.
 * @param {HTMLElement} root
 */
function connectLabels(root) {
  for (const element of /** @type {HTMLInputElement[]} */ ($$("[data-field]", root))) {
    if (element.type === "radio") element.name = `${root.dataset.uid}-${element.dataset.field}`;
    else {
      element.id = `${root.dataset.uid}-${element.dataset.field}`;
      const label = element.closest("[data-box]")?.querySelector("label.form-label");
      if (label instanceof HTMLLabelElement) label.htmlFor = element.id;
    }
  }
}
