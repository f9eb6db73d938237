// An EventSource that all tabs of this browser share. Without https a browser opens six connections to a server and no
// more: as many tabs with a stream each, and no other page would load.
//
// Where there are no shared workers each tab has a stream of its own.

const CLOSED = 2;
/** As scripts/build-assets makes it of worker.js beside this. */
const WORKER = "/static/made/kit/stream/worker.js";
/** Part of the worker's name: tabs from before an upgrade keep theirs. Change it with what is said between the two. */
const VERSION = 1;
/** @type {Map<string, Push.SharedPort>} */
const workers = new Map();
let broken = typeof SharedWorker === "undefined";

/**
 * Makes sources for `names` of events; `who`: whose stream it is, for one browser may be used by two people.
 * @param {string[]} names
 * @param {string} who
 * @returns {Push.MakeSource}
 */
export function sources(names, who) {
  return (address) => {
    const url = new URL(address, window.location.href);
    const after = Number(url.searchParams.get("after"));
    url.searchParams.delete("after");
    const port = broken ? null : portOf(url.href, who);
    return port ? new SharedSource(port, { url: url.href, names, after }) : new EventSource(address);
  };
}

/** Of EventSource what the pages use: named events, `error`, readyState, close. */
class SharedSource extends /** @type {Push.Sources} */ (EventTarget) {
  #port;
  #turn;
  /** @param {MessageEvent<Push.Told>} given */
  #take = ({ data }) => {
    if (data.turn !== this.#turn) return;
    if (data.lost) this.#lost();
    else {
      this.readyState = 1;
      this.dispatchEvent(new MessageEvent(data.name, { data: data.data, lastEventId: data.lastEventId }));
    }
  };
  #hide = () => this.#port.postMessage({ close: true });
  /** @param {PageTransitionEvent} given */
  #show = ({ persisted }) => persisted && this.#lost();
  #fail = () => this.#lost();

  /** @param {Push.SharedPort} port @param {Omit<Push.Wanted, "turn">} wanted */
  constructor(port, wanted) {
    super();
    this.readyState = 0;
    this.#port = port;
    this.#turn = port.turn = (port.turn ?? 0) + 1;
    port.addEventListener("message", this.#take);
    port.worker.addEventListener("error", this.#fail);
    addEventListener("pagehide", this.#hide);
    addEventListener("pageshow", this.#show);
    port.postMessage({ open: { ...wanted, turn: this.#turn } });
  }

  close() {
    if (this.readyState === CLOSED) return;
    this.#leave();
    this.#port.postMessage({ close: true });
  }

  #lost() {
    this.#leave();
    this.dispatchEvent(new Event("error"));
  }

  #leave() {
    this.readyState = CLOSED;
    this.#port.removeEventListener("message", this.#take);
    this.#port.worker.removeEventListener("error", this.#fail);
    removeEventListener("pagehide", this.#hide);
    removeEventListener("pageshow", this.#show);
  }
}

/** @param {string} url @param {string} who */
function portOf(url, who) {
  const name = `hotline-${VERSION} ${who} ${url}`;
  if (!workers.has(name)) {
    try {
      const worker = new SharedWorker(WORKER, { name, type: "module" });
      worker.addEventListener("error", () => (broken = true)); // it could not be loaded: then each for itself
      const port = Object.assign(worker.port, { worker });
      port.start();
      workers.set(name, port);
    } catch {
      broken = true;
      return null;
    }
  }
  return workers.get(name);
}
