"""Sums and counts for the figures. Those of calls come from the kept sums of whole days, as far as these are good, and
from the facts for the rest; all others from their own rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import TextClause, bindparam, select, text

from hotline.domain.reports.scope import DAYS, TIMES, Axis, Scope, day_key, local_days, slot_text
from hotline.domain.time import SHANGHAI, midnight
from hotline.storage.reports import figure_sql
from hotline.storage.reports.dialect import Dialect
from hotline.storage.reports.figure_sql import Terms
from hotline.storage.reports.source import Source
from hotline.storage.reports.sources import SOURCES
from hotline.storage.reports.tables import report_day
from hotline.storage.transaction import TableStore, Transaction
from hotline.storage.types import UtcDateTime

Sums = dict[str, dict[str, float]]
Counts = dict[str, Counter[int]]
#: By the ids of their first calls.
Callers = dict[str, set[str]]

#: Before anything was.
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_TIME_GRAIN = TIMES | {Axis.LINE, Axis.QUEUE}
_GRAINS = {Axis.PERSON: "person", Axis.SUBJECT: "subject", Axis.REGION: "region"}


class FigureStore(TableStore):
    """`now`: what is due by then is due."""

    def __init__(self, tx: Transaction, terms: Terms, now: datetime) -> None:
        super().__init__(tx)
        self._terms, self._now = terms, now
        self._dialect = Dialect(self._connection.dialect.name)

    def sums(self, source: Source, names: Sequence[str], scope: Scope, axis: Axis | None) -> Sums:
        """By key, the sum of each measure. Without an axis the key is ""."""
        found: Sums = defaultdict(lambda: dict.fromkeys(names, 0.0))
        for key, row in self._summed(source, names, scope, axis):
            kept = found[key]
            for name, value in zip(names, row, strict=True):
                kept[name] += float(value)
        return dict(found)

    def peaks(self, source: Source, names: Sequence[str], scope: Scope, axis: Axis | None) -> Sums:
        """By key, the highest of the days."""
        found: Sums = defaultdict(lambda: dict.fromkeys(names, 0.0))
        by_day = self._summed(source, names, scope, Axis.DAY)
        for day, row in by_day:
            kept = found[_key_of_day(axis, day)]
            for name, value in zip(names, row, strict=True):
                kept[name] = max(kept[name], float(value))
        return dict(found)

    def stocks(self, source: Source, name: str, scope: Scope, axis: Axis | None) -> dict[str, float]:
        """By key, the sum of all before the scope's end; along days, before the end of each that has begun by now."""
        where, values = figure_sql.within(source, scope, spans=[(_BEGINNING, scope.end)])
        by = Axis.DAY if axis in DAYS else axis
        asked = figure_sql.sums(source, [name], by, where, self._terms, self._dialect)
        found = {key: float(amount) for key, (amount,) in _keyed(self._rows(asked, values), by)}
        if axis not in DAYS or axis is None:
            return found
        until = min(scope.end, self._now)
        return _running(found, local_days(scope.start, until) if scope.start < until else (), axis)

    def rows_in_stock(self, source: Source, name: str, scope: Scope, limit: int, offset: int) -> list[int | str]:
        """Ids of what there is at the scope's end, the newest first."""
        where, values = figure_sql.within(source, scope, spans=[(_BEGINNING, scope.end)])
        condition, amount = source.measures[name]
        asked = (
            f"SELECT id FROM ({self._terms.filled(source.rows(self._dialect))}) s WHERE {where} AND ({condition})"
            f" GROUP BY id HAVING SUM({amount}) > 0 ORDER BY MIN(at) DESC, id DESC LIMIT :limit OFFSET :offset"
        )
        return [row[0] for row in self._rows(asked, values | {"limit": limit, "offset": offset})]

    def counts(self, source: Source, span: str, scope: Scope, axis: Axis | None) -> Counts:
        """By key, how many took so many whole seconds."""
        found: Counts = defaultdict(Counter)
        for key, counted in self._counted(source, span, scope, axis):
            of_key = found[key]
            for seconds, number in counted.items():
                of_key[int(seconds)] += int(number)
        return dict(found)

    def callers(self, scope: Scope, axis: Axis | None) -> Callers:
        """By key, which numbers called; withheld ones are left out."""
        found: dict[str, set[str]] = defaultdict(set)
        grain = _grain(scope, axis)
        good = self._good_days(scope) if grain else []
        key = figure_sql.key_of(axis)
        if grain and good:
            kept = "SELECT r.*, NULLIF(callers, '') AS callers_"
            asked, values = self._kept(
                "report_sum", kept, f"{key}, {self._dialect.joined('callers_')}", scope, axis, grain, good
            )
            for of, (callers,) in _keyed(self._rows(asked, values), axis):
                found[of].update(callers.split())
        if rest := _rest(scope, good):
            where, values = figure_sql.within(SOURCES["calls"], scope, spans=rest)
            asked = (
                f"SELECT DISTINCT {key}, CAST(caller AS TEXT) FROM ({SOURCES['calls'].rows(self._dialect)}) s"
                f" WHERE {where} AND counts_as <> '' AND caller IS NOT NULL"
            )
            for of, (caller,) in _keyed(self._rows(asked, values), axis):
                found[of].add(caller)
        return {"": found[""]} if axis is None else {of: callers for of, callers in found.items() if callers}

    def rows(self, source: Source, measure: str, scope: Scope, limit: int, offset: int) -> list[int | str]:
        """Ids of what the measure counts, the newest first."""
        days = _begun_days(scope) if source.by_day else None
        if source.by_day and not days:
            return []
        where, values = figure_sql.within(source, scope, days)
        asked = figure_sql.rows_of(source, measure, where, self._terms, self._dialect)
        return [row[0] for row in self._rows(asked, values | {"limit": limit, "offset": offset})]

    def _summed(
        self, source: Source, names: Sequence[str], scope: Scope, axis: Axis | None
    ) -> Iterator[tuple[str, Sequence[Any]]]:
        if source.in_order and axis in DAYS:
            yield from self._day_for_day(source, names, scope, axis)
            return
        for asked, values in self._asked_sums(source, names, scope, axis):
            yield from _keyed(self._rows(asked, values), axis)

    def _day_for_day(
        self, source: Source, names: Sequence[str], scope: Scope, axis: Axis
    ) -> Iterator[tuple[str, Sequence[Any]]]:
        """Days of which there is nothing are left out."""
        where, values = figure_sql.within(source, scope)
        asked = figure_sql.sums(source, names, None, where, self._terms, self._dialect, "COUNT(*)")
        question = self._question(asked, values)
        for day in local_days(scope.start, scope.end):
            start, end = max(midnight(day), scope.start), min(midnight(day + timedelta(days=1)), scope.end)
            of_day = values | {"start_0": start, "end_0": end, "now": self._now}
            for count, *row in self._connection.execute(question, of_day):
                if count:
                    yield day_key(axis, day), row

    def _asked_sums(
        self, source: Source, names: Sequence[str], scope: Scope, axis: Axis | None
    ) -> Iterator[tuple[str, dict[str, object]]]:
        if source.by_day:
            if days := _begun_days(scope):
                where, values = figure_sql.within(source, scope, days)
                yield figure_sql.sums(source, names, axis, where, self._terms, self._dialect), values
            return
        grain = _grain(scope, axis) if source is SOURCES["calls"] else None
        good = self._good_days(scope) if grain else []
        if grain and good:
            columns = ", ".join((figure_sql.key_of(axis), *(f"COALESCE(SUM({name}), 0)" for name in names)))
            yield self._kept("report_sum", "SELECT r.*", columns, scope, axis, grain, good)
        if not (rest := _rest(scope, good)):
            return
        where, values = figure_sql.within(source, scope, spans=rest)
        yield figure_sql.sums(source, names, axis, where, self._terms, self._dialect), values

    def _kept(
        self,
        table: str,
        rows: str,
        columns: str,
        scope: Scope,
        axis: Axis | None,
        grain: str,
        good: Sequence[tuple[str, str]],
    ) -> tuple[str, dict[str, object]]:
        """What is kept of these days. `rows`: the beginning of the question for its rows, `r`."""
        column = {Axis.PERSON: "person_id", Axis.SUBJECT: "subject", Axis.REGION: "region"}
        chosen = next((column[each] for each, name in _GRAINS.items() if name == grain), None)
        if chosen:
            rows = f"{rows}, key AS {chosen}"
        where, values = figure_sql.within(SOURCES["calls"], scope, good[0])
        days = " OR ".join(f"day BETWEEN '{first}' AND '{last}'" for first, last in good)
        where = where.replace("day >= :first_day AND day <= :last_day", f"({days})")
        # Kept rows have people as text.
        values = {name: str(value) for name, value in values.items() if name not in ("first_day", "last_day")}
        group = f" GROUP BY {figure_sql.key_of(axis)}" if axis else ""
        return f"SELECT {columns} FROM ({rows} FROM {table} r WHERE r.grain = '{grain}') s WHERE {where}{group}", values

    def _counted(
        self, source: Source, span: str, scope: Scope, axis: Axis | None
    ) -> Iterator[tuple[str, Mapping[str, int]]]:
        """By key, how many took so many whole seconds, which are text here. A key may come several times."""
        grain = _grain_of_seconds(scope, axis) if source is SOURCES["calls"] else None
        good = self._good_days(scope) if grain else []
        if grain and good:
            columns = f"{figure_sql.key_of(axis)}, {self._dialect.joined(f'{span}_')}"
            # What took no time at all of a day and key is "", which would add blanks only.
            kept = f"SELECT r.*, NULLIF({span}, '') AS {span}_"
            asked, values = self._kept("report_seconds", kept, columns, scope, axis, grain, good)
            for key, (seconds,) in _keyed(self._rows(asked, values), axis):
                yield key, Counter(seconds.split())
        if not (rest := _rest(scope, good)):
            return
        where, values = figure_sql.within(source, scope, spans=rest)
        counted = figure_sql.counts(source, span, axis, where, self._terms, self._dialect)
        for key, (seconds, number) in _keyed(self._rows(counted, values), axis):
            yield key, {seconds: number}

    def _good_days(self, scope: Scope) -> list[tuple[str, str]]:
        """Whole days of the time whose sums are good, as spans of days that follow each other."""
        whole = _whole_days(scope)
        if not whole:
            return []
        kept = set(
            self._connection.scalars(
                select(report_day.c.day).where(
                    report_day.c.marks == self._terms.of_calls,
                    report_day.c.day >= whole[0],
                    report_day.c.day <= whole[-1],
                )
            )
        )
        return list(_spans(day for day in whole if day in kept))

    def _rows(self, asked: str, values: dict[str, object]) -> Iterable[Any]:
        if ":now" in asked:
            values = values | {"now": self._now}
        return self._connection.execute(self._question(asked, values), values)

    def _question(self, asked: str, values: Mapping[str, object]) -> TextClause:
        """`now` is a moment, wherever it stands."""
        moments = {name for name, value in values.items() if isinstance(value, datetime)}
        moments |= {"now"} if ":now" in asked else set()
        return text(asked).bindparams(*(bindparam(name, type_=UtcDateTime()) for name in sorted(moments)))


def _running(moved: Mapping[str, float], days: Iterable[date], axis: Axis) -> dict[str, float]:
    """`moved`: by day, what came and went. What there is at the end of the last of each key's days."""
    found: dict[str, float] = {}
    total: float | None = None
    for day in days:
        if total is None:
            total = sum(amount for key, amount in moved.items() if key < day.isoformat())
        total += moved.get(day.isoformat(), 0.0)
        found[day_key(axis, day)] = total
    return found


def _whole_days(scope: Scope) -> list[str]:
    """Days that lie in the time from their first to their last moment."""
    day = scope.start.astimezone(SHANGHAI).date()
    if midnight(day) < scope.start:
        day += timedelta(days=1)
    found = []
    while midnight(day + timedelta(days=1)) <= scope.end:
        found.append(day.isoformat())
        day += timedelta(days=1)
    return found


def _begun_days(scope: Scope) -> list[str]:
    """Days that begin in the time: today counts as far as it has come."""
    days = list(local_days(scope.start, scope.end))
    return [day.isoformat() for day in days if midnight(day) >= scope.start]


def _spans(days: Iterable[str]) -> Iterator[tuple[str, str]]:
    first = last = None
    for each in map(date.fromisoformat, days):
        if last is not None and first is not None and each - last > timedelta(days=1):
            yield first.isoformat(), last.isoformat()
            first = None
        first, last = first or each, each
    if first is not None and last is not None:
        yield first.isoformat(), last.isoformat()


def _rest(scope: Scope, good: Sequence[tuple[str, str]]) -> list[tuple[datetime, datetime]]:
    """What of the time lies in none of these days."""
    found, begins = [], scope.start
    for first, last in good:
        found.append((begins, midnight(date.fromisoformat(first))))
        begins = midnight(date.fromisoformat(last) + timedelta(days=1))
    found.append((begins, scope.end))
    return [(start, end) for start, end in found if start < end]


def _grain(scope: Scope, axis: Axis | None) -> str | None:
    """Which kept sums know all that is asked by; None: none of them."""
    asked = scope.filters | ({axis} if axis else set())
    if asked <= _TIME_GRAIN:
        return "time"
    return next((name for one, name in _GRAINS.items() if asked <= DAYS | {Axis.LINE, Axis.QUEUE, one}), None)


def _grain_of_seconds(scope: Scope, axis: Axis | None) -> str | None:
    """As `_grain`, of what does not know the half hours."""
    if axis in TIMES - DAYS:
        return None
    grain = _grain(scope, axis)
    return "day" if grain == "time" else grain


def _keyed(rows: Iterable[Any], axis: Axis | None) -> Iterator[tuple[str, Sequence[Any]]]:
    keys: dict[Any, str] = {}
    make = _maker(axis)
    width = 2 if axis is Axis.HOUR_OF_WEEK else 1
    for row in rows:
        raw = tuple(row[:width])
        key = keys.get(raw)
        if key is None:
            key = keys[raw] = make(*raw)
        yield key, row[width:]


def _maker(axis: Axis | None) -> Callable[..., str]:
    if axis is None:
        return lambda _none: ""
    if axis in DAYS - {Axis.MONTH}:
        return lambda day: _key_of_day(axis, day)
    if axis is Axis.HALF_HOUR:
        return slot_text
    if axis is Axis.HOUR_OF_WEEK:
        return lambda day, slot: f"{date.fromisoformat(day).isoweekday()}-{slot_text(slot)}"
    return _text


def _key_of_day(axis: Axis | None, day: str) -> str:
    return day_key(axis, date.fromisoformat(day)) if axis else ""


def _text(value: object) -> str:
    return "" if value is None else str(value)
