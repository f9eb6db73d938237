"""The way of a case as a line of stages: those that it passed, where it stands, those that lie ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from hotline.domain.cases.kind import CaseAct, Kind, Stage


def passed(reached: Sequence[str], stage: str) -> list[str]:
    """The stages before `stage`, in which it stands, each once. `reached`: where each of its steps led. What a step
    back led away from is not passed any more."""
    found: list[str] = []
    for each in [*reached, stage]:
        if each in found:
            del found[found.index(each) :]
        found.append(each)
    return found[:-1]


def in_order(kind: Kind) -> tuple[Stage, ...]:
    """Its stages as its way passes them, then those beside it: a definition that was stored has lost their order."""
    main = [kind.begins, *ahead(kind, kind.begins)]
    places = {stage: place for place, stage in enumerate(main)}
    return tuple(sorted(kind.stages, key=lambda each: places.get(each.id, len(main))))


@lru_cache(maxsize=256)
def ahead(kind: Kind, stage: str, but: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """What follows `stage` when nothing is stepped back, as far as the way may lead. `but`: not by these."""
    return max(_onward(kind, stage, but | {stage}), key=len, default=())


def next_act(kind: Kind, stage: str, but: Iterable[str] = ()) -> CaseAct | None:
    """What leads on along that way; None at its end."""
    follows = ahead(kind, stage, frozenset(but))
    return next((each for each in _forward(kind, stage) if each.after == follows[0]), None) if follows else None


def _onward(kind: Kind, stage: str, seen: frozenset[str]) -> Iterable[tuple[str, ...]]:
    here = kind.stage(stage)
    if here is None or here.closed:
        return
    for after in dict.fromkeys(each.after for each in _forward(kind, stage)):
        if after is not None and after not in seen:
            yield (after, *max(_onward(kind, after, seen | {after}), key=len, default=()))


def _forward(kind: Kind, stage: str) -> list[CaseAct]:
    return [each for each in kind.acts if stage in each.before and not each.back and each.after != stage]
