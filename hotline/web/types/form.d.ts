// What the modules of a record give each other.

/** A record as it is shown: that of a call which still rings is not kept anywhere, and has no id. */
export type View = Omit<Wire.FormView, "id" | "updated_by_name"> & { id: number | null; updated_by_name?: string };

/** What is written in a field. */
export type Value = string | number | boolean | null | undefined;

/** A field that here and elsewhere has written: the other value, and whose. */
export interface Conflict {
  theirs: Value;
  by: string;
}

/** Of an Api what a record needs. */
export interface Sender {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: object): Promise<T>;
  put<T>(path: string, body?: object): Promise<T>;
}

export interface Options {
  api: Sender;
  compact?: boolean;
  onSaved?: (view: Wire.FormView) => unknown;
  onDone?: (view: Wire.FormView) => unknown;
  onDirectory?: (wanted: { subject: string; region: string }) => unknown;
  /** Instead of the record's own. */
  paths?: { save: string; done: string };
  /** false: no callback, case, block. */
  actions?: false;
}

/** What js/form.js gives for a record that it shows. */
export type Mounted = ReturnType<typeof import("../static/js/forms/form.js").mountForm>;

/** What a category's hint offers. */
export interface Offers {
  directory?: (category: Wire.CategoryView) => unknown;
  callback?: () => unknown;
  case?: () => unknown;
}

export as namespace Form;
