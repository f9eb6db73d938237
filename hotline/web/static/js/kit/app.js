// Small comforts; every page works without them.
(function () {
  "use strict";

  /** @param {Event} event */
  const elementOf = (event) => /** @type {HTMLElement} */ (event.target);

  // A page that answers a form is nothing to come back to: the browser would ask whether to send the form again. In its
  // place in the history stands the page that had the form.
  if ("posted" in document.body.dataset && document.referrer) {
    const from = new URL(document.referrer);
    if (from.origin === window.location.origin) window.history.replaceState(null, "", from);
  }

  // A row of a table leads to its page by a click anywhere, unless text is being selected or a control was meant.
  document.addEventListener("click", function (event) {
    const row = /** @type {HTMLElement | null} */ (elementOf(event).closest("tr[data-href]"));
    if (!row || elementOf(event).closest("a, button, input, select, label, summary, audio")) return;
    if (window.getSelection()?.toString()) return;
    window.location.assign(row.dataset.href ?? "");
  });

  // What renews itself waits while somebody stands in it: focus, a selection, an open detail or sound would be lost.
  document.addEventListener("htmx:beforeRequest", function (event) {
    const part = event.target;
    if (!(part instanceof Element) || !part.hasAttribute("data-live")) return;
    const selection = window.getSelection();
    const selected = selection?.toString() && part.contains(selection.anchorNode);
    const playing = Array.from(part.querySelectorAll("audio")).some((audio) => !audio.paused);
    const busy = part.contains(document.activeElement) || part.querySelector("details[open]") || selected || playing;
    if (busy || document.hidden) event.preventDefault();
  });

  // A session that has ended answers with the sign-in page: go there instead of showing it inside this one.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const { detail } = /** @type {CustomEvent<import("htmx.org").HtmxBeforeSwapDetails>} */ (event);
    const target = new URL(detail.xhr.responseURL, window.location.href);
    if (target.pathname !== new URL(detail.pathInfo.requestPath, window.location.href).pathname) {
      detail.shouldSwap = false;
      window.location.assign(target.href);
    }
  });

  // On a telephone the rows of a table stand below each other (hotline.css): each cell says which column it is of, and
  // one with nothing in it takes no line.
  function labelCells() {
    for (const table of document.querySelectorAll("table.stacked")) {
      const heads = Array.from(table.querySelectorAll("thead th"), (head) => (head.querySelector(".visually-hidden") ? "" : head.textContent.trim()));
      for (const row of table.querySelectorAll("tbody > tr")) {
        Array.from(/** @type {HTMLCollectionOf<HTMLElement>} */ (row.children)).forEach((cell, place) => {
          cell.dataset.label ??= heads[place] ?? "";
          cell.toggleAttribute("data-nothing", cell.textContent.trim() === "–");
        });
      }
    }
  }
  document.addEventListener("htmx:afterSettle", labelCells);
  labelCells();

  // What waits for whoever reads, beside the entries of the menu; asked for once the page is there, and again.
  const WAITING_EVERY_MS = 60000;
  const MOST_SHOWN = 99;
  async function showWaiting() {
    const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-waits]"));
    if (document.hidden || !places.length) return;
    const answer = await fetch("/menu/waiting", { credentials: "same-origin", cache: "no-store", headers: { "X-By-Itself": "1" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    /** @type {Record<string, number>} */
    const counts = await answer.json();
    for (const place of places) {
      const sum = (place.dataset.waits ?? "").split(" ").reduce((all, name) => all + (counts[name] ?? 0), 0);
      place.textContent = sum > MOST_SHOWN ? `${MOST_SHOWN}+` : String(sum);
      place.hidden = sum === 0;
    }
  }
  showWaiting();
  setInterval(showWaiting, WAITING_EVERY_MS);

  // What a page says of what was just done can be closed, and is gone after a while; what went wrong stays until then.
  const SAID_MS = 12000;
  document.addEventListener("click", function (event) {
    if (elementOf(event).closest("[data-close-flash]")) elementOf(event).closest("[data-flash]")?.remove();
  });
  for (const said of document.querySelectorAll("[data-flash].tone-ok, [data-flash].tone-info")) {
    const leave = () => (said.matches(":hover, :focus-within") ? setTimeout(leave, SAID_MS) : said.remove());
    setTimeout(leave, SAID_MS);
  }

  // What is shown to be passed on is copied by a button. Over plain http a browser has no clipboard but the selection's.
  /** @param {HTMLInputElement} field */
  async function copied(field) {
    field.select();
    try {
      if (!navigator.clipboard) return document.execCommand("copy");
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      return document.execCommand("copy");
    }
  }
  document.addEventListener("click", async function (event) {
    const button = /** @type {HTMLElement | null} */ (elementOf(event).closest("[data-copy]"));
    const field = button && document.getElementById(button.dataset.copy ?? "");
    const text = button?.querySelector("[data-copy-text]");
    if (button && text && field instanceof HTMLInputElement && (await copied(field))) text.textContent = button.dataset.copied ?? "";
  });

  // A usual value is filled in by a click.
  document.addEventListener("click", function (event) {
    const button = /** @type {HTMLElement | null} */ (elementOf(event).closest("[data-fill]"));
    const field = button && document.getElementById(button.dataset.fill ?? "");
    if (button && field instanceof HTMLInputElement) field.value = button.dataset.value ?? "";
  });

  // A password is shown while whoever types it wants to see it; it is sent hidden, so that no browser keeps it as text.
  document.addEventListener("click", function (event) {
    const eye = /** @type {HTMLElement | null} */ (elementOf(event).closest("[data-eye]"));
    const field = eye && document.getElementById(eye.dataset.eye ?? "");
    if (!eye || !(field instanceof HTMLInputElement)) return;
    field.type = field.type === "password" ? "text" : "password";
    eye.setAttribute("aria-pressed", String(field.type === "text"));
  });
  document.addEventListener("submit", function (event) {
    for (const eye of /** @type {HTMLFormElement} */ (event.target).querySelectorAll("[data-eye]")) {
      const field = document.getElementById(/** @type {HTMLElement} */ (eye).dataset.eye ?? "");
      if (field instanceof HTMLInputElement) field.type = "password";
    }
  });

  // Who clicks twice means it once: what a form makes would be there twice. For a while only, since an answer that is a
  // file leaves the page as it is; and not of what asks for a page, or is sent by a script.
  const SENT_MS = 5000;
  /** @type {Map<HTMLFormElement, number>} */
  const sent = new Map();
  document.addEventListener("submit", function (event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.defaultPrevented || form.method !== "post") return;
    if (Date.now() - (sent.get(form) ?? 0) < SENT_MS) event.preventDefault();
    else setTimeout(() => event.defaultPrevented || sent.set(form, Date.now()));
  });
  window.addEventListener("pageshow", () => sent.clear());

  // #t=12.5&r=7: the recording 7 (else the first) is ready to be played from there.
  function seek() {
    const wanted = new URLSearchParams(window.location.hash.slice(1));
    const second = Number(wanted.get("t"));
    if (!wanted.has("t") || !Number.isFinite(second) || second < 0) return;
    const sounds = /** @type {HTMLAudioElement[]} */ (Array.from(document.querySelectorAll("#call audio")));
    const sound = sounds.find((each) => each.src.endsWith("/recordings/" + wanted.get("r") + "/audio")) || sounds[0];
    const drawn = /** @type {HTMLElement | null} */ (document.querySelector("#player"));
    // What has a waveform goes there by itself.
    if (!sound || (drawn && sound.src.endsWith("/recordings/" + drawn.dataset.recording + "/audio"))) return;
    sound.currentTime = second;
    sound.scrollIntoView({ block: "center" });
    sound.focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", seek);
  seek();

  // A session ends when nobody has been there for long, and an open page asks for much by itself: so it tells, every few
  // minutes at most, that somebody moves or types in it.
  const TELL_EVERY_MS = 180000;
  let toldAt = Date.now();
  function tellActive() {
    if (!document.querySelector("[data-signed-in]") || Date.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = Date.now();
    fetch("/active", { credentials: "same-origin", cache: "no-store" }).catch(function () {});
  }
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    document.addEventListener(kind, tellActive, { passive: true });
  }

  // Back to the ledger as it was left, with its filter and place.
  document.addEventListener("click", function (event) {
    const link = /** @type {HTMLAnchorElement | null} */ (elementOf(event).closest("a[data-back]"));
    if (!link || !document.referrer) return;
    const from = new URL(document.referrer);
    if (from.origin === window.location.origin && from.pathname === new URL(link.href).pathname) {
      event.preventDefault();
      window.history.back();
    }
  });
})();
