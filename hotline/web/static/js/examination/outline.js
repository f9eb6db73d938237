// The outline of a recording as the waveform draws it, from what the server made once. Pure.

/** Quiet calls are drawn so many times larger at most. */
const MOST_GAIN = 6;

/**
 * Of each channel the strongest sample of each pixel, 0 to 1; both enlarged alike, so that a quiet side stays the
 * quieter one. The file holds the lowest and highest in turn.
 * @param {Wire.Peaks} peaks
 */
export function channelsOf(peaks) {
  const channels = peaks.channels.map((channel) => {
    const found = new Array(channel.length / 2);
    for (let i = 0; i < found.length; i += 1) {
      found[i] = Math.min(Math.max(Math.abs(channel[2 * i]), Math.abs(channel[2 * i + 1])) / peaks.scale, 1);
    }
    return found;
  });
  const loudest = channels.flat().reduce((most, each) => Math.max(most, each), 0);
  const gain = loudest ? Math.min(1 / loudest, MOST_GAIN) : 1;
  return channels.map((channel) => channel.map((each) => each * gain));
}

/** The same for a recording whose outline is not made yet: a flat line on both sides. */
export function flat(pixels = 200) {
  return [new Array(pixels).fill(0), new Array(pixels).fill(0)];
}
