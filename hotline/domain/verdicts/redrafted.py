"""What was found in a talk, under other limits: where the value that was measured decides it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from hotline.domain.verdicts.findings import Found

#: A rule's part of the settings is whatever dataclass it has.
_Decides = Callable[[Sequence[Found], Any], list[Found]]


def under(rule: str, talk: Sequence[Found], was: Any, on: Any) -> list[Found] | None:
    """What the rule finds of that talk with `on` in place of `was`, its part of the settings; `talk`: all that was
    found there. None: values do not decide it."""
    if rule not in _LIMITS:
        return None
    limits, decides = _LIMITS[rule]
    if _without(was, limits) != _without(on, limits):
        return None
    if rule == "Q1" and on.most_seconds < was.most_seconds:
        return None  # shorter silences were not written down
    return decides(talk, on)


def _without(part: Any, limits: frozenset[str]) -> dict[str, Any]:
    return {each.name: getattr(part, each.name) for each in fields(part) if each.name not in limits | {"enabled"}}


def _of(talk: Sequence[Found], *kinds: str) -> list[Found]:
    return [each for each in talk if each.kind in kinds and each.value is not None]


def _overlap(talk: Sequence[Found], on: Any) -> list[Found]:
    return [
        each._replace(breach=_value(each) > on.most_seconds, limit=on.most_seconds)
        for each in _of(talk, "talking_over")
    ]


def _silence(talk: Sequence[Found], on: Any) -> list[Found]:
    longer = [each for each in _of(talk, "silence") if _value(each) > on.most_seconds]
    return [each._replace(limit=on.most_seconds) for each in longer]


def _loudness(talk: Sequence[Found], on: Any) -> list[Found]:
    loud = [each._replace(breach=_value(each) > on.loudest, limit=on.loudest) for each in _of(talk, "shouting")]
    quiet = [each._replace(breach=_value(each) < on.quietest, limit=on.quietest) for each in _of(talk, "too_quiet")]
    return [*loud, *quiet]


def _rate(talk: Sequence[Found], on: Any) -> list[Found]:
    def judged(each: Found) -> Found:
        value = _value(each)
        fits = on.lowest - on.tolerance <= value <= on.highest + on.tolerance
        return each._replace(breach=not fits, limit=float(on.lowest if value < on.lowest else on.highest))

    return [judged(each) for each in _of(talk, "speech_rate")]


def _length(talk: Sequence[Found], on: Any) -> list[Found]:
    longest = on.longest_minutes
    return [
        each._replace(rule="A10", kind="too_long", breach=True, limit=float(longest))
        for each in _of(talk, "length")
        if longest is not None and _value(each) > longest
    ]


def _waiting(talk: Sequence[Found], on: Any) -> list[Found]:
    waited = [
        each._replace(breach=_value(each) < on.wait_seconds, limit=float(on.wait_seconds))
        for each in _of(talk, "we_hung_up")
    ]
    others = [each for each in talk if each.rule == "C3" and each.value is None]
    return [*waited, *others]


def _value(found: Found) -> float:
    assert found.value is not None
    return found.value


#: By rule: which of its figures are limits of what was measured, and how they decide.
_LIMITS: Mapping[str, tuple[frozenset[str], _Decides]] = {
    "A10": (frozenset({"warn_minutes", "average_minutes"}), _length),
    "C3": (frozenset({"wait_seconds"}), _waiting),
    "C5": (frozenset({"lowest", "highest", "tolerance"}), _rate),
    "C7": (frozenset({"most_seconds"}), _overlap),
    "Q1": (frozenset({"most_seconds"}), _silence),
    "Q2": (frozenset({"quietest", "loudest"}), _loudness),
}
