// Whom a caller may be passed on to: persons by subject and region, without their numbers (A14, A6), and colleagues.

import { thrown } from "./api.js";
import { $, $input, badge, bdi, fill, h, icon, setText } from "./dom.js";
import { localTime } from "./timing.js";
import { listed, t } from "./words.js";

/** @import { App } from "./app.js" */

const SEARCH_AFTER_MS = 200;
const COLLEAGUES_EVERY_MS = 5000;
const TONES = { ready: "ok", paused: "warn", wrap_up: "wait", ringing: "live", talking: "live", holding: "live", busy: "live", calling: "live", offline: "muted" };

export class People {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {Wire.DirectoryPersonView[] | null} */
    this.persons = null;
    this.problem = "";
    /** @type {Wire.Colleague[] | null} */
    this.colleagues = null;
    this.by = { subject: "", region: "" };
    this.asked = 0;
    this.input = $input("#directory-search");
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), SEARCH_AFTER_MS);
    });
    bindTabs();
  }

  start() {
    this.load();
    this.loadColleagues();
    setInterval(() => document.hidden || this.loadColleagues(), COLLEAGUES_EVERY_MS);
  }

  /**
   * A6: whoever answers for this subject in this region comes first.
   * @param {string} subject
   * @param {string} region
   */
  suggest(subject, region) {
    if (subject === this.by.subject && region === this.by.region) return;
    this.by = { subject, region };
    this.load();
  }

  focus() {
    $("#tab-directory").click();
    this.input.focus();
    this.input.select();
  }

  async load() {
    const asked = (this.asked += 1);
    try {
      /** @type {Wire.DirectoryPersonList} */
      const answer = await this.app.api.get(`/directory?${this.#query(this.input.value.trim().slice(0, 60))}`);
      if (asked !== this.asked) return;
      this.persons = answer.people;
      this.problem = "";
    } catch (error) {
      if (asked !== this.asked) return;
      this.problem = thrown(error).away ? t("problem.away") : t("directory.problem");
    }
    this.draw();
  }

  /**
   * Persons for the transfer dialog, by what was typed there.
   * @param {string} text
   */
  async find(text) {
    /** @type {Wire.DirectoryPersonList} */
    const { people } = await this.app.api.get(`/directory?${text ? new URLSearchParams({ q: text }) : this.#query("")}`);
    return people;
  }

  /** @param {string} text */
  #query(text) {
    const query = new URLSearchParams();
    if (text) query.set("q", text);
    if (this.by.subject) query.set("subject", this.by.subject);
    if (this.by.region) query.set("region", this.by.region);
    return query;
  }

  /**
   * Colleagues for the transfer dialog, by name, pinyin or extension.
   * @param {string} text
   */
  async findColleagues(text) {
    /** @type {Wire.ColleagueList} */
    const { colleagues } = await this.app.api.get(`/console/colleagues${text ? `?${new URLSearchParams({ q: text })}` : ""}`);
    return colleagues;
  }

  async loadColleagues() {
    if (this.app.sessionEnded) return;
    try {
      /** @type {Wire.ColleagueList} */
      const { colleagues } = await this.app.api.get("/console/colleagues");
      this.colleagues = colleagues;
    } catch (error) {
      if (!thrown(error).away) this.colleagues = this.colleagues ?? [];
    }
    this.draw();
  }

  draw() {
    this.#drawChips();
    const talks = this.app.hasTalk();
    fill($("#directory"), [this.persons, this.problem, talks], () => {
      if (this.problem) return h("p", { class: "c-empty text-bad" }, this.problem);
      if (this.persons === null) return h("p", { class: "c-empty" }, t("loading"));
      if (!this.persons.length) return h("p", { class: "c-empty" }, t("directory.none"));
      return this.persons.map((person) => this.#person(person, talks));
    });
    this.#drawColleagues(talks);
  }

  #drawChips() {
    const chips = Object.entries(this.by).filter(([, value]) => value);
    fill($("#directory-chips"), chips, () => chips.map(([name, value]) =>
      h("button", { class: "c-chip btn-plain", type: "button", "data-key": `chip-${name}`, "aria-label": t("directory.without", { value }),
        onclick: () => this.suggest(name === "subject" ? "" : this.by.subject, name === "region" ? "" : this.by.region) }, bdi(value), " ×")));
  }

  /** @param {Wire.DirectoryPersonView} person @param {boolean} talks */
  #person(person, talks) {
    const about = [person.job_title || person.department, listed(person.subjects), listed(person.regions)].filter(Boolean).join(" · ");
    return h("div", { class: "c-person" },
      h("div", { class: "c-person-text" }, bdi(person.name, { class: "c-person-name" }), bdi(about, { class: "c-person-more", title: person.note || null }), away(person)),
      h("button", { class: "btn btn-sm btn-icon", type: "button", "data-key": `to-${person.id}`, disabled: !talks, title: t("do.transfer"), "aria-label": t("directory.transfer_to", { name: person.name }),
        onclick: () => this.app.transfer.open({ person_id: person.id, name: person.name }) }, icon("phone-outgoing")),
      h("button", { class: "btn btn-sm btn-icon", type: "button", "data-key": `msg-${person.id}`, title: t("message.leave"), "aria-label": t("directory.message_to", { name: person.name }),
        onclick: () => this.app.message.open(person) }, icon("message")));
  }

  /** @param {boolean} talks */
  #drawColleagues(talks) {
    const colleagues = /** @type {Wire.Colleague[]} */ (this.colleagues ?? []);
    const ready = colleagues.filter((colleague) => colleague.state === "ready").length;
    setText($("#colleagues-count"), this.colleagues ? `${ready}/${colleagues.length}` : "");
    fill($("#colleagues"), [this.colleagues, talks], () => {
      if (this.colleagues === null) return h("p", { class: "c-empty" }, t("loading"));
      if (!colleagues.length) return h("p", { class: "c-empty" }, t("colleagues.none"));
      return colleagues.map((colleague) => this.#colleague(colleague, talks));
    });
  }

  /** @param {Wire.Colleague} colleague @param {boolean} talks */
  #colleague(colleague, talks) {
    return h("div", { class: "c-person" },
      h("div", { class: "c-person-text" }, bdi(colleague.name, { class: "c-person-name" }), h("span", { class: "c-person-more numeric" }, colleague.extension)),
      badge(t(`state.${colleague.state}`), TONES[colleague.state] ?? "muted"),
      h("button", { class: "btn btn-sm btn-icon", type: "button", "data-key": `to-${colleague.extension}`, disabled: !talks || colleague.state !== "ready", title: t("do.transfer"),
        "aria-label": t("directory.transfer_to", { name: colleague.name }), onclick: () => this.app.transfer.open({ extension: colleague.extension, name: colleague.name }) }, icon("phone-outgoing")));
  }
}

/** @param {Wire.DirectoryPersonView} person */
function away(person) {
  if (!person.away_until) return null;
  const until = t("directory.away", { until: localTime(person.away_until) });
  return h("span", { class: "c-person-more" }, badge(until, "warn"), person.acting ? ` ${t("directory.acting", { name: person.acting })}` : "");
}

function bindTabs() {
  const tabs = ["directory", "colleagues"].map((name) => $(`#tab-${name}`));
  /** @param {HTMLElement} chosen */
  const choose = (chosen) => {
    for (const tab of tabs) {
      const selected = tab === chosen;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      $(`#${tab.getAttribute("aria-controls")}`).hidden = !selected;
    }
  };
  tabs.forEach((tab, n) => {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = tabs[(n + 1) % tabs.length];
      choose(other);
      other.focus();
    });
  });
}
