// The display on the wall. It hangs there for weeks: nothing grows, a lost connection is opened anew for as long as it
// takes, and once a night the page loads itself afresh.

import { $, pageData, h, setClass, setText, show } from "../operators/dom.js";
import { clock, secondsSince, ServerClock } from "../operators/timing.js";
import { learn, t } from "../operators/words.js";
import { sources } from "../kit/stream/source.js";
import { amount, callbacksShown, put, satisfactionShown, shown } from "./figures.js";
import { Rows } from "./rows.js";

/** Milliseconds: without a sign of life for so long the connection is dead; the longest pause between two tries. */
const SILENT = 25000;
const LONGEST_PAUSE = 30000;
/** The same display is shown in too many places: coming back at once would push another one out. */
const CROWDED = 60000;
const NAMES = ["wall", "alive", "over", "crowded"];
/** The hour (Shanghai) in which a page that is older than an hour loads itself anew. */
const RELOAD_HOUR = 4;
/** More operators than this get smaller tiles. */
const MANY = 20;
const BUSY = ["talking", "holding", "busy"];
const ORDER = ["ringing", "talking", "holding", "busy", "calling", "wrap_up", "ready", "paused"];

class OperatorTile {
  constructor() {
    this.name = h("bdi", { class: "w-name" });
    this.state = h("span", { class: "w-state" });
    this.time = h("span", { class: "w-time" });
    this.element = h("li", { class: "w-operator" }, this.name, h("span", { class: "w-line-two" }, this.state, this.time));
  }

  /** @param {Wire.OperatorOnWallboard} operator @param {number} now */
  update(operator, now) {
    setText(this.name, operator.name);
    setText(this.state, t(`state.${operator.state}`));
    setText(this.time, operator.since ? clock(secondsSince(operator.since, now)) : "");
    setClass(this.element, "state-", operator.state);
  }
}

class QueueTile {
  constructor() {
    this.name = h("strong", {});
    this.wait = h("span", { class: "w-queue-wait" });
    this.important = h("strong", { class: "w-queue-important", hidden: true });
    this.ready = h("span", { class: "w-queue-ready" });
    this.trouble = h("strong", { class: "w-queue-trouble", hidden: true });
    this.element = h("li", { class: "w-queue" }, this.name, this.wait, this.important, this.ready, this.trouble);
  }

  /** @param {Wire.QueueNow & { troubles: Wire.TroubleOnWallboard[] }} queue @param {number} now */
  update(queue, now) {
    setText(this.name, queue.name);
    setText(this.trouble, queue.troubles.map((each) => t(`trouble.${each.kind}`)).join(" · "));
    show(this.trouble, queue.troubles.length > 0);
    setText(this.wait, queue.waiting ? `${queue.waiting} · ${clock(secondsSince(queue.longest_wait_since, now))}` : t("wait.nobody"));
    setText(this.important, t("queue.important", { n: queue.important }));
    show(this.important, queue.important > 0);
    setText(this.ready, t("queue.ready", { ready: queue.operators_ready, all: queue.operators_signed_in }));
    setClass(this.element, "is-", queue.troubles.length ? "bad" : queue.waiting ? "busy" : "calm");
  }
}

class ChosenTile {
  constructor() {
    this.name = h("dt", {});
    this.value = h("span", { class: "w-value" });
    this.note = h("span", { class: "w-note" });
    this.element = h("div", { class: "w-tile" }, this.name, h("dd", {}, this.value, this.note));
  }

  /** @param {Wire.TileOnWallboard} tile */
  update(tile) {
    setText(this.name, document.documentElement.lang.startsWith("zh") ? tile.zh : tile.en);
    setText(this.value, amount(tile.unit, tile.value));
    setText(this.note, [tile.of, tile.sample === null ? "" : t("of", { n: tile.sample })].filter(Boolean).join(" · "));
  }
}

class LineLamp {
  constructor() {
    this.lamp = h("span", { class: "w-lamp", "aria-hidden": "true" });
    this.name = h("span", { class: "number" });
    this.state = h("span", {});
    this.note = h("small", {});
    this.element = h("li", { class: "w-line" }, this.lamp, this.name, this.state, this.note);
  }

  /** @param {Wire.LineOnWallboard & { alone: boolean, note: string }} line */
  update(line) {
    show(this.name, !line.alone);
    setText(this.name, line.name);
    setText(this.state, t(line.open ? "line.open" : "line.closed"));
    setText(this.note, line.note);
    setClass(this.lamp, "lamp-", line.open ? "open" : "closed");
  }
}

class WallboardPage {
  /** @param {Page.WallData} data */
  constructor(data) {
    this.data = data;
    learn(data.words);
    this.clock = new ServerClock();
    this.openedAt = Date.now();
    this.pause = 1000;
    this.heardAt = Date.now();
    /** @type {Push.Source | null} */
    this.events = null;
    /** @type {Wire.Wallboard | null} */
    this.wall = null;
    this.source = sources(NAMES, data.reader);
    this.lines = new Rows($("#lines"), () => new LineLamp());
    this.queues = new Rows($("#queues"), () => new QueueTile());
    this.chosen = new Rows($("#chosen"), () => new ChosenTile());
    this.operators = new Rows($("#operators"), () => new OperatorTile());
  }

  start() {
    this.#open();
    setInterval(() => this.#tick(), 1000);
    window.addEventListener("online", () => this.#again(0));
  }

  #open() {
    this.heardAt = Date.now();
    const events = this.source("/floor/wall/events");
    this.events = events;
    /**
     * @template Data
     * @param {(data: Data) => unknown} act
     */
    const mine = (act) => (/** @type {MessageEvent<string>} */ event) => {
      if (events !== this.events) return;
      this.heardAt = Date.now();
      this.pause = 1000;
      act(JSON.parse(event.data));
    };
    events.addEventListener("wall", mine((/** @type {Wire.Wallboard} */ wall) => this.#take(wall)));
    events.addEventListener("alive", mine((/** @type {{ now: string }} */ alive) => this.clock.sync(alive.now)));
    events.addEventListener("over", mine(() => this.#over()));
    events.addEventListener("crowded", mine(() => this.#again(CROWDED)));
    events.addEventListener("error", () => {
      // An ended stream is opened anew by the browser; after an answer that is none it gives up, and we go on.
      if (events === this.events && events.readyState === EventSource.CLOSED) this.#again(this.pause);
    });
  }

  /** @param {number} wait */
  #again(wait) {
    if (this.isOver) return;
    this.events?.close();
    clearTimeout(this.retry);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.retry = setTimeout(() => this.#open(), wait);
  }

  /** @param {Wire.Wallboard} wall */
  #take(wall) {
    this.clock.sync(wall.now);
    this.wall = wall;
    this.#show();
  }

  #over() {
    this.isOver = true;
    this.events?.close();
    this.wall = null;
    $("#wall").classList.add("is-over");
    this.#cutOff(true, t("link.over"));
  }

  #tick() {
    if (this.isOver) return;
    const silent = Date.now() - this.heardAt;
    this.#cutOff(silent > SILENT, t("link.lost"));
    if (silent > SILENT && silent % LONGEST_PAUSE < 1000) this.#again(0);
    this.#show();
    this.#reload();
  }

  #reload() {
    const hour = new Date(this.clock.now() + 8 * 3600 * 1000).getUTCHours();
    const old = Date.now() - this.openedAt > 3600 * 1000;
    if (old && hour === RELOAD_HOUR && navigator.onLine && !$("#wall").classList.contains("is-cut-off")) window.location.reload();
  }

  /** @param {boolean} off @param {string} text */
  #cutOff(off, text) {
    $("#wall").classList.toggle("is-cut-off", off);
    setText($("#link"), text);
    show($("#link"), off);
  }

  #show() {
    const now = this.clock.now();
    setText($("#clock"), new Date(now + 8 * 3600 * 1000).toISOString().slice(11, 16));
    const { wall } = this;
    if (!wall) return;
    this.#now(wall, now);
    for (const [key, figure] of Object.entries(shown(wall.today, null, now))) {
      put($(`[data-figure=${key}]`), { ...figure, title: "" });
    }
    put($("[data-figure=callbacks]"), { ...callbacksShown(wall.today.callbacks), title: "" });
    put($("[data-figure=satisfaction]"), { ...satisfactionShown(wall.today.satisfaction), title: "" });
    show($("#chosen"), wall.tiles.length > 0);
    show($("#own-row"), wall.tiles.length === 0);
    this.chosen.show(wall.tiles.map((tile, place) => [`${place} ${tile.zh} ${tile.of}`, tile]), now);
    setText($("#trunks"), wall.trunks_down.map((each) => t(`down.${each}`)).join(" · "));
    show($("#trunks"), wall.trunks_down.length > 0);
    this.queues.show(wall.queues.map((queue) => [queue.id, { ...queue, troubles: wall.troubles.filter((each) => each.queue === queue.id) }]), now);
    const operators = [...wall.operators].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.name.localeCompare(b.name));
    setClass($("#operators"), "is-", operators.length > MANY ? "many" : "");
    this.operators.show(operators.map((operator) => [operator.name, operator]), now);
    this.lines.show(wall.lines.map((line) => [line.id, { ...line, alone: wall.lines.length === 1, note: this.#turn(line) }]), now);
  }

  /** @param {Wire.Wallboard} wall @param {number} now */
  #now(wall, now) {
    const waiting = ["queue", "ringing", "duty"].reduce((sum, stage) => sum + (wall.calls[stage] ?? 0), 0);
    const waited = wall.longest_wait_since ? secondsSince(wall.longest_wait_since, now) : null;
    /** @param {string[]} states */
    const count = (states) => wall.operators.filter((operator) => states.includes(operator.state)).length;
    const slow = waited !== null && waited > this.data.answer_seconds;
    put($("[data-figure=waiting]"), { value: String(waiting), note: "", good: null });
    put($("[data-figure=waited]"), { value: waited === null ? t("none") : clock(waited), note: "", good: slow ? false : null });
    put($("[data-figure=talking]"), { value: String(count(BUSY)), note: "", good: null });
    const ready = count(["ready"]);
    put($("[data-figure=ready]"), { value: String(ready), note: "", good: ready === 0 && waiting > 0 ? false : null });
  }

  /** When it opens or closes next. @param {Wire.LineOnWallboard} line */
  #turn(line) {
    return line.until ? t(line.open ? "line.closes" : "line.opens", { time: this.#time(line.until) }) : "";
  }

  /** @param {string} iso */
  #time(iso) {
    const at = new Date(Date.parse(iso) + 8 * 3600 * 1000).toISOString();
    const today = new Date(this.clock.now() + 8 * 3600 * 1000).toISOString();
    return at.slice(0, 10) === today.slice(0, 10) ? at.slice(11, 16) : `${at.slice(5, 10)} ${at.slice(11, 16)}`;
  }
}

new WallboardPage(/** @type {Page.WallData} */ (pageData("wall-data"))).start();
