// Looks after the sound of a call: levels ten times a second, the network's figures once a second.

import { loudness } from "./sound.js";

/**
 * @import { Conversation } from "./conversation.js"
 * @import { Sound } from "./sound.js"
 * @import { Troubles } from "./troubles.js"
 */

const LOOK_MS = 100;
const LOOKS_A_SAMPLE = 10;
/** Less than one step of 16 bits: a microphone that is switched off or pulled out. A quiet room is more. */
const NOTHING = 2e-5;
/** A telephone line that is silent by itself stays below. */
const HEARD = 2e-3;
const POOR = { loss: 0.05, jitterSeconds: 0.06, roundTripSeconds: 0.5 };

/**
 * Watches while the conversation lasts. `levels({mic, speaker})` is called at each look; troubles are noted in
 * `troubles`.
 */
export class Watch {
  #conversation;
  #sound;
  #troubles;
  #levels;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #looks = 0;
  /** @type {ReturnType<Sound["meter"]> | null} */
  #mic = null;
  /** @type {ReturnType<Sound["meter"]> | null} */
  #speaker = null;
  #heard = false;
  /** @type {Sip.Figures | null} */
  #before = null;

  /**
   * @param {Conversation} conversation
   * @param {Sound} sound
   * @param {Troubles} troubles
   * @param {(levels: Sip.Levels) => unknown} levels
   */
  constructor(conversation, sound, troubles, levels) {
    this.#conversation = conversation;
    this.#sound = sound;
    this.#troubles = troubles;
    this.#levels = levels;
  }

  /** @param {MediaStream} microphone */
  start(microphone) {
    this.listenTo(microphone);
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /**
   * Another microphone.
   * @param {MediaStream} microphone
   */
  listenTo(microphone) {
    this.#mic?.close();
    this.#mic = this.#sound.meter(microphone);
  }

  stop() {
    clearInterval(this.#timer);
    this.#mic?.close();
    this.#speaker?.close();
    this.#troubles.clear("mic_silent", "no_sound_from_caller", "poor_network");
    this.#levels({ mic: 0, speaker: 0 });
  }

  #look() {
    const { remote, state, muted } = this.#conversation;
    if (remote && !this.#speaker) this.#speaker = this.#sound.meter(remote);
    const mic = this.#mic?.peak() ?? 0;
    const speaker = this.#speaker?.peak() ?? 0;
    this.#heard ||= speaker > HEARD;
    this.#levels({ mic: loudness(mic), speaker: loudness(speaker) });
    // A context that may not run yet measures nothing at all: no verdict then.
    const listening = this.#sound.context.state === "running" && state === "talking";
    this.#troubles.note("mic_silent", listening && !muted && mic < NOTHING);
    this.#looks += 1;
    if (this.#looks % LOOKS_A_SAMPLE === 0) this.#sample(listening);
  }

  /** @param {boolean} listening */
  async #sample(listening) {
    const now = figures(await this.#conversation.connection.getStats());
    const since = difference(this.#before, now);
    this.#before = now;
    if (!since || this.#conversation.over) return;
    const talking = this.#conversation.state === "talking";
    if (talking && !since.packets) this.#troubles.note("no_sound_from_caller", true, "no_packets");
    else this.#troubles.note("no_sound_from_caller", listening && !this.#heard, "silence");
    this.#troubles.note("poor_network", talking && isPoor(since));
  }
}

/**
 * What of a getStats report tells how well the sound passes.
 * @param {RTCStatsReport} report
 */
export function figures(report) {
  const found = { packets: 0, lost: 0, jitterSeconds: 0, roundTripSeconds: 0 };
  for (const part of report.values()) {
    if (part.type === "inbound-rtp" && part.kind === "audio") {
      found.packets = part.packetsReceived ?? 0;
      found.lost = part.packetsLost ?? 0;
      found.jitterSeconds = part.jitter ?? 0;
    }
    if (part.type === "candidate-pair" && part.nominated) found.roundTripSeconds = part.currentRoundTripTime ?? 0;
  }
  return found;
}

/** @param {Sip.Figures | null} before @param {Sip.Figures} now */
function difference(before, now) {
  return before && { ...now, packets: now.packets - before.packets, lost: now.lost - before.lost };
}

/** @param {Sip.Figures} given */
export function isPoor({ packets, lost, jitterSeconds, roundTripSeconds }) {
  const loss = lost > 0 ? lost / (lost + Math.max(0, packets)) : 0;
  return loss > POOR.loss || jitterSeconds > POOR.jitterSeconds || roundTripSeconds > POOR.roundTripSeconds;
}
