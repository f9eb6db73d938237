// What the console's modules give each other.

/** A call on this operator's screen. */
export interface Entry {
  call: Wire.LiveCall;
  /** What it is to this operator. */
  mine: Wire.Mine;
  /** Who took it. */
  by: { extension: string; name: string } | null;
  pop: Wire.Pop | null;
  /** Milliseconds: since when it is that. */
  at: number;
  /** It was talked to at this phone. */
  hadTalk: boolean;
}

/** The page's own, and what GET /console/me says. */
export type Settings = Wire.ConsoleSettings & { recording: boolean; dials: boolean };

/** What stands in the middle: a call or a record. */
export type Focus = { callId: number; formId?: undefined } | { formId: number; callId?: undefined };

/** C3: the words that are said, and when (milliseconds) they were begun. */
export interface Closing {
  words: string;
  startedAt: number;
}

/** A12: what this operator is in a consultation, and who the other one is; `since`: when that began. */
export interface Consultation {
  side: "asks" | "asked";
  name: string;
  answered: boolean;
  since: string;
}

/** A transfer that is under way. */
export interface Order {
  id: number;
  name: string;
  kind: "blind" | "attended";
  callId: number;
}

/** To whom a call may be passed on: a colleague or a person of the directory. */
export interface Target {
  extension?: string;
  person_id?: number;
  name: string;
  more?: string;
}

/** Whom the category's hint offers (B9). */
export interface LookUp {
  subject: string;
  region: string;
}

export interface NoticeAction {
  text: string;
  run?: () => unknown;
  href?: string;
}

export interface Notice {
  key: string;
  tone: "bad" | "warn" | "info";
  text: string;
  actions: NoticeAction[];
  closable: boolean;
}

export type Tone = "calm" | "amber" | "red";

/** What is asked of a key of the keyboard, in tests too. */
export type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey"> &
  Partial<Pick<KeyboardEvent, "isComposing" | "repeat">>;

export interface KnownKey {
  action: string;
  shown: string;
  key?: string;
  code?: string;
  ctrl?: boolean;
  alt?: boolean;
  shift?: boolean;
  anyShift?: boolean;
  unlessTyping?: boolean;
}

export as namespace Desk;
