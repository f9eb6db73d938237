// What the modules of the phone give each other; what their events tell.

/** What of an operator's phone the page must know. */
export type Account = Wire.PhoneAccountView;

export type State = "connecting" | "registered" | "lost" | "refused" | "stopped";

export interface Registration {
  state: State;
  reason: string;
}

/** A call at this phone. */
export interface Call {
  linkedid: string;
  direction: "in";
  state: "ringing" | "talking" | "held";
  muted: boolean;
  rejoin: boolean;
  /** "", or how a supervisor's phone listens in. */
  spy: string;
  /** ISO 8601: when it came to be in this state. */
  since: string;
}

export interface Over {
  cause: string;
  by: "caller" | "me" | "system";
}

export interface Ended extends Over {
  linkedid: string;
}

/** 0 to 1. */
export interface Levels {
  mic: number;
  speaker: number;
}

export interface Trouble {
  kind: string;
  reason: string;
  since: string;
  over: boolean;
}

/** One of now: since when. */
export interface Seen {
  kind: string;
  reason: string;
  since: Date;
}

/** Ids, "" the browser's default one. */
export interface Chosen {
  input: string;
  output: string;
  ringer: string;
}

export interface Device {
  id: string;
  label: string;
}

export interface Devices {
  inputs: Device[];
  outputs: Device[];
  /** A desk phone has none. */
  chosen?: Chosen;
}

/** What both kinds of phone tell. */
export interface Events {
  registration: Registration;
  call: Call | null;
  ended: Ended;
  levels: Levels;
  trouble: Trouble;
  devices: Devices;
}

/** Of an Api what a phone needs. */
export interface Server {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: object): Promise<T>;
}

/** The network's figures of a call's sound. */
export interface Figures {
  packets: number;
  lost: number;
  jitterSeconds: number;
  roundTripSeconds: number;
}

export type Session = import("jssip/lib/RTCSession").RTCSession;
export type Request = import("jssip/lib/SIPMessage").IncomingRequest;
export type Stack = typeof import("jssip");

/** With what JsSIP's own types leave out. */
export type Agent = import("jssip").UA & {
  transport: { connect(): void; disconnect(): void };
  sendOptions(target: string, body: string | null, options: { eventHandlers: OptionsHandlers }): unknown;
};

interface OptionsHandlers {
  succeeded: () => unknown;
  failed: (failure: { originator: string }) => unknown;
}

declare global {
  interface Window {
    JsSIP?: Stack;
  }
}

export as namespace Sip;
