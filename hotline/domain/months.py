"""Weeks and months on the calendar of Shanghai."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hotline.domain.time import midnight


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def next_month(day: date) -> date:
    """The first of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def previous_month(day: date) -> date:
    """The first of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_span(first: date) -> tuple[datetime, datetime]:
    """The first moments of this month and of the next one."""
    return midnight(first), midnight(next_month(first))
