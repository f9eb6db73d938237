// What the operator speaks into and hears from: the microphone while it is needed, the speaker, the ringing.

import { Devices, MicrophoneError } from "./devices.js";
import { Sound, sendTo } from "./sound.js";

/** @import { Troubles } from "./troubles.js" */

/** Event: `microphone` {microphone}: another one is in use from now on. */
export class Headset extends /** @type {Dom.Tells<{ microphone: { microphone: MediaStream } }>} */ (EventTarget) {
  #devices = new Devices();
  #sound = new Sound();
  #troubles;
  #speaker = new Audio();
  /** @type {ReturnType<Sound["ringer"]> | null} */
  #ringer = null;
  #ringing = false;
  /** @type {MediaStream | null} */
  #microphone = null;

  /** @param {Troubles} troubles */
  constructor(troubles) {
    super();
    this.#troubles = troubles;
  }

  get sound() {
    return this.#sound;
  }

  get microphone() {
    return this.#microphone;
  }

  /** @returns {Promise<Sip.Devices>} */
  async devices() {
    return { ...(await this.#devices.list()), chosen: { ...this.#devices.chosen } };
  }

  /** @param {Partial<Sip.Chosen>} part */
  async choose(part) {
    this.#devices.choose(part);
    await this.route();
    if (typeof part.input === "string" && this.#microphone) await this.#changeMicrophone();
  }

  /** Send the caller's sound to the chosen speaker, or to the default one when that is gone. */
  route() {
    return sendTo(this.#speaker, this.#devices.chosen.output);
  }

  /** Open the microphone for a call; null when there is none, and a trouble says why. */
  async open() {
    const microphone = await this.#ask();
    if (microphone) this.#microphone = microphone;
    return microphone;
  }

  /** Open it once, to be asked for leave before the first call; "" or why there is none. */
  async tryMicrophone() {
    const microphone = await this.#ask();
    if (microphone) silence(microphone);
    return microphone ? "" : (this.#troubles.current.find(({ kind }) => kind.startsWith("mic_"))?.reason ?? "missing");
  }

  /** The call is over: nothing of the room is listened to any more. */
  close() {
    this.stopRinging();
    this.#speaker.srcObject = null;
    if (this.#microphone) silence(this.#microphone);
    this.#microphone = null;
  }

  /** @param {MediaStream} stream */
  async play(stream) {
    this.#speaker.srcObject = stream;
    await this.route();
    await this.#speaker.play().catch(() => this.#troubles.note("sound_blocked", true));
  }

  async ring() {
    this.#ringing = true;
    await this.mayBeHeard();
    if (!this.#ringing) return;
    this.#ringer ??= this.#sound.ringer();
    await this.#ringer.start(this.#devices.chosen.ringer);
    if (!this.#ringing) this.#ringer.stop();
  }

  stopRinging() {
    this.#ringing = false;
    this.#ringer?.stop();
  }

  /** The ringing tone for a moment, on the caller's speaker and then the ringer's; whether it may be heard. */
  async test() {
    const allowed = await this.mayBeHeard();
    for (const device of new Set([this.#devices.chosen.output, this.#devices.chosen.ringer])) {
      const player = this.#sound.player(0.8, 1);
      await player.start(device, false);
      await new Promise((done) => setTimeout(done, 1000));
      player.stop();
    }
    return allowed;
  }

  async mayBeHeard() {
    const allowed = await this.#sound.allowed();
    this.#troubles.note("sound_blocked", !allowed);
    return allowed;
  }

  async #ask() {
    try {
      const microphone = await this.#devices.microphone();
      this.#troubles.clear("mic_denied", "mic_missing");
      // Pulled out: go on with what is left.
      microphone.getAudioTracks()[0].addEventListener("ended", () => this.#changeMicrophone());
      return microphone;
    } catch (error) {
      if (!(error instanceof MicrophoneError)) throw error;
      this.#troubles.note(error.kind, true, error.reason);
      return null;
    }
  }

  async #changeMicrophone() {
    const before = this.#microphone;
    const microphone = before && (await this.#ask());
    if (!microphone) return;
    if (this.#microphone !== before) return silence(microphone);
    this.#microphone = microphone;
    silence(before);
    this.dispatchEvent(new CustomEvent("microphone", { detail: { microphone } }));
  }
}

/** @param {MediaStream} microphone */
function silence(microphone) {
  for (const track of microphone.getTracks()) track.stop();
}
