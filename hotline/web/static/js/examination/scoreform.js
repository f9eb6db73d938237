// The form of points: each item with what was measured or given, the evidence, and the score as it stands.

import { $, h, rule, setText } from "../operators/dom.js";
import { t } from "../operators/words.js";
import { evidenceOf } from "./findings.js";
import { nameOf } from "./findinglist.js";
import * as points from "./points.js";
import { clock } from "./times.js";

export class ScoreFormView {
  /**
   * `changed(state)` is told after each change by hand; `jump(second)` for the evidence.
   * @param {HTMLElement} root
   * @param {{examination: Wire.ExaminationView, findings: Wire.FindingView[], writable: boolean, changed: (state: Exam.Scoring) => unknown, jump: Exam.Jump, say: (text: string) => unknown}} given
   */
  constructor(root, { examination, findings, writable, changed, jump, say }) {
    this.root = root;
    this.findings = findings;
    this.writable = writable;
    this.changed = changed;
    this.jump = jump;
    this.say = say;
    this.extension = examination.extension;
    this.passLine = examination.pass_line;
    this.state = points.scoring(examination.items);
    this.score = examination.score;
    this.draw();
    this.#current()?.scrollIntoView({ block: "center" });
  }

  /**
   * Another state, with what it changes on the screen.
   * @param {Exam.Scoring} state
   */
  set(state) {
    if (!this.writable) return;
    if (state.refused !== undefined) this.say(t("score.too_many", { n: state.refused }));
    const before = this.state;
    this.state = state;
    this.draw();
    if (before.points !== state.points) this.changed(state);
    this.#current()?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} action @param {string} pressed @param {number} now */
  act(action, pressed, now) {
    const does = {
      next: () => points.move(this.state, 1),
      previous: () => points.move(this.state, -1),
      next_open: () => points.nextOpen(this.state),
      digit: () => points.digit(this.state, Number(pressed), now),
      more: () => points.step(this.state, 1),
      less: () => points.step(this.state, -1),
      full: () => points.give(this.state, this.#item().weight),
      not_applying: () => points.give(this.state, null),
      clear: () => points.clear(this.state),
    }[action];
    if (does) this.set(does());
    return Boolean(does);
  }

  draw() {
    const { items } = this.state;
    this.root.replaceChildren(...items.map((item, at) => this.#line(item, at)));
    const open = points.unjudged(this.state);
    const score = this.writable ? points.scoreOf(this.state) : this.score;
    setText($("#score-now"), score === null ? "–" : String(score));
    const passed = score !== null && score >= this.passLine;
    const early = score === null || (this.writable && open.length > 0);
    const verdict = early ? "" : t(passed ? "score.passed" : "score.failed", { n: this.passLine });
    setText($("#score-verdict"), verdict);
    $("#score-verdict")?.setAttribute("class", `badge tone-${early ? "muted" : passed ? "ok" : "bad"}`);
    setText($("#score-open"), this.writable ? (open.length ? t("score.open", { n: open.length }) : t("score.all_judged")) : "");
  }

  #current() {
    return $(".item-current", this.root);
  }

  #item() {
    return this.state.items[this.state.at];
  }

  /** @param {Wire.JudgedItemView} item @param {number} at */
  #line(item, at) {
    const value = points.pointsOf(this.state, item);
    const given = item.id in this.state.points;
    const open = value === undefined;
    const current = this.writable && at === this.state.at;
    return h("div", {
      class: `item${current ? " item-current" : ""}${open ? " item-open" : ""}`, "data-item": item.id,
      "aria-current": current ? "true" : null, onclick: () => current || this.set(points.select(this.state, at)),
    },
    h("div", { class: "item-head" },
      h("span", { class: "item-name" }, item.name, item.rule && [" ", rule(item.rule, item.name)],
        item.fatal && [" ", h("span", { class: "badge tone-bad" }, t("score.fatal"))]),
      h("span", { class: "item-how text-secondary" }, this.#how(item, given), this.#evidence(item)),
      h("span", { class: "item-points" }, this.#shown(value), h("span", { class: "text-secondary" }, ` / ${item.weight}`))),
    current && this.#buttons(item, at, value));
  }

  /** @param {number | null | undefined} value */
  #shown(value) {
    if (value === undefined) return "?";
    return value === null ? "–" : String(value);
  }

  /** @param {Wire.JudgedItemView} item @param {boolean} given */
  #how(item, given) {
    const asMeasured = item.kind === "automatic" && (!given || this.state.points[item.id] === item.measured);
    if (asMeasured) return t(item.measured === null ? "score.not_measured" : "score.measured");
    if (item.kind === "automatic") return t("score.instead", { n: item.measured ?? "–" });
    if (!given) return t("score.to_judge");
    return this.state.points[item.id] === null ? t("score.not_applying") : t("score.judged");
  }

  /** @param {Wire.JudgedItemView} item */
  #evidence(item) {
    return evidenceOf(item, this.findings, this.extension)
      .flatMap((finding) => (finding.breach && finding.from_second !== null ? [{ finding, second: finding.from_second }] : []))
      .map(({ finding, second }) => [" ", h("button", {
        type: "button", class: `btn-plain item-evidence${finding.counts ? "" : " item-unsure"}`, title: nameOf(finding),
        onclick: (event) => { event.stopPropagation(); this.jump(second); },
      }, clock(second), finding.counts ? "" : " ?")]);
  }

  /** @param {Wire.JudgedItemView} item @param {number} at @param {number | null | undefined} value */
  #buttons(item, at, value) {
    const steps = item.weight <= 10 ? Array.from({ length: Math.floor(item.weight) + 1 }, (_, n) => n) : [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * item.weight));
    /**
     * @param {string} text
     * @param {boolean} chosen
     * @param {() => Exam.Scoring} state
     * @param {string} [title]
     */
    const button = (text, chosen, state, title = "") => h("button", {
      type: "button", class: `btn btn-sm${chosen ? " btn-primary" : ""}`, title, "aria-pressed": String(chosen),
      onclick: (event) => { event.stopPropagation(); this.set(state()); },
    }, text);
    return h("div", { class: "item-buttons", role: "group", "aria-label": item.name },
      steps.map((n) => button(String(n), value === n, () => points.give(this.state, n, at))),
      button(t("score.none"), item.id in this.state.points && value === null, () => points.give(this.state, null, at), t("score.not_applying")),
      item.id in this.state.points && button("×", false, () => points.clear(this.state, at), t("score.clear")));
  }
}
