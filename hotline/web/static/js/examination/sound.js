// Puts the sound, the transcript and the findings of one call together, on the examiner's page and on the call's.

import { $, show, setText } from "../console/dom.js";
import { t } from "../console/words.js";
import { drawFindings, nameOf } from "./findinglist.js";
import { marksOf } from "./findings.js";
import { Player } from "./player.js";
import { hashOf } from "./times.js";
import { TranscriptView } from "./transcript.js";

export class Sound {
  /** `names`: { caller, ours }. Elements that a page does not have are left out. */
  constructor({ api, sound, quality, nonce, names }) {
    Object.assign(this, { api, sound, quality, nonce, extra: [] });
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

  /** Marks beside those of the findings. */
  also(marks) {
    this.extra = marks;
    this.#mark();
  }

  async #start() {
    const why = this.#whyNot();
    this.#say(why);
    show($("#player"), !why || why === "no_outline");
    if (why && why !== "no_outline") return;
    this.player = new Player($("#player"), {
      sound: this.sound, nonce: this.nonce, audio: $(`#call audio[src="/recordings/${this.sound.id}/audio"]`),
      hear: (second) => this.transcript?.hear(second),
      chosen: (id) => this.#choose(id),
      failed: () => { this.#say("cannot_play"); },
    });
    const peaks = why ? null : await this.api.get(`/recordings/${this.sound.id}/peaks`).catch(() => null);
    if (!peaks && !why) this.#say("no_outline");
    await this.player.draw(peaks);
    this.#mark();
  }

  /** Why there is no sound, or no outline of it; "" when all is there. */
  #whyNot() {
    if (!this.sound) return "none";
    if (this.sound.state !== "ready") return this.sound.state;
    if (!this.sound.may_hear) return "not_allowed";
    return this.sound.peaks ? "" : "no_outline";
  }

  #say(why) {
    const note = $("#sound-note");
    setText(note, why ? t(`sound.${why}`) + (this.sound?.problem && why !== "no_outline" ? ` (${this.sound.problem})` : "") : "");
    show(note, Boolean(why));
  }

  #jump(second, thenPlay) {
    if (!this.player) return;
    this.player.seek(second, thenPlay);
    window.history.replaceState(null, "", hashOf(second));
  }

  #mark() {
    const found = marksOf(this.quality?.findings ?? [], this.player?.seconds ?? 0)
      .map((mark) => ({ ...mark, label: nameOf(this.quality.findings[mark.index]) }));
    this.player?.mark([...found, ...this.extra]);
  }

  #choose(id) {
    for (const line of document.querySelectorAll("[data-finding]")) line.classList.toggle("chosen", line.dataset.finding === id);
    document.querySelector(`[data-finding="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
  }
}
