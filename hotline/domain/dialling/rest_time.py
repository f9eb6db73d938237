"""When customers may be called (E7): not in their rest time, by the wall clock of Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.calendar import DayKind, Hours, WorkCalendar, interval_of, local_day
from hotline.domain.holidays import public_day
from hotline.domain.interval import Interval
from hotline.domain.walked import HORIZON_DAYS


@dataclass(frozen=True, slots=True)
class CallingHours:
    """`usual`: when customers are called; `holiday`: on public holidays that the line does not work. In order; none is
    not at all."""

    usual: tuple[Hours, ...]
    holiday: tuple[Hours, ...]

    def of_day(self, day: date, calendar: WorkCalendar) -> tuple[Hours, ...]:
        return self.holiday if is_rest_day(day, calendar) else self.usual

    def allows(self, moment: datetime, calendar: WorkCalendar) -> bool:
        """09:00:00 is allowed, 12:00:00 is not."""
        return any(span.starts_at <= moment < span.ends_at for span in self._spans(local_day(moment), calendar))

    def opens_at(self, moment: datetime, calendar: WorkCalendar) -> datetime | None:
        """`moment` itself where customers may be called then, else when they may be next; None when they never may."""
        return next((max(span.starts_at, moment) for span in self.spans_from(moment, calendar)), None)

    def spans_from(self, moment: datetime, calendar: WorkCalendar) -> Iterator[Interval]:
        """Those that end after `moment`, whole ones, as far as the calendar is looked through."""
        first = local_day(moment)
        for offset in range(HORIZON_DAYS):
            for span in self._spans(first + timedelta(days=offset), calendar):
                if span.ends_at > moment:
                    yield span

    def _spans(self, day: date, calendar: WorkCalendar) -> tuple[Interval, ...]:
        return tuple(interval_of(day, hours) for hours in self.of_day(day, calendar))


def is_rest_day(day: date, calendar: WorkCalendar) -> bool:
    """A public holiday, unless the line works all the same: then its customers expect it to call."""
    ordered = public_day(day)
    works = calendar.day(day).kind in (DayKind.SITE_OPEN, DayKind.MAKEUP)
    return ordered is not None and not ordered.worked and not works
