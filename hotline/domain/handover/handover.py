"""A shift is handed over (F6): what is open, the words of who leaves, and who has read and accepted them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.errors import Refused
from hotline.domain.number_text import visible
from hotline.domain.shifts.shift import PlannedShift

MAX_WORDS = 4000
#: A mobile, a line with its area code, a number from abroad; no day and no case number.
_NUMBER = re.compile(
    r"(?<![0-9])(?:1[3-9](?:[ -]?[0-9]){9}|0[0-9]{2,3}[ -]?[0-9]{7,8}|\+[0-9](?:[ -]?[0-9]){7,})(?![0-9])"
)
#: A hand-over belongs to a shift that ends so long after it, or ended so long before it.
BEFORE, AFTER = timedelta(hours=4), timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class HandedMatter:
    """One open thing, as it was when it was handed over. `passes`: it is the next one's once they accept; else they are
    told of it, and it stays whose it was."""

    kind: str
    matter_id: int
    title: str
    due_at: datetime | None = None
    passes: bool = False


@dataclass(frozen=True, slots=True)
class ShiftHandover:
    """`shift_ends_at` None: they had no shift of the plan. `to_person_id` None: whoever comes next."""

    person_id: int
    written_at: datetime
    words: str
    shift_ends_at: datetime | None = None
    to_person_id: int | None = None
    accepted_by_id: int | None = None
    accepted_at: datetime | None = None
    answer: str = ""
    matters: tuple[HandedMatter, ...] = ()
    id: int | None = None

    @property
    def accepted(self) -> bool:
        return self.accepted_at is not None

    def may_be_accepted_by(self, person_id: int) -> bool:
        """Nobody takes over from themselves; one that is for somebody is theirs alone."""
        return person_id != self.person_id and self.to_person_id in (None, person_id)


def words_of(written: str, needed: bool) -> str:
    """Raises Refused for none where matters are open, for too many, and for a telephone number: each matter has its
    own page, where numbers are shown to whom they may be."""
    words = written.strip().replace("\r\n", "\n")
    if not words and needed:
        raise Refused("handover.words", field="words")
    if len(words) > MAX_WORDS:
        raise Refused("handover.too_long", field="words", most=MAX_WORDS)
    if _NUMBER.search(visible(words)):
        raise Refused("handover.number_in_words", field="words")
    return words


def shift_handed_over(shifts: Iterable[PlannedShift], person_id: int, now: datetime) -> PlannedShift | None:
    """Of this person's, at the desk: the one that ends next or has just ended."""
    near = [
        each
        for each in shifts
        if each.person_id == person_id and not each.duty and each.starts_at <= now and now - AFTER < each.ends_at
    ]
    return min(near, key=lambda each: abs(each.ends_at - now), default=None)


def missing(
    shifts: Iterable[PlannedShift], handovers: Collection[tuple[int, datetime | None]], since: datetime, until: datetime
) -> list[PlannedShift]:
    """Shifts at the desk that ended in [since, until] and were not handed over; who works on in another shift that
    meets it hands over at its end. `handovers`: persons and the ends of the shifts that they handed over."""
    own = [each for each in shifts if each.person_id is not None and not each.duty]
    done = set(handovers)
    return [
        each
        for each in own
        if since <= each.ends_at <= until
        and (each.person_id or 0, each.ends_at) not in done
        and not _goes_on(each, own)
    ]


def _goes_on(shift: PlannedShift, others: Iterable[PlannedShift]) -> bool:
    return any(
        other.person_id == shift.person_id and other.starts_at <= shift.ends_at < other.ends_at for other in others
    )
