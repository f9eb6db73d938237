"""Verdicts of what the rules found in one operator's talk (C, Q, A8, A10, A13). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hotline.domain.verdicts.judged import Judged
from hotline.domain.verdicts.verdict import Judgement, WhyJudged


class Needs:
    """What a rule must have had, to have found what it looks for."""

    WORDS = "transcribed"
    SOUND = "sound"
    NOTHING = ""


class SpokenRule(NamedTuple):
    """`field`: its part of the settings [rules]. `always`: where there is what it needs, it finds only what is wrong,
    so that nothing found is kept; else it finds a value in each talk that it concerns, and none is no matter of it."""

    field: str
    needs: str
    always: bool = False


#: By rule.
SPOKEN: Mapping[str, SpokenRule] = {
    "A10": SpokenRule("length", Needs.NOTHING, always=True),
    "A13": SpokenRule("hold_prompt", Needs.WORDS),
    "C1": SpokenRule("opening", Needs.WORDS),
    "C2": SpokenRule("closing", Needs.WORDS),
    "C3": SpokenRule("hang_up_first", Needs.NOTHING),
    "C4": SpokenRule("forbidden", Needs.WORDS, always=True),
    "C5": SpokenRule("speech_rate", Needs.WORDS),
    "C6": SpokenRule("announced", Needs.WORDS),
    "C7": SpokenRule("talking_over", Needs.SOUND),
    "C12": SpokenRule("apology", Needs.WORDS),
    "C13": SpokenRule("surname", Needs.WORDS),
    "C14": SpokenRule("over_promising", Needs.WORDS, always=True),
    "Q1": SpokenRule("silence", Needs.SOUND, always=True),
    "Q2": SpokenRule("loudness", Needs.SOUND),
    "Q3": SpokenRule("one_way", Needs.SOUND, always=True),
}

#: Asked of every talk: where what they need is missing, that they could not be judged is said.
_OF_EVERY_TALK = frozenset({"C1", "C2", "C4", "C5", "C7", "C13", "C14", "Q1", "Q2", "Q3"})

_UNITS = {
    "answer_seconds": "s",
    "answer_rings": "rings",
    "first_words": "s",
    "too_long": "min",
    "length": "min",
    "speech_rate": "chars/min",
    "talking_over": "s",
    "silence": "s",
    "we_hung_up": "s",
    "shouting": "dBFS",
    "too_quiet": "dBFS",
    "caller_unheard": "dBFS",
    "we_unheard": "dBFS",
    "hold_prompt": "prompts",
    "opening": "phrases",
    "closing": "phrases",
}


class Found(NamedTuple):
    """A finding without the words it quotes."""

    rule: str
    kind: str
    breach: bool
    counts: bool
    value: float | None
    limit: float | None
    start: float | None
    end: float | None


def of_findings(found: Sequence[Found]) -> Judged:
    """Of one rule and one talk, at least one. What a person has to check first breaks no rule yet."""
    breaches = [each for each in found if each.breach and each.counts]
    if breaches:
        return _judged(Judgement.BROKEN, breaches, "")
    unsure = [each for each in found if each.breach]
    if unsure:
        return _judged(Judgement.NOT_JUDGED, unsure, WhyJudged.TO_BE_CHECKED)
    first = found[0]
    if first.kind == "handed_over":
        return Judged(Judgement.NOT_APPLICABLE, why=WhyJudged.HANDED_OVER.value)
    return Judged(Judgement.KEPT, first.value, first.limit, _UNITS.get(first.kind, ""))


def _judged(judgement: Judgement, shown: Sequence[Found], why: str) -> Judged:
    """By the earliest of them."""
    first = min(shown, key=lambda each: each.start if each.start is not None else -1.0)
    evidence: dict[str, Any] = {"kind": first.kind}
    if first.start is not None:
        evidence |= {"from": first.start, "to": first.end}
    if len(shown) > 1:
        evidence["found"] = len(shown)
    return Judged(judgement, first.value, first.limit, _UNITS.get(first.kind, ""), str(why), evidence)


def of_none(rule: str, measures: Mapping[str, Any]) -> Judged | None:
    """Of a talk in which the rule found nothing. None: it does not concern it."""
    spoken = SPOKEN[rule]
    if spoken.needs and not measures.get(spoken.needs):
        why = WhyJudged.NOT_TRANSCRIBED if spoken.needs == Needs.WORDS else WhyJudged.NO_SOUND
        return Judged(Judgement.NOT_JUDGED, why=why.value) if rule in _OF_EVERY_TALK else None
    return Judged(Judgement.KEPT) if spoken.always else None
