// Somebody's own day, kept fresh on a page that stands open.

/** At most so often, whatever is pushed. */
const LEAST_MS = 5_000;

export class OwnDay {
  /**
   * `beside`: what is clicked opens in another tab, since this page must not be left.
   * @param {HTMLElement} place @param {string} url @param {{ beside?: boolean, clock?: () => number }} [how]
   */
  constructor(place, url, { beside = false, clock = () => Date.now() } = {}) {
    this.place = place;
    this.url = url;
    this.beside = beside;
    this.clock = clock;
    this.shown = "";
    this.asked = -Infinity;
    if (place.childElementCount) this.#came();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
  }

  /** Soon; several wishes at once are one question. */
  refresh() {
    if (this.waiting !== undefined) return;
    const wait = Math.max(this.asked + LEAST_MS - this.clock(), 0);
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      void this.#ask();
    }, wait);
  }

  /** The page brought it along. */
  #came() {
    this.asked = this.clock();
    this.#lead(this.place);
  }

  /** @param {HTMLElement} within */
  #lead(within) {
    if (this.beside) for (const link of within.querySelectorAll("a")) Object.assign(link, { target: "_blank", rel: "noopener" });
  }

  async #ask() {
    if (document.visibilityState !== "visible" || !this.place.isConnected) return;
    this.asked = this.clock();
    try {
      const answer = await fetch(this.url, { credentials: "same-origin", cache: "no-store", headers: { "X-By-Itself": "1" } });
      if (!answer.ok || answer.redirected) return;
      this.#show(await answer.text());
    } catch {
      // The page says by itself that the server is away; what was there stays.
    }
  }

  /** @param {string} html as our own template makes it */
  #show(html) {
    if (html === this.shown) return;
    this.shown = html;
    const fresh = new DOMParser().parseFromString(html, "text/html").body;
    this.#lead(fresh);
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const focused = active && this.place.contains(active) ? active.getAttribute("href") : null;
    this.place.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    if (focused) [...this.place.querySelectorAll("a")].find((each) => each.getAttribute("href") === focused)?.focus();
  }
}
