// What the worker does that holds one stream for all tabs of a browser: each is told what comes, as if it were its own.
//
// A tab that opens gets a stream that begins anew, so that nothing that it is told at first was kept and is old; the
// tabs that were there go on from the last id. Ids that a tab has seen decide whether it is told `resumed`.

const CONNECTING = 0;

export class Sharing {
  #source;
  /** @type {Push.Source | null} */
  #upstream = null;
  #from = 0; // the id after which the present stream goes on
  #last = 0; // the last id told
  /** @type {Map<Push.Port, { turn: number, after: number }>} */
  #members = new Map();
  /** @type {Set<Push.Port>} The ports that opened while the present stream was the newest. */
  #asked = new Set();

  /**
   * `source(url)` makes an EventSource.
   * @param {Push.MakeSource} source
   */
  constructor(source) {
    this.#source = source;
  }

  /**
   * A tab listens to `url`, for events with these names, and has seen all up to `after`. `turn`: its own count.
   * @param {Push.Port} port
   * @param {Push.Wanted} given
   */
  open(port, { url, names, after, turn }) {
    if (!this.#members.size) this.#last = after;
    this.#members.set(port, { turn, after });
    // One that is just being opened serves others too, but not the tab that has given up on it.
    if (this.#upstream?.readyState !== CONNECTING || this.#asked.has(port)) this.#renew(url, names);
    this.#asked.add(port);
  }

  /** @param {Push.Port} port */
  close(port) {
    this.#members.delete(port);
    if (this.#members.size) return;
    this.#upstream?.close();
    this.#upstream = null;
  }

  /** @param {string} url @param {string[]} names */
  #renew(url, names) {
    this.#upstream?.close();
    this.#asked.clear();
    this.#from = this.#last;
    const joined = url.includes("?") ? "&" : "?";
    const upstream = this.#source(this.#from ? `${url}${joined}after=${this.#from}` : url);
    this.#upstream = upstream;
    for (const name of names) {
      upstream.addEventListener(name, (event) => upstream === this.#upstream && this.#tell(name, event));
    }
    upstream.addEventListener("error", () => upstream === this.#upstream && this.#lost());
  }

  /** @param {string} name @param {MessageEvent<string>} given */
  #tell(name, { data, lastEventId }) {
    const hello = name === "hello" ? JSON.parse(data) : null;
    for (const [port, { turn, after }] of this.#members) {
      const told = hello ? JSON.stringify({ ...hello, resumed: hello.resumed && after >= this.#from }) : data;
      port.postMessage({ turn, name, data: told, lastEventId });
    }
    this.#remember(hello && !hello.resumed ? hello.last_id : Number.parseInt(lastEventId, 10), name === "reset");
  }

  /** @param {number} id @param {boolean} anew */
  #remember(id, anew) {
    if (!id || (id <= this.#last && !anew)) return;
    this.#last = id;
    for (const member of this.#members.values()) member.after = id;
  }

  /** Each tab opens again by itself, when it thinks fit. */
  #lost() {
    this.#upstream?.close();
    this.#upstream = null;
    for (const [port, { turn }] of this.#members) port.postMessage({ turn, lost: true });
    this.#members.clear();
  }
}
