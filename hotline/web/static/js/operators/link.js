// The console's link to the server: what is so now, the phone, and the push that keeps it so.

import { sources } from "../kit/stream/source.js";
import { thrown } from "./api.js";
import { drawConnection, drawStateMenu } from "./bar.js";
import { PhoneBox } from "./phonebox.js";
import { problemText } from "./problems.js";
import { loadCounts } from "./records.js";
import { NAMES, Stream } from "./stream.js";

/** @import { App } from "./app.js" */

const PROBE_TIMEOUT_MS = 5000;
const LOST_SHOWN_MS = 3000;
/** The push begins by saying where it stands, and then what is so is fetched: without a push, after this long. */
const HELLO_WITHIN_MS = 2000;

export class Link {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {number | null} Milliseconds: since when the push is lost. */
    this.lostSince = null;
    const { present } = app;
    this.stream = new Stream({
      url: "/api/v1/events",
      source: sources(NAMES, app.data.reader),
      connection: (state) => this.connected(state),
      probe: async () => present.goesBy(await app.api.post("/console/seen", {}, PROBE_TIMEOUT_MS)),
      handlers: {
        hello: (hello) => this.#greeted(hello),
        reset: () => present.load().catch((error) => this.#unreachable(error)),
        session: ({ ended, why }) => ended && app.session.end(why),
        call: (call) => this.#counts(present.call(call)),
        operator: (operator) => this.#counts(present.operator(operator)),
        form: (form) => this.#counts(present.form(form)),
        dial: (dial) => this.#counts(present.dial(dial)),
        bell: () => this.#counts(),
        line: () => loadCounts(app).catch(() => {}), // the next time of day asks again
      },
    });
  }

  /** It has been lost for so long that the operator must know. */
  get isLost() {
    return this.lostSince !== null && Date.now() - this.lostSince > LOST_SHOWN_MS;
  }

  /** @param {unknown} [done] what was pushed was taken, and one's own day may be another now */
  #counts(done) {
    this.app.dayChanged();
    return done;
  }

  start() {
    this.stream.start();
    this.waiting = setTimeout(() => this.boot(), HELLO_WITHIN_MS);
  }

  /** Present state, phone, push. Tried again by a button, and by itself as soon as the push gets through. */
  async boot() {
    clearTimeout(this.waiting);
    try {
      const me = await this.app.present.load();
      this.#begun(me);
      this.stream.again();
    } catch (error) {
      this.#unreachable(error);
    }
  }

  /** Signed in again: whatever happened in the meantime is fetched. */
  async resume() {
    const { app } = this;
    if (app.phone?.registration.state === "stopped") app.phone = null; // else a call still goes on in it
    await this.boot();
    // The first may meet a saving that was on its way without the session. What is not saved then the record itself says.
    await app.formPlace.save().catch(() => app.formPlace.save()).catch(() => {});
  }

  /** @param {Push.Connection | "ended"} state */
  connected(state) {
    const ended = this.app.sessionEnded;
    drawConnection(ended ? "ended" : state);
    if (state === "lost") this.lostSince ??= Date.now();
    if (state === "open" || ended) this.lostSince = null;
  }

  /** @param {Push.Hello} hello */
  #greeted(hello) {
    const { app } = this;
    clearTimeout(this.waiting);
    app.clock.sync(hello.server_time);
    app.dayChanged(); // what came between the page and its stream
    if (hello.resumed && app.operator && !app.problem) return;
    app.present.load().then((me) => this.#begun(me)).catch((error) => this.#unreachable(error));
  }

  /** @param {Wire.Me} me */
  #begun(me) {
    this.#startPhone(me);
    this.app.consult.resume();
  }

  /** @param {Wire.Me} me */
  #startPhone(me) {
    const { app } = this;
    if (app.phone || app.sessionEnded) return;
    app.phone = new PhoneBox(app, { ...me.phone, extension: me.phone.extension ?? app.extension, reachable: me.operator.phone?.reachable });
    app.phone.start();
    const talk = app.talk();
    if (talk) app.phone.rejoin(talk.call);
    drawStateMenu(app, (state, reason) => app.chooseState(state, reason));
    app.update();
  }

  /** @param {unknown} error */
  #unreachable(error) {
    if (thrown(error).signedOut) return;
    this.app.problem = problemText(error);
    this.app.update();
  }
}
