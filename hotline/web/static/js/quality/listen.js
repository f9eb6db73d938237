// A result's comments and findings lead to their second of the recording.
const audio = document.querySelector("audio[data-audio]");

if (audio) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-second]");
    if (!button) return;
    audio.currentTime = Math.max(Number(button.dataset.second) - 1, 0);
    audio.play().catch(() => audio.focus());
  });
}
