// What the modules of the examiner's page give each other.

export type Side = "caller" | "ours";

/** A word with its side; `index` counts over all words by their begin. */
export interface Word extends Wire.WordView {
  index: number;
}

/** What one side says in one go. */
export interface Bubble {
  side: string;
  start: number;
  end: number;
  words: Word[];
}

/** Of a side's transcript what is shown. */
export interface Transcript {
  side: string;
  state: Wire.TranscriptState;
  words: Wire.WordView[];
}

/** Go to that second; `thenPlay` is true unless said otherwise. */
export type Jump = (second: number, thenPlay?: boolean) => unknown;

/** A mark of the waveform. */
export interface Mark {
  id: string;
  start: number;
  end?: number;
  tone: string;
  label?: string;
}

export type Tone = "bad" | "check" | "fine";

/** By item; null: does not apply. */
export type Points = Record<string, number | null>;

/** The points as they are given. */
export interface Scoring {
  items: Wire.JudgedItemView[];
  points: Points;
  /** Index of the item that the keys mean. */
  at: number;
  /** The digit typed last, that another may follow. */
  typed: { at: number; number: number; ms: number } | null;
  /** The weight of the item, where a larger number was typed. */
  refused?: number;
}

/** What setTimeout gives, in a browser and in node. */
export type Timer = ReturnType<typeof setTimeout> | number;

/** Save the points; gives the examination as it is then. `stale`: the session had ended at the last attempt. */
export type Send = (points: Points, remark: string, version: number, stale: boolean) => Promise<{ version: number }>;

export type Saving = "saved" | "saving" | "waiting" | "away" | "conflict" | "refused" | "signed_out";

/** Of a key of the keyboard what is asked, in tests too. */
export type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey"> &
  Partial<Pick<KeyboardEvent, "isComposing" | "repeat">>;

export as namespace Exam;
