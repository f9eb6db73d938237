"""Deadlines as they are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, or_, select, update

from hotline.domain.batches import batches
from hotline.domain.deadlines.deadline import Deadline, Pause
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.domain.deadlines.stored import gaps_json, gaps_of, term_of, term_text
from hotline.storage.deadlines.tables import deadline
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import leaving

_DEADLINE = deadline.c
_OPEN = _DEADLINE.stopped_at.is_(None)
_HAPPENED = ("term", "started_at", "gaps", "paused_at", "pause_reason", "stopped_at")
_TOLD = ("due_at", "warned_at", "breached_at", "warning_told_at", "breach_told_at", "counted_by")


#: In the order in which `_kept` takes them.
_READ = [_DEADLINE[name] for name in ("clock", "object_id", "line", "by_setting", *_HAPPENED, *_TOLD, "id")]


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """How many open ones of a clock and a line were counted by the same calendar and settings."""

    clock: ClockName
    line: str
    counted_by: str
    count: int


def _kept(row: Sequence[Any]) -> KeptDeadline:
    """Of a row of `_READ`, by place: by name it takes twice as long, and recounting reads them all."""
    clock, object_id, line, by_setting, term, began, gaps, paused, reason, stopped = row[:10]
    pause = Pause(paused, reason) if paused else None
    happened = Deadline(term_of(term), began, gaps_of(gaps) if gaps else (), pause, stopped)
    return KeptDeadline(clock, object_id, line, happened, by_setting, *row[10:])


def _columns_of(kept: KeptDeadline) -> dict[str, Any]:
    happened = kept.deadline
    return {
        "line": kept.line,
        "term": term_text(happened.term),
        "by_setting": kept.by_setting,
        "started_at": happened.started_at,
        "gaps": gaps_json(happened.gaps),
        "paused_at": happened.pause.since if happened.pause else None,
        "pause_reason": happened.pause.reason if happened.pause else "",
        "stopped_at": happened.stopped_at,
        **{name: getattr(kept, name) for name in _TOLD},
    }


class DeadlineStore(TableStore):
    """In a transaction that writes, what is read is held until its end: nobody else changes it meanwhile."""

    def of(self, clock: ClockName, object_ids: Collection[int]) -> dict[int, KeptDeadline]:
        """Of those of these things that have this clock, by the thing's id."""
        found: dict[int, KeptDeadline] = {}
        for some in batches(sorted(object_ids)):
            rows = self._connection.execute(self._held(_OF), {"clock": clock, "ids": list(some)})
            found.update((each.object_id, each) for each in map(_kept, rows))
        return found

    def clocks_of(self, object_id: int, clocks: Collection[ClockName]) -> set[ClockName]:
        """Which of these clocks the thing has."""
        wanted = select(_DEADLINE.clock).where(_DEADLINE.clock.in_(clocks), _DEADLINE.object_id == object_id)
        return {ClockName(clock) for (clock,) in self._connection.execute(wanted)}

    def add(self, rule: str, *kept: KeptDeadline) -> None:
        """New ones; a thing that has this clock already keeps it as it is."""
        rows = [{"clock": each.clock, "object_id": each.object_id, "rule": rule, **_columns_of(each)} for each in kept]
        if rows:
            self._connection.execute(leaving(self._connection, deadline, "clock", "object_id"), rows)

    def save(self, *kept: KeptDeadline) -> None:
        """Rewrite these, known by their ids."""
        rows = [{"row_id": each.id, **_columns_of(each)} for each in kept]
        if rows:
            self._connection.execute(_SAVE, rows)

    def drop(self, clock: ClockName, object_ids: Collection[int]) -> None:
        """The things are no more, or have no such clock any more."""
        for some in batches(sorted(object_ids)):
            self._connection.execute(delete(deadline).where(_DEADLINE.clock == clock, _DEADLINE.object_id.in_(some)))

    def overdue(self, clock: ClockName, now: datetime) -> tuple[int, datetime | None]:
        """How many open ones were due until then, and when the earliest was."""
        row = self._connection.execute(
            select(func.count().label("things"), func.min(_DEADLINE.due_at).label("earliest")).where(
                _OPEN, _DEADLINE.clock == clock, _DEADLINE.due_at <= now
            )
        ).one()
        return row.things, row.earliest

    def clocks_to_tell(self, now: datetime) -> list[ClockName]:
        """Which have something that `to_tell` gives."""
        rows = self._connection.execute(select(_DEADLINE.clock).where(*_to_tell(now)).distinct())
        return sorted(ClockName(clock) for (clock,) in rows)

    def to_tell(self, clock: ClockName, now: datetime, after: int, limit: int) -> list[KeptDeadline]:
        """Open ones whose warning or breach has come and was not told yet, in the order of their ids. Those that
        another transaction is just telling are left out."""
        wanted = (
            select(*_READ)
            .where(*_to_tell(now), _DEADLINE.clock == clock, _DEADLINE.id > after)
            .order_by(_DEADLINE.id)
            .limit(limit)
        )
        return list(map(_kept, self._connection.execute(wanted.with_for_update(skip_locked=True))))

    def open_groups(self) -> list[OpenGroup]:
        rows = self._connection.execute(
            select(_DEADLINE.clock, _DEADLINE.line, _DEADLINE.counted_by, func.count())
            .where(_OPEN)
            .group_by(_DEADLINE.clock, _DEADLINE.line, _DEADLINE.counted_by)
            .order_by(_DEADLINE.clock, _DEADLINE.line, _DEADLINE.counted_by)
        )
        return [OpenGroup(ClockName(clock), line, by, count) for clock, line, by, count in rows]

    def ids_open_of(self, clock: ClockName, line: str, not_by: str) -> tuple[int, int]:
        """The first and the last of those that `open_of` gives; (1, 0) for none."""
        row = self._connection.execute(_IDS_OPEN_OF, {"clock": clock, "line": line, "not_by": not_by}).one()
        return (row[0], row[1]) if row[0] is not None else (1, 0)

    def open_of(
        self, clock: ClockName, line: str, not_by: str, span: tuple[int, int], limit: int
    ) -> list[KeptDeadline]:
        """Open ones of this clock and line that were counted by something else than `not_by`, by their ids: of those
        behind the first id of `span`, up to its last."""
        wanted = {"clock": clock, "line": line, "not_by": not_by, "after": span[0], "until": span[1], "most": limit}
        return list(map(_kept, self._connection.execute(self._held(_OPEN_OF), wanted).all()))

    def _held(self, wanted: Select[Any]) -> Select[Any]:
        return wanted.with_for_update() if self._tx.writes else wanted


_OF = select(*_READ).where(
    _DEADLINE.clock == bindparam("clock"), _DEADLINE.object_id.in_(bindparam("ids", expanding=True))
)
_STALE = (
    _OPEN,
    _DEADLINE.clock == bindparam("clock"),
    _DEADLINE.line == bindparam("line"),
    _DEADLINE.counted_by != bindparam("not_by"),
)
_IDS_OPEN_OF = select(func.min(_DEADLINE.id), func.max(_DEADLINE.id)).where(*_STALE)
_OPEN_OF = (
    select(*_READ)
    .where(*_STALE, _DEADLINE.id > bindparam("after"), _DEADLINE.id <= bindparam("until"))
    .order_by(_DEADLINE.id)
    .limit(bindparam("most"))
)
_FIXED = ("id", "clock", "object_id", "rule")
_REWRITTEN: dict[str, Any] = {column.name: bindparam(column.name) for column in deadline.c if column.name not in _FIXED}
_SAVE = update(deadline).where(_DEADLINE.id == bindparam("row_id")).values(_REWRITTEN)


def _to_tell(now: datetime) -> tuple[Any, ...]:
    return (
        _OPEN,
        _DEADLINE.breach_told_at.is_(None),
        _DEADLINE.warned_at <= now,
        or_(_DEADLINE.warning_told_at.is_(None), _DEADLINE.due_at <= now),
    )
