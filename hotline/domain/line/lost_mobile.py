"""Duty mobiles that nobody is to be rung at: lost, stolen or broken (A2)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.line.roster import DutyNumber, Shift, parts
from hotline.domain.numbers import key


@dataclass(frozen=True, slots=True)
class LostMobile:
    """Out of every shift and list in [`taken_out_at`, `put_back_at`). `number` as it was dialled, `person` whose it was
    then. `asked_by`: who wants it back, where a second person has to agree."""

    number: str
    person: str
    reason: str
    taken_out_by: str
    taken_out_at: datetime
    asked_by: str = ""
    asked_at: datetime | None = None
    put_back_by: str = ""
    put_back_at: datetime | None = None
    id: int | None = None

    def is_out(self, moment: datetime) -> bool:
        return self.taken_out_at <= moment and (self.put_back_at is None or moment < self.put_back_at)


def without(numbers: Iterable[DutyNumber], lost: Iterable[LostMobile], moment: datetime) -> tuple[DutyNumber, ...]:
    """Those that may be rung at `moment`, however they are spelt."""
    out = _out(lost, moment)
    return tuple(each for each in numbers if key(each.number) not in out)


def reachable(shifts: Iterable[Shift], lost: Sequence[LostMobile]) -> list[Shift]:
    """The shifts with the numbers that may be rung then, cut where that changes; time in which nobody is left to be
    rung is in none of them, and so a gap (A16)."""
    if not lost:
        return list(shifts)
    return [part for shift in shifts for part in _parts(shift, lost)]


def _parts(shift: Shift, lost: Sequence[LostMobile]) -> Iterator[Shift]:
    own = {key(number) for number in (*shift.numbers, *(each.number for each in shift.backups))}
    concerned = [each for each in lost if key(each.number) in own]
    edges = {edge for each in concerned for edge in (each.taken_out_at, each.put_back_at) if edge is not None}
    for part in parts(shift, edges) if concerned else (shift,):
        out = _out(concerned, part.starts_at)
        numbers = tuple(each for each in shift.numbers if key(each) not in out)
        backups = tuple(each for each in shift.backups if key(each.number) not in out)
        if numbers or backups:
            yield dataclasses.replace(part, numbers=numbers, backups=backups)


def _out(lost: Iterable[LostMobile], moment: datetime) -> frozenset[str]:
    return frozenset(key(each.number) for each in lost if each.is_out(moment))
