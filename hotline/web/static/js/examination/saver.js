// Points saved by themselves: a moment after the last change, one saving at a time, again while the network is away.
// What is told: "saved", "saving", "waiting" (not saved yet), "away", "conflict", "refused", "signed_out".

import { thrown } from "../operators/api.js";

const PAUSE_MS = 500;
const AGAIN_MS = 4000;

export class Saver {
  /**
   * `send(points, remark, version, stale)` gives the examination as it is then, or throws an ApiError; `stale`: the
   * session had ended at the last attempt. `tell(state, error)` says how it stands. `later(callback, ms)` and `never(id)`: timers, others in tests.
   * @param {{version: number, send: Exam.Send, tell: (state: Exam.Saving, error: unknown) => unknown, later?: (callback: () => unknown, ms: number) => Exam.Timer, never?: (timer: Exam.Timer) => unknown}} given
   */
  constructor({ version, send, tell, later = (f, ms) => setTimeout(f, ms), never = (id) => clearTimeout(id) }) {
    this.version = version;
    this.tell = tell;
    /** @type {Exam.Saving} */
    this.state = "saved";
    /** @type {{ points: Exam.Points, remark: string } | null} What is to be saved and is not under way. */
    this.wanted = null;
    /** @type {Promise<void> | null} */
    this.running = null;
    /** @type {Exam.Timer | null} */
    this.timer = null;
    this.stale = false;
    this.send = send;
    this.later = later;
    this.never = never;
  }

  /**
   * These are the points now.
   * @param {Exam.Points} points
   * @param {string} remark
   */
  change(points, remark) {
    this.wanted = { points, remark };
    if (this.state === "conflict") return;
    this.#say("waiting");
    this.#plan(PAUSE_MS);
  }

  /** Save at once; true when all is saved. */
  async flush() {
    this.#stop();
    while (this.running) await this.running;
    if (this.wanted && this.state !== "conflict") await this.#save();
    return this.wanted === null && this.state === "saved";
  }

  get unsaved() {
    return this.wanted !== null || this.running !== null;
  }

  /**
   * After a conflict: what stands here goes over what somebody else saved.
   * @param {number} version
   */
  keepMine(version) {
    this.version = version;
    this.state = "waiting";
    return this.flush();
  }

  /**
   * After a conflict: what stands here is given up.
   * @param {number} version
   */
  takeTheirs(version) {
    this.#stop();
    this.version = version;
    this.wanted = null;
    this.#say("saved");
  }

  /** @param {number} ms */
  #plan(ms) {
    this.#stop();
    this.timer = this.later(() => {
      this.timer = null;
      if (this.running) this.#plan(PAUSE_MS);
      else this.#save();
    }, ms);
  }

  #stop() {
    if (this.timer !== null) this.never(this.timer);
    this.timer = null;
  }

  async #save() {
    const sent = this.wanted;
    if (!sent) return;
    this.wanted = null;
    this.#say("saving");
    this.running = this.#sent(sent);
    await this.running;
    this.running = null;
  }

  /** @param {{points: Exam.Points, remark: string}} sent */
  async #sent(sent) {
    try {
      const answer = await this.send(sent.points, sent.remark, this.version, this.stale);
      this.version = answer.version;
      this.stale = false;
      this.#say(this.wanted ? "waiting" : "saved");
    } catch (error) {
      this.wanted ??= sent;
      this.#failed(error);
    }
  }

  /** @param {unknown} error */
  #failed(error) {
    const { away, signedOut, code, status } = thrown(error);
    if (away) {
      this.#say("away", error);
      this.#plan(AGAIN_MS);
    } else if (signedOut || code === "csrf") {
      this.stale = true;
      this.#say("signed_out", error);
    } else this.#say(status === 409 ? "conflict" : "refused", error);
  }

  /** @param {Exam.Saving} state @param {unknown} [error] */
  #say(state, error = null) {
    this.state = state;
    this.tell(state, error);
  }
}
