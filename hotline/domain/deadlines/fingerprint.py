"""By what a deadline was counted, as a short text: another calendar or another setting gives another one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from hotline.domain.calendar import WorkCalendar
from hotline.domain.holidays import is_known_year, public_day

#: "<calendar>.<settings>", each so many hexadecimal digits.
_DIGITS = 12
#: Public holidays of no other years can move a deadline that is open.
_YEARS = range(2020, 2051)


def counted_by(calendar: WorkCalendar, settings: str) -> str:
    """`settings`: what of the settings it depends on, in words: its term, and how long before its end it is warned
    of."""
    own = (
        calendar.week,
        calendar.makeup_day,
        sorted(calendar.closed),
        sorted(calendar.open),
        sorted(calendar.makeup),
        sorted(calendar.covered_years),
    )
    return f"{_short(repr((own, _public_days())))}.{_short(settings)}"


@lru_cache(maxsize=64)
def what_changed(before: str, after: str) -> tuple[bool, bool]:
    """Of two of these: whether the calendar is another, and whether the settings are."""
    old, new = before.partition("."), after.partition(".")
    return old[0] != new[0], old[2] != new[2]


@lru_cache(maxsize=1)
def _public_days() -> str:
    return _short(repr([(day, public_day(day)) for year in _YEARS if is_known_year(year) for day in _days(year)]))


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
