// The bell in the head of every page: how many notifications are unread, as the server pushes it to all open pages.

import { sources } from "../kit/stream/source.js";
import { NAMES, Stream } from "../operators/stream.js";

const MOST = 99;

/** @param {HTMLElement} place @param {number} unread */
export function ring(place, unread) {
  place.hidden = unread === 0;
  place.dataset.unread = String(unread);
  place.textContent = unread > MOST ? `${MOST}+` : String(unread);
}

/** @param {HTMLElement} bell @param {HTMLElement} count */
function start(bell, count) {
  /** What was pushed while the number was asked for is newer than the answer. */
  let told = 0;
  const ask = async () => {
    const before = told;
    const answer = await fetch("/api/v1/notifications/unread", { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    const { unread } = await answer.json();
    if (told === before) ring(count, unread);
  };
  /** @type {Stream} */
  const stream = new Stream({
    url: "/api/v1/notifications/events",
    source: sources(NAMES, bell.dataset.reader ?? ""),
    probe: () => Promise.resolve(),
    connection: () => undefined,
    handlers: {
      // The page came with the number of then.
      hello: ({ resumed, last_id: until }) => (resumed || String(until) === bell.dataset.until ? undefined : ask()),
      reset: ask,
      bell: ({ unread }) => {
        told += 1;
        ring(count, unread);
      },
      session: () => {
        stream.stop();
        document.dispatchEvent(new Event("session-asked"));
      },
    },
  });
  stream.start();
  window.addEventListener("online", () => stream.again());
}

if (typeof document !== "undefined") {
  const bell = document.querySelector("#bell");
  const count = document.querySelector("#bell-count");
  if (bell instanceof HTMLElement && count instanceof HTMLElement) start(bell, count);
}
