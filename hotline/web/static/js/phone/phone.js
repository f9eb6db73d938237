// The operator's phone in the browser. One a page; see docs/console-phone.md for what people have to know of it.
//
// Events, each with its detail:
//   registration {state: "connecting" | "registered" | "lost" | "refused", reason}
//                reasons: no_connection, other_tab, insecure, password, no_such_phone, not_loaded, refused
//   call         the value of `call`, whenever it changes: null, or {linkedid, direction, state: "ringing" | "talking" |
//                "held", muted, rejoin, spy, since}; since: ISO 8601, when it came to be in this state; spy: "", or how
//                a supervisor's phone listens in (listen, whisper, barge)
//   devices      as devices() gives it, when something was plugged in or out
//   ended        {linkedid, cause, by: "caller" | "me" | "system"}
//                causes: hung_up, left, taken, refused, no_answer, network, other_tab, microphone, failed
//   levels       {mic, speaker}, 0 to 1, ten times a second during a call
//   trouble      {kind, reason, since, over}; `over`: it has ended. Kinds: mic_silent, mic_denied (reasons: insecure,
//                denied, busy), mic_missing, network_lost, network_back, no_sound_from_caller (reasons: silence,
//                no_packets), poor_network, sound_blocked (nothing is heard before a click in the page)

import { thrown } from "../operators/api.js";
import { Conversation } from "./conversation.js";
import { refusedBeforehand } from "./devices.js";
import { Headset } from "./headset.js";
import { Line } from "./line.js";
import { Rescue } from "./rescue.js";
import { OneTab } from "./tab.js";
import { Troubles } from "./troubles.js";
import { Watch } from "./watch.js";

export { DeskPhone } from "./desk.js";

const REJOIN_MS = 20000;
/** The server may not know yet what another tab has only just begun: it is asked so often, so far apart. */
const LOOKS = 8;
const LOOK_AGAIN_MS = 400;

export class Phone extends /** @type {Dom.Tells<Sip.Events>} */ (EventTarget) {
  #account;
  #api;
  /** @type {Line | null} */
  #line = null;
  #tab;
  #troubles = new Troubles();
  #headset = new Headset(this.#troubles);
  #rescue = new Rescue(this.#troubles);
  /** @type {Conversation | null} */
  #talk = null;
  /** @type {Watch | null} */
  #watch = null;
  #elsewhere = false;

  /**
   * `account` as GET /console/me gives it below phone; without `api` no call is fetched back.
   * @param {Sip.Account} account
   * @param {Sip.Server | null} [api]
   */
  constructor(account, api = null) {
    super();
    this.kind = /** @type {const} */ ("webrtc");
    this.#account = account;
    this.#api = api;
    this.#tab = new OneTab(`hotline-phone-${account.extension}`);
    this.#tab.addEventListener("held", () => this.#held());
    this.#tab.addEventListener("elsewhere", () => this.#isElsewhere());
    this.#tab.addEventListener("taken", () => this.#taken());
    this.#troubles.addEventListener("trouble", ({ detail }) => this.#tell("trouble", detail));
    this.#headset.addEventListener("microphone", ({ detail }) => this.#speakThrough(detail.microphone));
    this.#rescue.addEventListener("gone", () => this.#drop("network"));
    this.#rescue.addEventListener("stuck", () => this.#tryToFetchBack());
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

  /** Become the phone here although another tab is it; a call there is goes on here. */
  takeOver() {
    this.#tab.takeOver();
  }

  /** Take the ringing call; whether a microphone was there for it. The call rings on when none was. */
  async answer() {
    const talk = this.#talk;
    if (talk?.state !== "ringing" || talk.established) return false;
    const microphone = await this.#headset.open();
    if (!microphone) return false;
    if (this.#talk !== talk || talk.over) {
      if (!this.#talk) this.#headset.close();
      return false;
    }
    this.#headset.stopRinging();
    talk.answer(microphone, /** @type {RTCIceServer[]} */ (/** @type {unknown} */ (this.#account.ice_servers ?? [])));
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
    if (this.#talk?.confirmed) this.#talk.mute(wanted);
  }

  /**
   * A key, as the caller's side hears it: 0–9 * #.
   * @param {string} digit
   */
  press(digit) {
    if (this.#talk?.confirmed) this.#talk.press(String(digit));
  }

  /** {inputs: [{id, label}], outputs: [{id, label}], chosen: {input, output, ringer}}; the id "" is the default one. */
  /** @returns {Promise<Sip.Devices>} */
  devices() {
    return this.#headset.devices();
  }

  /**
   * Any of {input, output, ringer}; remembered in this browser and used at once, also in a call.
   * @param {Partial<Sip.Chosen>} part
   */
  choose(part) {
    return this.#headset.choose(part);
  }

  /** A second of the ringing tone, on the caller's speaker and then the ringer's; whether it may be heard. */
  testSound() {
    return this.#headset.test();
  }

  /** Ask for the microphone before the first call needs it; "" or why there is none (see mic_denied). */
  tryMicrophone() {
    return this.#headset.tryMicrophone();
  }

  /**
   * Fetch back the call that the server says this operator is in (OperatorView.call), after a reload; whether it
   * came. Where another tab is the phone, the call is there, and nothing is to be done.
   * @param {{ call_id: number }} given
   */
  async rejoin({ call_id: id }) {
    await this.#until("registration", () => this.registered || this.#elsewhere);
    if (this.#talk || this.#elsewhere) return true;
    return this.registered && this.#ringAgain(id);
  }

  // ---- the line
  async #held() {
    const wasElsewhere = this.#elsewhere;
    this.#elsewhere = false;
    await this.#begin();
    if (wasElsewhere) this.#tryToFetchBack();
  }

  async #begin() {
    const refused = await refusedBeforehand();
    this.#troubles.note("mic_denied", Boolean(refused), refused);
    if (refused === "insecure") {
      this.#tell("registration", { state: "refused", reason: "insecure" });
      return;
    }
    const line = new Line(this.#account);
    this.#line = line;
    this.#rescue.use(line);
    line.addEventListener("state", ({ detail }) => this.#line === line && this.#tell("registration", detail));
    line.addEventListener("incoming", ({ detail }) => this.#incoming(detail));
    await line.start();
  }

  #leave = () => this.#dropAll();

  /** @param {PageTransitionEvent} given */
  #comeBack = ({ persisted }) => {
    if (persisted && this.#tab.held) this.#begin().then(() => this.#tryToFetchBack());
  };

  #isElsewhere() {
    this.#elsewhere = true;
    this.#tell("registration", { state: "refused", reason: "other_tab" });
  }

  #taken() {
    this.#dropAll();
    this.#isElsewhere();
  }

  /** The call that another tab had, or that is stuck here, goes on here. */
  async #fetchBack() {
    if (!(await this.#until("registration", () => this.registered))) return;
    const before = this.#talk;
    for (let look = 0; look < LOOKS && this.registered && this.#talk === before; look += 1) {
      if (look) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      const call = await this.#callElsewhere();
      if (call?.call_id && call.activity !== "ringing") {
        await this.#ringAgain(call.call_id);
        return;
      }
    }
  }

  /** What call the server says this operator is in. */
  async #callElsewhere() {
    /** @type {Wire.Me | undefined} */
    const me = await this.#api?.get("/console/me");
    return me?.operator.call ?? null;
  }

  /** The same where nobody waits for it: what the server refuses is not ours to have. */
  #tryToFetchBack() {
    this.#fetchBack().catch((error) => {
      if (thrown(error).status === undefined) throw error;
    });
  }

  /**
   * Have Asterisk ring this phone for the call anew.
   * @param {number} id
   */
  async #ringAgain(id) {
    await this.#api?.post(`/console/calls/${id}/rejoin`);
    return this.#until("call", () => this.call?.rejoin && this.call.state === "talking");
  }

  #dropAll() {
    this.#line?.drop();
    this.#line = null;
    this.#drop("other_tab");
  }

  /**
   * Let go of the call without a word to Asterisk.
   * @param {string} cause
   */
  #drop(cause) {
    this.#talk?.drop();
    this.#over({ cause, by: "system" });
  }

  // ---- a call
  /** @param {{session: Sip.Session, request: Sip.Request}} given */
  #incoming({ session, request }) {
    const talk = new Conversation(session, request);
    if (this.#talk && !talk.rejoin) {
      talk.hangUp();
      return;
    }
    // Asterisk has taken this call's old leg away to connect the new one.
    if (this.#talk) this.#drop("failed");
    this.#talk = talk;
    this.#rescue.follow(talk);
    talk.addEventListener("change", () => this.#changed(talk));
    talk.addEventListener("ended", ({ detail }) => this.#talk === talk && this.#over(detail));
    talk.addEventListener("stream", ({ detail }) => this.#headset.play(detail.stream));
    this.#tell("call", this.call);
    // Whoever asked for it a moment ago is not asked again.
    if (talk.rejoin || talk.spy || talk.dial) this.answer();
    else this.#headset.ring();
  }

  /** @param {Conversation} talk */
  #changed(talk) {
    if (this.#talk !== talk) return;
    if (talk.confirmed && !this.#watch) {
      this.#watch = new Watch(talk, this.#headset.sound, this.#troubles, (levels) => this.#tell("levels", levels));
      if (this.#headset.microphone) this.#watch.start(this.#headset.microphone);
      this.#headset.mayBeHeard();
    }
    this.#tell("call", this.call);
  }

  /** @param {Sip.Over} given */
  #over({ cause, by }) {
    const talk = this.#talk;
    if (!talk) return;
    this.#talk = null;
    this.#rescue.follow(null);
    this.#watch?.stop();
    this.#watch = null;
    this.#headset.close();
    this.#tell("ended", { linkedid: talk.linkedid, cause, by });
    this.#tell("call", null);
  }

  /** @param {MediaStream} microphone */
  async #speakThrough(microphone) {
    await this.#talk?.speakThrough(microphone);
    this.#watch?.listenTo(microphone);
  }

  #devicesChanged = async () => {
    await this.#headset.route();
    this.#tell("devices", await this.devices());
  };

  // ---- telling
  /**
   * @template {keyof Sip.Events} Name
   * @param {Name} name
   * @param {Sip.Events[Name]} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /**
   * Wait until that is so, looking at each such event; false when it does not come to be.
   * @param {keyof Sip.Events} event
   * @param {() => unknown} isSo
   */
  #until(event, isSo) {
    if (isSo()) return Promise.resolve(true);
    return new Promise((resolve) => {
      /** @param {boolean} answer */
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
