"""A breach of one of our people (F12), and what the regulations say follows (F4, F6). Pure; nothing is deducted by the
system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class BreachKind(StrEnum):
    SERVICE_COMPLAINT = "service_complaint"  # a customer complained of them because of the service (001-5 三.5)
    PUBLIC_COMPLAINT = "public_complaint"  # in the media or with an authority (003 长城 一.3)
    UNANSWERED_DISPATCH = "unanswered_dispatch"  # a dispatch left unanswered, and the complaint grew (003 长城 一.4)
    EMPTY_SHIFT = "empty_shift"  # (001-5 四)
    BOTCHED_SWAP = "botched_swap"  # (001-5 四)
    PHONE_MISUSE = "phone_misuse"  # (003 业务电话 3, 4, 7, 8, 14)
    OTHER = "other"


#: Whose rule it is.
RULES: Mapping[BreachKind, str] = {
    BreachKind.SERVICE_COMPLAINT: "F4",
    BreachKind.PUBLIC_COMPLAINT: "F4",
    BreachKind.UNANSWERED_DISPATCH: "F4",
    BreachKind.EMPTY_SHIFT: "F6",
    BreachKind.BOTCHED_SWAP: "F6",
    BreachKind.PHONE_MISUSE: "F12",
    BreachKind.OTHER: "F12",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What followed from such a breach by the settings of its time, and stays so. `yuan`: of the first. `again_days`:
    an earlier one of the same kind within so many days makes it a repeated one, at twice the amount; 0: none does.
    `dismissal_at`: the how many-th means dismissal; 0: none."""

    yuan: int = 0
    again_days: int = 0
    dismissal_at: int = 0


@dataclass(frozen=True, slots=True)
class Breach:
    """`at`: when it happened. `rule`: the rule that was broken. `source`: what it was declared from, as "case:7"; ""
    where a supervisor saw it. `word`: the person's own."""

    person_id: int
    kind: BreachKind
    rule: str
    at: datetime
    evidence: tuple[str, ...]
    note: str
    terms: Terms
    declared_by: str
    declared_at: datetime
    source: str = ""
    word: str = ""
    word_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """`nth`: the how many-th of its kind within its days; 0 where it was withdrawn. `dismissal`: in place of an
    amount."""

    nth: int
    yuan: int
    dismissal: bool = False


def weighed(theirs: Iterable[Breach]) -> dict[int, Weighed]:
    """By id, of all breaches of one person: those that were withdrawn count for nothing, and make no other a repeated
    one. In the order in which they happened."""
    found: dict[int, Weighed] = {}
    before: list[Breach] = []
    for each in sorted(theirs, key=lambda one: (one.at, one.id or 0)):
        assert each.id is not None
        if each.withdrawn_at is not None:
            found[each.id] = Weighed(0, 0)
            continue
        nth = 1 + sum(
            other.kind is each.kind and each.at - other.at <= timedelta(days=each.terms.again_days) for other in before
        )
        found[each.id] = _weighed(each.terms, nth)
        before.append(each)
    return found


def is_listed(theirs: Sequence[Breach], at: datetime, most: int, days: int) -> bool:
    """Whether somebody has so many breaches within so many days before that moment that they are listed as breaking
    rules often (003 业务电话 14)."""
    since = at - timedelta(days=days)
    return sum(each.withdrawn_at is None and since < each.at <= at for each in theirs) >= most


def _weighed(terms: Terms, nth: int) -> Weighed:
    if terms.dismissal_at and nth >= terms.dismissal_at:
        return Weighed(nth, 0, dismissal=True)
    return Weighed(nth, terms.yuan if nth == 1 or not terms.again_days else 2 * terms.yuan)
