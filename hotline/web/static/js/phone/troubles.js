// Which troubles there are now: each is told when it has lasted as long as its patience, and when it is over.

/**
 * Seconds that a trouble lasts before anybody is bothered with it, by kind or reason.
 * @type {Record<string, number | undefined>}
 */
const PATIENCE = {
  mic_silent: 3,
  silence: 5,
  no_packets: 2,
  poor_network: 3,
};

/** Events: `trouble` {kind, reason, since, over}. */
export class Troubles extends /** @type {Dom.Tells<{ trouble: Sip.Trouble }>} */ (EventTarget) {
  /** @type {Map<string, Sip.Seen & { told: boolean }>} */
  #seen = new Map();

  /** Those that were told and are not over: kind to {kind, reason, since}. */
  get current() {
    return Array.from(this.#seen.values()).filter(({ told }) => told).map(({ kind, reason, since }) => ({ kind, reason, since }));
  }

  /** @param {string} kind */
  has(kind) {
    return Boolean(this.#seen.get(kind)?.told);
  }

  /**
   * Tell of what only happens, and does not last.
   * @param {string} kind
   * @param {string} [reason]
   */
  once(kind, reason = "") {
    this.#tell({ kind, reason, since: new Date() }, false);
  }

  /**
   * Whether there is such a trouble at `now` (a Date).
   * @param {string} kind
   * @param {boolean} there
   * @param {string} [reason]
   * @param {Date} [now]
   */
  note(kind, there, reason = "", now = new Date()) {
    const known = this.#seen.get(kind);
    if (!there) {
      this.#seen.delete(kind);
      if (known?.told) this.#tell(known, true);
      return;
    }
    const entry = known?.reason === reason ? known : { kind, reason, since: now, told: false };
    this.#seen.set(kind, entry);
    if (entry.told || now.getTime() - entry.since.getTime() < (PATIENCE[reason] ?? PATIENCE[kind] ?? 0) * 1000) return;
    entry.told = true;
    this.#tell(entry, false);
  }

  /**
   * The call they belonged to is over.
   * @param {...string} kinds
   */
  clear(...kinds) {
    for (const kind of kinds) this.note(kind, false);
  }

  /** @param {Sip.Seen} given @param {boolean} over */
  #tell({ kind, reason, since }, over) {
    this.dispatchEvent(new CustomEvent("trouble", { detail: { kind, reason, since: since.toISOString(), over } }));
  }
}
