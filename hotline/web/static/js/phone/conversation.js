// One call at this phone, from ring to end, over a JsSIP session.

const KEY_MS = 160;
/** Candidates of all cards of this machine come within this; a dead one would keep the caller waiting. */
const CANDIDATES_MS = 400;
const AGAIN_MS = 700;
const TRIES = 6;

/** JsSIP hangs up on these; here they are the network's, which may come back. Asterisk ends what really died. */
const NETWORK = ["RTP Timeout", "Connection Error", "Request Timeout", "WebRTC Error"];

/** Events: `change`; `ended` {cause, by}; `ice` (see `ice`); `stream` {stream} of the caller. */
export class Conversation extends /** @type {Dom.Tells<{ change: null, ice: null, ended: Sip.Over, stream: { stream: MediaStream } }>} */ (EventTarget) {
  #session;
  #asked = false;

  /** @param {Sip.Session} session @param {Sip.Request} request */
  constructor(session, request) {
    super();
    this.#session = session;
    this.linkedid = request.getHeader("X-Hotline-Linkedid") ?? "";
    this.rejoin = request.getHeader("X-Hotline-Rejoin") === "yes";
    this.dial = request.getHeader("X-Hotline-Dial") === "yes";
    this.spy = request.getHeader("X-Hotline-Spy") ?? "";
    /** @type {Sip.Call["state"]} */
    this.state = "ringing";
    this.muted = false;
    this.since = new Date();
    /** @type {MediaStream | null} */
    this.remote = null;
    this.#outlive(session);
    session.on("peerconnection", ({ peerconnection }) => this.#follow(peerconnection));
    session.on("icecandidate", ({ ready }) => setTimeout(ready, CANDIDATES_MS));
    session.on("confirmed", () => this.#become("talking"));
    session.on("ended", (event) => this.#ended(event));
    session.on("failed", (event) => this.#ended(event));
  }

  get connection() {
    return this.#session.connection;
  }

  get over() {
    return this.#session.isEnded();
  }

  get established() {
    return this.#session.isEstablished();
  }

  /** Talking or held: both sides know of it. */
  get confirmed() {
    return this.established && this.state !== "ringing";
  }

  /** How the way of the sound is, in the browser's words. */
  get ice() {
    return this.connection?.iceConnectionState ?? "new";
  }

  get broken() {
    return this.ice === "disconnected" || this.ice === "failed";
  }

  /** What the page shows of it. */
  /** @returns {Sip.Call} */
  get view() {
    const { linkedid, state, muted, rejoin, spy } = this;
    return { linkedid, direction: "in", state, muted, rejoin, spy, since: this.since.toISOString() };
  }

  /**
   * Take the call with that microphone.
   * @param {MediaStream} microphone
   * @param {RTCIceServer[]} iceServers
   */
  answer(microphone, iceServers) {
    this.#session.answer({ mediaStream: microphone, pcConfig: { iceServers } });
  }

  /** End it, or refuse it while it rings. Asterisk then rings others. */
  hangUp() {
    this.#asked = true;
    if (!this.over) this.#session.terminate(this.established ? {} : { status_code: 486 });
  }

  /**
   * Whether it came to be on hold (or back), in the eyes of Asterisk.
   * @param {boolean} wanted
   */
  async hold(wanted) {
    if (this.state === (wanted ? "held" : "talking")) return true;
    const done = await this.#offer((then) => (wanted ? this.#session.hold({}, then) : this.#session.unhold({}, then)));
    if (done) this.#become(wanted ? "held" : "talking");
    return done;
  }

  /** @param {boolean} wanted */
  mute(wanted) {
    if (wanted) this.#session.mute({ audio: true });
    else this.#session.unmute({ audio: true });
    this.muted = wanted;
    this.#changed();
  }

  /** @param {string} digit */
  press(digit) {
    this.#session.sendDTMF(digit, { transportType: /** @type {import("jssip/lib/Constants").DTMF_TRANSPORT} */ ("RFC2833"), duration: KEY_MS });
  }

  /**
   * Speak through another microphone from now on.
   * @param {MediaStream} microphone
   */
  async speakThrough(microphone) {
    const [track] = microphone.getAudioTracks();
    const sender = this.connection?.getSenders().find((found) => found.track?.kind === "audio");
    if (!sender) return;
    track.enabled = !this.muted && this.state !== "held";
    await sender.replaceTrack(track);
  }

  /**
   * Tell Asterisk where we are now, after another WebSocket; `anew`: find the way of the sound again as well.
   * @param {boolean} anew
   */
  refresh(anew) {
    const rtcOfferConstraints = { iceRestart: anew };
    return this.#offer((then) => this.#session.renegotiate({ rtcOfferConstraints }, then));
  }

  /** Let go of it here and say nothing: the call goes on at Asterisk. */
  drop() {
    this.#session.connection?.close();
  }

  /**
   * A change that needs Asterisk's yes: begun as soon as no other one is under way.
   * @param {(then: () => void) => boolean} begin
   */
  async #offer(begin) {
    for (let tried = 0; tried < TRIES && this.established; tried += 1) {
      const done = await new Promise((resolve) => {
        setTimeout(() => resolve(false), AGAIN_MS * TRIES);
        if (!begin(() => resolve(true))) resolve(null);
      });
      if (done !== null) return done;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    return false;
  }

  /** @param {Sip.Session} session */
  #outlive(session) {
    const terminate = session.terminate.bind(session);
    session.terminate = (options = {}) => {
      if (!this.#asked && session.isEstablished() && NETWORK.includes(options.cause ?? "")) return;
      terminate(options);
    };
  }

  /** @param {RTCPeerConnection} connection */
  #follow(connection) {
    connection.addEventListener("track", ({ streams: [stream], track }) => {
      this.remote = stream ?? new MediaStream([track]);
      this.dispatchEvent(new CustomEvent("stream", { detail: { stream: this.remote } }));
    });
    connection.addEventListener("iceconnectionstatechange", () => this.dispatchEvent(new Event("ice")));
  }

  /** @param {Sip.Call["state"]} state */
  #become(state) {
    this.state = state;
    this.since = new Date();
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }

  /** @param {import("jssip/lib/RTCSession").EndEvent} given */
  #ended({ originator, cause, message }) {
    const by = { local: "me", remote: "caller", system: "system" }[originator] ?? "system";
    this.dispatchEvent(new CustomEvent("ended", { detail: { cause: causeOf(cause, message), by } }));
  }
}

/**
 * hung_up | left | taken (another phone has it) | refused | no_answer | network | failed
 * @param {string} cause
 * @param {import("jssip/lib/RTCSession").EndEvent["message"] | null} message
 */
function causeOf(cause, message) {
  const reason = message?.getHeader?.("Reason") ?? "";
  if (cause === "Canceled") return /cause=(26|200)\b/.test(reason) ? "taken" : "left";
  if (NETWORK.includes(cause)) return "network";
  /** @type {Record<string, string>} */
  const known = { Terminated: "hung_up", Rejected: "refused", Busy: "refused", "No Answer": "no_answer",
    Expires: "no_answer", "Dialog Error": "network" };
  return known[cause] ?? "failed";
}
