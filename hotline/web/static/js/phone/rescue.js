// Brings a call through a failure of the network: the WebSocket, the way of the sound, or both.

/**
 * @import { Conversation } from "./conversation.js"
 * @import { Line } from "./line.js"
 * @import { Troubles } from "./troubles.js"
 */

/** A way of the sound that has broken off often comes back by itself within this. */
const HEALS_MS = 3000;
/** Asterisk ends a call after 30 s without sound from us; by then there is nothing to come back to. */
const GONE_MS = 45000;

/**
 * Events: `gone`: it did not come back; `stuck`: the network is back, but Asterisk and we do not agree any more on how
 * the sound goes. Troubles: network_lost, and at its end network_back.
 */
export class Rescue extends /** @type {Dom.Tells<{ gone: null, stuck: null }>} */ (EventTarget) {
  /** @type {Line | null} */
  #line = null;
  /** @type {Conversation | null} */
  #talk = null;
  #troubles;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #heal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #gone;

  /** @param {Troubles} troubles */
  constructor(troubles) {
    super();
    this.#troubles = troubles;
  }

  /**
   * Over this line from now on.
   * @param {Line} line
   */
  use(line) {
    this.#line = line;
    line.addEventListener("state", () => this.#line === line && this.#lineChanged());
  }

  /**
   * Look after this call; null: there is none any more.
   * @param {Conversation | null} talk
   */
  follow(talk) {
    this.#talk = talk;
    clearTimeout(this.#heal);
    talk?.addEventListener("ice", () => this.#talk === talk && this.#iceChanged());
    this.#look();
  }

  #lineChanged() {
    if (this.#line?.registered) this.#refresh();
    this.#look();
  }

  #iceChanged() {
    clearTimeout(this.#heal);
    if (this.#talk?.broken) this.#heal = setTimeout(() => this.#mend(), this.#talk.ice === "failed" ? 0 : HEALS_MS);
    this.#look();
  }

  /** Seek another way of the sound, but not while nothing passes at all: then the line will come back first. */
  async #mend() {
    const talk = this.#talk;
    const answers = await this.#line?.answers();
    if (this.#talk === talk && talk?.broken && answers) await this.#refresh();
  }

  /** After another WebSocket Asterisk must learn where we are; a way of the sound that is broken is sought anew. */
  async #refresh() {
    const talk = this.#talk;
    if (!talk?.confirmed) return;
    clearTimeout(this.#heal);
    const line = this.#line;
    const done = await talk.refresh(talk.broken);
    if (this.#talk !== talk || this.#line !== line || !line?.registered) return;
    if (!done) this.dispatchEvent(new Event("stuck"));
    else if (talk.broken) this.#heal = setTimeout(() => this.#mend(), HEALS_MS);
    this.#look();
  }

  #look() {
    const lost = this.#talk !== null && (!this.#line?.registered || this.#talk.broken);
    if (lost === this.#troubles.has("network_lost")) return;
    this.#troubles.note("network_lost", lost);
    clearTimeout(this.#gone);
    if (lost) this.#gone = setTimeout(() => this.dispatchEvent(new Event("gone")), GONE_MS);
    else if (this.#talk) this.#troubles.once("network_back");
  }
}
