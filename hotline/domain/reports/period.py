"""Times that reports are asked for by name, and with which each is compared. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from hotline.domain.months import monday_of, previous_month

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class Period(StrEnum):
    """DAYS: from one day to another, which have to be said."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    LAST_MONTH = "last_month"
    MONTH = "month"
    YEAR = "year"
    DAYS = "days"


def days_of(period: Period, today: date) -> tuple[date, date]:
    """Its first and last day. Of DAYS, those of this month."""
    match period:
        case Period.TODAY:
            return today, today
        case Period.YESTERDAY:
            return today - _DAY, today - _DAY
        case Period.WEEK:
            return monday_of(today), today
        case Period.LAST_MONTH:
            return previous_month(today), today.replace(day=1) - _DAY
        case Period.YEAR:
            return today.replace(month=1, day=1), today
        case _:
            return today.replace(day=1), today


def days_before(period: Period, first: date, last: date) -> tuple[date, date]:
    """The time before, as long: the same days of the week, month or year before it."""
    end, length = first - _DAY, last - first
    match period:
        case Period.WEEK:
            return first - _WEEK, last - _WEEK
        case Period.MONTH:
            before = previous_month(first)
            return before, min(before + length, end)
        case Period.LAST_MONTH:
            return previous_month(first), end
        case Period.YEAR:
            before = date(first.year - 1, 1, 1)
            return before, min(before + length, end)
        case _:
            return end - length, end
