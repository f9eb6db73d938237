// The call's page: the recording as a waveform, what was said, what the rules found; choosing it to be examined.

import { Api, thrown } from "../operators/api.js";
import { $, pageData, setText, show } from "../operators/dom.js";
import { learn, t } from "../operators/words.js";
import { Sound } from "./sound.js";

/** @type {Page.CallData} */
const data = pageData("call-data");
learn(data.words);
const api = new Api(data.csrf_token);

start().catch((error) => {
  setText($("#sound-note"), thrown(error).away ? t("away") : thrown(error).message);
  show($("#sound-note"), true);
});

async function start() {
  /** @type {Wire.CallQualityView} */
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
    /** @type {Wire.ExaminationView} */
    const made = await api.post("/examinations", { call_id: data.call_id });
    window.location.assign(`/examinations/${made.id}`);
  } catch (error) {
    const { away, status } = thrown(error);
    setText($("#examine-problem"), away ? t("away") : t(status === 409 ? "examine.there" : status === 403 ? "examine.own" : "examine.not"));
  }
});
