// A sound by the browser's own microphone: recorded, listened to, and put into the form as if it were a file.
import { $, $$, show } from "../operators/dom.js";

const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4", "audio/webm"];

export class Recorder {
  /** @param {HTMLElement} place the fieldset with its words */
  constructor(place) {
    this.place = place;
    this.most = Number(place.dataset.mostSeconds);
    this.start = /** @type {HTMLButtonElement} */ ($("[data-start]", place));
    this.stop = /** @type {HTMLButtonElement} */ ($("[data-stop]", place));
    this.listen = /** @type {HTMLButtonElement} */ ($("[data-listen]", place));
    this.state = $("[data-state]", place);
    this.file = /** @type {HTMLInputElement} */ ($("[name=sound]", place));
    /** @type {MediaRecorder | undefined} */
    this.recorder = undefined;
    /** @type {Blob | undefined} */
    this.sound = undefined;
    this.begun = 0;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.clock = undefined;
    this.start.addEventListener("click", () => void this.#record());
    this.stop.addEventListener("click", () => this.recorder?.stop());
    this.listen.addEventListener("click", () => void this.#play());
    this.file.addEventListener("change", () => this.#choose("file"));
  }

  async #record() {
    if (!navigator.mediaDevices || typeof MediaRecorder === "undefined") return this.#say("saidUnable");
    /** @type {MediaStream} */
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (error) {
      return this.#say(error instanceof DOMException && error.name === "NotFoundError" ? "saidNone" : "saidDenied");
    }
    const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
    const recorder = new MediaRecorder(stream, type ? { mimeType: type } : {});
    /** @type {Blob[]} */
    const parts = [];
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      this.#done(new Blob(parts, { type: recorder.mimeType }));
    });
    this.recorder = recorder;
    this.#choose("recorded");
    recorder.start(1000);
    this.begun = performance.now();
    this.clock = setInterval(() => this.#tick(), 500);
    this.#tick();
    show(this.start, false);
    show(this.stop, true);
    show(this.listen, false);
    this.stop.focus();
  }

  #seconds() {
    return Math.round((performance.now() - this.begun) / 1000);
  }

  #tick() {
    this.#say("saidRecording", this.#seconds());
    if (this.#seconds() >= this.most) this.recorder?.stop();
  }

  /** @param {Blob} sound */
  #done(sound) {
    clearInterval(this.clock);
    this.sound = sound;
    const carrier = new DataTransfer();
    carrier.items.add(new File([sound], "recording", { type: sound.type }));
    this.file.files = carrier.files;
    this.#choose("recorded");
    this.#say("saidDone", this.#seconds());
    show(this.start, true);
    show(this.stop, false);
    show(this.listen, true);
    this.listen.focus();
  }

  async #play() {
    if (!this.sound) return;
    const context = new AudioContext();
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(await this.sound.arrayBuffer());
    source.connect(context.destination);
    source.addEventListener("ended", () => void context.close());
    source.start();
  }

  /** @param {string} way */
  #choose(way) {
    for (const radio of /** @type {HTMLInputElement[]} */ ([...$$("[name=way]", this.place)])) radio.checked = radio.value === way;
  }

  /** @param {string} words @param {number} [seconds] */
  #say(words, seconds = 0) {
    this.state.textContent = (this.place.dataset[words] ?? "").replace("%n", String(seconds));
  }
}

for (const place of $$("[data-record]")) new Recorder(/** @type {HTMLElement} */ (place));
