"""A duty roster as a table: brought in, and given out (CSV)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar

from hotline.domain import wall_time
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.time import minute_text
from hotline.domain.wall_time import UnclearTime
from hotline.services import csv_table
from hotline.services.line.names import NO_LINES
from hotline.services.line.roster import BadShift, NewShift, ShiftProblem, check_shift
from hotline.services.tables import cells, shape
from hotline.services.tables.faults import BadCell, BadCells, TableProblem, gathered
from hotline.services.tables.shape import Field, Kind, Shape
from hotline.services.tables.table import AS_IT_IS, OpenedTable, Reading, Row, open_table, read_rows

T = TypeVar("T")

#: More rows are no roster: ten years of daily shifts.
SHAPE = Shape(
    {
        "person": Field(shape.PERSON),
        "numbers": Field(shape.PHONE, Kind.PHONE, several=True),
        "starts_at": Field(shape.START, Kind.TIME),
        "ends_at": Field(shape.END, Kind.TIME),
        "date": Field(shape.DATE, Kind.TIME),
        "span": Field(shape.SPAN, Kind.TIME),
        "backups": Field(shape.BACKUPS),
        "lines": Field(shape.LINES, several=True),
        "note": Field(shape.NOTE),
    },
    needs=(("person",), ("numbers",), ("starts_at", "span"), ("ends_at", "span")),
    most=4000,
)
_HEADER = ("值班人", "号码", "开始时间", "结束时间", "备班", "备注", "线路")

_PARTED = re.compile(r"[;；、\n]")

#: The column that a problem of a shift is about.
_FIELDS = {
    ShiftProblem.PERSON: "person",
    ShiftProblem.NUMBER: "numbers",
    ShiftProblem.NO_NUMBER: "numbers",
    ShiftProblem.BACKUP: "backups",
    ShiftProblem.LINE: "lines",
    ShiftProblem.ORDER: "ends_at",
    ShiftProblem.OVER: "ends_at",
    ShiftProblem.TOO_LONG: "ends_at",
}


def read_shifts(
    content: bytes | str, now: datetime, reading: Reading = AS_IT_IS, lines: Mapping[str, str] = NO_LINES
) -> list[NewShift]:
    """The shifts of the table; several numbers, lines or backups (王五:13800000002) in one field are parted by ";".
    `lines`: see `line_names`.

    Raises Faults naming every line and column that cannot be taken.
    """
    return shifts_of(open_table(content, SHAPE, reading), now, lines)


def shifts_of(opened: OpenedTable, now: datetime, lines: Mapping[str, str] = NO_LINES) -> list[NewShift]:
    """See `read_shifts`; a shift that makes no sense or is over is told too."""

    def checked(row: Row) -> NewShift:
        try:
            new = _shift(row)
            check_shift(new, now, lines)
        except BadShift as error:
            wrong = [BadCell(_column(row, each.problem), each.problem, each.got) for each in (error, *error.others)]
            raise BadCells(wrong) from None
        return new

    return read_rows(opened, SHAPE, checked)


def write_shifts(shifts: Iterable[Shift]) -> Iterator[str]:
    """The table that `read_shifts` reads, a line at a time."""
    return csv_table.write(_HEADER, (_line(shift) for shift in shifts))


def backup(text: str) -> DutyNumber:
    """Reads "王五:13800000002" (or with "="). Raises BadShift."""
    person, *number = (part.strip() for part in re.split("[:：=]", text, maxsplit=1))
    if not person or not number or not number[0]:
        raise BadShift(ShiftProblem.BACKUP, text[:60])
    return DutyNumber(person, number[0])


def _line(shift: Shift) -> tuple[str, ...]:
    backups = ";".join(f"{backup.person}:{backup.number}" for backup in shift.backups)
    span = (minute_text(at) for at in (shift.starts_at, shift.ends_at))
    return shift.person, ";".join(shift.numbers), *span, backups, shift.note, ";".join(shift.lines)


def _shift(row: Row) -> NewShift:
    (starts_at, ends_at), backups = gathered(lambda: _times(row), lambda: _backups(row))
    return NewShift(
        person=row.text("person"),
        numbers=tuple(number for value in row.values.get("numbers", ()) for number in cells.numbers_in(value.text)),
        starts_at=starts_at,
        ends_at=ends_at,
        backups=backups,
        note=row.text("note"),
        lines=tuple(part.strip() for part in _PARTED.split(row.text("lines")) if part.strip()),
    )


def _times(row: Row) -> tuple[datetime, datetime]:
    """From a column each, or from one that holds both; a column of days says the day of either."""
    day = _day(row)
    if row.text("span"):
        if row.text("starts_at") or row.text("ends_at"):
            raise BadCell("span", TableProblem.BOTH_TIMES)
        return _read(row, "span", lambda text: wall_time.read_span(text, day))
    start, end = gathered(*(lambda name=name: _moment(row, name, day) for name in ("starts_at", "ends_at")))
    if day and end <= start:
        end = _read(row, "ends_at", lambda text: wall_time.end_after(start, text))
    return start, end


def _moment(row: Row, field: str, day: date | None) -> datetime:
    return _read(row, field, lambda text: wall_time.from_serial(text) or wall_time.read_moment(text, day))


def _day(row: Row) -> date | None:
    if not row.text("date"):
        return None
    found = _read(row, "date", lambda text: wall_time.from_serial(text) or wall_time.read_moment(text))
    return found.date()


def _read(row: Row, field: str, read: Callable[[str], T]) -> T:
    text = row.text(field).strip()
    try:
        return read(text)
    except UnclearTime as error:
        raise BadCell(field, error.problem, text[:60]) from None


def _backups(row: Row) -> tuple[DutyNumber, ...]:
    written = [part for part in _PARTED.split(row.text("backups")) if part.strip()]
    try:
        return tuple(backup(part) for part in written)
    except BadShift:
        raise BadCell("backups", ShiftProblem.BACKUP, row.text("backups")[:60]) from None


def _column(row: Row, problem: ShiftProblem) -> str:
    field = _FIELDS.get(problem, "")
    return field if field in row.columns else "span" if "span" in row.columns else ""
