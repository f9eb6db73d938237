"""Whether the parts of a kind fit together: names that are named stand somewhere, and no case can be stranded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from hotline.domain.cases.common_acts import COMMON
from hotline.domain.cases.given import BUILT_IN, REASON
from hotline.domain.cases.kind import OPEN, FieldType, Kind
from hotline.domain.cases.wrong_kind import WrongKind


def require_whole(kind: Kind, source: str) -> None:
    """Raises WrongKind for the first that does not fit."""
    for key, expected in _problems(kind):
        raise WrongKind(source, key, expected)


def _problems(kind: Kind) -> Iterator[tuple[str, str]]:
    stages, common = {each.id for each in kind.stages}, {each.id for each in COMMON}
    acts = {OPEN, *(each.id for each in kind.acts), *common}
    given = BUILT_IN | {each.id for each in kind.fields}
    if kind.begins not in stages:
        yield "begins", f"one of the stages {_listed(stages)}"
    if not any(each.closed for each in kind.stages):
        yield "stage", "one stage with closed = true at least"
    for what, ids in (
        ("stage", (each.id for each in kind.stages)),
        ("stage", [each.id for each in kind.stages]),
        ("act", [*(each.id for each in kind.acts), *common]),
        ("field", (each.id for each in kind.fields)),
    ):
        if twice := [each for each, count in Counter(ids).items() if count > 1]:
            yield what, f"each id once, {_listed(twice)} stands twice or is one of every kind's"
    if taken := {each.id for each in kind.fields} & BUILT_IN:
        yield "field", f"other ids than {_listed(taken)}, which every kind has"
    yield from _acts(kind, stages, given)
    for place, each in enumerate(kind.fields, 1):
        if lost := set(each.required) - acts:
            yield f"field[{place}].required", f"acts of this kind, not {_listed(lost)}"
    yield from _clocks(kind, acts)
    yield from _ways(kind)


def _acts(kind: Kind, stages: set[str], given: frozenset[str]) -> Iterator[tuple[str, str]]:
    for place, act in enumerate(kind.acts, 1):
        if not act.before or act.before - stages:
            yield f"act[{place}].from", f"some of the stages {_listed(stages)}"
        if act.after is not None and act.after not in stages:
            yield f"act[{place}].to", f"one of the stages {_listed(stages)}"
        if lost := {*act.needs, *act.takes} - given:
            yield f"act[{place}].needs", f"fields of this kind or of every kind, not {_listed(lost)}"
        if act.back and REASON not in act.needs:
            yield f"act[{place}].needs", "reason, since it is a step back"


def _clocks(kind: Kind, acts: set[str]) -> Iterator[tuple[str, str]]:
    moments = {each.id for each in kind.fields if each.type is FieldType.MOMENT}
    for place, clock in enumerate(kind.clocks, 1):
        for key, named in (("starts", clock.starts), ("ends", clock.ends), ("reopens", clock.reopens)):
            if lost := set(named) - acts:
                yield f"clock[{place}].{key}", f"acts of this kind, not {_listed(lost)}"
        if clock.until and clock.until not in moments:
            yield f"clock[{place}].until", "a field of this kind of type moment"
        for key, wanted in clock.values.items():
            asked = kind.field(key)
            if asked is None or not wanted or set(wanted) - set(asked.choices):
                yield f"clock[{place}].values.{key}", "some of the choices of a field of this kind of type choice"
        if not clock.starts or not clock.ends:
            yield f"clock[{place}]", "acts that start it and acts that end it"


def _ways(kind: Kind) -> Iterator[tuple[str, str]]:
    """Every stage is reached, and from every stage an end."""
    closed = {each.id for each in kind.stages if each.closed}
    leads = {each.id: {act.after for act in kind.acts if each.id in act.before and act.after} for each in kind.stages}
    reached, ahead = {kind.begins}, [kind.begins]
    while ahead:
        new = leads.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    if lost := {each.id for each in kind.stages} - reached:
        yield "stage", f"an act that leads to {min(lost)}"
    ends = set(closed)
    while more := {stage for stage, to in leads.items() if to & ends} - ends:
        ends |= more
    if stranded := set(leads) - ends:
        yield "stage", f"a way from {min(stranded)} to a stage with closed = true"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
