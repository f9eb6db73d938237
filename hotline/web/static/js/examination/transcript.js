// What was said, running along: bubbles of both sides, the word that sounds marked, a click on a word jumps there.

import { bdi, h } from "../console/dom.js";
import { t } from "../console/words.js";
import { bubblesOf, gap, silenceOf, wordsAt, wordsOf } from "./talk.js";
import { clock } from "./times.js";

const UNSURE = 0.5;

export class TranscriptView {
  /** `jump(second)` is told which second was clicked; `names`: { caller, ours }. */
  constructor(root, transcripts, { names, jump }) {
    Object.assign(this, { root, names, jump });
    this.bubbles = bubblesOf(transcripts);
    this.words = wordsOf(this.bubbles);
    this.elements = [];
    this.current = [];
    root.replaceChildren(...this.#content(transcripts));
    root.addEventListener("click", (event) => {
      const at = event.target.closest("[data-second]");
      if (at && !window.getSelection().toString()) this.jump(Number(at.dataset.second));
    });
    root.addEventListener("pointerdown", () => { this.touched = Date.now(); });
    root.addEventListener("wheel", () => { this.touched = Date.now(); }, { passive: true });
  }

  /** Mark what sounds at that second. */
  hear(second) {
    const now = wordsAt(this.words, second);
    if (now.join() === this.current.join()) return;
    for (const index of this.current) this.elements[index]?.classList.remove("now");
    for (const index of now) this.elements[index]?.classList.add("now");
    this.current = now;
    if (now.length) this.#reveal(this.elements[now[now.length - 1]]);
  }

  #content(transcripts) {
    const why = silenceOf(transcripts);
    if (why) return [this.#note(`transcript.${why}`)];
    const open = transcripts.filter((each) => each.state !== "done");
    const notes = open.map((each) => this.#note(`transcript.side_${each.state}`, { side: this.names[each.side] }));
    if (!this.bubbles.length) notes.push(this.#note("transcript.silent"));
    return [...notes, ...this.bubbles.map((bubble) => this.#bubble(bubble))];
  }

  #note(key, values) {
    return h("p", { class: "said-note text-secondary" }, t(key, values));
  }

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
      h("div", { class: "said-head" }, bdi(this.names[bubble.side]), " ",
        h("button", { type: "button", class: "btn-plain said-time", "data-second": String(bubble.start) }, clock(bubble.start))),
      h("p", { class: "said-words", dir: "auto" }, ...words));
  }

  /** Only within its own box, and not while somebody reads elsewhere in it. */
  #reveal(element) {
    if (!element || Date.now() - (this.touched ?? 0) < 4000) return;
    const [box, word] = [this.root.getBoundingClientRect(), element.getBoundingClientRect()];
    if (word.top < box.top || word.bottom > box.bottom - 24) this.root.scrollTop += word.top - box.top - box.height / 3;
  }
}
