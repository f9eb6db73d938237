// The call's page: the recording as a waveform, what was said, what the rules found; choosing it to be examined.

import { Api } from "../console/api.js";
import { $, setText, show } from "../console/dom.js";
import { learn, t } from "../console/words.js";
import { Sound } from "./sound.js";

const data = JSON.parse($("#call-data").textContent);
learn(data.words);
const api = new Api(data.csrf_token);

start().catch((error) => {
  setText($("#sound-note"), error.away ? t("away") : error.message);
  show($("#sound-note"), true);
});

async function start() {
  const quality = await api.get(`/calls/${data.call_id}/quality`);
  const sound = new Sound({ api, sound: data.sound, quality, nonce: data.nonce, names: data.names });
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target === document.body) {
      event.preventDefault();
      sound.player?.toggle();
    }
  });
}

$("#examine")?.addEventListener("click", async () => {
  try {
    const made = await api.post("/examinations", { call_id: data.call_id });
    window.location.assign(`/examinations/${made.id}`);
  } catch (error) {
    setText($("#examine-problem"), error.away ? t("away") : t(error.status === 409 ? "examine.there" : error.status === 403 ? "examine.own" : "examine.not"));
  }
});
