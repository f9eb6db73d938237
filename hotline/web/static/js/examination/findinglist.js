// The findings as a list: rule, value against limit, from–to, confidence; a click jumps there.

import { bdi, h, rule } from "../operators/dom.js";
import { t } from "../operators/words.js";
import { ordered, toneOf } from "./findings.js";
import { clock } from "./times.js";

const TONES = { bad: "bad", check: "warn", fine: "muted" };

/**
 * "12.3 s" by the finding's own unit; "" for none.
 * @param {string} kind
 * @param {number | null | undefined} value
 */
export function measured(kind, value) {
  if (value === null || value === undefined) return "";
  const unit = t(`unit.${kind}`);
  const shown = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return unit === `unit.${kind}` ? shown : unit.replace("%(n)s", shown);
}

/** @param {Wire.FindingView} finding */
export function nameOf(finding) {
  const name = t(`finding.${finding.kind}`);
  return name === `finding.${finding.kind}` ? finding.kind : name;
}

/** @param {HTMLElement} root @param {Wire.FindingView[]} findings @param {Exam.Jump} jump */
export function drawFindings(root, findings, jump) {
  if (!findings.length) {
    root.replaceChildren(h("p", { class: "text-secondary" }, t("findings.none")));
    return;
  }
  root.replaceChildren(...ordered(findings).map((finding) => line(finding, findings.indexOf(finding), jump)));
}

/** @param {Wire.FindingView} finding @param {number} index @param {Exam.Jump} jump */
function line(finding, index, jump) {
  const tone = toneOf(finding);
  const { from_second: from, to_second: to } = finding;
  const place = from === null ? "" : [clock(from), to !== null && to > from ? clock(to) : ""].filter(Boolean).join("–");
  return h(from === null ? "div" : "button", {
    class: `finding finding-${tone} tone-${TONES[tone]}`, "data-finding": `finding-${index}`,
    ...(from === null ? {} : { type: "button", onclick: () => jump(from) }),
  },
  h("span", { class: "finding-head" }, rule(finding.rule, nameOf(finding)), " ", nameOf(finding),
    place && h("span", { class: "finding-place" }, place)),
  h("span", { class: "finding-facts" }, facts(finding, tone)),
  finding.words && h("span", { class: "finding-words" }, "“", bdi(finding.words), "”"),
  finding.note && h("span", { class: "finding-words" }, bdi(finding.note.replaceAll("|", " / "))));
}

/** @param {Wire.FindingView} finding @param {Exam.Tone} tone */
function facts(finding, tone) {
  const [value, limit] = [measured(finding.kind, finding.value), measured(finding.kind, finding.limit)];
  return [
    t(`tone.${tone}`),
    value && (limit ? t("findings.against", { value, limit }) : value),
    finding.confidence !== null && finding.confidence < 1 && t("findings.confidence", { n: `${Math.round(finding.confidence * 100)} %` }),
  ].filter(Boolean).join(" · ");
}
