// The calls of this operator, kept from what the server pushes. Pure: every function gives a new list.
//
// An entry is {call: LiveCall, mine, by, pop, at}: `mine` says what the call is to this operator, `at` (milliseconds)
// when it became so.

/** Calls that go on at this operator's phone. */
const LIVE = ["ringing", "talking", "holding", "asked", "barged_in", "calling"];
/** What ends as nothing of ours. */
const PASSING = ["asked", "barged_in", "calling"];
/** Calls that were offered and are no longer: shown for a while as what they became. */
const GONE = ["taken", "left", "offered_no_more"];

export const GONE_SHOWN_SECONDS = 90;

/** @param {Desk.Entry} entry */
export const isLive = (entry) => LIVE.includes(entry.mine);
/** @param {Desk.Entry} entry */
export const isGone = (entry) => GONE.includes(entry.mine);
/** @param {Desk.Entry} entry */
export const isTalk = (entry) => entry.mine === "talking" || entry.mine === "holding";
/**
 * Somebody is spoken with at this phone: a caller, a colleague who asks, or both where we have barged in.
 * @param {Desk.Entry} entry
 */
export const isSpoken = (entry) => isTalk(entry) || entry.mine === "asked" || entry.mine === "barged_in";

/**
 * Take in one pushed `call`. What is not this operator's (any more) leaves the list.
 * @param {Desk.Entry[]} entries
 * @param {Push.Call} pushed
 * @param {number} now
 */
export function withCall(entries, pushed, now) {
  const id = pushed.call.call_id;
  const known = entries.find((entry) => entry.call.call_id === id);
  const others = entries.filter((entry) => entry !== known);
  const mine = pushed.call.is_test && pushed.mine === "ended" ? null : become(known, pushed.mine); // no record is left to be done
  if (!mine) return others;
  const entry = {
    call: pushed.call,
    mine,
    by: pushed.by ?? (known && known.mine === mine ? known.by : null),
    pop: merged(known?.pop, pushed.pop),
    at: known && known.mine === mine ? known.at : now,
    hadTalk: Boolean(known?.hadTalk) || mine === "talking" || mine === "holding",
  };
  return [...others, entry].sort(inOrder);
}

/**
 * The pop comes with the first event of a call and again with a transfer: later ones are kept over earlier ones.
 * @param {Wire.Pop | null | undefined} before
 * @param {Wire.Pop | null | undefined} pushed
 */
function merged(before, pushed) {
  return pushed ?? before ?? null;
}

/**
 * A call that was never talked to at this phone ends as left or taken, not as one of ours; one about which a colleague
 * asked or on which we barged in is nothing of ours any more, nor is one that we dialled: its own card says how it went.
 * @param {Desk.Entry | undefined} known
 * @param {Wire.Mine | null} mine
 */
function become(known, mine) {
  if (mine === "ended" && known && PASSING.includes(known.mine) && !known.hadTalk) return null;
  if (mine === "ended" && known && !known.hadTalk) return isGone(known) ? known.mine : "left";
  return mine;
}

/** @param {Desk.Entry} a @param {Desk.Entry} b */
function inOrder(a, b) {
  /** @param {Desk.Entry} entry */
  const rank = (entry) => (isSpoken(entry) ? 0 : entry.mine === "ringing" || entry.mine === "calling" ? 1 : entry.mine === "ended" ? 2 : 3);
  return rank(a) - rank(b) || a.call.arrived_at?.localeCompare?.(b.call.arrived_at ?? "") || a.at - b.at;
}

/**
 * What GET /console/calls says is all there is; what has gone in the meantime stays to be seen.
 * @param {Desk.Entry[]} entries
 * @param {Push.Call[]} present
 * @param {number} now
 */
export function replaced(entries, present, now) {
  const kept = entries.filter((entry) => isGone(entry) || entry.mine === "ended");
  return present.reduce((list, pushed) => withCall(list, pushed, now), kept);
}

/** @param {Desk.Entry[]} entries @param {number} callId */
export function without(entries, callId) {
  return entries.filter((entry) => entry.call.call_id !== callId);
}

/**
 * Gone calls are cleared after a while; ended ones stay until their record is done or another call comes.
 * @param {Desk.Entry[]} entries
 * @param {number} now
 */
export function expired(entries, now) {
  const kept = entries.filter((entry) => !isGone(entry) || now - entry.at < GONE_SHOWN_SECONDS * 1000);
  return kept.length === entries.length ? entries : kept;
}

/**
 * The call at this phone: the one that is spoken in, else the one that rings longest.
 * @param {Desk.Entry[]} entries
 */
export function current(entries) {
  return entries.find(isSpoken) ?? entries.find((entry) => entry.mine === "ringing") ?? null;
}

/**
 * The one that this operator dials, while nobody talks yet.
 * @param {Desk.Entry[]} entries
 */
export function dialled(entries) {
  return entries.find((entry) => entry.mine === "calling") ?? null;
}

/** @param {Desk.Entry[]} entries @param {number} callId */
export function byId(entries, callId) {
  return entries.find((entry) => entry.call.call_id === callId) ?? null;
}

/**
 * The ring of this operator's own phone in a call.
 * @param {Desk.Entry} entry
 * @param {string} extension
 */
export function ownRing(entry, extension) {
  return entry.call.ringing?.find((ring) => ring.extension === extension) ?? null;
}
