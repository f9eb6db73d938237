// A shared worker: one for each stream and person, for all tabs of a browser that show them.

import { Sharing } from "./sharing.js";

const sharing = new Sharing((url) => new EventSource(url));

globalThis.addEventListener("connect", (event) => {
  const { ports: [port] } = /** @type {MessageEvent} */ (event);
  port.addEventListener("message", (/** @type {MessageEvent<{ open?: Push.Wanted, close?: true }>} */ { data }) => {
    if (data.open) sharing.open(port, data.open);
    else sharing.close(port);
  });
  port.start();
});
