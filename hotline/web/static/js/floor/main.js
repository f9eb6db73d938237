// The floor: what is pushed is shown, clocks run by the server's time, and supervisors steer.

import { Api, thrown } from "../operators/api.js";
import { $, pageData, setClass, setText, show } from "../operators/dom.js";
import { NAMES, Stream } from "../operators/stream.js";
import { ServerClock } from "../operators/timing.js";
import { learn, t } from "../operators/words.js";
import { sources } from "../kit/stream/source.js";
import { CallRow, callerOf } from "./calls.js";
import { DeclareDialog, DisplaysDialog, ReasonDialog } from "./dialogs.js";
import { callbacksShown, dialledShown, put, satisfactionShown, shown } from "./figures.js";
import { LineRow } from "./lines.js";
import { OperatorRow } from "./operators.js";
import { Picture } from "./picture.js";
import { QueueRow } from "./queues.js";
import { Rows } from "./rows.js";

/** Milliseconds: the day's figures are asked for so long after the push told that a call changed. */
const FIGURES_AFTER = 400;
/** What is overdue grows without any call: asked for anew after so long. */
const FIGURES_EVERY = 60000;
const SAID_FOR = 10000;
const SHANGHAI = "Asia/Shanghai";

export class Floor {
  /** @param {Page.FloorData} data */
  constructor(data) {
    this.data = data;
    learn(data.words);
    this.picture = new Picture();
    this.loading = 0; // fetches of the whole floor under way
    this.loadedOf = ""; // the moment of which the floor is that is shown
    /** @type {(() => unknown)[]} What was pushed meanwhile. */
    this.held = [];
    this.clock = new ServerClock();
    this.api = new Api(data.csrf_token, () => this.over());
    this.reason = new ReasonDialog();
    this.declare = new DeclareDialog(this);
    this.displays = new DisplaysDialog(this);
    this.rows = {
      lines: new Rows($("#lines"), () => new LineRow(this)),
      queues: new Rows($("#queues"), () => new QueueRow(this)),
      calls: new Rows($("#calls"), () => new CallRow(this)),
      operators: new Rows($("#operators"), (/** @type {string} */ extension) => new OperatorRow(this, extension)),
    };
    this.stream = new Stream({
      url: "/api/v1/events?floor=1",
      source: sources(NAMES, data.reader),
      probe: () => this.api.get("/floor/today"),
      connection: (state) => this.connected(state),
      handlers: {
        hello: (hello) => this.hello(hello),
        reset: () => this.load(),
        call: ({ call }) => this.whenLoaded(() => this.took(call)),
        operator: (operator) => this.whenLoaded(() => this.tookOperator(operator)),
        session: () => this.over(),
        line: () => this.load(),
      },
    });
  }

  start() {
    this.stream.start();
    setInterval(() => this.tick(), 1000);
    setInterval(() => this.#figuresSoon(), FIGURES_EVERY);
    window.addEventListener("online", () => this.stream.again());
  }

  /** @param {Push.Hello} hello */
  hello(hello) {
    this.clock.sync(hello.server_time);
    if (!hello.resumed || !this.picture.today) this.load();
  }

  /**
   * What is pushed while the floor is being fetched may be newer than what comes back: it counts after that.
   * @param {() => unknown} take
   */
  whenLoaded(take) {
    if (this.loading) this.held.push(take);
    else take();
  }

  async load() {
    this.loading += 1;
    try {
      /** @type {Wire.Floor} */
      const floor = await this.api.get("/floor");
      this.clock.sync(floor.now);
      if (floor.now >= this.loadedOf) { // of two that are fetched the older may come last
        this.loadedOf = floor.now;
        this.picture.load(floor);
      }
      $("#floor").setAttribute("aria-busy", "false");
    } catch (error) {
      this.say("bad", this.problemText(error));
    } finally {
      this.loading -= 1;
    }
    if (!this.loading) this.held.splice(0).forEach((take) => take());
    this.update();
  }

  /** @param {Wire.LiveCall} call */
  took(call) {
    this.picture.take(call, this.clock.now());
    this.#figuresSoon();
    this.update();
  }

  /** @param {Wire.OperatorView} operator */
  tookOperator(operator) {
    this.picture.takeOperator(operator);
    this.update();
  }

  tick() {
    this.picture.clean(this.clock.now());
    this.update();
  }

  update() {
    const now = this.clock.now();
    const { picture } = this;
    if (!picture.today) return;
    this.rows.queues.show(picture.queuesNow().map((queue) => [queue.id, queue]), now);
    const calls = picture.callsInOrder();
    this.rows.calls.show(calls.map((call) => [call.call_id, call]), now);
    show($("#calls-table"), calls.length > 0);
    show($("#calls-empty"), calls.length === 0);
    setText($("#calls-count"), t("calls.n", { n: picture.live().length }));
    const operators = picture.operatorsInOrder();
    this.rows.operators.show(operators.map((operator) => [operator.extension, operator]), now);
    show($("#operators-empty"), operators.length === 0);
    setText($("#operators-count"), t("operators.n", { n: picture.signedIn().length }));
    for (const [key, figure] of Object.entries(shown(picture.today, picture.longestWaitSince(), now))) {
      put($(`[data-figure=${key}]`), figure);
    }
    put($("[data-figure=dialled]"), dialledShown(picture.today.dialled));
    put($("[data-figure=callbacks]"), callbacksShown(picture.today.callbacks));
    put($("[data-figure=satisfaction]"), satisfactionShown(picture.today.satisfaction));
    this.rows.lines.show(picture.lines.map((line) => [line.id, line]), now);
  }

  #figuresSoon() {
    if (this.figuresComing || this.isOver) return;
    this.figuresComing = setTimeout(async () => {
      this.figuresComing = null;
      try {
        this.picture.today = await this.api.get("/floor/today");
        this.update();
      } catch (error) {
        if (!thrown(error).away) throw error; // while the server is away the stream says so
      }
    }, FIGURES_AFTER);
  }

  /** @param {Push.Connection} state */
  connected(state) {
    if (this.isOver) return;
    setText($("#link"), t(state === "lost" ? "link.lost" : "link.live"));
    setClass($("#link"), "tone-", state === "lost" ? "bad" : state === "open" ? "live" : "muted");
    $("#floor").classList.toggle("is-cut-off", state === "lost");
  }

  over() {
    this.isOver = true;
    this.stream.stop();
    setText($("#link"), t("link.over"));
    setClass($("#link"), "tone-", "bad");
    window.location.reload(); // to the sign-in page, and back here from there
  }

  // ---- steering
  /** @param {Wire.OperatorView} operator @param {Wire.MonitoringMode} mode */
  spy(operator, mode) {
    this.act(mode, operator.name, `/floor/operators/${operator.extension}/spy`, { mode });
  }

  /** @param {Wire.OperatorView} operator */
  resume(operator) {
    this.act("resume", operator.name, `/floor/operators/${operator.extension}/resume`, {});
  }

  /** @param {Wire.OperatorView} operator */
  askPause(operator) {
    this.#ask("pause", operator.name, `/floor/operators/${operator.extension}/pause`);
  }

  /** @param {Wire.OperatorView} operator */
  askSignOut(operator) {
    this.#ask("sign_out", operator.name, `/floor/operators/${operator.extension}/sign-out`);
  }

  /** @param {Wire.LiveCall | null} call */
  askTakeOver(call) {
    if (!call) return;
    const number = callerOf(call);
    this.reason.ask({
      title: t("ask.take_over", { number }), note: t("ask.take_over_note"), button: t("do.take_over"), required: false,
      act: (reason) => this.act("take_over", number, `/floor/calls/${call.call_id}/take-over`, { reason }),
    });
  }

  /** @param {string} what @param {string} name @param {string} path */
  #ask(what, name, path) {
    this.reason.ask({
      title: t(`ask.${what}`, { name }), note: t("ask.seen"), button: t(`do.${what}`), required: true,
      act: (reason) => this.act(what, name, path, { reason }),
    });
  }

  /**
   * @param {string} what
   * @param {string} name
   * @param {string} path
   * @param {object} body
   */
  async act(what, name, path, body) {
    try {
      await this.api.post(path, body); // what became of it is pushed, and may be here before the answer
      this.say("ok", t(`said.${what}`, { name }));
    } catch (error) {
      this.say("bad", this.problemText(error, name));
    }
  }

  /** @param {unknown} error @param {string} [name] */
  problemText(error, name = "") {
    if (thrown(error).away && thrown(error).code !== "pbx") return t("failed.away");
    const known = `failed.${thrown(error).code}`;
    return known in this.data.words ? t(known, { name }) : t("failed.other", { why: thrown(error).message });
  }

  /** @param {string} tone @param {string} text */
  say(tone, text) {
    const place = $("#said");
    setText(place, text);
    setClass(place, "tone-", tone);
    show(place, true);
    clearTimeout(this.saying);
    this.saying = setTimeout(() => show(place, false), SAID_FOR);
  }

  /**
   * 17:30, with the day when it is another.
   * @param {string} iso
   */
  time(iso) {
    const moment = new Date(iso);
    const language = document.documentElement.lang;
    /** @param {Date} at */
    const day = (at) => at.toLocaleDateString(language, { timeZone: SHANGHAI, month: "2-digit", day: "2-digit" });
    const hour = moment.toLocaleTimeString(language, { timeZone: SHANGHAI, hour: "2-digit", minute: "2-digit", hour12: false });
    return day(moment) === day(new Date(this.clock.now())) ? hour : `${day(moment)} ${hour}`;
  }
}

new Floor(/** @type {Page.FloorData} */ (pageData("floor-data"))).start();
