"""A shift (F6, A2): one person's time at the desk or with the duty mobile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.interval import Interval
from hotline.domain.line.roster import DutyNumber


class ShiftOrigin(StrEnum):
    """Where a shift came from."""

    PLAN = "plan"
    PATTERN = "pattern"
    COPY = "copy"
    ROSTER = "roster"
    TABLE = "table"
    SWAP = "swap"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """One person's time, [`starts_at`, `ends_at`). `person_id` None: somebody who is known by name alone, without
    `person` nobody. `kind`: an id
    of the settings' kinds, "" for none of them. `duty`: they have the duty mobile (A2); everybody else is at the desk.

    `lines`, `queues`: whose callers they take; none named is every one. `numbers`: what is rung in place of the
    person's own mobile, then `backups`. `published_at` None: a draft, which only who plans sees and nothing goes by.
    """

    person: str
    starts_at: datetime
    ends_at: datetime
    person_id: int | None = None
    kind: str = ""
    duty: bool = False
    lines: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    backups: tuple[DutyNumber, ...] = ()
    note: str = ""
    origin: ShiftOrigin = ShiftOrigin.PLAN
    published_at: datetime | None = None
    version: int = 1
    id: int | None = None

    @property
    def span(self) -> Interval:
        return Interval(self.starts_at, self.ends_at)

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_open(self) -> bool:
        """Nobody has it, and it is to be given to somebody."""
        return self.person_id is None and not self.person

    def is_for(self, line: str) -> bool:
        """Whether they take this line's callers; "" is any line."""
        return not line or not self.lines or line in self.lines

    def covers(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at

    def meets(self, since: datetime, until: datetime) -> bool:
        return self.starts_at < until and self.ends_at > since

    def is_of(self, other: PlannedShift) -> bool:
        """Whether both are the same person's."""
        if self.person_id is None or other.person_id is None:
            return self.person == other.person
        return self.person_id == other.person_id


def merged(spans: Iterable[Interval]) -> list[Interval]:
    """The same time, in order, none of it twice: what meets becomes one."""
    found: list[Interval] = []
    for span in sorted(spans, key=lambda each: each.starts_at):
        if found and span.starts_at <= found[-1].ends_at:
            found[-1] = Interval(found[-1].starts_at, max(found[-1].ends_at, span.ends_at))
        else:
            found.append(span)
    return found
