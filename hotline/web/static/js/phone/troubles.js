// Which troubles there are now: each is told when it has lasted as long as its patience, and when it is over.

/** Seconds that a trouble lasts before anybody is bothered with it. */
const PATIENCE = {
  mic_silent: 3,
  no_sound_from_caller: 5,
  poor_network: 3,
};

/** Events: `trouble` {kind, reason, since, over}. */
export class Troubles extends EventTarget {
  #seen = new Map();

  /** Those that were told and are not over: kind to {kind, reason, since}. */
  get current() {
    return Array.from(this.#seen.values()).filter(({ told }) => told).map(({ kind, reason, since }) => ({ kind, reason, since }));
  }

  /** Whether there is such a trouble at `now` (a Date). */
  note(kind, there, reason = "", now = new Date()) {
    const known = this.#seen.get(kind);
    if (!there) {
      this.#seen.delete(kind);
      if (known?.told) this.#tell(known, true);
      return;
    }
    const entry = known?.reason === reason ? known : { kind, reason, since: now, told: false };
    this.#seen.set(kind, entry);
    if (entry.told || now - entry.since < (PATIENCE[kind] ?? 0) * 1000) return;
    entry.told = true;
    this.#tell(entry, false);
  }

  /** The call they belonged to is over. */
  clear(...kinds) {
    for (const kind of kinds) this.note(kind, false);
  }

  #tell({ kind, reason, since }, over) {
    this.dispatchEvent(new CustomEvent("trouble", { detail: { kind, reason, since: since.toISOString(), over } }));
  }
}
