"""Working time that somebody has otherwise than the site: a line has it, and a department may."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hotline.domain.calendar import Hours, WorkCalendar


class DayMark(StrEnum):
    """What was entered for a day, against what is ordered or usual."""

    CLOSED = "closed"
    OPEN = "open"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """What is otherwise than at the site. `week`: Monday first; None where the site's hours hold, for `makeup_day` too.
    A day of its own comes before the site's mark for that day."""

    week: tuple[tuple[Hours, ...] | None, ...] = (None,) * 7
    makeup_day: tuple[Hours, ...] | None = None
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()
    makeup: frozenset[date] = frozenset()

    @property
    def days(self) -> frozenset[date]:
        """All that it has a mark of its own for."""
        return self.closed | self.open | self.makeup


def calendar_of(site: WorkCalendar, own: OwnCalendar) -> WorkCalendar:
    """The calendar of who has `own` at this site. Which years are known is the site's matter."""
    makeup_day = site.makeup_day if own.makeup_day is None else own.makeup_day
    return dataclasses.replace(
        site,
        week=tuple(usual if hours is None else hours for usual, hours in zip(site.week, own.week, strict=True)),
        makeup_day=makeup_day,
        closed=(site.closed - own.days) | own.closed,
        open=(site.open - own.days) | own.open,
        makeup=(site.makeup - own.days) | own.makeup,
    )


def mark_of(calendar: WorkCalendar | OwnCalendar, day: date) -> DayMark | None:
    """What was entered for this day; None where nothing was."""
    if day in calendar.closed:
        return DayMark.CLOSED
    if day in calendar.makeup:
        return DayMark.MAKEUP
    return DayMark.OPEN if day in calendar.open else None
