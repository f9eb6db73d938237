// The connection to Asterisk: WebSocket, registration, and both again after whatever breaks them.

import { sipStack } from "./stack.js";

const REGISTER_SECONDS = 120; // a browser that vanished without a word is forgotten after so long at most
const BACK_OFF_SECONDS = { min: 1, max: 8 };
const CONNECT_MS = 5000; // and as long again to be registered
/** A dead network closes no WebSocket for minutes: ask now and then whether Asterisk still answers. */
const ASK_EVERY_MS = 8000;
const ANSWER_WITHIN_MS = 4000;
const REFUSED_AGAIN_MS = 15000;
const STARTING_AGAIN_MS = 1500; // Asterisk cannot say yes yet

/**
 * Events: `state` {state: "connecting" | "registered" | "lost" | "refused", reason}, `incoming` {session, request}.
 * Reasons: lost: no_connection; refused: password, no_such_phone, not_loaded, refused.
 */
export class Line extends /** @type {Dom.Tells<{ state: { state: Sip.State, reason: string }, incoming: { session: Sip.Session, request: Sip.Request } }>} */ (EventTarget) {
  #account;
  /** @type {Sip.Agent | null} */
  #agent = null;
  #stopped = true;
  /** @type {Record<string, ReturnType<typeof setTimeout> | undefined>} */
  #timers = {};

  /** @param {Sip.Account} account */
  constructor(account) {
    super();
    this.#account = account;
    /** @type {Sip.State} */
    this.state = "connecting";
  }

  get registered() {
    return this.state === "registered";
  }

  /** Connect and register, and stay so until `stop` or `drop`. */
  async start() {
    this.#stopped = false;
    this.#tell("connecting");
    const stack = await sipStack().catch(() => null);
    if (this.#stopped || this.#agent) return;
    if (!stack) {
      this.#tell("refused", "not_loaded");
      this.#later("again", REFUSED_AGAIN_MS, () => this.start());
      return;
    }
    this.#agent = this.#makeAgent(stack);
    this.#agent.start();
    addEventListener("online", this.#online);
    addEventListener("offline", this.#offline);
  }

  /** Sign the phone off; what call there is ends. */
  stop() {
    this.#agent?.stop();
    this.#forget();
  }

  /** Go away without a word: Asterisk keeps the call's other side, and another tab or the reloaded page fetches it. */
  drop() {
    this.#agent?.transport.disconnect();
    this.#forget();
  }

  /** Give up the present WebSocket, which may be dead, for a new one. */
  reconnect() {
    if (!this.#agent) return;
    this.#agent.transport.disconnect();
    this.#agent.transport.connect();
  }

  /** Whether Asterisk answers now; if it does not, another WebSocket is opened. */
  answers() {
    if (!this.registered) return Promise.resolve(false);
    return new Promise((resolve) => {
      /** @param {boolean} answer */
      const end = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      const timer = setTimeout(() => {
        this.reconnect();
        resolve(false);
      }, ANSWER_WITHIN_MS);
      // Any answer of Asterisk's will do, also a refusal. Otherwise the WebSocket has gone by itself.
      /** @param {{originator: string}} given */
      const failed = ({ originator }) => end(originator === "remote");
      const eventHandlers = { succeeded: () => end(true), failed };
      this.#agent?.sendOptions(this.#account.sip_uri ?? "", null, { eventHandlers });
    });
  }

  #online = () => this.reconnect();

  #offline = () => this.#tell("lost", "no_connection");

  /** @param {Sip.Stack} stack */
  #makeAgent(stack) {
    const { ws_url: url, sip_uri: uri, extension, password } = this.#account;
    const agent = /** @type {Sip.Agent} */ (new stack.UA({
      sockets: [new stack.WebSocketInterface(url ?? "")],
      uri: uri ?? "",
      authorization_user: extension,
      password: password ?? undefined,
      register: true,
      register_expires: REGISTER_SECONDS,
      session_timers: false,
      no_answer_timeout: 600,
      connection_recovery_min_interval: BACK_OFF_SECONDS.min,
      connection_recovery_max_interval: BACK_OFF_SECONDS.max,
      user_agent: "hotline console",
    }));
    // An Asterisk that is just starting may take the connection and leave what is sent unanswered.
    for (const step of /** @type {const} */ (["connecting", "connected"])) {
      agent.on(step, () => this.#later("connect", CONNECT_MS, () => this.reconnect()));
    }
    agent.on("disconnected", () => this.#disconnected());
    agent.on("registered", () => this.#registered());
    agent.on("unregistered", () => this.registered && this.#tell("lost", "no_connection"));
    agent.on("registrationFailed", (failure) => this.#failed(failure));
    agent.on("newRTCSession", (/** @type {import("jssip/lib/UA").IncomingRTCSessionEvent} */ { session, request, originator }) => {
      if (originator === "remote") this.dispatchEvent(new CustomEvent("incoming", { detail: { session, request } }));
    });
    return agent;
  }

  #disconnected() {
    this.#clear("connect", "ask", "again");
    if (this.#agent) this.#tell("lost", "no_connection");
  }

  #registered() {
    this.#clear("connect");
    this.#tell("registered");
    this.#later("ask", ASK_EVERY_MS, () => this.#ask());
  }

  /** @param {{response?: {status_code: number}}} given */
  #failed({ response }) {
    // Without a response it is the connection that fails: the timers of connecting and asking open another one.
    if (!response || !this.#agent) return;
    this.#clear("connect");
    const status = response.status_code;
    /** @type {Record<number, string>} */
    const reasons = { 401: "password", 403: "password", 404: "no_such_phone" };
    if (status >= 500) this.#tell("lost", "no_connection");
    else this.#tell("refused", reasons[status] ?? "refused");
    this.#later("again", status >= 500 ? STARTING_AGAIN_MS : REFUSED_AGAIN_MS, () => this.#agent?.register());
  }

  /** Ask now and then; a line that does not answer is given up, and the next one asks again once registered. */
  async #ask() {
    if (await this.answers()) this.#later("ask", ASK_EVERY_MS, () => this.#ask());
  }

  #forget() {
    this.#stopped = true;
    this.#agent = null;
    this.#clear(...Object.keys(this.#timers));
    removeEventListener("online", this.#online);
    removeEventListener("offline", this.#offline);
  }

  /** @param {string} name @param {number} milliseconds @param {() => unknown} what */
  #later(name, milliseconds, what) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(what, milliseconds);
  }

  /** @param {...string} names */
  #clear(...names) {
    for (const name of names) clearTimeout(this.#timers[name]);
  }

  /** @param {Sip.State} state @param {string} [reason] */
  #tell(state, reason = "") {
    if (this.state === state && state === "lost") return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, reason } }));
  }
}
