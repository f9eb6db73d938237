// A desk phone or softphone by SIP, with the interface of the phone in the browser: what it does, the server asks
// Asterisk to do. Its state comes from what the server pushes (`follow`).

export class DeskPhone extends /** @type {Dom.Tells<Sip.Events>} */ (EventTarget) {
  #api;
  /** @type {number | null} */
  #callId = null;

  /**
   * `account` as GET /console/me gives it below phone; `api` has post(path, body).
   * @param {Sip.Account & { reachable?: boolean }} account
   * @param {Sip.Server} api
   */
  constructor(account, api) {
    super();
    this.kind = /** @type {const} */ ("sip");
    this.account = account;
    this.#api = api;
    /** @type {Sip.Call | null} */
    this.call = null;
    /** @type {Sip.Seen[]} */
    this.troubles = [];
  }

  start() {
    const { reachable } = this.account;
    const away = reachable === false;
    this.#tell("registration", { state: away ? "lost" : "registered", reason: away ? "not_reachable" : "" });
  }

  stop() {
    this.follow(null);
  }

  /**
   * What this operator has now: {call: LiveCall, mine} as pushed, or null.
   * @param {{ call: Wire.LiveCall, mine: Wire.Mine } | null} entry
   */
  follow(entry) {
    const before = this.call;
    this.call = entry && callOf(entry, before);
    this.#callId = this.call && entry ? entry.call.call_id : null;
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
  /** @param {boolean} [_wanted] */
  mute(_wanted) {
    return false;
  }

  /** @param {string} _digit */
  press(_digit) {
    return false;
  }

  /** @returns {Promise<Sip.Devices>} */
  async devices() {
    return { inputs: [], outputs: [] };
  }

  /** @param {Partial<Sip.Chosen>} _part */
  async choose(_part) {}

  async testSound() {
    return false;
  }

  /** @param {{ call_id: number }} _call */
  async rejoin(_call) {
    return false;
  }

  takeOver() {}

  /**
   * Whether the server did it; what it refused is thrown.
   * @param {string} action
   */
  async #ask(action) {
    if (this.#callId === null) return false;
    await this.#api.post(`/console/calls/${this.#callId}/${action}`);
    return true;
  }

  /**
   * @template {keyof Sip.Events} Name
   * @param {Name} name
   * @param {Sip.Events[Name]} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @type {Partial<Record<Wire.Mine, Sip.Call["state"]>>} */
const STATES = { ringing: "ringing", talking: "talking", holding: "held" };

/**
 * The call at this phone, if there is one; `before`: the one that there was.
 * @param {{ call: Wire.LiveCall, mine: Wire.Mine }} entry
 * @param {Sip.Call | null} before
 * @returns {Sip.Call | null}
 */
function callOf({ call, mine }, before) {
  const state = STATES[mine];
  if (!state) return null;
  const now = state === "held" ? call.holding_since : call.talking?.since;
  const since = now ?? before?.since ?? new Date().toISOString();
  return { linkedid: call.linkedid, direction: "in", state, muted: false, rejoin: false, spy: "", since };
}
