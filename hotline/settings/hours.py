"""[hours], [calendar], [duty], [[roster]]: when lines are open, and who is called when they are not; and what one line
has otherwise: [lines.<id>.hours], [lines.<id>.calendar], [lines.<id>.duty]."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from hotline.domain.reasons import Unfit
from hotline.domain.time import SHANGHAI
from hotline.settings.base import Dialable, Identifier, Seconds, Section

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _shanghai(moment: datetime) -> datetime:
    """A time without a zone in the settings means Asia/Shanghai."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(_shanghai)]


class HoursPeriod(Section):
    """[`start`, `end`) on one day; "24:00" is kept as an `end` of 00:00, the day's end."""

    start: time
    end: time

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if isinstance(value, str):
            found = re.fullmatch(r"\s*(\d{1,2}:\d{2}(?::\d{2})?)\s*-\s*(\d{1,2}:\d{2}(?::\d{2})?)\s*", value)
            if not found:
                raise Unfit("settings.period", got=value)
            start, end = (text.rjust(5, "0") if text.count(":") == 1 else text.rjust(8, "0") for text in found.groups())
            return {"start": start, "end": "00:00" if end in ("24:00", "24:00:00") else end}
        return value

    @model_validator(mode="after")
    def _check(self) -> HoursPeriod:
        if self.start >= self.end != time.min:
            raise Unfit("settings.period_order", start=str(self.start), end=str(self.end))
        return self


def _no_overlap(periods: tuple[HoursPeriod, ...]) -> tuple[HoursPeriod, ...]:
    ordered = tuple(sorted(periods, key=lambda p: p.start))
    for before, after in itertools.pairwise(ordered):
        if after.start < before.end or before.end == time.min:
            raise Unfit(
                "settings.periods_overlap", first=f"{before.start}-{before.end}", second=f"{after.start}-{after.end}"
            )
    return ordered


DayPeriods = Annotated[tuple[HoursPeriod, ...], AfterValidator(_no_overlap)]


class HoursSettings(Section):
    mon: DayPeriods
    tue: DayPeriods
    wed: DayPeriods
    thu: DayPeriods
    fri: DayPeriods
    sat: DayPeriods
    sun: DayPeriods
    makeup_day: DayPeriods

    def week(self) -> tuple[tuple[HoursPeriod, ...], ...]:
        """Monday first."""
        return tuple(getattr(self, day) for day in WEEKDAYS)


class LineHours(Section):
    """A day that is not given has the site's hours."""

    mon: DayPeriods | None = None
    tue: DayPeriods | None = None
    wed: DayPeriods | None = None
    thu: DayPeriods | None = None
    fri: DayPeriods | None = None
    sat: DayPeriods | None = None
    sun: DayPeriods | None = None
    makeup_day: DayPeriods | None = None

    def week(self) -> tuple[tuple[HoursPeriod, ...] | None, ...]:
        """Monday first; None is the site's."""
        return tuple(getattr(self, day) for day in WEEKDAYS)


def _once(closed: tuple[date, ...], open_: tuple[date, ...], makeup: tuple[date, ...]) -> None:
    counted = Counter(day for days in (closed, open_, makeup) for day in set(days))
    twice = sorted(day for day, count in counted.items() if count > 1)
    if twice:
        raise Unfit("settings.day_marked_twice", days=tuple(map(str, twice)))


class Calendar(Section):
    closed: tuple[date, ...]
    open: tuple[date, ...]
    makeup: tuple[date, ...]
    covered_years: tuple[int, ...]
    warn_days: Annotated[int, Field(ge=0, le=366)]

    @model_validator(mode="after")
    def _check(self) -> Calendar:
        _once(self.closed, self.open, self.makeup)
        return self


class LineCalendar(Section):
    """Days that one line has otherwise; every other day is as the site has it."""

    closed: tuple[date, ...] = ()
    open: tuple[date, ...] = ()
    makeup: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> LineCalendar:
        _once(self.closed, self.open, self.makeup)
        return self


class DepartmentSettings(Section):
    """[departments.<id>]: what one department has otherwise than the site; its clocks go by it."""

    hours: LineHours = LineHours()
    calendar: LineCalendar = LineCalendar()


class DutyNumberSetting(Section):
    person: Annotated[str, Field(min_length=1, max_length=40)]
    number: Dialable


class RosterEntry(Section):
    person: Annotated[str, Field(min_length=1, max_length=40)]
    numbers: Annotated[tuple[Dialable, ...], Field(min_length=1)]
    starts_at: Moment
    ends_at: Moment
    backups: tuple[DutyNumberSetting, ...] = ()
    lines: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> RosterEntry:
        if self.ends_at <= self.starts_at:
            raise Unfit("settings.shift_order", person=self.person, start=self.starts_at)
        return self


class Duty(Section):
    ring_seconds: Seconds
    confirm_key: Annotated[str, Field(pattern=r"^[0-9*#]$")]
    confirm_seconds: Annotated[int, Field(ge=3, le=60)]
    always: tuple[DutyNumberSetting, ...]
    gap_warn_days: Annotated[int, Field(ge=0, le=366)]


class LineDuty(Section):
    """What is not given is the site's."""

    ring_seconds: Seconds | None = None
    confirm_key: Annotated[str, Field(pattern=r"^[0-9*#]$")] | None = None
    confirm_seconds: Annotated[int, Field(ge=3, le=60)] | None = None
    always: tuple[DutyNumberSetting, ...] | None = None
    gap_warn_days: Annotated[int, Field(ge=0, le=366)] | None = None

    def over(self, site: Duty) -> Duty:
        """The site's, with what this line has otherwise."""
        own = {name: getattr(self, name) for name in self.model_fields_set}
        return site.model_copy(update={name: value for name, value in own.items() if value is not None})
