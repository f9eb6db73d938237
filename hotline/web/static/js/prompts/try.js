// Why a voice does not speak: a player alone shows that it cannot play, never what the server said.
import { $, show } from "../operators/dom.js";

const player = /** @type {HTMLAudioElement} */ ($("[data-tried]"));

async function ask() {
  const answer = await fetch(player.src, { credentials: "same-origin", headers: { "X-By-Itself": "1" } });
  const problem = $("#tried-problem");
  problem.textContent = answer.ok ? "" : await answer.text();
  show(problem, !answer.ok);
  if (answer.ok) player.load();
}

// Once: what it cannot play although it is there is no question of waiting.
if (player.error) void ask();
else player.addEventListener("error", () => void ask(), { once: true });
