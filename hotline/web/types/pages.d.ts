// What the templates give their scripts, as JSON in the page.

/** Of a screen, by key. */
export type Words = Record<string, string>;

/** How the two sides of a recording are called. */
export interface Sides {
  caller: string;
  ours: string;
}

interface Signed {
  csrf_token: string;
}

/** GET /console/summary */
export interface Summary extends Signed {
  extension: string;
  callbacks: number;
  /** Of each line that is closed, why and until when. */
  closed: string[];
  all_closed: boolean;
}

/** A kind of thing that is dialled for: its address is completed by the id. */
export interface DialledKind {
  name: string;
  address: string;
}

export interface ConsoleData extends Summary {
  reader: string;
  settings: { ring_cycle_seconds: number; pause_reasons: Record<string, string>; recording: boolean; dials: boolean };
  dialled: Record<string, DialledKind>;
  words: Words;
  /** Names by id. */
  categories: Record<string, string>;
  /** By category: the subject of the directory. */
  subjects: Record<string, string>;
  /** By what the caller chose: the category. */
  by_menu: Record<string, string>;
}

interface Marks {
  answer_seconds: number;
  answer_rings: number;
  ring_cycle_seconds: number;
  hold_reminder_seconds: number;
}

export interface FloorData extends Marks, Signed {
  reader: string;
  own_extension: string;
  listen_to_calls: boolean;
  words: Words;
}

/** A figure of the day; `good`: whether it is what it is to be, null where nothing is to be reached (yet). */
export interface Figure {
  value: string;
  note: string;
  good: boolean | null;
  title?: string;
}

/** A queue on the floor: `longestSince`, ISO 8601, whoever waits longest. */
export interface QueueShown {
  id: string;
  name: string;
  waiting: number;
  longestSince: string | null;
  ready: number;
  signedIn: number;
}

/** A call on the floor; `goneAt`, milliseconds: when an ended one was told. */
export type CallShown = Wire.LiveCall & { goneAt?: number };

/** A row of a list that changes while somebody looks at it. */
export interface Row<Item> {
  element: Element;
  update(item: Item, now: number): void;
}

export interface WallData extends Marks {
  reader: string;
  version: string;
  words: Words;
}

/** The page of a record, for who writes it here or by a link. */
export interface FormPageData extends Signed {
  form: Wire.FormView;
}

/** parts/call_form.html */
export interface CallFormData {
  words: Words;
  names: Words;
  categories: Wire.CategoryView[];
  /** Its address; "" for who may not see it. */
  directory: string;
  /** What calls are dialled for, by kind. */
  dialled: Record<string, DialledKind>;
}

export interface CallData extends Signed {
  call_id: number;
  sound: Wire.SoundView | null;
  nonce: string;
  names: Sides;
  words: Words;
}

export interface ExaminationData extends Signed {
  sheet: Wire.SheetView;
  nonce: string;
  names: Sides;
  categories: Record<string, string>;
  words: Words;
}

export interface ExamplesData extends Signed {
  names: Sides;
  words: Words;
  /** By example. */
  said: Record<string, Wire.SaidView[]>;
}

/** A row of a chart: figures and, below `<figure>_url`, the addresses of the calls behind them. */
export interface ChartRow {
  name: string;
  automatic: number | null;
  automatic_url: string;
  examined: number | null;
  examined_url: string;
}

export interface WeekRow extends ChartRow {
  passed: number | null;
  passed_url: string;
}

export interface BarRow {
  name: string;
  value: number | null;
  url: string;
}

/** Of the theme, as CSS writes them. */
export type Colours = Record<"text" | "line" | "ground" | "first" | "second" | "third" | "bad", string>;

/** One rule over time: by day or by week. */
export interface RuleData {
  rows: { name: string; rate: number | null; broken: number }[];
  words: Record<"rate" | "broken" | "none", string>;
  red: number;
  yellow: number;
}

export interface QualityData {
  weeks: WeekRow[];
  operators: ChartRow[];
  rules: BarRow[];
  items: BarRow[];
  words: Record<"automatic" | "examined" | "passed" | "breaches" | "percent" | "none", string>;
}

export interface ReportData {
  names: string[];
  series: { name: string; values: (number | null)[] }[];
  stacked: boolean;
  over_time: boolean;
  most: number;
  unit: string;
  none: string;
}

declare global {
  interface Window {
    echarts: typeof import("echarts");
  }
}

export as namespace Page;
