"""The list of callbacks, page by page: as many as are shown are read, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, tuple_

from hotline.domain.callbacks.listing import CallbackFilter, Place, Tab
from hotline.domain.callbacks.owed import Callback, CallbackOutcome
from hotline.storage.callbacks.store import callback_of
from hotline.storage.callbacks.tables import callback, callback_call
from hotline.storage.transaction import TableStore

_C = callback.c
_TALKED_WITH = (CallbackOutcome.CALLED_AGAIN.value, CallbackOutcome.TALKED.value)
_PLACE = (_C.rank, _C.due_at, _C.queued_at, _C.id)


class CallbackListStore(TableStore):
    def page(self, wanted: CallbackFilter, now: datetime, after: Place | None, limit: int) -> list[Callback]:
        """Important customers first, then what is due first, then by place; closed ones: the last first. `after`: from
        behind that place on."""
        if wanted.tab is Tab.DONE:
            order = (_C.closed_at.desc(), _C.id.desc())
            behind = tuple_(_C.closed_at, _C.id) < (after.due_at, after.id) if after else None
        else:
            order = tuple(column.asc() for column in _PLACE)  # type: ignore[assignment]
            behind = tuple_(*_PLACE) > (after.rank, after.due_at, after.queued_at, after.id) if after else None
        found = select(callback).where(*_conditions(wanted, now)).order_by(*order).limit(limit)
        rows = self._connection.execute(found if behind is None else found.where(behind))
        return [callback_of(row) for row in rows]

    def count(self, wanted: CallbackFilter, now: datetime, most: int) -> int:
        """As far as `most`: beyond it nobody counts them."""
        some = select(_C.id).where(*_conditions(wanted, now)).limit(most).subquery()
        return self._connection.execute(select(func.count()).select_from(some)).scalar_one()


def _conditions(wanted: CallbackFilter, now: datetime) -> Iterator[ColumnElement[bool]]:
    yield from _of_tab(wanted, now)
    if wanted.line:
        yield _C.line == wanted.line
    if wanted.number:
        yield _C.number == wanted.number
    if wanted.reason is not None:
        left = and_(callback_call.c.callback_id == _C.id, callback_call.c.reason == wanted.reason.value)
        yield exists().where(left)
    if wanted.holders is not None:
        yield or_(_C.taken_by == "", _C.taken_by.in_(wanted.holders), false())


def was_owed() -> ColumnElement[bool]:
    """Whose talk broke off is waited for first: one that was settled meanwhile never was owed, and one that was joined
    to another is that."""
    settled_before = and_(_C.outcome.in_(_TALKED_WITH), _C.closed_at <= _C.owed_from)
    return and_(_C.outcome != CallbackOutcome.JOINED.value, ~func.coalesce(settled_before, false()))


def _of_tab(wanted: CallbackFilter, now: datetime) -> Iterator[ColumnElement[bool]]:
    """Whose talk broke off is waited for first: such a callback is not owed yet."""
    if wanted.tab is Tab.DONE:
        yield _C.closed_at.is_not(None)
        yield was_owed()
        return
    yield _C.closed_at.is_(None)
    if wanted.tab is Tab.OWN:
        yield _C.taken_by == wanted.own
    else:
        yield _C.owed_from <= now
    if wanted.tab is Tab.OVERDUE:
        yield _C.due_at <= now
