"""Who of ours takes callers when (A2, A16): whoever is away, or has left us, has no turn with the duty mobile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile

from hotline.domain.line.roster import DutyNumber, Shift, parts
from hotline.domain.numbers import key


@dataclass(frozen=True, slots=True)
class NotThere:
    """Somebody takes no callers in [`starts_at`, `ends_at`); `instead` is rung in their place, None: nobody is."""

    starts_at: datetime
    ends_at: datetime
    instead: DutyNumber | None = None

    def covers(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at


@dataclass(frozen=True, slots=True)
class There:
    """`away`: by person, when they take no callers. `mobiles`, by their keys, and `names` that one alone has say whose
    a number is. Who stands in nowhere here is nobody of ours, and always there."""

    away: Mapping[int, Sequence[NotThere]] = field(default_factory=dict)
    mobiles: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)

    def rung(self, numbers: Iterable[DutyNumber], moment: datetime) -> tuple[DutyNumber, ...]:
        """These as they are rung at `moment`: in the turn of whoever is away, whoever stands in for them."""
        found = (self._turn(self._whose(each), (each,), moment) for each in numbers)
        return tuple(one for turn in found for one in turn)

    def shifts(self, planned: Iterable[Shift]) -> list[Shift]:
        """The shifts as they ring, cut where that changes; time in which nobody is left to be rung is in none of them,
        and so a gap (A16)."""
        return [part for shift in planned for part in self._parts(shift)] if self.away else list(planned)

    def _parts(self, shift: Shift) -> Iterator[Shift]:
        own = [DutyNumber(shift.person, number) for number in shift.numbers]
        owner = shift.person_id if shift.person_id is not None else self.names.get(shift.person)
        whose = [self.mobiles.get(key(each.number), owner) for each in own]
        named = (*whose, *map(self._whose, shift.backups))
        concerned = {each for each in named if each is not None and each in self.away}
        if not concerned:
            yield shift
            return
        edges = [edge for person in concerned for each in self.away[person] for edge in (each.starts_at, each.ends_at)]
        for part in parts(shift, edges):
            turns = [self._turn(person, (each,), part.starts_at) for person, each in zip(whose, own, strict=True)]
            rung = (*(one for turn in turns for one in turn), *self.rung(shift.backups, part.starts_at))
            if rung:
                yield _ringing(part, rung)

    def _turn(self, person: int | None, own: tuple[DutyNumber, ...], moment: datetime) -> tuple[DutyNumber, ...]:
        gone = next((each for each in self.away.get(person or 0, ()) if each.covers(moment)), None)
        if gone is None:
            return own
        return (gone.instead,) if gone.instead else ()

    def _whose(self, number: DutyNumber) -> int | None:
        return self.mobiles.get(key(number.number), self.names.get(number.person))


def _ringing(part: Shift, rung: Sequence[DutyNumber]) -> Shift:
    """The shift is whose number comes first."""
    person = rung[0].person
    first = tuple(takewhile(lambda each: each.person == person, rung))
    return replace(part, person=person, numbers=tuple(each.number for each in first), backups=tuple(rung[len(first) :]))
