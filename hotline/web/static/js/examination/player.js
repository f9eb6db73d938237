// The waveform with its sound: play, seek, speed, zoom, marks. Beside it works without a waveform, and without sound.

import WaveSurfer from "../../vendor/wavesurfer.esm.js";
import Regions from "../../vendor/wavesurfer-regions.esm.js";
import Timeline from "../../vendor/wavesurfer-timeline.esm.js";
import { $, $input, targetOf, h, setText, show } from "../operators/dom.js";
import { channelsOf, flat } from "./outline.js";
import { clock, secondOf } from "./times.js";

const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
const HEIGHT = 48;
const MOST_PIXELS_A_SECOND = 200;

export class Player {
  /**
   * `root`: the element of parts/player.html. `sound`: { id, seconds, peaks }. `audio`: the page's own player of this
   * recording, where it has one. `hear(second)` is told where it plays, `chosen(id)` which mark was clicked.
   * @param {HTMLElement} root
   * @param {{sound: Wire.SoundView, nonce: string, audio?: HTMLAudioElement | null, hear?: (second: number) => unknown, chosen?: (id: string) => unknown, failed?: () => unknown}} given
   */
  constructor(root, { sound, nonce, audio = null, hear = () => {}, chosen = () => {}, failed = () => {} }) {
    this.root = root;
    this.sound = sound;
    this.hear = hear;
    this.chosen = chosen;
    /** @type {number | null} The next look, while it plays. */
    this.following = null;
    this.audio = audio ?? h("audio", { preload: "none", src: `/recordings/${sound.id}/audio` });
    if (!audio) root.append(this.audio);
    this.seconds = sound.seconds || 0;
    this.nonce = nonce;
    this.audio.addEventListener("error", () => failed());
    for (const name of ["play", "pause", "ended", "ratechange"]) this.audio.addEventListener(name, () => this.#controls());
    this.audio.addEventListener("timeupdate", () => this.#tick());
    this.audio.addEventListener("seeking", () => this.#tick());
    this.audio.addEventListener("loadedmetadata", () => this.#known());
    this.#bind();
    this.#controls();
  }

  /**
   * Draw it; without an outline as a flat line, on which one can seek too.
   * @param {Wire.Peaks | null} peaks
   */
  async draw(peaks) {
    const style = getComputedStyle(this.root);
    /** @param {string} name */
    const colour = (name) => style.getPropertyValue(name).trim();
    /** @param {string} name */
    const side = (name) => ({ waveColor: colour(`--wave-${name}`), progressColor: colour(`--wave-${name}-past`), overlay: false });
    this.regions = Regions.create();
    this.wave = WaveSurfer.create({
      container: $(".wave-ground", this.root),
      cspNonce: this.nonce,
      media: this.audio,
      peaks: peaks ? channelsOf(peaks) : flat(),
      duration: this.seconds || peaks?.seconds || 1,
      height: HEIGHT,
      splitChannels: [side("caller"), side("ours")],
      cursorColor: colour("--wave-cursor"),
      cursorWidth: 2,
      normalize: false,
      dragToSeek: true,
      autoScroll: true,
      plugins: [this.regions, Timeline.create({ height: 16, style: { fontSize: "11px", color: colour("--tblr-secondary") } })],
    });
    this.regions.on("region-clicked", (region, event) => {
      event.stopPropagation();
      this.seek(region.start);
      this.chosen(region.id);
    });
    const { wave } = this;
    await new Promise((resolve) => wave.once("ready", resolve));
    this.root.dataset.drawn = peaks ? "outline" : "flat";
    this.#openAt();
  }

  /**
   * Marks in place of those before: { id, start, end, tone, label }.
   * @param {Exam.Mark[]} marks
   */
  mark(marks) {
    if (!this.regions) return;
    this.regions.clearRegions();
    const style = getComputedStyle(this.root);
    for (const { id, start, end, tone, label } of marks) {
      const region = this.regions.addRegion({
        id, start, end, drag: false, resize: false, color: style.getPropertyValue(`--mark-${tone}`).trim(),
      });
      if (label && region.element) region.element.title = label;
      region.element?.setAttribute("part", `region mark-${tone}`);
    }
  }

  toggle() {
    if (this.audio.paused) this.audio.play().catch(() => {});
    else this.audio.pause();
  }

  get second() {
    return this.audio.currentTime || 0;
  }

  /** @param {number} second @param {boolean} [thenPlay] */
  seek(second, thenPlay = false) {
    const most = this.audio.duration || this.seconds || second;
    this.audio.currentTime = Math.min(Math.max(second, 0), most);
    this.#tick();
    if (thenPlay && this.audio.paused) this.toggle();
  }

  /** @param {number} by */
  skip(by) {
    this.seek(this.second + by);
  }

  /** @param {number} by */
  faster(by) {
    const at = SPEEDS.indexOf(this.audio.playbackRate);
    this.audio.playbackRate = SPEEDS[Math.min(Math.max((at < 0 ? 1 : at) + by, 0), SPEEDS.length - 1)];
  }

  #bind() {
    /** @param {string} selector @param {string} name @param {(event: Event) => unknown} callback */
    const on = (selector, name, callback) => $(selector, this.root)?.addEventListener(name, callback);
    on('[data-player="play"]', "click", () => this.toggle());
    on('[data-player="back"]', "click", () => this.skip(-5));
    on('[data-player="on"]', "click", () => this.skip(5));
    on('[data-player="speed"]', "change", (event) => { this.audio.playbackRate = Number(targetOf(event).value); });
    on('[data-player="zoom"]', "input", (event) => this.#zoom(Number(targetOf(event).value)));
    window.addEventListener("hashchange", () => this.#openAt());
  }

  /**
   * 0: the whole call in the window.
   * @param {number} share
   */
  #zoom(share) {
    if (!this.wave) return;
    const whole = $(".wave-ground", this.root).clientWidth / Math.max(this.seconds, 1);
    this.wave.zoom(share === 0 ? 0 : whole * (Math.max(MOST_PIXELS_A_SECOND / whole, 1) ** (share / 100)));
  }

  #openAt() {
    const second = secondOf(window.location.hash, this.sound.id);
    if (second === null) return;
    this.seek(second);
    this.root.scrollIntoView({ block: "nearest" });
  }

  #known() {
    if (Number.isFinite(this.audio.duration)) this.seconds = this.audio.duration;
    this.#openAt();
    this.#tick();
  }

  #tick() {
    setText($('[data-player="time"]', this.root), `${clock(this.second, true)} / ${clock(this.seconds)}`);
    this.hear(this.second);
  }

  #controls() {
    const playing = !this.audio.paused && !this.audio.ended;
    this.root.dataset.playing = playing ? "yes" : "no";
    show($(".when-paused", this.root), !playing);
    show($(".when-playing", this.root), playing);
    const speed = $input('[data-player="speed"]', this.root);
    if (speed) speed.value = String(this.audio.playbackRate);
    if (playing) this.#follow();
  }

  /** While it plays more often than the browser tells the time: the word must be marked when it sounds. */
  #follow() {
    if (this.following) return;
    const again = () => {
      this.following = null;
      if (this.audio.paused || this.audio.ended) return;
      this.#tick();
      this.following = window.requestAnimationFrame(again);
    };
    this.following = window.requestAnimationFrame(again);
  }
}
