// What the operator hears of the phone besides the caller, and how loud things are.

const RING_HERTZ = 450; // GB/T 3380: ringing is 450 Hz, 1 s on and 4 s off (A8)
const RING_ON_SECONDS = 1;
const RING_CYCLE_SECONDS = 5;
const RING_GAIN = 0.25;
const EDGE_SECONDS = 0.03; // without it each tone begins and ends with a click

/** One for the page: browsers allow few. */
export class Sound {
  /** @type {AudioContext | null} */
  #context = null;

  get context() {
    this.#context ??= new AudioContext();
    return this.#context;
  }

  /** Whether the browser lets pages be heard: not before the first click or key in them. */
  async allowed() {
    if (this.context.state === "suspended") {
      // Stays pending until a click: what is wanted is the state of now.
      this.context.resume().catch(() => {});
      await new Promise((done) => setTimeout(done, 100));
    }
    return this.context.state === "running";
  }

  /** @param {MediaStream} stream */
  meter(stream) {
    return new Meter(this.context, stream);
  }

  /**
   * A player of one cycle of that sound, over and over or once, to the device.
   * @param {number} seconds
   * @param {number} cycle
   */
  player(seconds, cycle) {
    return new Player(this.context, ring(this.context, seconds, cycle));
  }

  ringer() {
    return this.player(RING_ON_SECONDS, RING_CYCLE_SECONDS);
  }
}

/** @param {AudioContext} context @param {number} onSeconds @param {number} cycleSeconds */
function ring(context, onSeconds, cycleSeconds) {
  const rate = context.sampleRate;
  const buffer = context.createBuffer(1, cycleSeconds * rate, rate);
  const samples = buffer.getChannelData(0);
  for (let at = 0; at < onSeconds * rate; at += 1) {
    const time = at / rate;
    const edge = Math.min(1, time / EDGE_SECONDS, (onSeconds - time) / EDGE_SECONDS);
    samples[at] = RING_GAIN * edge * Math.sin(2 * Math.PI * RING_HERTZ * time);
  }
  return buffer;
}

class Player {
  #context;
  #buffer;
  /** @type {AudioBufferSourceNode | null} */
  #source = null;
  #element = new Audio();

  /** @param {AudioContext} context @param {AudioBuffer} buffer */
  constructor(context, buffer) {
    this.#context = context;
    this.#buffer = buffer;
  }

  get playing() {
    return this.#source !== null;
  }

  /**
   * `device`: "" is the default one. Asleep tabs ring on time, since the cycle lies in the buffer.
   * @param {string} device
   * @param {boolean} [loop]
   */
  async start(device, loop = true) {
    this.stop();
    const output = this.#context.createMediaStreamDestination();
    this.#source = new AudioBufferSourceNode(this.#context, { buffer: this.#buffer, loop });
    this.#source.connect(output);
    this.#source.start();
    this.#context.resume().catch(() => {});
    this.#element.srcObject = output.stream;
    await sendTo(this.#element, device);
    await this.#element.play().catch(() => {});
  }

  stop() {
    this.#source?.stop();
    this.#source?.disconnect();
    this.#source = null;
    this.#element.srcObject = null;
  }
}

/**
 * To that speaker, if it is still there and the browser can choose; else to the default one.
 * @param {HTMLAudioElement} element
 * @param {string} device
 */
export async function sendTo(element, device) {
  await element.setSinkId?.(device).catch(() => element.setSinkId("").catch(() => {}));
}

class Meter {
  #node;
  #source;
  #samples;

  /** @param {AudioContext} context @param {MediaStream} stream */
  constructor(context, stream) {
    this.#source = context.createMediaStreamSource(stream);
    this.#node = new AnalyserNode(context, { fftSize: 8192 }); // 0.17 s at 48 kHz: longer than between two looks
    this.#samples = new Float32Array(this.#node.fftSize);
    this.#source.connect(this.#node);
  }

  /** The largest sample just now, 0 to 1. */
  peak() {
    this.#node.getFloatTimeDomainData(this.#samples);
    return this.#samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  }

  close() {
    this.#source.disconnect();
  }
}

/**
 * 0..1 as the ear takes it: -60 dBFS and less is 0.
 * @param {number} peak
 */
export function loudness(peak) {
  return peak > 0 ? Math.min(1, Math.max(0, 1 + Math.log10(peak) / 3)) : 0;
}
