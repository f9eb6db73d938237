// Ready words beside the call (C9–C11): by the call's stage, or by what is searched for.

import { thrown } from "./api.js";
import { $, $input, bdi, fill, h, icon } from "./dom.js";
import { STAGES } from "./stage.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

const SEARCH_AFTER_MS = 150;
/** The case of cards that are for calls which we dial. */
const DIALLED = "dialled";

export class Cards {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.stage = "greeting";
    /** @type {string | null} A stage that the operator looks at instead of the call's own. */
    this.chosen = null;
    this.query = "";
    /** @type {{ name?: string }} What is filled into the words: the caller's name. */
    this.about = {};
    /** We dialled the call: other words open and close it. */
    this.dialled = false;
    /** @type {Wire.CardView[] | null} */
    this.cards = null;
    this.problem = "";
    this.asked = 0;
    /** @type {Map<string, Wire.CardView[]>} */
    this.kept = new Map();
    this.input = $input("#cards-search");
    this.input.addEventListener("input", () => this.#later());
    this.input.addEventListener("keydown", (event) => event.key === "Escape" && this.#clear());
  }

  /**
   * The call's stage or caller has changed: the words follow, unless the operator is searching.
   * @param {string} stage
   * @param {string} [name]
   * @param {boolean} [dialled]
   */
  follow(stage, name = "", dialled = false) {
    const same = stage === this.stage && name === (this.about.name ?? "") && dialled === this.dialled;
    if (same && this.begun) return;
    this.begun = true;
    this.dialled = dialled;
    this.about = name ? { name: name.slice(0, 64) } : {};
    this.stage = stage;
    this.chosen = null;
    if (!this.query) this.load();
    this.draw();
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  async load() {
    const asked = (this.asked += 1);
    const stage = this.chosen ?? this.stage;
    const path = `/cards?${new URLSearchParams({ ...(this.query ? { q: this.query } : { stage }), ...this.about })}`;
    if (this.kept.has(path)) [this.cards, this.problem] = [this.kept.get(path) ?? null, ""];
    try {
      /** @type {Wire.CardList} */
      const answer = await this.app.api.get(path);
      if (asked !== this.asked) return;
      this.cards = answer.cards;
      this.problem = "";
      this.kept.set(path, answer.cards);
    } catch (error) {
      if (asked !== this.asked) return;
      if (!this.kept.has(path)) this.problem = thrown(error).away ? t("problem.away") : t("cards.problem");
    }
    this.draw();
  }

  /**
   * C2: the question whether there is anything else, then thanks; from the cards where there are some. Whom we called
   * hears that we are sorry to have disturbed them.
   */
  async closingWords() {
    try {
      /** @type {Wire.CardList} */
      const { cards } = await this.app.api.get(`/cards?${new URLSearchParams({ stage: "closing", ...this.about })}`);
      const said = cards.filter((found) => found.rule === "C2" && this.#isForThis(found)).slice(0, 2).map((found) => inLanguage(found, "said"));
      return said.join(" ") || this.usualClosing();
    } catch {
      return this.usualClosing();
    }
  }

  usualClosing() {
    return t(this.dialled ? "closing.words_dialled" : "closing.words");
  }

  /** @param {Wire.CardView} found */
  #isForThis(found) {
    return (found.case === DIALLED) === this.dialled;
  }

  draw() {
    const here = this.query ? null : this.chosen ?? this.stage;
    fill($("#cards-stages"), [here, this.stage], () => STAGES.map((stage) =>
      h("button", { class: "btn-plain c-stage", type: "button", "data-key": `stage-${stage}`, "aria-pressed": String(stage === here), onclick: () => this.#choose(stage) },
        t(`stage.${stage}`), stage === this.stage ? h("span", { class: "c-stage-now", title: t("cards.now") }) : null)));
    const { app } = this;
    const callable = app.hasTalk() && !this.dialled && Boolean(app.formPlace.form?.id);
    fill($("#cards"), [this.cards, this.problem, this.query, this.dialled, callable, app.callbackMade], () => {
      if (this.problem) return h("p", { class: "c-empty text-bad" }, this.problem);
      if (this.cards === null) return h("p", { class: "c-empty" }, t("loading"));
      if (!this.cards.length) return h("p", { class: "c-empty" }, t(this.query ? "cards.none_found" : "cards.none"));
      // Those for this way of calling first.
      const [fit, others] = [this.cards.filter((found) => this.#isForThis(found)), this.cards.filter((found) => !this.#isForThis(found))];
      return (this.query ? this.cards : [...fit, ...others]).map((found) => card(app, found, callable));
    });
  }

  /** @param {string} stage */
  #choose(stage) {
    this.chosen = stage;
    this.query = this.input.value = "";
    this.cards = null;
    this.load();
    this.draw();
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.query = this.input.value.trim().slice(0, 60);
      this.load();
    }, SEARCH_AFTER_MS);
  }

  #clear() {
    this.input.value = "";
    this.query = "";
    this.cards = null;
    this.load();
    this.draw();
    this.app.focusWork();
  }
}

/** @param {App} app @param {Wire.CardView} found @param {boolean} callable */
function card(app, found, callable) {
  return h("article", { class: "c-script" },
    h("h3", {}, bdi(inLanguage(found, "title")), " ", found.rule ? h("abbr", { class: "rule" }, found.rule) : null),
    h("p", {}, bdi(inLanguage(found, "said"))),
    found.hint ? h("p", { class: "c-script-hint" }, icon("info-circle"), bdi(inLanguage(found, "hint"))) : null,
    found.callback && callable ? callBack(app, found) : null);
}

/** What the words promise, by one click (A10, C10). @param {App} app @param {Wire.CardView} found */
function callBack(app, found) {
  if (app.callbackMade) return h("strong", {}, t("long.callback_made"));
  return h("button", { class: "btn btn-sm", type: "button", "data-key": `callback-${found.id}`, onclick: () => app.callBackInstead(found.callback) },
    icon("phone-outgoing"), h("span", {}, t("long.callback")));
}

/**
 * Cards are kept in both languages; what has no English is shown as it is.
 * @param {Wire.CardView} found
 * @param {"title" | "said" | "hint"} field
 */
function inLanguage(found, field) {
  return (document.documentElement.lang === "en" && found[`${field}_en`]) || found[field];
}
