// What was said, both sides merged by time. Pure.

/** A pause so long begins a new bubble. */
const PAUSE_SECONDS = 1.5;

/**
 * Bubbles in the order of their time: { side, start, end, words: [{ text, start, end, confidence, index }] }. A side's
 * words stay together until the other side speaks or a long pause comes; `index` counts over all words by their begin.
 */
export function bubblesOf(transcripts) {
  const words = transcripts
    .flatMap((transcript) => transcript.words.map((word) => ({ ...word, side: transcript.side })))
    .sort((one, other) => one.start - other.start || one.end - other.end);
  const bubbles = [];
  words.forEach((word, index) => {
    const last = bubbles[bubbles.length - 1];
    const joins = last && last.side === word.side && word.start - last.end <= PAUSE_SECONDS;
    const { side, ...kept } = word;
    if (joins) {
      last.words.push({ ...kept, index });
      last.end = Math.max(last.end, word.end);
    } else {
      bubbles.push({ side, start: word.start, end: word.end, words: [{ ...kept, index }] });
    }
  });
  return bubbles;
}

export function wordsOf(bubbles) {
  return bubbles.flatMap((bubble) => bubble.words.map((word) => ({ ...word, side: bubble.side })));
}

/** How far behind the present word others may still be sounding: both sides may talk at once. */
const LOOK_BACK = 8;

/** The words sounding at that second, by their index; `words` by their begin. */
export function wordsAt(words, second) {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle].start <= second) low = middle + 1;
    else high = middle;
  }
  return words.slice(Math.max(low - LOOK_BACK, 0), low).filter((word) => second < word.end).map((word) => word.index);
}

/** A blank between words that are written with letters; Chinese has none. */
export function gap(before, after) {
  return before && /[\w.,!?]$/.test(before) && /^\w/.test(after) ? " " : "";
}

/** Why nothing is to be read of a side: its code for the words; "" where there is something, or nobody said anything. */
export function silenceOf(transcripts) {
  if (!transcripts.length) return "none";
  if (transcripts.some((each) => each.state === "done")) return "";
  return transcripts.some((each) => each.state === "pending") ? "pending" : "failed";
}
