"""When customers of a line are called, and when somebody who was not reached is dialled again: by the settings."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.calendar import Hours
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.dialling.next_try import FINAL, NextTries, next_try
from hotline.domain.dialling.rest_time import CallingHours
from hotline.services.calendar import work_calendar
from hotline.settings import Settings
from hotline.settings.hours import HoursPeriod


def calling_hours(settings: Settings, line: str) -> CallingHours:
    """E7, of this line."""
    ours = settings.dialling
    return CallingHours(_hours(ours.line_hours.get(line, ours.hours)), _hours(ours.holiday_hours))


def may_be_called_at(settings: Settings, line: str, moment: datetime) -> datetime | None:
    """`moment` itself outside rest time, else when it ends; None when it never does. For a list that says so."""
    return calling_hours(settings, line).opens_at(moment, work_calendar(settings, line))


def next_tries(settings: Settings) -> NextTries:
    ours = settings.dialling.next_try
    after = {each: timedelta(minutes=getattr(ours, each.value)) for each in DialOutcome if each not in FINAL}
    return NextTries(after, ours.most)


def next_try_at(settings: Settings, line: str, outcome: DialOutcome, tries: int, now: datetime) -> datetime | None:
    """See `hotline.domain.dialling.next_try.next_try`."""
    return next_try(
        outcome, tries, next_tries(settings), calling_hours(settings, line), work_calendar(settings, line), now
    )


def _hours(periods: tuple[HoursPeriod, ...]) -> tuple[Hours, ...]:
    return tuple(Hours(each.start, each.end) for each in periods)
