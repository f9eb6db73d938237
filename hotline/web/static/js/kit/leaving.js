// A session ends when nobody has been there for long, and after so many hours whatever is done in it. Whoever sits
// before the page is told some minutes before; what they typed stays in the page, and is sent once they signed in again.

/** So long before the end it is told, or at half of what is left when the page comes. */
const TOLD_BEFORE_MS = 300_000;
/** While the session is over: as soon as somebody signed in elsewhere in this browser, this page goes on. */
const TRY_AGAIN_MS = 20_000;
/** Nobody types or moves while they talk. */
const TALKS_TOLD_EVERY_MS = 180_000;

/** @typedef {{ left_seconds: number, extends: boolean, csrf_token: string, reader: number }} Left */

export class Leaving {
  /**
   * @param {object} given
   * @param {number} given.leftMs from now
   * @param {number} given.reader whose page it is
   * @param {() => Promise<Left | "over" | null>} given.ask what the server says; null: nothing
   * @param {(state: "soon" | "last" | "over" | "", endsAt: number) => void} given.show
   * @param {(token: string) => void} given.renewed signed in again: the token of that session
   * @param {() => void} given.reload somebody else sits here now
   * @param {() => number} [given.now]
   * @param {(run: () => void, ms: number) => unknown} [given.later]
   */
  constructor({ leftMs, reader, ask, show, renewed, reload, now = Date.now, later = (run, ms) => setTimeout(run, ms) }) {
    this.reader = reader;
    this.ask = ask;
    this.show = show;
    this.renewed = renewed;
    this.reload = reload;
    this.now = now;
    this.later = later;
    this.told = Math.min(TOLD_BEFORE_MS, leftMs / 2);
    this.endsAt = now() + leftMs;
    this.over = false;
    this.turn = 0;
    this.#lookAfter(leftMs - this.told);
  }

  /** It may be over: only the server knows, since other tabs keep it too. */
  get mayBeOver() {
    return this.over || this.now() >= this.endsAt;
  }

  /** @param {number} ms */
  #lookAfter(ms) {
    const turn = ++this.turn;
    this.later(() => turn === this.turn && this.look(), Math.max(ms, 1000));
  }

  /** What is so now is asked and shown; whether the session lasts. */
  async look() {
    const left = await this.ask();
    if (left === null) {
      this.#lookAfter(TRY_AGAIN_MS);
      return !this.mayBeOver;
    }
    if (left === "over") {
      this.over = true;
      this.show("over", this.endsAt);
      this.#lookAfter(TRY_AGAIN_MS);
      return false;
    }
    if (left.reader !== this.reader) {
      this.reload();
      return false;
    }
    this.#lasts(left);
    return true;
  }

  /** @param {Left} left */
  #lasts(left) {
    const ms = left.left_seconds * 1000;
    if (this.over) this.renewed(left.csrf_token);
    this.over = false;
    this.endsAt = this.now() + ms;
    const near = ms <= this.told;
    this.show(near ? (left.extends ? "soon" : "last") : "", this.endsAt);
    this.#lookAfter(near ? ms + 1000 : ms - this.told);
  }
}

/** @returns {Promise<Left | "over" | null>} */
async function asked() {
  const answer = await fetch("/session", { credentials: "same-origin", cache: "no-store", headers: { "X-By-Itself": "1" } }).catch(() => null);
  if (!answer) return null;
  if (answer.redirected || answer.status === 401) return "over";
  return answer.ok ? answer.json() : null;
}

/** @param {HTMLElement} place */
function start(place) {
  const text = /** @type {HTMLElement} */ (place.querySelector("[data-leaving-text]"));
  const stay = /** @type {HTMLElement} */ (place.querySelector("[data-leaving-stay]"));
  const again = /** @type {HTMLElement} */ (place.querySelector("[data-leaving-again]"));
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" });
  // The console says itself that it is signed out, with what becomes of the call.
  const saysItself = document.querySelector("#console") !== null;

  const leaving = new Leaving({
    leftMs: Number(place.dataset.left) * 1000,
    reader: Number(place.dataset.reader),
    ask: asked,
    show: (state, endsAt) => {
      const shown = state === "over" && saysItself ? "" : state;
      const words = { soon: place.dataset.soon, last: place.dataset.last, over: place.dataset.over, "": "" }[shown] ?? "";
      const said = words.replace("{time}", clock.format(endsAt));
      if (text.textContent !== said) text.textContent = said;
      stay.hidden = shown !== "soon";
      again.hidden = shown === "soon";
      place.hidden = shown === "";
    },
    renewed: (token) => {
      for (const field of document.querySelectorAll("input[name=csrf_token]")) /** @type {HTMLInputElement} */ (field).value = token;
      document.dispatchEvent(new CustomEvent("session-renewed", { detail: token }));
    },
    reload: () => window.location.reload(),
  });

  async function active() {
    await fetch("/active", { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    await leaving.look();
  }
  stay.addEventListener("click", active);
  // Whoever types or clicks while it is told that they are not there, is there.
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => !stay.hidden && !place.hidden && active(), { passive: true });
  let talkToldAt = 0;
  document.addEventListener("talking", () => {
    if (leaving.over || Date.now() - talkToldAt < TALKS_TOLD_EVERY_MS) return;
    talkToldAt = Date.now();
    active();
  });
  document.addEventListener("session-asked", () => leaving.look());
  const back = () => !document.hidden && leaving.mayBeOver && leaving.look();
  window.addEventListener("focus", back);
  document.addEventListener("visibilitychange", back);

  document.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.defaultPrevented || !leaving.mayBeOver) return;
    event.preventDefault();
    event.stopPropagation();
    if (await leaving.look()) form.requestSubmit(/** @type {HTMLElement | null} */ (event.submitter));
    else place.querySelector("a")?.focus();
  }, { capture: true });
}

if (typeof document !== "undefined") {
  const place = document.querySelector("#leaving");
  if (place instanceof HTMLElement) start(place);
}
