"""How the call was handled, by the ledger: answering (A8), length (A10, C8), who hung up and when (C3)."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.quality.material import Finding, JudgedTalk
from hotline.domain.quality.pinyin import Match, all_matches, syllables
from hotline.domain.quality.rules import Answered, HangUpFirst, Length, Rules
from hotline.domain.quality.voice import speech

#: The goodbye is said in the last so many seconds, or it was none.
_GOODBYE_WITHIN_SECONDS = 30.0
_GOODBYE_SIMILARITY = 0.75


def answered(talk: JudgedTalk, rule: Answered, rules: Rules) -> Iterator[Finding]:
    """A8: seconds and rings until somebody answered, and seconds until they said something."""
    if talk.ringing is None or talk.transferred_in:
        return
    waited, rings = talk.ringing.waited, talk.ringing.rings
    start = talk.span.start
    yield Finding(
        "A8",
        "answer_seconds",
        waited > rule.most_seconds,
        True,
        round(waited, 1),
        rule.most_seconds,
        max(round(start - waited, 2), 0.0),
        round(start, 2),
        1.0,
    )
    yield Finding(
        "A8",
        "answer_rings",
        rings > rule.most_rings,
        True,
        float(rings),
        float(rule.most_rings),
        max(round(start - waited, 2), 0.0),
        round(start, 2),
        1.0,
    )
    yield from _first_words(talk, rule, rules)


def _first_words(talk: JudgedTalk, rule: Answered, rules: Rules) -> Iterator[Finding]:
    """By the sound, without any by the transcript. Of whom nothing is heard at all a person has to check: the line may
    have carried no sound (Q3)."""
    if talk.levels is None and talk.our_words is None:
        return
    start, limit = talk.span.start, rule.first_words_seconds
    spoken = [each.start for each in speech(talk, True, rules.speech_level)]
    said = [each.start for each in talk.our_words or () if talk.span.covers(each.start)]
    began = min(spoken or said, default=None)
    waited = max((talk.span.end if began is None else began) - start, 0.0)
    if began is None and waited <= limit:
        return  # the talk was over before it was too late
    end = round(start + waited, 2)
    yield Finding(
        "A8", "first_words", waited > limit, began is not None, round(waited, 1), limit, round(start, 2), end, 1.0
    )


def length(talk: JudgedTalk, rule: Length, _rules: Rules) -> Iterator[Finding]:
    """C8 is an average: one call is a measure of it. A10: a call longer than the limit should have gone on as a
    callback."""
    minutes = round(talk.span.seconds / 60, 2)
    start, end = round(talk.span.start, 2), round(talk.span.end, 2)
    yield Finding("C8", "length", False, True, minutes, rule.average_minutes, start, end, 1.0)
    longest = rule.longest_minutes
    if longest is not None and minutes > longest:
        late = round(talk.span.start + longest * 60, 2)
        yield Finding("A10", "too_long", True, True, minutes, longest, late, end, 1.0)


def hang_up_first(talk: JudgedTalk, rule: HangUpFirst, rules: Rules) -> Iterator[Finding]:
    """C3: when we hung up, how long after our goodbye; without one, after our last word. Without a transcript
    it is not known how long we waited: to be checked. Nobody has to hang up first where the caller was handed over to
    say how the call was."""
    if talk.handed_over:
        end = round(talk.span.end, 2)
        yield Finding("C3", "handed_over", False, True, None, None, end, end, 1.0)
        return
    if not talk.last or talk.we_hung_up is None or talk.hung_up_at is None:
        return
    if not talk.we_hung_up:
        yield Finding("C3", "caller_hung_up", False, True, None, rule.wait_seconds, None, None, 1.0)
        return
    end = round(talk.hung_up_at, 2)
    if not talk.our_words:
        yield Finding("C3", "we_hung_up", True, False, None, rule.wait_seconds, end, end, 0.0)
        return
    goodbye = _goodbye(talk, rule)
    since = min(goodbye.end if goodbye else talk.our_words[-1].end, talk.hung_up_at)  # cut off in mid-word
    waited = round(talk.hung_up_at - since, 2)
    confidence = goodbye.confidence if goodbye else talk.our_words[-1].confidence
    yield Finding(
        "C3",
        "we_hung_up",
        waited < rule.wait_seconds,
        confidence >= rules.least_confidence,
        waited,
        rule.wait_seconds,
        round(since, 2),
        end,
        round(confidence, 3),
        goodbye.words if goodbye else "",
    )


def _goodbye(talk: JudgedTalk, rule: HangUpFirst) -> Match | None:
    late = [w for w in talk.our_words or () if (talk.hung_up_at or 0) - w.end <= _GOODBYE_WITHIN_SECONDS]
    return next(
        (m for each in rule.goodbye.split("|") for m in all_matches(syllables(late), each, _GOODBYE_SIMILARITY)[-1:]),
        None,
    )
