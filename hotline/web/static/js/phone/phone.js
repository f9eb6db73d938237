// The operator's phone in the browser. One a page; see docs/console-phone.md for what people have to know of it.
//
// Events, each with its detail:
//   registration {state: "connecting" | "registered" | "lost" | "refused", reason}
//                reasons: no_connection, other_tab, insecure, password, no_such_phone, not_loaded, refused
//   call         the value of `call`, whenever it changes: null, or {linkedid, direction, state: "ringing" | "talking" |
//                "held", muted, rejoin, since}; since: ISO 8601, when it came to be in this state
//   ended        {linkedid, cause, by: "caller" | "me" | "system"}
//                causes: hung_up, left, taken, refused, no_answer, network, other_tab, microphone, failed
//   levels       {mic, speaker}, 0 to 1, ten times a second during a call
//   trouble      {kind, reason, since, over}; `over`: it has ended. Kinds: mic_silent, mic_denied (reasons: insecure,
//                denied, busy), mic_missing, network_lost, network_back, no_sound_from_caller (reasons: silence,
//                no_packets), poor_network, sound_blocked (nothing is heard before a click in the page)

import { Conversation } from "./conversation.js";
import { Devices, MicrophoneError, refusedBeforehand } from "./devices.js";
import { Line } from "./line.js";
import { Sound, sendTo } from "./sound.js";
import { OneTab } from "./tab.js";
import { Troubles } from "./troubles.js";
import { Watch } from "./watch.js";

export { DeskPhone } from "./desk.js";

const REJOIN_MS = 20000;
/** A way of the sound that has broken off often comes back by itself within this. */
const HEALS_MS = 3000;
/** Asterisk ends a call after 30 s without sound from us; by then nothing is left to come back to. */
const GONE_MS = 45000;

export class Phone extends EventTarget {
  #account;
  #api;
  #line;
  #tab;
  #devices = new Devices();
  #sound = new Sound();
  #troubles = new Troubles();
  #ringer = null;
  #speaker = new Audio();
  #talk = null;
  #microphone = null;
  #watch = null;
  #iceBroken = false;
  #timers = { heal: 0, gone: 0 };

  /** `account` as GET /console/me gives it below phone; `api` has post(path, body), for `rejoin`. */
  constructor(account, api = null) {
    super();
    this.kind = "webrtc";
    this.#account = account;
    this.#api = api;
    this.#tab = new OneTab(`hotline-phone-${account.extension}`);
    this.#tab.addEventListener("held", () => this.#begin());
    this.#tab.addEventListener("elsewhere", () => this.#tell("registration", { state: "refused", reason: "other_tab" }));
    this.#tab.addEventListener("taken", () => this.#taken());
    this.#troubles.addEventListener("trouble", ({ detail }) => this.#tell("trouble", detail));
  }

  /** What there is now: null or as in the event `call`. */
  get call() {
    return this.#talk?.view ?? null;
  }

  /** The troubles of now: [{kind, reason, since}]. */
  get troubles() {
    return this.#troubles.current;
  }

  get registered() {
    return Boolean(this.#line?.registered);
  }

  /** Be reachable for calls, here and in no other tab of this browser. */
  start() {
    addEventListener("pagehide", this.#leave);
    addEventListener("pageshow", this.#comeBack);
    navigator.mediaDevices?.addEventListener("devicechange", this.#devicesChanged);
    this.#tell("registration", { state: "connecting", reason: "" });
    this.#tab.start();
  }

  /** Be no phone any more; a call there is ends. */
  stop() {
    removeEventListener("pagehide", this.#leave);
    removeEventListener("pageshow", this.#comeBack);
    navigator.mediaDevices?.removeEventListener("devicechange", this.#devicesChanged);
    this.#line?.stop();
    this.#line = null;
    this.#tab.stop();
  }

  /** Become the phone here although another tab is it. A call there goes on in this one, by `rejoin`. */
  takeOver() {
    this.#tab.takeOver();
  }

  /** Take the ringing call; whether a microphone was there for it. The call rings on when none was. */
  async answer() {
    const talk = this.#talk;
    if (talk?.state !== "ringing" || talk.established) return false;
    const microphone = await this.#openMicrophone();
    if (!microphone) return false;
    if (this.#talk !== talk || talk.over) {
      silence(microphone);
      return false;
    }
    this.#ringer?.stop();
    this.#microphone = microphone;
    talk.answer(microphone, this.#account.ice_servers ?? []);
    return true;
  }

  /** End the call, or refuse it while it rings. */
  hangUp() {
    this.#talk?.hangUp();
  }

  /** Whether the caller is on hold now, and hears music. */
  async hold() {
    return Boolean(await this.#talk?.hold(true));
  }

  async unhold() {
    return Boolean(await this.#talk?.hold(false));
  }

  mute(wanted = true) {
    if (this.#talk?.established) this.#talk.mute(wanted);
  }

  /** A key, as the caller's side hears it: 0–9 * #. */
  press(digit) {
    if (this.#talk?.established) this.#talk.press(String(digit));
  }

  /** {inputs: [{id, label}], outputs: [{id, label}], chosen: {input, output, ringer}}; the id "" is the default one. */
  async devices() {
    return { ...(await this.#devices.list()), chosen: { ...this.#devices.chosen } };
  }

  /** Any of {input, output, ringer}; remembered in this browser and used at once, also in a call. */
  async choose(part) {
    this.#devices.choose(part);
    await sendTo(this.#speaker, this.#devices.chosen.output);
    if (typeof part.input === "string" && this.#microphone) await this.#changeMicrophone();
  }

  /** A second of the ringing tone, on the caller's speaker and then the ringer's; whether it may be heard. */
  async testSound() {
    const allowed = await this.#mayBeHeard();
    for (const device of new Set([this.#devices.chosen.output, this.#devices.chosen.ringer])) {
      const player = this.#sound.player(0.8, 1);
      await player.start(device, false);
      await new Promise((done) => setTimeout(done, 1000));
      player.stop();
    }
    return allowed;
  }

  /** Ask for the microphone before the first call needs it; "" or why there is none (see mic_denied). */
  async tryMicrophone() {
    const microphone = await this.#openMicrophone();
    if (microphone) silence(microphone);
    return microphone ? "" : this.troubles.find(({ kind }) => kind.startsWith("mic_"))?.reason ?? "missing";
  }

  /** Fetch back the call that the server says this operator is in, after a reload or from another tab; whether it
   * came. `call`: OperatorView.call. */
  async rejoin({ call_id: id }) {
    if (!(await this.#until("registration", () => this.registered))) return false;
    if (this.#talk) return true;
    await this.#api.post(`/console/calls/${id}/rejoin`);
    return this.#until("call", () => this.call?.state === "talking");
  }

  // ---- the line
  async #begin() {
    const refused = await refusedBeforehand();
    this.#troubles.note("mic_denied", Boolean(refused), refused);
    if (refused === "insecure") {
      this.#tell("registration", { state: "refused", reason: "insecure" });
      return;
    }
    this.#line = new Line(this.#account);
    this.#line.addEventListener("state", ({ detail }) => this.#lineChanged(detail));
    this.#line.addEventListener("incoming", ({ detail }) => this.#incoming(detail));
    await this.#line.start();
  }

  #lineChanged(detail) {
    if (detail.state === "registered") this.#refresh();
    this.#network();
    this.#tell("registration", detail);
  }

  #leave = () => this.#dropAll("other_tab");

  #comeBack = ({ persisted }) => {
    if (persisted && this.#tab.held) this.#begin();
  };

  #taken() {
    this.#dropAll("other_tab");
    this.#tell("registration", { state: "refused", reason: "other_tab" });
  }

  #dropAll(cause) {
    this.#line?.drop();
    this.#line = null;
    this.#talk?.drop();
    this.#over({ cause, by: "system" });
  }

  // ---- a call
  #incoming({ session, request }) {
    const talk = new Conversation(session, request);
    if (this.#talk && !talk.rejoin) {
      talk.hangUp();
      return;
    }
    if (this.#talk) {
      // Asterisk has taken this call's old leg away to connect the new one.
      this.#talk.drop();
      this.#over({ cause: "failed", by: "system" });
    }
    this.#talk = talk;
    talk.addEventListener("change", () => this.#changed(talk));
    talk.addEventListener("ended", ({ detail }) => this.#talk === talk && this.#over(detail));
    talk.addEventListener("stream", ({ detail }) => this.#play(detail.stream));
    talk.addEventListener("ice", ({ detail }) => this.#iceChanged(detail.state));
    this.#tell("call", this.call);
    if (talk.rejoin) this.answer();
    else this.#ring();
  }

  async #ring() {
    await this.#mayBeHeard();
    if (this.#talk?.state !== "ringing" || this.#talk.established) return;
    this.#ringer ??= this.#sound.ringer();
    await this.#ringer.start(this.#devices.chosen.ringer);
    if (this.#talk?.state !== "ringing" || this.#talk.established) this.#ringer.stop();
  }

  #changed(talk) {
    if (this.#talk !== talk) return;
    if (talk.state === "talking" && !this.#watch) {
      this.#watch = new Watch(talk, this.#sound, this.#troubles, (levels) => this.#tell("levels", levels));
      this.#watch.start(this.#microphone);
      this.#mayBeHeard();
    }
    this.#tell("call", this.call);
  }

  async #play(stream) {
    this.#speaker.srcObject = stream;
    await sendTo(this.#speaker, this.#devices.chosen.output);
    await this.#speaker.play().catch(() => this.#troubles.note("sound_blocked", true));
  }

  #over({ cause, by }) {
    const talk = this.#talk;
    if (!talk) return;
    this.#talk = null;
    this.#ringer?.stop();
    this.#watch?.stop();
    this.#watch = null;
    this.#speaker.srcObject = null;
    if (this.#microphone) silence(this.#microphone);
    this.#microphone = null;
    this.#iceBroken = false;
    clearTimeout(this.#timers.heal);
    clearTimeout(this.#timers.gone);
    this.#network();
    this.#tell("ended", { linkedid: talk.linkedid, cause, by });
    this.#tell("call", null);
  }

  // ---- the network during a call
  #iceChanged(state) {
    this.#iceBroken = state === "disconnected" || state === "failed";
    clearTimeout(this.#timers.heal);
    if (this.#iceBroken) this.#timers.heal = setTimeout(() => this.#refresh(), state === "failed" ? 0 : HEALS_MS);
    this.#network();
  }

  /** After another WebSocket Asterisk must learn where we are; a way of the sound that stays broken is sought anew. */
  async #refresh() {
    const talk = this.#talk;
    if (!talk?.established || talk.state === "ringing" || !this.registered) return;
    await talk.refresh(this.#iceBroken);
    if (this.#talk === talk && this.#iceBroken) this.#timers.heal = setTimeout(() => this.#refresh(), HEALS_MS);
  }

  #network() {
    const lost = Boolean(this.#talk) && (!this.registered || this.#iceBroken);
    const before = this.troubles.some(({ kind }) => kind === "network_lost");
    this.#troubles.note("network_lost", lost);
    if (before && !lost && this.#talk) {
      this.#tell("trouble", { kind: "network_back", reason: "", since: new Date().toISOString(), over: false });
    }
    if (before === lost) return;
    clearTimeout(this.#timers.gone);
    if (lost) this.#timers.gone = setTimeout(() => this.#giveUp(), GONE_MS);
  }

  #giveUp() {
    this.#talk?.drop();
    this.#over({ cause: "network", by: "system" });
  }

  // ---- microphone and speaker
  async #openMicrophone() {
    try {
      const microphone = await this.#devices.microphone();
      this.#troubles.clear("mic_denied", "mic_missing");
      microphone.getAudioTracks()[0].addEventListener("ended", () => this.#changeMicrophone());
      return microphone;
    } catch (error) {
      if (!(error instanceof MicrophoneError)) throw error;
      this.#troubles.note(error.kind, true, error.reason);
      return null;
    }
  }

  /** Another one was chosen, or the present one was pulled out. */
  async #changeMicrophone() {
    const talk = this.#talk;
    const microphone = talk && (await this.#openMicrophone());
    if (!microphone) return;
    if (this.#talk !== talk) return silence(microphone);
    await talk.speakThrough(microphone);
    this.#watch?.listenTo(microphone);
    silence(this.#microphone);
    this.#microphone = microphone;
  }

  #devicesChanged = async () => {
    await sendTo(this.#speaker, this.#devices.chosen.output);
    this.#tell("devices", await this.devices());
  };

  async #mayBeHeard() {
    const allowed = await this.#sound.allowed();
    this.#troubles.note("sound_blocked", !allowed);
    return allowed;
  }

  // ---- telling
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Wait until that is so, looking at each such event; false when it does not come to be. */
  #until(event, isSo) {
    if (isSo()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const done = (answer) => {
        clearTimeout(timer);
        this.removeEventListener(event, look);
        resolve(answer);
      };
      const look = () => isSo() && done(true);
      const timer = setTimeout(() => done(false), REJOIN_MS);
      this.addEventListener(event, look);
    });
  }
}

function silence(microphone) {
  for (const track of microphone.getTracks()) track.stop();
}
