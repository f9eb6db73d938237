// The page of examples: the clip with what was said in it running along; examiners take examples off the page.

import { Api, thrown } from "../operators/api.js";
import { $, $$, pageData, setText } from "../operators/dom.js";
import { learn, t } from "../operators/words.js";
import { TranscriptView } from "./transcript.js";

/** @type {Page.ExamplesData} */
const data = pageData("examples-data");
learn(data.words);
const api = new Api(data.csrf_token);

for (const card of $$("[data-example]")) {
  const audio = /** @type {HTMLAudioElement | null} */ ($("audio", card));
  const said = $("[data-said]", card);
  if (said) {
    const transcripts = data.said[card.dataset.example ?? ""].map((side) => ({ ...side, state: /** @type {const} */ ("done") }));
    const view = new TranscriptView(said, transcripts, {
      names: data.names,
      jump: (second) => { if (audio) { audio.currentTime = second; audio.play().catch(() => {}); } },
    });
    audio?.addEventListener("timeupdate", () => view.hear(audio.currentTime));
  }
  $("[data-remove]", card)?.addEventListener("click", () => remove(card));
}

/** @param {HTMLElement} card */
async function remove(card) {
  try {
    await api.delete(`/examples/${card.dataset.example}`);
    card.remove();
  } catch (error) {
    setText($("[data-problem]", card), thrown(error).away ? t("away") : thrown(error).message);
  }
}
