// Seconds as people read them, and the second that an address opens at. Pure.

/**
 * 75.4 → "1:15", with tenths "1:15.4"; beyond an hour "1:02:03".
 * @param {number | null} seconds
 * @param {boolean} [tenths]
 */
export function clock(seconds, tenths = false) {
  const whole = Math.max(seconds !== null && Number.isFinite(seconds) ? seconds : 0, 0);
  const unit = tenths ? 10 : 1;
  const parts = Math.floor(whole * unit + 1e-6);
  const [hours, minutes, rest] = [Math.floor(parts / unit / 3600), Math.floor(parts / unit / 60) % 60, parts % (60 * unit)];
  const shown = tenths ? `${two(Math.floor(rest / 10))}.${rest % 10}` : two(rest);
  return hours ? `${hours}:${two(minutes)}:${shown}` : `${minutes}:${shown}`;
}

/**
 * The second of "#t=12.5", or of "#t=12.5&r=7" where 7 is this recording; null where there is none.
 * @param {string} hash
 * @param {number} recording
 */
export function secondOf(hash, recording) {
  const found = /^#t=(\d{1,6}(?:\.\d{1,3})?)(?:&r=(\d+))?$/.exec(hash || "");
  return found && (found[2] === undefined || found[2] === String(recording)) ? Number(found[1]) : null;
}

/** @param {number} second */
export function hashOf(second) {
  return `#t=${Math.round(second * 10) / 10}`;
}

/**
 * "1:15" or "75.5" as somebody types it; null for anything else.
 * @param {string} text
 */
export function parseSecond(text) {
  const found = /^\s*(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,3})?)\s*$/.exec(text || "");
  if (!found) return null;
  const second = Number(found[1] || 0) * 3600 + Number(found[2] || 0) * 60 + Number(found[3]);
  return second <= 86400 ? second : null;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}
