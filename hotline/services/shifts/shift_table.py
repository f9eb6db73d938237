"""The plan as a table: brought in, and given out (CSV, xlsx)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from hotline.domain import wall_time
from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.interval import Interval
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.shift import PlannedShift, ShiftOrigin
from hotline.domain.staff.records import Person
from hotline.domain.time import end_of_day, midnight, minute_text
from hotline.domain.wall_time import UnclearTime
from hotline.services import csv_table, xlsx_table
from hotline.services.access import require_right
from hotline.services.line.names import line_names, plain_line
from hotline.services.looks import note_look
from hotline.services.shifts.kinds import ShiftKind, shift_kinds
from hotline.services.shifts.laying_out import LaidOut, add_fitting
from hotline.services.shifts.plan import require_span
from hotline.services.shifts.working import shifts_of_settings
from hotline.services.tables import shape
from hotline.services.tables.faults import BadCell
from hotline.services.tables.shape import Field, Kind, Shape
from hotline.services.tables.table import OpenedTable, Row, read_rows
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage

SHAPE = Shape(
    {
        "person": Field((*shape.PERSON, "员工", "同事")),
        "date": Field(shape.DATE, Kind.TIME),
        "shift_kind": Field(("kind", "shift kind", "班次", "班别", "班种")),
        "starts_at": Field(shape.START, Kind.TIME),
        "ends_at": Field(shape.END, Kind.TIME),
        "lines": Field(shape.LINES, several=True),
        "queues": Field(("queue", "ring group", "队列", "技能组")),
        "note": Field(shape.NOTE),
    },
    needs=(("person",), ("date", "starts_at"), ("shift_kind",)),
    most=8000,
)
_HEADER = ("姓名", "日期", "班次", "开始时间", "结束时间", "线路", "队列", "备注")
_STATE = "状态"
_PARTED = re.compile(r"[;；、\n]")


class RowProblem(StrEnum):
    """What is wrong with a row of the plan."""

    PERSON = "person"
    KIND = "kind"
    LINE = "line"
    QUEUE = "queue"
    DAY = "day"
    SPAN = "span"

    @property
    def code(self) -> str:
        return f"shifts.row_{self}"


@dataclass(frozen=True, slots=True)
class _Known:
    people: Mapping[str, Person]
    kinds: Mapping[str, ShiftKind]
    lines: Mapping[str, str]
    queues: Mapping[str, str]


def import_plan(
    storage: Storage, settings: Settings, opened: OpenedTable, dry_run: bool, actor: Actor, now: datetime
) -> LaidOut:
    """The rows as drafts, or with `dry_run` only what would become of them. Rows that overlap a shift of their person
    are left out and counted. Raises Forbidden, and Faults that name each row and column that cannot be taken."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.reading() as tx:
        staff = StaffStore(tx).all()
    known = _known(settings, staff)
    wanted = read_rows(opened, SHAPE, lambda row: _shift(row, known, now))
    with storage.writing() as tx:
        done = add_fitting(tx, wanted, now, keep=not dry_run)
        if not dry_run and done.added:
            told = f"{done.added} added, {done.left_out} left out"
            AuditLog(tx).add(now, actor.name, "shifts.import", "shifts:table", told)
    return done


def export_plan(storage: Storage, settings: Settings, first: date, last: date, actor: Actor, now: datetime) -> bytes:
    """As a workbook; who plans is given drafts too. The look stands in the audit log (F8)."""
    rows = _rows(storage, settings, first, last, actor, now)
    return xlsx_table.write((f"{first.isoformat()} {last.isoformat()}", (*_HEADER, _STATE), rows))


def write_plan(
    storage: Storage, settings: Settings, first: date, last: date, actor: Actor, now: datetime
) -> Iterator[str]:
    """As CSV that can be read in again."""
    rows = [row for row in _rows(storage, settings, first, last, actor, now) if row[0]]  # what nobody has is no row
    return csv_table.write(_HEADER, (row[: len(_HEADER)] for row in rows))


def _rows(
    storage: Storage, settings: Settings, first: date, last: date, actor: Actor, now: datetime
) -> list[Sequence[str]]:
    require_right(Act.PLAN_SHIFTS, actor)
    since, until = midnight(first), end_of_day(last)
    with storage.reading() as tx:
        found = ShiftStore(tx).between(since, until, drafts=True)
        found = [*found, *shifts_of_settings(tx, settings, since, until)]
    note_look(storage, actor, now, "shifts.export", f"shifts:{first.isoformat()}", f"{len(found)} shifts")
    kinds = shift_kinds(settings)
    return [_row(each, kinds) for each in sorted(found, key=lambda one: one.starts_at)]


def _row(shift: PlannedShift, kinds: Mapping[str, ShiftKind]) -> Sequence[str]:
    kind = kinds.get(shift.kind)
    return (
        shift.person,
        local_day(shift.starts_at).isoformat(),
        kind.name if kind else shift.kind or ("值班手机" if shift.duty else ""),
        minute_text(shift.starts_at),
        minute_text(shift.ends_at),
        ";".join(shift.lines),
        ";".join(shift.queues),
        shift.note,
        "已发布" if shift.is_published else "草稿",
    )


def _known(settings: Settings, staff: Sequence[Person]) -> _Known:
    """People whose name somebody else has too are not known by it."""
    names = [each.name for each in staff]
    kinds = shift_kinds(settings)
    return _Known(
        {each.name: each for each in staff if names.count(each.name) == 1},
        {**{kind.name: kind for kind in kinds.values()}, **kinds},
        line_names(settings),
        {
            **{queue.name: queue_id for queue_id, queue in settings.queues.items()},
            **{each: each for each in settings.queues},
        },
    )


def _shift(row: Row, known: _Known, now: datetime) -> PlannedShift:
    person = known.people.get(" ".join(row.text("person").split()))
    if person is None:
        raise BadCell("person", RowProblem.PERSON, row.text("person")[:60])
    kind = known.kinds.get(row.text("shift_kind").strip())
    if kind is None:
        raise BadCell("shift_kind", RowProblem.KIND, row.text("shift_kind")[:60])
    span = _span(row, kind)
    try:
        require_span(span, kind.duty, now)
    except Refused:
        column = "date" if row.text("date") else "starts_at"
        raise BadCell(column, RowProblem.SPAN, f"{minute_text(span.starts_at)} – {minute_text(span.ends_at)}") from None
    return PlannedShift(
        person=person.name,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        person_id=person.id,
        kind=kind.id,
        duty=kind.duty,
        lines=_named(row, "lines", known.lines, RowProblem.LINE, plain_line),
        queues=_named(row, "queues", known.queues, RowProblem.QUEUE, str.strip),
        note=row.text("note").strip()[:200],
        origin=ShiftOrigin.TABLE,
    )


def _span(row: Row, kind: ShiftKind) -> Interval:
    """The row's own times; without them the kind's on its day."""
    day = _read(row, "date", None) if row.text("date") else None
    if not row.text("starts_at"):
        if day is None:
            raise BadCell("date", RowProblem.DAY, "")
        return kind.hours.on(day.date())
    start = _read(row, "starts_at", day)
    if not row.text("ends_at"):
        return Interval(start, kind.hours.on(local_day(start)).ends_at)
    end = _read(row, "ends_at", day)
    if end <= start and day is not None:
        end = wall_time.end_after(start, row.text("ends_at").strip())
    return Interval(start, end)


def _read(row: Row, field: str, day: datetime | None) -> datetime:
    text = row.text(field).strip()
    try:
        return wall_time.from_serial(text) or wall_time.read_moment(text, day.date() if day else None)
    except UnclearTime as error:
        raise BadCell(field, error.problem, text[:60]) from None


def _named(row: Row, field: str, known: Mapping[str, str], problem: RowProblem, plain: Any) -> tuple[str, ...]:
    found = []
    for part in _PARTED.split(row.text(field)):
        if part.strip() and plain(part) not in known:
            raise BadCell(field, problem, part.strip()[:60])
        if part.strip():
            found.append(known[plain(part)])
    return tuple(dict.fromkeys(found))
