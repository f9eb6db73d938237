// What the helpers that build the page take, and events that carry something.

/** What is null, undefined or false is left out. */
export type Child = Node | string | number | false | null | undefined | Child[];

/** An event of an element that console/dom.js made: of fields where `target` is read. */
export type Heard = Event & { target: HTMLInputElement };

export type Listener = (event: Heard) => unknown;

type Value = string | number | boolean | null | undefined;

/** on…: listeners; others properties or attributes. */
export interface Properties {
  [listener: `on${string}`]: Listener | undefined;
  [name: string]: Value | Listener;
}

/** An EventTarget whose events are known: by name what `detail` holds, `null` where there is none. */
interface Told<Events> extends Omit<EventTarget, "addEventListener" | "removeEventListener"> {
  addEventListener<Name extends keyof Events & string>(name: Name, listener: (event: CustomEvent<Events[Name]>) => unknown): void;
  removeEventListener<Name extends keyof Events & string>(name: Name, listener: (event: CustomEvent<Events[Name]>) => unknown): void;
}

/** EventTarget, to be extended by what tells these events. */
export interface Tells<Events> {
  new (): Told<Events>;
}

export as namespace Dom;
