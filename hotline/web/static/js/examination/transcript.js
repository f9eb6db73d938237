// What was said, running along: bubbles of both sides, the word that sounds marked, a click on a word jumps there.

import { targetOf, bdi, h } from "../operators/dom.js";
import { t } from "../operators/words.js";
import { bubblesOf, gap, silenceOf, wordsAt, wordsOf } from "./talk.js";
import { clock } from "./times.js";

const UNSURE = 0.5;

export class TranscriptView {
  /**
   * `jump(second)` is told which second was clicked; `names`: { caller, ours }.
   * @param {HTMLElement} root
   * @param {Exam.Transcript[]} transcripts
   * @param {{names: Page.Sides, jump: Exam.Jump}} given
   */
  constructor(root, transcripts, { names, jump }) {
    this.root = root;
    this.names = names;
    this.jump = jump;
    this.bubbles = bubblesOf(transcripts);
    this.words = wordsOf(this.bubbles);
    /** @type {HTMLElement[]} By the index of their word. */
    this.elements = [];
    /** @type {number[]} The words that sound. */
    this.current = [];
    root.replaceChildren(...this.#content(transcripts));
    root.addEventListener("click", (event) => {
      const at = /** @type {HTMLElement | null} */ (targetOf(event).closest("[data-second]"));
      if (at && !window.getSelection()?.toString()) this.jump(Number(at.dataset.second));
    });
    root.addEventListener("pointerdown", () => { this.touched = Date.now(); });
    root.addEventListener("wheel", () => { this.touched = Date.now(); }, { passive: true });
  }

  /**
   * Mark what sounds at that second.
   * @param {number} second
   */
  hear(second) {
    const now = wordsAt(this.words, second);
    if (now.join() === this.current.join()) return;
    for (const index of this.current) this.elements[index]?.classList.remove("now");
    for (const index of now) this.elements[index]?.classList.add("now");
    this.current = now;
    if (now.length) this.#reveal(this.elements[now[now.length - 1]]);
  }

  /** @param {Exam.Transcript[]} transcripts */
  #content(transcripts) {
    const why = silenceOf(transcripts);
    if (why) return [this.#note(`transcript.${why}`)];
    const open = transcripts.filter((each) => each.state !== "done");
    const notes = open.map((each) => this.#note(`transcript.side_${each.state}`, { side: nameOf(this.names, each.side) }));
    if (!this.bubbles.length) notes.push(this.#note("transcript.silent"));
    return [...notes, ...this.bubbles.map((bubble) => this.#bubble(bubble))];
  }

  /** @param {string} key @param {Record<string, string>} [values] */
  #note(key, values) {
    return h("p", { class: "said-note text-secondary" }, t(key, values));
  }

  /** @param {Exam.Bubble} bubble */
  #bubble(bubble) {
    const words = [];
    let before = "";
    for (const word of bubble.words) {
      const element = h("span", { class: `word${word.confidence < UNSURE ? " unsure" : ""}`, "data-second": String(word.start) }, word.text);
      this.elements[word.index] = element;
      words.push(gap(before, word.text), element);
      before = word.text;
    }
    return h("div", { class: `said said-${bubble.side}` },
      h("div", { class: "said-head" }, bdi(nameOf(this.names, bubble.side)), " ",
        h("button", { type: "button", class: "btn-plain said-time", "data-second": String(bubble.start) }, clock(bubble.start))),
      h("p", { class: "said-words", dir: "auto" }, ...words));
  }

  /**
   * Only within its own box, and not while somebody reads elsewhere in it.
   * @param {HTMLElement} element
   */
  #reveal(element) {
    if (!element || Date.now() - (this.touched ?? 0) < 4000) return;
    const [box, word] = [this.root.getBoundingClientRect(), element.getBoundingClientRect()];
    if (word.top < box.top || word.bottom > box.bottom - 24) this.root.scrollTop += word.top - box.top - box.height / 3;
  }
}

/** @param {Page.Sides} names @param {string} side */
const nameOf = (names, side) => (side === "caller" ? names.caller : names.ours);
