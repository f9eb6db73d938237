// One phone an operator and browser: of several tabs only one is the phone. The browser itself keeps who it is (Web
// Locks), so that a tab that closes, crashes or is reloaded gives it up whatever happens.

/** A page that is being reloaded gives its lock up within this; longer means another tab. */
const PATIENCE_MS = 1500;

/** Events: `held` (this tab is the phone), `elsewhere` (another one is), `taken` (another one has taken over). */
export class OneTab extends /** @type {Dom.Tells<{ held: null, elsewhere: null, taken: null }>} */ (EventTarget) {
  #name;
  /** @type {AbortController | null} */
  #waiting = null;
  /** @type {((value?: unknown) => void) | null} */
  #release = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} name */
  constructor(name) {
    super();
    this.#name = name;
    this.held = false;
  }

  /** Become the phone now or as soon as the tab that is it goes away. */
  start() {
    // Without Web Locks (no https) the browser gives no microphone either: there is no phone to share.
    if (!navigator.locks) return this.#have();
    this.#wait();
    this.#timer = setTimeout(() => this.held || this.#tell("elsewhere"), PATIENCE_MS);
  }

  /** Become the phone at once; the tab that was it is told. */
  takeOver() {
    if (this.held || !navigator.locks) return;
    this.#waiting?.abort();
    this.#ask({ steal: true });
  }

  stop() {
    clearTimeout(this.#timer);
    this.#waiting?.abort();
    this.held = false;
    this.#release?.();
  }

  #wait() {
    this.#waiting = new AbortController();
    this.#ask({ signal: this.#waiting.signal });
  }

  /** @param {LockOptions} options */
  #ask(options) {
    const holding = () => new Promise((release) => {
      this.#release = release;
      this.#have();
    });
    navigator.locks.request(this.#name, options, holding).catch((error) => this.#refused(error));
  }

  #have() {
    clearTimeout(this.#timer);
    this.held = true;
    this.#tell("held");
  }

  /**
   * Given up by ourselves, or stolen from us: then wait for it to come back.
   * @param {Error} error
   */
  #refused(error) {
    if (error.name !== "AbortError") throw error;
    if (!this.held) return;
    this.held = false;
    this.#release = null;
    this.#tell("taken");
    this.#wait();
  }

  /** @param {string} name */
  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
