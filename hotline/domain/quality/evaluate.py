"""All rules over one talk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from hotline.domain.quality import courtesy, forbidden, handling, manner, spoken
from hotline.domain.quality.material import Finding, JudgedTalk
from hotline.domain.quality.pinyin import characters
from hotline.domain.quality.rules import Rules
from hotline.domain.quality.voice import within
from hotline.domain.recordings.transcript import Word

#: A rule's field in the settings and its judge, which takes that field's own type.
_EVERY: Mapping[str, Callable[[JudgedTalk, Any, Rules], Iterator[Finding]]] = {
    "answered": handling.answered,
    "opening": spoken.opening,
    "closing": spoken.closing,
    "hang_up_first": handling.hang_up_first,
    "forbidden": forbidden.forbidden,
    "speech_rate": manner.speech_rate,
    "announced": spoken.announced,
    "talking_over": manner.talking_over,
    "length": handling.length,
    "hold_prompt": spoken.hold_prompt,
    "silence": manner.silence,
    "loudness": manner.loudness,
    "one_way": manner.one_way,
    "apology": courtesy.apology,
    "surname": courtesy.surname,
    "over_promising": forbidden.over_promising,
}


def evaluate(talk: JudgedTalk, rules: Rules) -> tuple[Finding, ...]:
    """What every rule that is on says of the talk, by its second. The same talk always gives the same."""
    talk = replace(
        talk,
        holds=tuple(within(talk.holds, talk.span)),
        pauses=tuple(within(talk.pauses, talk.span)),
        caller_words=_said(talk.caller_words, rules.fillers),
        our_words=_said(talk.our_words, rules.fillers),
    )
    findings = [
        finding
        for name, judge in _EVERY.items()
        if getattr(rules, name).enabled
        for finding in judge(talk, getattr(rules, name), rules)
    ]
    return tuple(sorted(findings, key=lambda f: (f.start if f.start is not None else -1.0, f.rule, f.kind)))


def _said(words: tuple[Word, ...] | None, fillers: Collection[str]) -> tuple[Word, ...] | None:
    """Without what is nothing but fillers, one or several in a row."""
    if words is None:
        return None
    sounds = frozenset("".join(fillers))
    return tuple(word for word in words if not sounds.issuperset(characters(word.text)))


def with_company(rules: Rules, company: str) -> Rules:
    """The rules with {company} in their phrases as that line says it."""

    def named(phrases: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(phrase.replace("{company}", company) for phrase in phrases)

    opening, closing = rules.opening, rules.closing
    return replace(
        rules,
        opening=replace(opening, phrases=named(opening.phrases), dialled=named(opening.dialled)),
        closing=replace(closing, phrases=named(closing.phrases), dialled=named(closing.dialled)),
    )
