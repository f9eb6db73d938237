// The points as they are given: by number keys, step by step, item by item. Pure: every function gives a new state.

/** A second digit belongs to the first within this time. */
const TWO_DIGITS_MS = 900;

/**
 * state: { items, points, at, typed }. `points`: what the examiner gave, by item; null: it does not apply; absent: not
 * judged, and an automatic item then has what was measured. `at`: index of the item that the keys mean.
 */
export function scoring(items, points = given(items)) {
  return { items, points, at: firstOpen(items, points), typed: null };
}

/** What was given already, of the items as the server has them. */
export function given(items) {
  return Object.fromEntries(items.filter((item) => item.judged).map((item) => [item.id, item.points]));
}

function firstOpen(items, points) {
  const found = items.findIndex((item) => isOpen(item, points));
  return found < 0 ? 0 : found;
}

function isOpen(item, points) {
  return item.kind === "manual" && !(item.id in points);
}

/** Items by hand that nobody has judged. */
export function unjudged(state) {
  return state.items.filter((item) => isOpen(item, state.points));
}

/** What counts of an item now; null: does not apply or not measured, undefined: still to be judged. */
export function pointsOf(state, item) {
  if (item.id in state.points) return state.points[item.id];
  return item.kind === "automatic" ? item.measured : undefined;
}

export function select(state, at) {
  const last = state.items.length - 1;
  return { ...state, at: Math.min(Math.max(at, 0), Math.max(last, 0)), typed: null };
}

export function move(state, by) {
  return select(state, state.at + by);
}

/** The next item after this one that is still to be judged, from the top again; where none is, the next one. */
export function nextOpen(state) {
  const count = state.items.length;
  for (let ahead = 1; ahead <= count; ahead += 1) {
    const at = (state.at + ahead) % count;
    if (isOpen(state.items[at], state.points)) return select(state, at);
  }
  return move(state, 1);
}

export function give(state, points, at = state.at) {
  const item = state.items[at];
  const limited = points === null ? null : Math.min(Math.max(Math.round(points * 2) / 2, 0), item.weight);
  return { ...state, at, points: { ...state.points, [item.id]: limited }, typed: null };
}

/** Back to what was measured, or to not judged. */
export function clear(state, at = state.at) {
  const { [state.items[at].id]: _gone, ...points } = state.points;
  return { ...state, at, points, typed: null };
}

export function step(state, by) {
  const item = state.items[state.at];
  const now = pointsOf(state, item);
  return give(state, (now ?? (by > 0 ? 0 : item.weight + 1)) + by);
}

/**
 * A number key: 7 gives seven points, 1 and then 0 within a moment ten. A number above the item's weight is not
 * taken: `refused` then is the weight.
 */
export function digit(state, pressed, nowMs) {
  const item = state.items[state.at];
  const goesOn = state.typed && state.typed.at === state.at && nowMs - state.typed.ms <= TWO_DIGITS_MS;
  const both = goesOn ? state.typed.number * 10 + pressed : null;
  const number = both !== null && both <= item.weight ? both : pressed;
  if (number > item.weight) return { ...state, typed: null, refused: item.weight };
  return { ...give(state, number), typed: { at: state.at, number, ms: nowMs } };
}

/** The score so far, out of 100 over the items that apply and are judged; null where none is. As the server reckons. */
export function scoreOf(state) {
  const applying = state.items
    .map((item) => [item, pointsOf(state, item)])
    .filter(([, points]) => points !== null && points !== undefined);
  const weight = applying.reduce((sum, [item]) => sum + item.weight, 0);
  if (!weight) return null;
  if (applying.some(([item, points]) => item.fatal && !points)) return 0;
  return Math.round((1000 * applying.reduce((sum, [, points]) => sum + points, 0)) / weight) / 10;
}
