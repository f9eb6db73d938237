"""What the figures ask of the database, as SQL text: sums, counts of whole seconds, and rows, along an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.floor.figures import Marks
from hotline.domain.reports.scope import DAYS, Axis, Scope
from hotline.storage.plain import plain
from hotline.storage.reports.dialect import Dialect
from hotline.storage.reports.measures import in_whole_seconds
from hotline.storage.reports.source import Source


@dataclass(frozen=True, slots=True)
class Terms:
    """What the settings in force say; `now`: SQL of the present moment."""

    marks: Marks
    satisfied_from: int
    now: str = ":now"

    def filled(self, sql: str) -> str:
        marks = self.marks
        return sql.format(
            service_level=marks.service_level_seconds,
            short=marks.short_abandon_seconds,
            answer=marks.answer_seconds,
            quick=marks.quick_seconds,
            rings=marks.answer_rings,
            satisfied=self.satisfied_from,
            now=self.now,
        )

    @property
    def of_calls(self) -> str:
        """By what the sums of calls were counted: other settings, other text."""
        marks = self.marks
        return (
            f"{marks.service_level_seconds} {marks.answer_seconds} {marks.answer_rings} "
            f"{marks.quick_seconds} {marks.short_abandon_seconds}"
        )


_COLUMNS = {
    Axis.LINE: "line",
    Axis.QUEUE: "queue",
    Axis.PERSON: "person_id",
    Axis.SUBJECT: "subject",
    Axis.REGION: "region",
    Axis.DEPARTMENT: "department_id",
    Axis.PAUSE_REASON: "reason",
    Axis.CASE_KIND: "kind",
    Axis.SEVERITY: "severity",
    Axis.CASE_AGE: "age",
    Axis.CLOCK: "clock",
    Axis.MENU: "menu",
    Axis.MENU_CHOICE: "menu_choice",
    Axis.MENU_VERSION: "menu_version",
}


def summed(source: Source, name: str, terms: Terms) -> str:
    """The sum of a measure over rows; 0 of none."""
    condition, amount = source.measures[name]
    return f"COALESCE(SUM(CASE WHEN {terms.filled(condition)} THEN {amount} ELSE 0 END), 0)"


def key_of(axis: Axis | None) -> str:
    """The columns whose values tell what a row belongs to along an axis."""
    if axis is None:
        return "0"
    if axis is Axis.MONTH:
        return "substr(day, 1, 7)"
    if axis in DAYS:
        return "day"
    if axis is Axis.HALF_HOUR:
        return "slot"
    return "day, slot" if axis is Axis.HOUR_OF_WEEK else _COLUMNS[axis]


def within(
    source: Source,
    scope: Scope,
    days: Sequence[str] | None = None,
    spans: Sequence[tuple[datetime, datetime]] | None = None,
) -> tuple[str, dict[str, object]]:
    """Which rows: of the time (of whole `days` instead, the first and the last, or of `spans` of it alone) and of what
    is chosen; with values."""
    values: dict[str, object] = {}
    if days is not None:
        parts = ["day >= :first_day AND day <= :last_day"]
        values |= {"first_day": days[0], "last_day": days[-1]}
    elif source.by_day:
        parts = []
    else:
        asked = [(scope.start, scope.end)] if spans is None else spans
        parts = [f"({' OR '.join(f'at >= :start_{n} AND at < :end_{n}' for n in range(len(asked)))})"]
        for n, (start, end) in enumerate(asked):
            values |= {f"start_{n}": start, f"end_{n}": end}
    for axis, chosen in scope.chosen.items():
        names = [f"{axis.value}_{place}" for place in range(len(chosen))]
        parts.append(f"{_COLUMNS[axis]} IN ({', '.join(f':{name}' for name in names)})")
        values |= {name: _held(each) for name, each in zip(names, chosen, strict=True)}
    return " AND ".join(parts) or "1 = 1", values


def _held(value: object) -> object:
    """What no database holds finds nothing, rather than breaking the question, or finding what has no name."""
    return (plain(value) or "\ufffd") if isinstance(value, str) and value else value


def sums(
    source: Source, names: Sequence[str], axis: Axis | None, where: str, terms: Terms, dialect: Dialect, first: str = ""
) -> str:
    """Of the rows themselves: the key, or `first` in its place, then each measure."""
    key = first or key_of(axis)
    columns = ", ".join(summed(source, name, terms) for name in names)
    group = f" GROUP BY {key}" if axis else ""
    return f"SELECT {key}, {columns} FROM ({terms.filled(source.rows(dialect))}) s WHERE {where}{group}"


def counts(source: Source, span: str, axis: Axis | None, where: str, terms: Terms, dialect: Dialect) -> str:
    """The key, whole seconds, and how many rows took so many."""
    key = key_of(axis)
    condition, amount = source.spans[span]
    seconds = in_whole_seconds(amount)
    group = f"{key}, {seconds}" if axis else seconds
    return (
        f"SELECT {key}, {seconds}, COUNT(*) FROM ({terms.filled(source.rows(dialect))}) s"
        f" WHERE {where} AND {terms.filled(condition)} GROUP BY {group}"
    )


def rows_of(source: Source, measure: str, where: str, terms: Terms, dialect: Dialect) -> str:
    """Ids of the rows that a measure or a span counts, the newest first; what several rows are about stands once."""
    condition, _amount = source.measures.get(measure) or source.spans[measure]
    moment = "day" if source.by_day else "at"
    return (
        f"SELECT id FROM ({terms.filled(source.rows(dialect))}) s WHERE {where} AND ({terms.filled(condition)})"
        f" GROUP BY id, {moment} ORDER BY {moment} DESC, id DESC LIMIT :limit OFFSET :offset"
    )
