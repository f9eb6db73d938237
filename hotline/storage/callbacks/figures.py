"""Figures of the callbacks that became owed within a time, counted in the database, and their rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from hotline.domain.callbacks.figures import OwedFigure, OwedFigures
from hotline.domain.callbacks.owed import Callback
from hotline.storage.callbacks.listing import was_owed
from hotline.storage.callbacks.store import callback_of
from hotline.storage.callbacks.tables import callback
from hotline.storage.durations import seconds_between
from hotline.storage.transaction import TableStore

_C = callback.c
_CALLED = func.coalesce(_C.first_tried_at, _C.closed_at)
_DUE = func.coalesce(_C.first_due_at, _C.due_at)


class OwedFigureStore(TableStore):
    def between(self, since: datetime, until: datetime, now: datetime) -> OwedFigures:
        """Of those that became owed in [since, until), and not after `now`."""
        counts = (func.count().filter(_is(each, now)).label(each.value) for each in OwedFigure)
        means = (
            func.avg(seconds_between(_C.owed_from, _CALLED)).label("first_seconds"),
            func.avg(seconds_between(_C.owed_from, _C.closed_at)).label("closing_seconds"),
        )
        row = self._connection.execute(select(*counts, *means).where(*_within(since, until, now))).one()
        numbers = {each.value: int(getattr(row, each.value)) for each in OwedFigure}
        return OwedFigures(
            **numbers, first_seconds=_rounded(row.first_seconds), closing_seconds=_rounded(row.closing_seconds)
        )

    def rows(
        self, figure: OwedFigure, since: datetime, until: datetime, now: datetime, limit: int, offset: int
    ) -> list[Callback]:
        """Those that the figure counts, by when they became owed."""
        found = select(callback).where(*_within(since, until, now), _is(figure, now))
        rows = self._connection.execute(found.order_by(_C.owed_from, _C.id).limit(limit).offset(offset))
        return [callback_of(row) for row in rows]

    def overdue(self, now: datetime) -> int:
        """How many open ones are due by now."""
        late = (_C.closed_at.is_(None), _C.due_at <= now, _C.owed_from <= now)
        return self._connection.scalar(select(func.count()).select_from(callback).where(*late)) or 0


def _within(since: datetime, until: datetime, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return _C.owed_from >= since, _C.owed_from < until, _C.owed_from <= now, was_owed()


def _is(figure: OwedFigure, now: datetime) -> ColumnElement[bool]:
    uncalled = _CALLED.is_(None)
    return {
        OwedFigure.OWED: true(),
        OwedFigure.IN_TIME: _CALLED < _DUE,
        OwedFigure.LATE: or_(_CALLED >= _DUE, and_(uncalled, now >= _DUE)),
        OwedFigure.WAITING: and_(uncalled, now < _DUE),
        OwedFigure.CLOSED: _C.closed_at.is_not(None),
    }[figure]


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(float(seconds), 1)
