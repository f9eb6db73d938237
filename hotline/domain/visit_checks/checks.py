"""E6: visits are drawn, and somebody who did not make them judges whether they were made as they should be."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.reasons import Unfit
from hotline.domain.text import several_lines

MAX_NOTE = 4000


class Fault(StrEnum):
    """What was not as it should be."""

    WORDS = "words"  # the regulation's words
    REST_TIME = "rest_time"  # E7
    LATE = "late"  # E7
    LENGTH = "length"  # longer than three minutes, more than five questions
    RECORD = "record"  # E1: the record, or its sound, is not whole
    WILL = "will"  # E3, E10
    SECRECY = "secrecy"  # E4
    PROBLEM = "problem"  # what the customer complained of led to no case
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VisitDraw:
    """So many of each visitor's visits of a month. `candidates`: of how many; `drawn`: ids of visits."""

    month: str
    seed: str
    per_visitor: int
    candidates: int
    drawn: tuple[int, ...]
    drawn_by: str
    drawn_at: datetime
    id: int | None = None


@dataclass(frozen=True, slots=True)
class VisitCheck:
    """`compliant`: None while nobody has judged it. `order_id`: the corrective action that came of it."""

    draw_id: int
    visit_id: int
    visitor: str
    compliant: bool | None = None
    found: tuple[Fault, ...] = ()
    note: str = ""
    checked_by: str = ""
    checked_at: datetime | None = None
    order_id: int | None = None
    id: int | None = None


def draw_visits(candidates: Mapping[str, Iterable[int]], per_visitor: int, seed: str) -> tuple[int, ...]:
    """By visitor, the ids of their visits: the same of the same seed, whatever order they come in."""
    drawn: list[int] = []
    for visitor in sorted(candidates):
        theirs = sorted(set(candidates[visitor]))
        drawn += random.Random(f"visits:{seed}:{visitor}").sample(theirs, min(per_visitor, len(theirs)))
    return tuple(sorted(drawn))


def checked_judgement(compliant: bool, found: Iterable[Fault], note: str) -> tuple[tuple[Fault, ...], str]:
    """Raises Unfit for faults of one that is compliant, and for one that is not without any."""
    faults, words = tuple(sorted(set(found))), several_lines(note)
    if compliant and faults:
        raise Unfit("visit_checks.compliant_has_none", field="found")
    if not compliant and not faults:
        raise Unfit("visit_checks.which_fault", field="found")
    if Fault.OTHER in faults and not words:
        raise Unfit("visit_checks.other_in_words", field="note")
    if len(words) > MAX_NOTE:
        raise Unfit("visit_checks.too_long", field="note", most=MAX_NOTE)
    return faults, words
