"""Working time looked up in place of walked through: a hundred thousand deadlines fall on the same few weeks.

`WorkedTime` answers what lies near, and None for the rest: who asks walks then, day by day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.time import SHANGHAI, midnight
from hotline.domain.walked import HORIZON_DAYS, PeriodsOf

#: Answers lie no further from the question: no stretch without working time that walking gives up on is shorter.
_NEAR = timedelta(days=HORIZON_DAYS)
#: No window is longer, and none grows by less.
_MOST_DAYS, _FEWEST_DAYS = 1200, 14
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Window:
    """The working periods from midnight of `first` to that of `end`, and how much lies before each within the window:
    `before` has one more, for what lies in all of them."""

    first: date
    end: date
    since: datetime
    until: datetime
    starts: Sequence[datetime]
    ends: Sequence[datetime]
    before: Sequence[timedelta]

    def worked(self, moment: datetime) -> timedelta:
        place = bisect_right(self.starts, moment) - 1
        if place < 0:
            return timedelta()
        return self.before[place] + (min(moment, self.ends[place]) - self.starts[place])

    def first_with(self, worked: timedelta) -> datetime:
        """The first moment before which that much lies, more than nothing and no more than all."""
        place = bisect_left(self.before, worked) - 1
        return self.starts[place] + (worked - self.before[place])

    def last_with(self, worked: timedelta) -> datetime:
        """The last one, for less than all."""
        place = bisect_right(self.before, worked) - 1
        return self.starts[place] + (worked - self.before[place])


class WorkedTime:
    """Of one calendar, which gives each day's periods. Moments are UTC. Its window grows with the questions; threads
    may ask at once, since a window is replaced and never changed."""

    def __init__(self, periods_of: PeriodsOf) -> None:
        self._periods_of = periods_of
        self._window: _Window | None = None

    def between(self, since: datetime, until: datetime) -> timedelta | None:
        """What lies in [since, until)."""
        if until - since > _NEAR:
            return None
        window = self._covering(since, until)
        return window.worked(until) - window.worked(since)

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """The first moment with `amount`, more than nothing, since `start`."""
        window, reach = self._covering(start, start), start
        while (worked := window.worked(start) + amount) > window.before[-1]:
            if window.until - start > _NEAR:
                return None
            reach = max(reach, window.until) + _DAY
            window = self._covering(start, reach)
        found = window.first_with(worked)
        return found if found - start <= _NEAR else None

    def before(self, end: datetime, amount: timedelta) -> datetime | None:
        """The last moment with `amount`, more than nothing, until `end`."""
        window, reach = self._covering(end, end), end
        while (worked := window.worked(end) - amount) < timedelta():
            if end - window.since > _NEAR:
                return None
            reach = min(reach, window.since) - _DAY
            window = self._covering(reach, end)
        found = window.last_with(worked)
        return found if end - found <= _NEAR else None

    def _covering(self, since: datetime, until: datetime) -> _Window:
        window = self._window
        if window is None or since < window.since or until > window.until:
            window = self._window = self._grown(window, _day_of(since), _day_of(until) + _DAY)
        return window

    def _grown(self, window: _Window | None, first: date, end: date) -> _Window:
        if window is not None:
            more = max(timedelta(days=_FEWEST_DAYS), window.end - window.first)
            wider_first = min(window.first, first - more) if first < window.first else window.first
            wider_end = max(window.end, end + more) if end > window.end else window.end
            if (wider_end - wider_first).days <= _MOST_DAYS:
                return self._made(wider_first, wider_end)
        return self._made(first - _DAY, end + timedelta(days=_FEWEST_DAYS))

    def _made(self, first: date, end: date) -> _Window:
        days = (first + timedelta(days=offset) for offset in range((end - first).days))
        periods = [period for day in days for period in self._periods_of(day)]
        before = [timedelta()]
        for period in periods:
            before.append(before[-1] + (period.ends_at - period.starts_at))
        starts, ends = [each.starts_at for each in periods], [each.ends_at for each in periods]
        return _Window(first, end, midnight(first), midnight(end), starts, ends, before)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
