// A result's comments and findings lead to their second of the recording.
import { $, targetOf } from "../operators/dom.js";

const audio = /** @type {HTMLAudioElement | null} */ ($("audio[data-audio]"));

if (audio) {
  document.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (targetOf(event).closest("button[data-second]"));
    if (!button) return;
    audio.currentTime = Math.max(Number(button.dataset.second) - 1, 0);
    audio.play().catch(() => audio.focus());
  });
}
