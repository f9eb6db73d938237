"""On which days something is due again and again: visits of a project (E8), its inspections and surveys."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

#: E8: monthly within the first year, then once a quarter.
FIRST_YEAR_MONTHS, QUARTER_MONTHS = 12, 3

#: After how many months the n-th one (from 1) is due.
Rhythm = Callable[[int], int]


def visit_months(n: int) -> int:
    """E8: the n-th visit of a project is due so many months after its delivery."""
    return n if n <= FIRST_YEAR_MONTHS else FIRST_YEAR_MONTHS + QUARTER_MONTHS * (n - FIRST_YEAR_MONTHS)


def every(months: int) -> Rhythm:
    return lambda n: n * months


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; the month's last one where it has no such day. Always counted
    from the beginning: what was delivered on the 31st comes back to the 31st after a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Due:
    """`n`: the how many-th it is. `missed`: the next one is due already, so it is not made up for."""

    n: int
    day: date
    missed: bool = False


def due_since(begun: date, rhythm: Rhythm, done: int, since: date, until: date, today: date) -> Iterator[Due]:
    """What became due after number `done` and up to `until`, in order. What was due before `since` is nobody's matter:
    a project that is entered years after its delivery is not visited for all of them. Of what was missed while nothing
    ran only the latest is made up for."""
    n = done + 1
    while (day := months_after(begun, rhythm(n))) <= until:
        if day >= since:
            following = months_after(begun, rhythm(n + 1))
            yield Due(n, day, missed=following <= today)
        n += 1
