// Microphones and speakers: which there are, which were chosen (ids only, in this browser), and opening one.

import { thrown } from "../operators/api.js";

const REMEMBERED = "hotline.phone.devices";
/** @type {(keyof Sip.Chosen)[]} */
const PARTS = ["input", "output", "ringer"];

/** `kind` as in the event `trouble`; `reason`: insecure | denied | missing | busy. */
export class MicrophoneError extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(`no microphone: ${reason}`);
    this.reason = reason;
    this.kind = reason === "missing" ? "mic_missing" : "mic_denied";
  }
}

/** @type {Record<string, string | undefined>} */
const REASONS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

export class Devices {
  constructor() {
    this.chosen = remembered();
  }

  /**
   * Take over what is given of input, output, ringer; "" is the browser's default.
   * @param {Partial<Sip.Chosen>} part
   */
  choose(part) {
    for (const name of PARTS) this.chosen[name] = part[name] ?? this.chosen[name];
    try {
      localStorage.setItem(REMEMBERED, JSON.stringify(this.chosen));
    } catch {
      // A browser that keeps nothing: the choice holds as long as the page.
    }
  }

  /** What there is; labels are empty until the microphone was allowed once. */
  async list() {
    const found = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    /** @param {MediaDeviceKind} kind */
    const of = (kind) => found.filter((device) => device.kind === kind && device.deviceId !== "communications")
      .map((device) => ({ id: device.deviceId === "default" ? "" : device.deviceId, label: device.label }));
    return { inputs: of("audioinput"), outputs: of("audiooutput") };
  }

  /** The chosen microphone, or the default one when it is gone. Raises MicrophoneError. */
  async microphone() {
    if (!navigator.mediaDevices?.getUserMedia) throw new MicrophoneError("insecure");
    try {
      return await open(this.chosen.input);
    } catch (error) {
      const reason = REASONS[thrown(error).name];
      if (!reason) throw error;
      if (reason === "denied" || !this.chosen.input) throw new MicrophoneError(reason);
    }
    return open("").catch((error) => {
      throw new MicrophoneError(REASONS[error.name] ?? "missing");
    });
  }
}

/** @param {string} id */
function open(id) {
  const wanted = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  return navigator.mediaDevices.getUserMedia({ audio: id ? { ...wanted, deviceId: { exact: id } } : wanted });
}

/** @returns {Sip.Chosen} */
function remembered() {
  const none = { input: "", output: "", ringer: "" };
  try {
    const kept = JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}") ?? {};
    for (const name of PARTS) if (typeof kept[name] === "string") none[name] = kept[name];
    return none;
  } catch {
    return none;
  }
}

/** Why no microphone would be given, known without asking for it: "", "insecure" or "denied". */
export async function refusedBeforehand() {
  if (!window.isSecureContext || !navigator.mediaDevices) return "insecure";
  const permission = await navigator.permissions?.query({ name: "microphone" }).catch(() => null);
  return permission?.state === "denied" ? "denied" : "";
}
