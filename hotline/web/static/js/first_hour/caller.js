// A telephone on the screen that calls the line: one call at a time, keys, sound of the other side.

import { $, $$, pageData, setText } from "../operators/dom.js";
import { Devices, MicrophoneError } from "../phone/devices.js";
import { sipStack } from "../phone/stack.js";

/** @type {{ account: { wsUrl: string, user: string, password: string, iceServers: RTCIceServer[] }, words: Record<string, string> }} */
const { account, words } = pageData("caller-data");

const KEY_MS = 160;
/** Candidates of all cards of this machine come within this; a dead one would keep the call waiting. */
const CANDIDATES_MS = 400;
const CONNECT_MS = 8000;

const state = $("#caller-state");
const sound = /** @type {HTMLAudioElement} */ ($("#caller-sound"));
const dial = /** @type {HTMLButtonElement} */ ($("#dial"));
const hangUp = /** @type {HTMLButtonElement} */ ($("#hang-up"));
const keys = /** @type {HTMLButtonElement[]} */ ($$("[data-key]"));

/** @type {Sip.Session | null} */
let session = null;
/** @type {Promise<Sip.Agent> | null} */
let connecting = null;

/** @param {string} now */
function become(now) {
  state.dataset.state = now;
  setText(state, words[now] ?? now);
  const busy = ["connecting", "ringing", "talking"].includes(now);
  dial.disabled = busy;
  hangUp.disabled = !busy;
  for (const key of keys) key.disabled = now !== "talking";
}

/** Connected to Asterisk; it needs no registration, since nobody rings a caller. */
function agent() {
  connecting ??= connect().catch((error) => {
    connecting = null;
    throw error;
  });
  return connecting;
}

/** @returns {Promise<Sip.Agent>} */
async function connect() {
  const stack = await sipStack();
  const made = /** @type {Sip.Agent} */ (new stack.UA({
    sockets: [new stack.WebSocketInterface(account.wsUrl)],
    uri: `sip:${account.user}@hotline.invalid`,
    authorization_user: account.user,
    password: account.password,
    register: false,
    session_timers: false,
    user_agent: "hotline caller",
  }));
  await new Promise((resolve, reject) => {
    setTimeout(reject, CONNECT_MS, new Error("not connected"));
    made.on("connected", resolve);
    made.start();
  });
  return made;
}

async function call() {
  become("connecting");
  try {
    const microphone = await new Devices().microphone();
    const line = /** @type {HTMLSelectElement} */ ($("#line")).value;
    const made = (await agent()).call(`sip:${line}@hotline.invalid`, {
      mediaStream: microphone,
      pcConfig: { iceServers: account.iceServers },
    });
    follow(made, microphone);
  } catch (error) {
    become(error instanceof MicrophoneError ? "microphone" : "lost");
  }
}

/**
 * @param {Sip.Session} made
 * @param {MediaStream} microphone
 */
function follow(made, microphone) {
  session = made;
  /** @param {string} how */
  const over = (how) => {
    for (const track of microphone.getTracks()) track.stop();
    session = null;
    become(how);
  };
  made.connection?.addEventListener("track", ({ streams: [stream] }) => {
    sound.srcObject = stream ?? null;
  });
  made.on("icecandidate", ({ ready }) => setTimeout(ready, CANDIDATES_MS));
  made.on("progress", () => become("ringing"));
  made.on("confirmed", () => become("talking"));
  made.on("ended", () => over("ended"));
  made.on("failed", () => over("failed"));
}

/** @param {string} digit */
function press(digit) {
  session?.sendDTMF(digit, {
    transportType: /** @type {import("jssip/lib/Constants").DTMF_TRANSPORT} */ ("RFC2833"),
    duration: KEY_MS,
  });
}

dial.addEventListener("click", call);
hangUp.addEventListener("click", () => session?.terminate());
keys.forEach((key) => key.addEventListener("click", () => press(key.dataset.key ?? "")));
