// What the server pushes (docs/events.md), and the streams that bring it.

export interface Hello {
  server_time: string;
  last_id: number;
  resumed: boolean;
}

export interface Call {
  call: Wire.LiveCall;
  /** What the call is to this operator; null: nothing any more. */
  mine: Wire.Mine | null;
  /** Who took it; of what is fetched nobody is told. */
  by?: { extension: string; name: string } | null;
  pop: Wire.Pop | null;
}

export interface Form {
  form_id: number;
  owner: string;
  state: Wire.FormState;
  version: number;
  linkedid: string;
}

export interface Session {
  ended: boolean;
  why: string;
}

/** How many notifications are unread. */
export interface Bell {
  unread: number;
}

/** By the event's name. */
export interface Handlers {
  hello?: (hello: Hello) => unknown;
  call?: (call: Call) => unknown;
  operator?: (operator: Wire.OperatorView) => unknown;
  form?: (form: Form) => unknown;
  session?: (session: Session) => unknown;
  reset?: () => unknown;
  line?: () => unknown;
  bell?: (bell: Bell) => unknown;
  dial?: (dial: Wire.DialView) => unknown;
  crowded?: undefined;
}

/** Of an EventSource what is used of it. */
export interface Source {
  readonly readyState: number;
  addEventListener(name: string, take: (event: MessageEvent<string>) => unknown): void;
  close(): void;
}

/** EventTarget, to be extended by what is a Source. */
export interface Sources {
  new (): Omit<EventTarget, "addEventListener"> & Pick<Source, "addEventListener">;
}

/** The worker's port, with the worker that it belongs to, and how many streams this tab had of it. */
export interface SharedPort extends MessagePort {
  worker: SharedWorker;
  turn?: number;
}

export type MakeSource = (url: string) => Source;

/** How the stream is. */
export type Connection = "connecting" | "open" | "lost";

/** What a tab asks the worker for that holds the stream of all tabs. */
export interface Wanted {
  url: string;
  names: string[];
  /** The last id that the tab has seen. */
  after: number;
  /** The tab's own count of its streams. */
  turn: number;
}

/** What the worker tells a tab. */
export type Told = { turn: number; lost: true } | { turn: number; lost?: undefined; name: string; data: string; lastEventId: string };

/** A tab as the worker knows it. */
export interface Port {
  postMessage(told: Told): void;
}

export as namespace Push;
