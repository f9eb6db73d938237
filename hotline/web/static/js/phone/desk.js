// A desk phone or softphone by SIP, with the interface of the phone in the browser: what it does, the server asks
// Asterisk to do. Its state comes from what the server pushes (`follow`).

export class DeskPhone extends EventTarget {
  #api;
  #callId = null;

  /** `account` as GET /console/me gives it below phone; `api` has post(path, body). */
  constructor(account, api) {
    super();
    this.kind = "sip";
    this.account = account;
    this.#api = api;
    this.call = null;
    this.troubles = [];
  }

  start() {
    const { reachable } = this.account;
    const [state, reason] = reachable === false ? ["lost", "not_reachable"] : ["registered", ""];
    this.#tell("registration", { state, reason });
  }

  stop() {
    this.follow(null);
  }

  /** What this operator has now: {call: LiveCall, mine} as pushed, or null. */
  follow(entry) {
    const state = { ringing: "ringing", talking: "talking", holding: "held" }[entry?.mine];
    const before = this.call;
    this.#callId = state ? entry.call.call_id : null;
    const { linkedid, talking, holding_since: held } = entry?.call ?? {};
    const since = (state === "held" ? held : talking?.since) ?? before?.since ?? new Date().toISOString();
    this.call = state ? { linkedid, direction: "in", state, muted: false, rejoin: false, spy: "", since } : null;
    if (before && before.linkedid !== this.call?.linkedid) {
      this.#tell("ended", { linkedid: before.linkedid, cause: "hung_up", by: "system" });
    }
    if (JSON.stringify(before) !== JSON.stringify(this.call)) this.#tell("call", this.call);
  }

  /** A desk phone is taken by its handset: false, and `trouble` says so. */
  async answer() {
    this.#tell("trouble", { kind: "lift_handset", reason: "", since: new Date().toISOString(), over: false });
    return false;
  }

  hangUp() {
    return this.#ask("hang-up");
  }

  hold() {
    return this.#ask("hold");
  }

  unhold() {
    return this.#ask("unhold");
  }

  /** Muting, keys and sound are the handset's own. */
  mute() {
    return false;
  }

  press() {
    return false;
  }

  async devices() {
    return { inputs: [], outputs: [] };
  }

  async choose() {}

  async testSound() {
    return false;
  }

  async rejoin() {
    return false;
  }

  takeOver() {}

  /** Whether the server did it; what it refused is thrown. */
  async #ask(action) {
    if (this.#callId === null) return false;
    await this.#api.post(`/console/calls/${this.#callId}/${action}`);
    return true;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
