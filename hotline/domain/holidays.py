"""China's public holidays and make-up working days (调休), as far as `chinesecalendar` knows them (A1).

The State Council announces a year's days in the November before; until the package holds them, the year is
unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import chinese_calendar


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A day that is ordered: off, or worked to make up for one. `name`: the holiday's, in Chinese."""

    worked: bool
    name: str


@lru_cache(maxsize=4096)
def public_day(day: date) -> PublicDay | None:
    """What is ordered for `day`; None for an ordinary weekday or weekend, and in a year that is not known."""
    if not is_known_year(day.year):
        return None
    off, name = chinese_calendar.get_holiday_detail(day)
    return PublicDay(not off, _in_chinese(name)) if name else None


@lru_cache(maxsize=256)
def is_known_year(year: int) -> bool:
    """Whether the package holds this year's days."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _in_chinese(name: str) -> str:
    chinese: str = chinese_calendar.Holiday(name).chinese
    return chinese
