// Times as people here write them: Asia/Shanghai, whatever the computer is set to. China has no daylight saving time.

const ZONE = "Asia/Shanghai";
const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

/** @param {string} iso */
function parts(iso) {
  return Object.fromEntries(PARTS.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
}

/**
 * 2026-11-22T09:30, for a field of type datetime-local; "" for none.
 * @param {string | null} iso
 */
export function toField(iso) {
  if (!iso) return "";
  const p = parts(iso);
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

/**
 * What stands in such a field, as the API takes it; null for none.
 * @param {string} text
 */
export function fromField(text) {
  return text ? `${text.length === 16 ? `${text}:00` : text}+08:00` : null;
}

/**
 * 2026-11-22 09:30
 * @param {string | null} iso
 */
export function minute(iso) {
  return toField(iso).replace("T", " ");
}

/**
 * 09:30:05
 * @param {string} iso
 */
export function clock(iso) {
  const p = parts(iso);
  return `${p.hour}:${p.minute}:${p.second}`;
}
