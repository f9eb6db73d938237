// What the rules found, in order, as marks of the waveform and as a list. Pure.

/**
 * bad: a breach that counts; check: to be looked at by a person, does not count; fine: a measure within its limit.
 * @param {Wire.FindingView} finding
 */
export function toneOf(finding) {
  if (!finding.breach) return "fine";
  return finding.counts ? "bad" : "check";
}

const ORDER = { bad: 0, check: 1, fine: 2 };

/**
 * What is broken first, then what is to be checked, each by its second.
 * @param {Wire.FindingView[]} findings
 */
export function ordered(findings) {
  return [...findings].sort((one, other) =>
    ORDER[toneOf(one)] - ORDER[toneOf(other)] || (one.from_second ?? -1) - (other.from_second ?? -1));
}

/** A point is shown at least so long, so that it can be seen and clicked. */
const SHORTEST_SECONDS = 0.4;

/**
 * Marks for the waveform: { id, start, end, tone, channel }; measures within their limits have none.
 * @param {Wire.FindingView[]} findings
 * @param {number} seconds
 */
export function marksOf(findings, seconds) {
  return findings.flatMap((finding, index) => {
    const { breach, from_second: from, to_second: to } = finding;
    if (!breach || from === null || from > seconds) return [];
    const start = Math.max(from, 0);
    const end = Math.min(Math.max(to ?? start, start + SHORTEST_SECONDS), Math.max(seconds, start));
    return [{ id: `finding-${index}`, start, end, tone: toneOf(finding), index }];
  });
}

/**
 * The findings that an automatic item of the form goes by.
 * @param {Wire.JudgedItemView} item
 * @param {Wire.FindingView[]} findings
 * @param {string} extension
 */
export function evidenceOf(item, findings, extension) {
  return findings.filter((finding) => item.kinds.includes(finding.kind) && (!extension || finding.extension === extension));
}
