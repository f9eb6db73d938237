// What the rules found, in order, as marks of the waveform and as a list. Pure.

/** bad: a breach that counts; check: to be looked at by a person, does not count; fine: a measure within its limit. */
export function toneOf(finding) {
  if (!finding.breach) return "fine";
  return finding.counts ? "bad" : "check";
}

const ORDER = { bad: 0, check: 1, fine: 2 };

/** What is broken first, then what is to be checked, each by its second. */
export function ordered(findings) {
  return [...findings].sort((one, other) =>
    ORDER[toneOf(one)] - ORDER[toneOf(other)] || (one.from_second ?? -1) - (other.from_second ?? -1));
}

/** A point is shown at least so long, so that it can be seen and clicked. */
const SHORTEST_SECONDS = 0.4;

/** Marks for the waveform: { id, start, end, tone, channel }; measures within their limits have none. */
export function marksOf(findings, seconds) {
  return findings
    .map((finding, index) => ({ finding, index }))
    .filter(({ finding }) => finding.breach && finding.from_second !== null && finding.from_second <= seconds)
    .map(({ finding, index }) => {
      const start = Math.max(finding.from_second, 0);
      const end = Math.min(Math.max(finding.to_second ?? start, start + SHORTEST_SECONDS), Math.max(seconds, start));
      return { id: `finding-${index}`, start, end, tone: toneOf(finding), index };
    });
}

/** The findings that an automatic item of the form goes by. */
export function evidenceOf(item, findings, extension) {
  return findings.filter((finding) => item.kinds.includes(finding.kind) && (!extension || finding.extension === extension));
}
