"""How the deadlines of one clock were kept, counted in the database, and whose they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from hotline.domain.deadlines.figures import Keeping, KeptFigures
from hotline.domain.deadlines.kept import ClockName
from hotline.storage.deadlines.tables import deadline
from hotline.storage.transaction import TableStore

_D = deadline.c


class KeptFigureStore(TableStore):
    def between(self, clock: ClockName, since: datetime, until: datetime, now: datetime) -> KeptFigures:
        """Of those that were or are due in [since, until)."""
        counts = (func.count().filter(_is(each, now)).label(each.value) for each in Keeping)
        row = self._connection.execute(select(*counts).where(*_within(clock, since, until))).one()
        return KeptFigures(**{each.value: int(getattr(row, each.value)) for each in Keeping})

    def objects(
        self,
        clock: ClockName,
        keeping: Keeping,
        since: datetime,
        until: datetime,
        now: datetime,
        limit: int,
        offset: int,
    ) -> dict[int, tuple[datetime, datetime | None]]:
        """The ids of the things that are counted so, by when they were due; each with that and when it was done."""
        found = select(_D.object_id, _D.due_at, _D.stopped_at).where(*_within(clock, since, until), _is(keeping, now))
        rows = self._connection.execute(found.order_by(_D.due_at, _D.object_id).limit(limit).offset(offset))
        return {row.object_id: (row.due_at, row.stopped_at) for row in rows}


def _within(clock: ClockName, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return _D.clock == clock, _D.due_at >= since, _D.due_at < until


def _is(keeping: Keeping, now: datetime) -> ColumnElement[bool]:
    is_open = _D.stopped_at.is_(None)
    return {
        Keeping.KEPT: _D.stopped_at < _D.due_at,
        Keeping.LATE: _D.stopped_at >= _D.due_at,
        Keeping.BROKEN: and_(is_open, _D.due_at <= now),
        Keeping.WAITING: and_(is_open, _D.due_at > now),
    }[keeping]
