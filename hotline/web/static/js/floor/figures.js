// The figures of the day beside what they are to reach. A target that is met or missed is said by sign and word, not by
// colour alone.

import { $, setClass, setText, show } from "../operators/dom.js";
import { clock, secondsSince } from "../operators/timing.js";
import { t } from "../operators/words.js";

/** @param {number | null} value */
export function percent(value) {
  return value === null ? t("none") : `${Number.isInteger(value) ? value : value.toFixed(1)} %`;
}

/** @param {number | null} value */
export function seconds(value) {
  return value === null ? t("none") : value < 60 ? t("seconds", { n: Math.round(value) }) : clock(Math.round(value));
}

/** A figure of the reports. @param {string} unit @param {number | null} value */
export function amount(unit, value) {
  if (value === null) return t("none");
  if (unit === "percent") return percent(Math.round(value * 10) / 10);
  if (unit === "seconds") return seconds(value);
  return String(unit === "count" ? Math.round(value) : Math.round(value * 100) / 100);
}

/**
 * Each figure: { value, note, good } with good true, false, or null where nothing is to be reached (yet).
 * @param {Wire.Today} today
 * @param {string | null} longestWaitSince
 * @param {number} now
 * @returns {Record<string, Page.Figure>}
 */
export function shown(today, longestWaitSince, now) {
  const { figures, targets } = today;
  /** @param {number | null} value @param {number} wanted */
  const atLeast = (value, wanted) => (value === null ? null : value >= wanted);
  /** @param {number | null} value @param {number} wanted */
  const atMost = (value, wanted) => (value === null ? null : value <= wanted);
  const { abandoned } = figures;
  const waitsNow = longestWaitSince ? secondsSince(longestWaitSince, now) : null;
  return {
    service_level: {
      value: percent(figures.service_level_percent),
      note: `${t("seconds", { n: targets.service_level_seconds })} · ${t("target.at_least", { n: percent(targets.service_level_percent) })}`,
      good: atLeast(figures.service_level_percent, targets.service_level_percent),
    },
    answered: { value: String(figures.answered), note: t("answered.of", { n: figures.offered }), good: null },
    abandoned: {
      value: percent(figures.abandoned_percent),
      note: t("target.at_most", { n: percent(targets.abandoned_percent) }),
      title: t("abandoned.by_stage", {
        ivr: abandoned.ivr, queue: abandoned.queue, ringing: abandoned.ringing, unanswered: figures.unanswered,
      }),
      good: atMost(figures.abandoned_percent, targets.abandoned_percent),
    },
    average_answer: {
      value: seconds(figures.average_answer_seconds),
      note: t("target.at_most", { n: seconds(targets.answer_seconds) }),
      good: atMost(figures.average_answer_seconds, targets.answer_seconds),
    },
    longest_wait: {
      value: seconds(waitsNow === null ? figures.longest_wait_seconds : Math.max(waitsNow, figures.longest_wait_seconds ?? 0)),
      note: waitsNow === null ? "" : t("wait.now", { time: clock(waitsNow) }),
      good: null,
    },
    // A8 asks it of every call; a mark at the first one that waited would say nothing for the rest of the day.
    in_time: { value: percent(figures.answered_in_time_percent), note: t("target.every"), good: null },
    in_rings: { value: percent(figures.answered_in_rings_percent), note: t("target.every"), good: null },
    quickly: { value: percent(figures.answered_quickly_percent), note: t("quickly.note"), good: null },
    connected: {
      value: percent(figures.connected_percent),
      note: t("target.at_least", { n: percent(targets.connected_percent) }),
      good: atLeast(figures.connected_percent, targets.connected_percent),
    },
  };
}

/**
 * The calls that we dialled today.
 * @param {Wire.Today["dialled"]} dialled
 * @returns {Page.Figure}
 */
export function dialledShown(dialled) {
  const note = t("dialled.note", { percent: percent(dialled.reached_percent), time: clock(Math.round(dialled.talk_seconds)) });
  return { value: String(dialled.calls), note: dialled.calls ? note : "", title: dialled.calls ? note : "", good: null };
}

/**
 * A9: the callbacks that are overdue, and how many of today's are closed.
 * @param {Wire.Today["callbacks"]} callbacks
 * @returns {Page.Figure}
 */
export function callbacksShown(callbacks) {
  const note = callbacks.owed ? t("callbacks.note", { closed: callbacks.closed, owed: callbacks.owed }) : "";
  return { value: String(callbacks.overdue), note, title: note, good: callbacks.overdue > 0 ? false : null };
}

/**
 * E9: what callers of today said of their calls, on average.
 * @param {Wire.Today["satisfaction"]} satisfaction
 * @returns {Page.Figure}
 */
export function satisfactionShown({ asked, answered, mean, target }) {
  const note = asked ? t("satisfaction.note", { answered, asked, target }) : "";
  return { value: mean === null ? t("none") : mean.toFixed(2), note, title: note, good: mean === null ? null : mean >= target };
}

/**
 * Put one figure into its place.
 * @param {HTMLElement | null} place
 * @param {Page.Figure} given
 */
export function put(place, { value, note, good, title = "" }) {
  if (!place) return;
  setText($("[data-value]", place), value);
  setText($("[data-note]", place), note);
  const mark = $("[data-mark]", place);
  show(mark, good !== null);
  if (good !== null) {
    setText(mark, good ? "✓" : "!");
    if (mark.title !== t(good ? "good" : "bad")) {
      mark.title = t(good ? "good" : "bad");
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", mark.title);
    }
  }
  setClass(place, "is-", good === null ? "plain" : good ? "good" : "bad");
  if (place.title !== title) place.title = title;
}
