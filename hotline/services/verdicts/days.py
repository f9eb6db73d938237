"""Makers of verdicts on days and months: what of them is known once they are over."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.months import month_span, next_month
from hotline.domain.time import end_of_day, midnight
from hotline.domain.verdicts.verdict import Verdict
from hotline.domain.wall_time import DAY
from hotline.services.verdicts.maker import Ground, Maker
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.first_day import first_day
from hotline.storage.verdicts.generations import Mark
from hotline.storage.verdicts.marks import Marked

#: So long a month that is over is looked at each day: records, ratings and answers come late.
_LATE_DAYS = 40


class Days(Maker):
    """Of each day in Shanghai, as soon as it is over; its id is 2026-11-30."""

    def complete_since(self, tx: Transaction, after: Mark, until: datetime, limit: int) -> Sequence[Marked]:
        first = first_day(tx)
        if first is None:
            return []
        day = max(first, local_day(after.at))
        found: list[Marked] = []
        while end_of_day(day) <= until and len(found) < limit:
            if end_of_day(day) > after.at:
                found.append(Marked(Mark(end_of_day(day)), day.isoformat()))
            day += DAY
        return found

    def between(self, tx: Transaction, start: datetime, end: datetime, after: Mark, limit: int) -> Sequence[Marked]:
        first = first_day(tx)
        if first is None:
            return []
        day = date.fromisoformat(after.key) + DAY if after.key else max(first, local_day(start))
        found: list[Marked] = []
        while midnight(day) < end and len(found) < limit:
            found.append(Marked(Mark(start, day.isoformat()), day.isoformat()))
            day += DAY
        return found

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        days = {each: date.fromisoformat(each) for each in ids}
        return {key: list(self.of_day(tx, day, ground)) for key, day in days.items() if end_of_day(day) <= ground.now}

    @abstractmethod
    def of_day(self, tx: Transaction, day: date, ground: Ground) -> Iterable[Verdict]: ...


class Months(Maker):
    """Of each month in Shanghai, as soon as it is over, and again while something of it may come late; its id is
    2026-11. It is judged by the figures of its last moment, at which it lies."""

    def complete_since(self, tx: Transaction, after: Mark, until: datetime, limit: int) -> Sequence[Marked]:
        first = first_day(tx)
        if first is None:
            return []
        found = [
            Marked(Mark(moment, key), key)
            for key, end in _months(max(first, local_day(after.at) - (_LATE_DAYS + 1) * DAY), until)
            for days in range(_LATE_DAYS + 1)
            if after.at < (moment := end + days * DAY) <= until
        ]
        return sorted(found)[:limit]

    def between(self, tx: Transaction, start: datetime, end: datetime, after: Mark, limit: int) -> Sequence[Marked]:
        first = first_day(tx)
        if first is None:
            return []
        # A month lies at its last moment, so one that ends with the time is among them.
        months = _months(max(first, local_day(start)), end)
        return [Marked(Mark(start, key), key) for key, _end in months if key > after.key][:limit]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        found: dict[str, list[Verdict]] = {}
        for key in ids:
            start, end = month_span(date.fromisoformat(f"{key}-01"))
            if end <= ground.now:
                found[key] = list(self.of_month(tx, key, start, end, ground))
        return found

    @abstractmethod
    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]: ...


def month_at(end: datetime) -> datetime:
    """At which moment the month that ends then lies: its last second."""
    return end - timedelta(seconds=1)


def _months(first: date, until: datetime) -> Iterator[tuple[str, datetime]]:
    """Each month from that of `first` on that is over by then, and its end."""
    month = first.replace(day=1)
    while (end := month_span(month)[1]) <= until:
        yield f"{month:%Y-%m}", end
        month = next_month(month)
