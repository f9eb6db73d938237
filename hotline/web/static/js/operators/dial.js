// The call that this operator dials: how far it is, how it ended, and what is to be done after it (A3, A9).

import { $, $$, badge, bdi, fill, h, icon, setText, show } from "./dom.js";
import { byId } from "./calls.js";
import { callerNames } from "./callcards.js";
import { DIAL_PARTS } from "./dialparts.js";
import { problemText } from "./problems.js";
import { clock, localTime, secondsSince } from "./timing.js";
import { dialledFor, listed, t } from "./words.js";

/** @import { App } from "./app.js" */

/** @type {Record<Wire.DialView["state"], string>} */
const TONES = { phone_rings: "info", customer_rings: "info", notice: "wait", talking: "ok", ended: "muted" };
/** What the operator may say of one that was answered: a machine, or somebody else. */
const SAID = /** @type {const} */ (["machine", "wrong_number"]);

export class Dialling {
  /** @type {Wire.DialView | null} */
  dial = null;
  /** @type {number | null} One whose end was taken note of. */
  seen = null;

  /** @param {App} app */
  constructor(app) {
    this.app = app;
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.dial?.state === "ended") this.again().catch(() => {}); // it was closed elsewhere, perhaps
    });
  }

  /** It goes on; the call itself may not be there yet. */
  get lasts() {
    return Boolean(this.dial) && this.dial?.state !== "ended";
  }

  /** Nobody talks yet: hanging up ends the dial. */
  get isCalling() {
    return this.lasts && this.dial?.state !== "talking";
  }

  async load() {
    if (!this.app.settings.dials) return;
    /** @type {Wire.DialNow} */
    const { dial, last } = await this.app.api.get("/dials/now");
    this.take(dial ?? last ?? (this.lasts ? null : this.dial));
  }

  /** As it is now. */
  async again() {
    if (this.dial) this.take(await this.app.api.get(`/dials/${this.dial.id}`));
  }

  /** @param {Wire.DialView | null} dial */
  take(dial) {
    if (dial && this.dial && dial.id < this.dial.id) return;
    const before = this.dial;
    this.dial = dial && dial.id === this.seen ? null : dial;
    if (dial && (dial.id !== before?.id || dial.state !== before.state)) this.app.saying.sayOnce(`dial-${dial.id}-${dial.state}`, stateText(this.app, dial));
    this.app.update();
  }

  /** Taken note of. */
  clear() {
    this.seen = this.dial?.id ?? null;
    this.dial = null;
    this.app.update();
  }

  hangUp() {
    return this.#ask("hang-up", {}, "do.hang_up");
  }

  /** @param {typeof SAID[number]} what */
  say(what) {
    return this.#ask("answered-by", { what }, `dial.${what}`);
  }

  /** To what can be done about it. */
  focus() {
    const found = this.dial ? $$("#dial .btn-primary, #dial .btn, #dial a[href], #dial button") : [];
    const first = found.find((each) => each.classList.contains("btn-primary")) ?? found.find((each) => each.classList.contains("btn"));
    (first ?? found[0] ?? $("#callbacks-link")).focus();
  }

  /**
   * What goes wrong is said.
   * @param {string} what @param {() => Promise<unknown>} act
   */
  async run(what, act) {
    try {
      await act();
      await this.again();
      this.app.notices.clear("dial");
    } catch (error) {
      this.app.notices.set("dial", "bad", t("do.failed", { what, why: problemText(error) }), { closable: true });
    }
    this.app.update();
  }

  /** @param {string} action @param {object} body @param {string} key */
  #ask(action, body, key) {
    const { dial } = this;
    return dial ? this.run(t(key), () => this.app.api.post(`/dials/${dial.id}/${action}`, body)) : undefined;
  }

  /** @param {number} now */
  draw(now) {
    const { app, dial } = this;
    show($("#dial"), Boolean(dial));
    if (!dial) return;
    const entry = dial.call_id === null ? null : byId(app.entries, dial.call_id);
    const names = callerNames(entry?.pop ?? null);
    fill($("#dial"), [dial, names, app.phone?.kind], () => [
      h("p", { class: `c-dial-state tone-${TONES[dial.state]}`, role: "status" }, icon("phone-outgoing"), h("span", {}, stateText(app, dial)),
        h("span", { class: "ms-auto numeric", "data-time": "" })),
      h("p", { class: "c-dial-whom" }, bdi(dial.number || t("caller.unknown"), { class: "number" }), names.length ? bdi(listed(names)) : null),
      h("p", { class: "c-dial-why" }, whatFor(app, dial)),
      dial.state === "ended" ? ended(this, dial) : going(this, dial),
    ]);
    setText($("#dial [data-time]"), timeOf(dial, now));
  }
}

/** @param {App} app @param {Wire.DialView} dial */
function stateText(app, dial) {
  if (dial.state === "ended") return t("dial.ended");
  if (dial.state === "phone_rings" && app.phone?.kind === "sip") return t("dial.lift");
  return t(`dial.${dial.state}`);
}

/** Since when it is so; of one that is over, how long the two talked. @param {Wire.DialView} dial @param {number} now */
function timeOf(dial, now) {
  if (dial.state === "ended") return dial.seconds ? clock(dial.seconds) : "";
  return clock(secondsSince(dial.talking_since ?? dial.answered_at ?? dial.ringing_at ?? dial.asked_at, now));
}

/** What it is for, with the way to it. @param {App} app @param {Wire.DialView} dial */
function whatFor(app, dial) {
  const known = app.data.dialled[dial.object_kind];
  const words = dial.reason && dial.reason !== dial.object_kind ? bdi(dialledFor(dial.reason)) : null;
  if (!known) return words;
  return [h("a", { href: known.address + dial.object_id, target: "_blank", rel: "noopener", "data-key": "dial-for" }, known.name), words ? [" · ", words] : null];
}

/** @param {Dialling} dialling @param {Wire.DialView} dial */
function going(dialling, dial) {
  if (dial.state === "talking") return saying(dialling, dial);
  return h("button", { class: "btn btn-sm btn-danger", type: "button", "data-key": "dial-hang-up", onclick: () => dialling.hangUp() },
    icon("phone-off"), h("span", {}, t("do.hang_up")), h("kbd", {}, "F9"));
}

/** @param {Dialling} dialling @param {Wire.DialView} dial */
function saying(dialling, dial) {
  return h("div", { class: "c-dial-said", role: "group", "aria-label": t("dial.who_answered") }, SAID.map((each) =>
    h("button", { class: "btn btn-sm", type: "button", "data-key": `dial-${each}`, "aria-pressed": String(dial.outcome === each), onclick: () => dialling.say(each) }, t(`dial.${each}`))));
}

/** @param {Dialling} dialling @param {Wire.DialView} dial */
function ended(dialling, dial) {
  const { app } = dialling;
  const actions = dial.object_open ? DIAL_PARTS.get(dial.object_kind)?.(app, dial) ?? [] : [];
  const answered = dial.outcome === "reached" || SAID.some((each) => each === dial.outcome);
  return [
    h("p", { class: "c-dial-outcome" }, dial.outcome ? badge(t(`dial_outcome.${dial.outcome}`), dial.outcome === "reached" ? "ok" : "warn") : null,
      dial.next_try_at ? h("span", {}, t("dial.next_try", { at: localTime(dial.next_try_at) })) : null),
    actions.length ? h("div", { class: "c-dial-said" }, actions.map(({ key, text, run, main }) =>
      h("button", { class: `btn btn-sm${main ? " btn-primary" : ""}`, type: "button", "data-key": `dial-${key}`, onclick: () => dialling.run(text, run) }, text))) : null,
    answered && dial.object_open ? saying(dialling, dial) : null,
    h("button", { class: "btn-close c-clear", type: "button", "data-key": "dial-clear", "aria-label": t("dial.clear"), onclick: () => dialling.clear() }),
  ];
}
