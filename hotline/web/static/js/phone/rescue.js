// Brings a call through a failure of the network: the WebSocket, the way of the sound, or both.

/** A way of the sound that has broken off often comes back by itself within this. */
const HEALS_MS = 3000;
/** Asterisk ends a call after 30 s without sound from us; by then there is nothing to come back to. */
const GONE_MS = 45000;

/** Event: `gone`: it did not come back. Troubles: network_lost, and at its end network_back. */
export class Rescue extends EventTarget {
  #talk = null;
  #registered = false;
  #troubles;
  #heal = 0;
  #gone = 0;

  constructor(troubles) {
    super();
    this.#troubles = troubles;
  }

  /** Look after this call; null: there is none any more. */
  follow(talk) {
    this.#talk = talk;
    clearTimeout(this.#heal);
    talk?.addEventListener("ice", () => this.#talk === talk && this.#iceChanged());
    this.#look();
  }

  lineIs(registered) {
    this.#registered = registered;
    if (registered) this.#refresh();
    this.#look();
  }

  #iceChanged() {
    clearTimeout(this.#heal);
    const state = this.#talk.ice;
    if (state === "disconnected") this.#heal = setTimeout(() => this.#refresh(), HEALS_MS);
    if (state === "failed") this.#refresh();
    this.#look();
  }

  /** After another WebSocket Asterisk must learn where we are; a way of the sound that is broken is sought anew. */
  async #refresh() {
    const talk = this.#talk;
    if (!talk?.confirmed || !this.#registered) return;
    await talk.refresh(talk.broken);
    if (this.#talk === talk && talk.broken) this.#heal = setTimeout(() => this.#refresh(), HEALS_MS);
    this.#look();
  }

  #look() {
    const lost = Boolean(this.#talk) && (!this.#registered || this.#talk.broken);
    const before = this.#troubles.has("network_lost");
    if (lost === before) return;
    this.#troubles.note("network_lost", lost);
    clearTimeout(this.#gone);
    if (lost) this.#gone = setTimeout(() => this.dispatchEvent(new Event("gone")), GONE_MS);
    else if (this.#talk) this.#troubles.once("network_back");
  }
}
