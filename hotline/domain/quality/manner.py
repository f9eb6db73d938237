"""How it was said: rate of speech (C5), talking over the caller (C7), silence, loudness, one-way sound (Q1–Q3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import quantiles

from hotline.domain.quality.material import Finding, JudgedTalk, Stretch
from hotline.domain.quality.pinyin import characters
from hotline.domain.quality.rules import Loudness, OneWay, Rules, Silence, SpeechRate, TalkingOver
from hotline.domain.quality.voice import common, frames, speech, stretches, within, without
from hotline.domain.recordings.transcript import Word

#: Whoever has spoken for so long was speaking when the other began.
_HAVING_THE_WORD_SECONDS = 0.3
#: Silence of a line still has noises: so short a one does not end it.
_NOISE_SECONDS = 0.3
#: Of speech, for its level to be judged.
_SPEECH_SECONDS = 3.0
#: A line that carries anything at all is louder, in dBFS.
_DEAD_LEVEL = -90.0


def speech_rate(talk: JudgedTalk, rule: SpeechRate, rules: Rules) -> Iterator[Finding]:
    """C5: characters a minute of our speech, pauses left out."""
    words = [w for w in talk.our_words or () if talk.span.covers(w.start) and not _held(talk, w)]
    runs = _runs(words, rule.pause_seconds)
    seconds = sum(run.seconds for run in runs)
    if seconds < rule.least_seconds:
        return
    value = 60 * sum(len(characters(word.text)) for word in words) / seconds
    lowest, highest = rule.lowest - rule.tolerance, rule.highest + rule.tolerance
    limit = rule.lowest if value < rule.lowest else rule.highest
    confidence = sum(word.confidence for word in words) / len(words)
    yield Finding(
        "C5",
        "speech_rate",
        not lowest <= value <= highest,
        confidence >= rules.least_confidence,
        round(value, 1),
        float(limit),
        round(runs[0].start, 2),
        round(runs[-1].end, 2),
        round(confidence, 3),
    )


def talking_over(talk: JudgedTalk, rule: TalkingOver, rules: Rules) -> Iterator[Finding]:
    """C7: where the caller has the word and we begin; the evidence is the longest of these."""
    if talk.levels is None:
        return
    ours, caller = (speech(talk, side, rules.speech_level) for side in (True, False))
    over = [
        part
        for mine in ours
        for theirs in caller
        if theirs.start + _HAVING_THE_WORD_SECONDS <= mine.start < theirs.end
        for part in common([mine], [theirs])
        if part.seconds >= rule.shortest_seconds
    ]
    total = round(sum(part.seconds for part in over), 2)
    longest = max(over, key=lambda part: part.seconds, default=talk.span)
    yield Finding(
        "C7",
        "talking_over",
        total > rule.most_seconds,
        True,
        total,
        rule.most_seconds,
        round(longest.start, 2),
        round(longest.end, 2),
        1.0,
    )


def silence(talk: JudgedTalk, rule: Silence, rules: Rules) -> Iterator[Finding]:
    """Q1: a finding for each long silence of both."""
    if talk.levels is None:
        return
    loudest = [max(pair) for pair in zip(talk.levels.caller, talk.levels.ours, strict=True)]
    noise = stretches(loudest, talk.levels.step, rules.speech_level)
    speaking = [each for each in within(noise, talk.span) if each.seconds > _NOISE_SECONDS]
    for quiet in without([talk.span], [*speaking, *talk.holds, *talk.pauses]):
        if quiet.seconds > rule.most_seconds:
            yield Finding(
                "Q1",
                "silence",
                True,
                True,
                round(quiet.seconds, 2),
                rule.most_seconds,
                round(quiet.start, 2),
                round(quiet.end, 2),
                1.0,
            )


def loudness(talk: JudgedTalk, rule: Loudness, rules: Rules) -> Iterator[Finding]:
    """Q2: shouting is a tenth of our speech above the limit; too quiet, half of it below the other one."""
    ours = speech(talk, True, rules.speech_level)
    if talk.levels is None or sum(each.seconds for each in ours) < _SPEECH_SECONDS:
        return
    tenths = quantiles(frames(talk.levels, True, ours), n=10)
    middle, loud = tenths[4], tenths[8]
    start, end = round(ours[0].start, 2), round(ours[-1].end, 2)
    yield Finding("Q2", "shouting", loud > rule.loudest, True, round(loud, 1), rule.loudest, start, end, 1.0)
    yield Finding("Q2", "too_quiet", middle < rule.quietest, True, round(middle, 1), rule.quietest, start, end, 1.0)


def one_way(talk: JudgedTalk, rule: OneWay, rules: Rules) -> Iterator[Finding]:
    """Q3: nothing at all is heard of one side. A side that is silent all the time may just listen: to be checked,
    unless the line gave not even noise."""
    heard = without([talk.span], [*talk.holds, *talk.pauses])
    seconds = sum(each.seconds for each in heard)
    if talk.levels is None or seconds < rule.least_seconds:
        return
    for ours, kind in ((False, "caller_unheard"), (True, "we_unheard")):
        levels = frames(talk.levels, ours, heard)
        if levels and max(levels) <= rules.speech_level:
            dead = max(levels) <= _DEAD_LEVEL
            yield Finding(
                "Q3",
                kind,
                True,
                dead,
                round(max(levels), 1),
                rules.speech_level,
                round(heard[0].start, 2),
                round(heard[-1].end, 2),
                1.0 if dead else 0.5,
            )


def _runs(words: Sequence[Word], pause: float) -> list[Stretch]:
    """Speech without pauses longer than `pause`."""
    found: list[Stretch] = []
    for word in words:
        if found and word.start - found[-1].end <= pause:
            found[-1] = Stretch(found[-1].start, max(word.end, found[-1].end))
        else:
            found.append(Stretch(word.start, word.end))
    return found


def _held(talk: JudgedTalk, word: Word) -> bool:
    return any(hold.covers(word.start) for hold in talk.holds)
