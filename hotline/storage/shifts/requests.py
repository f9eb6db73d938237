"""What people ask for: leave, and swaps."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, or_, select, update

from hotline.domain.shifts.leave import Leave, LeaveState
from hotline.domain.shifts.swap import Swap, SwapState
from hotline.storage.inserted import new_id
from hotline.storage.shifts.tables import leave_request, shift_swap
from hotline.storage.transaction import TableStore

_OPEN_SWAPS = (SwapState.ASKED, SwapState.ACCEPTED)
_COUNTED = (*_OPEN_SWAPS, SwapState.DONE)


class LeaveStore(TableStore):
    def get(self, leave_id: int) -> Leave | None:
        row = self._connection.execute(select(leave_request).where(leave_request.c.id == leave_id)).first()
        return _leave(row) if row else None

    def search(
        self, person_id: int | None = None, states: Collection[LeaveState] | None = None, limit: int = 200
    ) -> list[Leave]:
        """The latest first."""
        wanted = select(leave_request).order_by(leave_request.c.since.desc(), leave_request.c.id.desc())
        if person_id is not None:
            wanted = wanted.where(leave_request.c.person_id == person_id)
        if states is not None:
            wanted = wanted.where(leave_request.c.state.in_([each.value for each in states]))
        return [_leave(row) for row in self._connection.execute(wanted.limit(limit))]

    def between(self, since: datetime, until: datetime) -> list[Leave]:
        """Asked for or accepted, that meet [since, until)."""
        open_states = (LeaveState.ASKED.value, LeaveState.ACCEPTED.value)
        meets = (leave_request.c.since < until, leave_request.c.until > since)
        rows = self._connection.execute(
            select(leave_request).where(*meets, leave_request.c.state.in_(open_states)).order_by(leave_request.c.since)
        )
        return [_leave(row) for row in rows]

    def waiting(self) -> int:
        return self._connection.scalar(_count(leave_request.c.state == LeaveState.ASKED.value)) or 0

    def add(self, new: Leave) -> Leave:
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(leave_request).values(_values(new)))))

    def change(self, changed: Leave, state: LeaveState) -> bool:
        """Write all its fields; False unless it still stands so."""
        still = update(leave_request).where(leave_request.c.id == changed.id, leave_request.c.state == state.value)
        return self._connection.execute(still.values(_values(changed))).rowcount == 1


class SwapStore(TableStore):
    def get(self, swap_id: int) -> Swap | None:
        row = self._connection.execute(select(shift_swap).where(shift_swap.c.id == swap_id)).first()
        return _swap(row) if row else None

    def search(self, person_id: int | None = None, limit: int = 200) -> list[Swap]:
        """All, or those of a person, the latest first."""
        wanted = select(shift_swap).order_by(shift_swap.c.asked_at.desc(), shift_swap.c.id.desc()).limit(limit)
        return self._found(wanted if person_id is None else wanted.where(_of(person_id)))

    def open_of_shift(self, shift_id: int) -> list[Swap]:
        """Not yet over, in which this shift is given or got."""
        its = or_(shift_swap.c.shift_id == shift_id, shift_swap.c.other_id == shift_id)
        return self._found(select(shift_swap).where(its, _is(_OPEN_SWAPS)))

    def open_ones(self) -> list[Swap]:
        return self._found(select(shift_swap).where(_is(_OPEN_SWAPS)).order_by(shift_swap.c.starts_at))

    def counted(self, person_id: int, since: datetime, until: datetime) -> int:
        """Done or under way, of shifts that begin in [since, until)."""
        within = (shift_swap.c.starts_at >= since, shift_swap.c.starts_at < until)
        return self._connection.scalar(_count(_of(person_id), *within, _is(_COUNTED), table=shift_swap)) or 0

    def to_approve(self) -> int:
        return self._connection.scalar(_count(_is((SwapState.ACCEPTED,)), table=shift_swap)) or 0

    def to_answer(self, person_id: int) -> int:
        mine = (shift_swap.c.taker_id == person_id, _is((SwapState.ASKED,)))
        return self._connection.scalar(_count(*mine, table=shift_swap)) or 0

    def add(self, new: Swap) -> Swap:
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(shift_swap).values(_values(new)))))

    def change(self, changed: Swap, state: SwapState) -> bool:
        """As that of leave."""
        still = update(shift_swap).where(shift_swap.c.id == changed.id, shift_swap.c.state == state.value)
        return self._connection.execute(still.values(_values(changed))).rowcount == 1

    def _found(self, wanted: Select[Any]) -> list[Swap]:
        return [_swap(row) for row in self._connection.execute(wanted)]


def _of(person_id: int) -> Any:
    return or_(shift_swap.c.asker_id == person_id, shift_swap.c.taker_id == person_id)


def _is(states: Collection[SwapState]) -> Any:
    return shift_swap.c.state.in_([each.value for each in states])


def _count(*conditions: Any, table: Any = leave_request) -> Select[Any]:
    return select(func.count()).select_from(table).where(*conditions)


def _values(one: Leave | Swap) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in dataclasses.fields(one) if field.name != "id"}


def _leave(row: Row[Any]) -> Leave:
    plain = {field.name: getattr(row, field.name) for field in dataclasses.fields(Leave)}
    return Leave(**{**plain, "state": LeaveState(row.state)})


def _swap(row: Row[Any]) -> Swap:
    plain = {field.name: getattr(row, field.name) for field in dataclasses.fields(Swap)}
    return Swap(**{**plain, "state": SwapState(row.state)})
