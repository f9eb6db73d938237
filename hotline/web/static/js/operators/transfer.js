// Passing a call on (A12): consent, reason, to whom, at once or after asking them; and what becomes of it.

import { $, $input, $dialog, targetOf, bdi, fill, h, icon, setText, show } from "./dom.js";
import { problemText } from "./problems.js";
import { listed, t } from "./words.js";

/** @import { App } from "./app.js" */

const SEARCH_AFTER_MS = 200;
const MAX_TARGETS = 8;

export class Transfer {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.dialog = $dialog("#transfer-dialog");
    /** @type {Desk.Target | null} */
    this.target = null;
    /** @type {Wire.DirectoryPersonView[]} */
    this.persons = [];
    /** @type {Wire.Colleague[]} */
    this.colleagues = [];
    this.problem = "";
    this.sending = false;
    /** @type {Desk.Entry | null} The call that is passed on. */
    this.entry = null;
    $("#transfer-search").addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#search(), SEARCH_AFTER_MS);
    });
    for (const id of ["transfer-reason", "transfer-consent"]) $(`#${id}`).addEventListener("input", () => this.#draw());
    $("#transfer-blind").addEventListener("click", () => this.#send("blind"));
    $("#transfer-attended").addEventListener("click", () => this.#send("attended"));
    this.dialog.addEventListener("close", () => app.update());
    // Enter in a field would take the form's first button, which closes it.
    this.dialog.addEventListener("keydown", (event) => event.key === "Enter" && targetOf(event).tagName === "INPUT" && event.preventDefault());
  }

  get isOpen() {
    return this.dialog.open;
  }

  /**
   * `target`: {extension} or {person_id}, with a name; none: to be chosen in the dialog.
   * @param {Desk.Target | null} [target]
   */
  open(target = null) {
    this.entry = this.app.talk();
    if (!this.entry || this.isOpen) return;
    this.target = target;
    this.problem = "";
    for (const id of ["transfer-search", "transfer-reason"]) $input(`#${id}`).value = "";
    $input("#transfer-reason").value = this.app.formSummary();
    $input("#transfer-consent").checked = false;
    setText($("#transfer-say"), t("transfer.say"));
    this.dialog.showModal();
    $(target ? "#transfer-reason" : "#transfer-search").focus();
    this.#search();
    this.app.update();
  }

  async #search() {
    const text = $input("#transfer-search").value.trim().slice(0, 60);
    this.#draw();
    const { people } = this.app;
    const [found, colleagues] = await Promise.allSettled([people.find(text), people.findColleagues(text), people.loadColleagues()]);
    if (text !== $input("#transfer-search").value.trim().slice(0, 60)) return; // a later search is on its way
    // What was found can still be chosen; the panel beside says what is wrong.
    this.persons = found.status === "fulfilled" ? found.value : [];
    this.colleagues = colleagues.status === "fulfilled" ? colleagues.value : [];
    this.#draw();
  }

  /** @returns {Desk.Target[]} */
  #targets() {
    const colleagues = this.colleagues.filter((c) => c.state === "ready")
      .map((c) => ({ extension: c.extension, name: c.name, more: `${c.extension} · ${t(`state.${c.state}`)}` }));
    const persons = this.persons.map((p) => ({ person_id: p.id, name: p.name, more: listed([...p.subjects, ...p.regions]) }));
    const all = [...colleagues, ...persons];
    const chosen = all.find((one) => same(one, this.target)) ?? (this.target ? { ...this.target, more: "" } : null);
    return chosen ? [chosen, ...all.filter((one) => one !== chosen)].slice(0, MAX_TARGETS) : all.slice(0, MAX_TARGETS);
  }

  #draw() {
    const targets = this.#targets();
    fill($("#transfer-targets"), [targets, this.target], () => targets.length
      ? targets.map((target) => h("label", { class: "c-target" },
        h("input", { type: "radio", name: "target", "data-key": key(target), checked: same(target, this.target), class: "form-check-input",
          onchange: () => { this.target = target; this.#draw(); } }),
        icon(target.extension ? "headset" : "user"), bdi(target.name), h("span", { class: "text-secondary" }, target.more)))
      : this.#nobody());
    const ready = Boolean(this.target) && $input("#transfer-consent").checked && $input("#transfer-reason").value.trim() !== "" && !this.sending;
    for (const id of ["transfer-blind", "transfer-attended"]) $input(`#${id}`).disabled = !ready;
    show($("#transfer-problem"), Boolean(this.problem));
    setText($("#transfer-problem"), this.problem);
  }

  /** No dead end with a caller on the line: who is there but not free, and what else can be done. */
  #nobody() {
    const others = listed((this.app.people.colleagues ?? []).map((c) => `${c.name} (${t(`state.${c.state}`)})`));
    return h("div", { class: "c-empty" },
      h("p", {}, t("transfer.nobody"), others ? h("span", { class: "d-block" }, t("transfer.not_free", { names: others })) : null),
      h("button", { class: "btn btn-sm", type: "button", "data-key": "callback-instead", onclick: () => { this.dialog.close(); this.app.callBackInstead(); } },
        icon("phone-outgoing"), h("span", {}, t("long.callback"))));
  }

  /** @param {Desk.Order["kind"]} kind */
  async #send(kind) {
    const { entry, target } = this;
    if (!entry || !target) return;
    const to = target.extension ? { extension: target.extension } : { person_id: target.person_id };
    this.sending = true;
    this.#draw();
    try {
      await this.app.saveForm();
      const body = { kind, to, consent: $input("#transfer-consent").checked, reason: $input("#transfer-reason").value.trim() };
      /** @type {Wire.TransferBegun} */
      const answer = await this.app.api.post(`/console/calls/${entry.call.call_id}/transfer`, body);
      this.dialog.close();
      this.app.consult.follow({ id: answer.transfer_id, name: target.name, kind, callId: entry.call.call_id });
      this.app.saying.say(t(kind === "blind" ? "transfer.sent" : "transfer.asking", { name: target.name }));
    } catch (error) {
      this.problem = problemText(error);
    } finally {
      this.sending = false;
      this.#draw();
    }
  }
}

/** @param {Desk.Target} target */
const key = (target) => `target-${target.extension ?? `p${target.person_id}`}`;
/** @param {Desk.Target} one @param {Desk.Target | null} other */
const same = (one, other) => other !== null && one.extension === other.extension && one.person_id === other.person_id;
