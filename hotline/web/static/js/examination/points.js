// The points as they are given: by number keys, step by step, item by item. Pure: every function gives a new state.

/** A second digit belongs to the first within this time. */
const TWO_DIGITS_MS = 900;

/**
 * state: { items, points, at, typed }. `points`: what the examiner gave, by item; null: it does not apply; absent: not
 * judged, and an automatic item then has what was measured. `at`: index of the item that the keys mean.
 * @param {Wire.JudgedItemView[]} items
 * @param {Exam.Points} [points]
 * @returns {Exam.Scoring}
 */
export function scoring(items, points = given(items)) {
  return { items, points, at: firstOpen(items, points), typed: null };
}

/**
 * What was given already, of the items as the server has them.
 * @param {Wire.JudgedItemView[]} items
 */
export function given(items) {
  return Object.fromEntries(items.filter((item) => item.judged).map((item) => [item.id, item.points]));
}

/** @param {Wire.JudgedItemView[]} items @param {Exam.Points} points */
function firstOpen(items, points) {
  const found = items.findIndex((item) => isOpen(item, points));
  return found < 0 ? 0 : found;
}

/** @param {Wire.JudgedItemView} item @param {Exam.Points} points */
function isOpen(item, points) {
  return item.kind === "manual" && !(item.id in points);
}

/**
 * Items by hand that nobody has judged.
 * @param {Exam.Scoring} state
 */
export function unjudged(state) {
  return state.items.filter((item) => isOpen(item, state.points));
}

/**
 * What counts of an item now; null: does not apply or not measured, undefined: still to be judged.
 * @param {Exam.Scoring} state
 * @param {Wire.JudgedItemView} item
 */
export function pointsOf(state, item) {
  if (item.id in state.points) return state.points[item.id];
  return item.kind === "automatic" ? item.measured : undefined;
}

/**
 * @param {Exam.Scoring} state
 * @param {number} at
 * @returns {Exam.Scoring}
 */
export function select(state, at) {
  const last = state.items.length - 1;
  return { ...state, at: Math.min(Math.max(at, 0), Math.max(last, 0)), typed: null };
}

/**
 * @param {Exam.Scoring} state
 * @param {number} by
 * @returns {Exam.Scoring}
 */
export function move(state, by) {
  return select(state, state.at + by);
}

/**
 * The next item after this one that is still to be judged, from the top again; where none is, the next one.
 * @param {Exam.Scoring} state
 * @returns {Exam.Scoring}
 */
export function nextOpen(state) {
  const count = state.items.length;
  for (let ahead = 1; ahead <= count; ahead += 1) {
    const at = (state.at + ahead) % count;
    if (isOpen(state.items[at], state.points)) return select(state, at);
  }
  return move(state, 1);
}

/**
 * @param {Exam.Scoring} state
 * @param {number | null} points
 * @param {number} [at]
 * @returns {Exam.Scoring}
 */
export function give(state, points, at = state.at) {
  const item = state.items[at];
  const limited = points === null ? null : Math.min(Math.max(Math.round(points * 2) / 2, 0), item.weight);
  return { ...state, at, points: { ...state.points, [item.id]: limited }, typed: null };
}

/**
 * Back to what was measured, or to not judged.
 * @param {Exam.Scoring} state
 * @param {number} [at]
 * @returns {Exam.Scoring}
 */
export function clear(state, at = state.at) {
  const { [state.items[at].id]: _gone, ...points } = state.points;
  return { ...state, at, points, typed: null };
}

/**
 * @param {Exam.Scoring} state
 * @param {number} by
 * @returns {Exam.Scoring}
 */
export function step(state, by) {
  const item = state.items[state.at];
  const now = pointsOf(state, item);
  return give(state, (now ?? (by > 0 ? 0 : item.weight + 1)) + by);
}

/**
 * A number key: 7 gives seven points, 1 and then 0 within a moment ten. A number above the item's weight is not
 * taken: `refused` then is the weight.
 * @param {Exam.Scoring} state
 * @param {number} pressed
 * @param {number} nowMs
 * @returns {Exam.Scoring}
 */
export function digit(state, pressed, nowMs) {
  const item = state.items[state.at];
  const { typed } = state;
  const both = typed && typed.at === state.at && nowMs - typed.ms <= TWO_DIGITS_MS ? typed.number * 10 + pressed : null;
  const number = both !== null && both <= item.weight ? both : pressed;
  if (number > item.weight) return { ...state, typed: null, refused: item.weight };
  return { ...give(state, number), typed: { at: state.at, number, ms: nowMs } };
}

/**
 * The score so far, out of 100 over the items that apply and are judged; null where none is. As the server reckons.
 * @param {Exam.Scoring} state
 */
export function scoreOf(state) {
  const applying = state.items.flatMap((item) => {
    const points = pointsOf(state, item);
    return points === null || points === undefined ? [] : [{ item, points }];
  });
  const weight = applying.reduce((sum, { item }) => sum + item.weight, 0);
  if (!weight) return null;
  if (applying.some(({ item, points }) => item.fatal && !points)) return 0;
  return Math.round((1000 * applying.reduce((sum, { points }) => sum + points, 0)) / weight) / 10;
}
