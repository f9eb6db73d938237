// Puts the sound, the transcript and the findings of one call together, on the examiner's page and on the call's.

import { $, $$, setText, show } from "../operators/dom.js";
import { t } from "../operators/words.js";
import { drawFindings, nameOf } from "./findinglist.js";
import { marksOf } from "./findings.js";
import { Player } from "./player.js";
import { hashOf } from "./times.js";
import { TranscriptView } from "./transcript.js";

/** @import { Api } from "../operators/api.js" */

export class Sound {
  /**
   * `names`: { caller, ours }. Elements that a page does not have are left out.
   * @param {{api: Api, sound: Wire.SoundView | null, quality: Wire.CallQualityView | null, nonce: string, names: Page.Sides}} given
   */
  constructor({ api, sound, quality, nonce, names }) {
    this.api = api;
    this.sound = sound;
    this.quality = quality;
    this.nonce = nonce;
    /** @type {Exam.Mark[]} Marks beside those of the findings. */
    this.extra = [];
    /** @type {Exam.Jump} */
    this.jump = (second, thenPlay = true) => this.#jump(second, thenPlay);
    this.transcript = quality && $("#transcript")
      ? new TranscriptView($("#transcript"), quality.transcripts, { names, jump: this.jump }) : null;
    if (!quality && $("#transcript")) setText($("#transcript"), t("transcript.none"));
    if ($("#findings")) drawFindings($("#findings"), quality?.findings ?? [], (second) => this.jump(second));
    this.#start();
  }

  get second() {
    return this.player?.second ?? null;
  }

  /**
   * Marks beside those of the findings.
   * @param {Exam.Mark[]} marks
   */
  also(marks) {
    this.extra = marks;
    this.#mark();
  }

  async #start() {
    const why = this.#whyNot();
    this.#say(why);
    show($("#player"), !why || why === "no_outline");
    const { sound } = this;
    if (!sound || (why && why !== "no_outline")) return;
    this.player = new Player($("#player"), {
      sound, nonce: this.nonce,
      audio: /** @type {HTMLAudioElement | null} */ ($(`#call audio[src="/recordings/${sound.id}/audio"]`)),
      hear: (second) => this.transcript?.hear(second),
      chosen: (id) => this.#choose(id),
      failed: () => { this.#say("cannot_play"); },
    });
    const peaks = why ? null : await this.#peaks(sound.id).catch(() => null);
    if (!peaks && !why) this.#say("no_outline");
    await this.player.draw(peaks);
    this.#mark();
  }

  /** @param {number} recording @returns {Promise<Wire.Peaks>} */
  #peaks(recording) {
    return this.api.get(`/recordings/${recording}/peaks`);
  }

  /** Why there is no sound, or no outline of it; "" when all is there. */
  #whyNot() {
    if (!this.sound) return "none";
    if (this.sound.state !== "ready") return this.sound.state;
    if (!this.sound.may_hear) return "not_allowed";
    return this.sound.peaks ? "" : "no_outline";
  }

  /** @param {string} why */
  #say(why) {
    const note = $("#sound-note");
    setText(note, why ? t(`sound.${why}`) + (this.sound?.problem && why !== "no_outline" ? ` (${this.sound.problem})` : "") : "");
    show(note, Boolean(why));
  }

  /** @param {number} second @param {boolean} thenPlay */
  #jump(second, thenPlay) {
    if (!this.player) return;
    this.player.seek(second, thenPlay);
    window.history.replaceState(null, "", hashOf(second));
  }

  #mark() {
    const findings = this.quality?.findings ?? [];
    const found = marksOf(findings, this.player?.seconds ?? 0).map((mark) => ({ ...mark, label: nameOf(findings[mark.index]) }));
    this.player?.mark([...found, ...this.extra]);
  }

  /** @param {string} id */
  #choose(id) {
    for (const line of $$("[data-finding]")) line.classList.toggle("chosen", line.dataset.finding === id);
    $(`[data-finding="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
  }
}
