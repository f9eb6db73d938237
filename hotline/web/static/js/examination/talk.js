// What was said, both sides merged by time. Pure.

/** A pause so long begins a new bubble; one so long does if the other side begins to speak in it. */
const PAUSE_SECONDS = 1.5;
const TURN_SECONDS = 0.5;

/**
 * Bubbles in the order of their begin: { side, start, end, words: [{ text, start, end, confidence, index }] }. Who
 * speaks on while the other side speaks too keeps one bubble; `index` counts over all words by their begin.
 * @param {Exam.Transcript[]} transcripts
 */
export function bubblesOf(transcripts) {
  const words = transcripts
    .flatMap((transcript) => transcript.words.map((word) => ({ ...word, side: transcript.side })))
    .sort((one, other) => one.start - other.start || one.end - other.end);
  /** @type {Exam.Bubble[]} */
  const bubbles = [];
  /** @type {Map<string, Exam.Bubble>} Each side's latest bubble. */
  const latest = new Map();
  words.forEach(({ side, ...word }, index) => {
    const own = latest.get(side);
    const others = [...latest.values()].filter((bubble) => bubble.side !== side);
    if (own && goesOn(own, word, others)) {
      own.words.push({ ...word, index });
      own.end = Math.max(own.end, word.end);
      return;
    }
    const begun = { side, start: word.start, end: word.end, words: [{ ...word, index }] };
    latest.set(side, begun);
    bubbles.push(begun);
  });
  return bubbles;
}

/** @param {Exam.Bubble} own @param {Wire.WordView} word @param {Exam.Bubble[]} others */
function goesOn(own, word, others) {
  const pause = word.start - own.end;
  if (pause > PAUSE_SECONDS) return false;
  return pause < TURN_SECONDS || !others.some((bubble) => bubble.start >= own.end);
}

/**
 * In the order of their begin.
 * @param {Exam.Bubble[]} bubbles
 */
export function wordsOf(bubbles) {
  return bubbles
    .flatMap((bubble) => bubble.words.map((word) => ({ ...word, side: bubble.side })))
    .sort((one, other) => one.index - other.index);
}

/** How far behind the present word others may still be sounding: both sides may talk at once. */
const LOOK_BACK = 8;

/**
 * The words sounding at that second, by their index; `words` by their begin.
 * @param {Exam.Word[]} words
 * @param {number} second
 */
export function wordsAt(words, second) {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle].start <= second) low = middle + 1;
    else high = middle;
  }
  return words.slice(Math.max(low - LOOK_BACK, 0), low).filter((word) => second < word.end).map((word) => word.index);
}

/**
 * A blank between words that are written with letters; Chinese has none.
 * @param {string} before
 * @param {string} after
 */
export function gap(before, after) {
  return before && /[\w.,!?]$/.test(before) && /^\w/.test(after) ? " " : "";
}

/**
 * Why nothing is to be read of a side: its code for the words; "" where there is something, or nobody said anything.
 * @param {Pick<Exam.Transcript, "state">[]} transcripts
 */
export function silenceOf(transcripts) {
  if (!transcripts.length) return "none";
  if (transcripts.some((each) => each.state === "done")) return "";
  return transcripts.some((each) => each.state === "pending") ? "pending" : "failed";
}
