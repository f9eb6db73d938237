"""Corrective actions (E6), and calls shown as examples (F9)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, insert, select, true, update

from hotline.domain.examination.records import CorrectiveAction, CorrectiveActionState, Example
from hotline.domain.staff.records import Tenure
from hotline.domain.workflow import Step
from hotline.storage.bulk import update_rows
from hotline.storage.examination.tables import example_call, rectification
from hotline.storage.inserted import new_id
from hotline.storage.staff.had import had
from hotline.storage.transaction import TableStore
from hotline.storage.workflow import StepStore

#: As the audit log and the steps name one.
CORRECTIVE_ACTION = "rectification"

_ORDER = rectification.c
_ORDER_COLUMNS = tuple(each.name for each in dataclasses.fields(CorrectiveAction) if each.name != "steps")
_EXAMPLE_COLUMNS = tuple(each.name for each in dataclasses.fields(Example))


def _order(row: Row[Any]) -> CorrectiveAction:
    values = {name: getattr(row, name) for name in _ORDER_COLUMNS}
    return CorrectiveAction(**{**values, "state": CorrectiveActionState(row.state)})


def _columns_of(order: CorrectiveAction) -> dict[str, Any]:
    values = {name: getattr(order, name) for name in _ORDER_COLUMNS if name != "id"}
    return {**values, "state": order.state.value}


class CorrectiveActionStore(TableStore):
    def add(self, order: CorrectiveAction) -> CorrectiveAction:
        result = self._connection.execute(insert(rectification).values(_columns_of(order)))
        return dataclasses.replace(order, id=new_id(result))

    def by_id(self, order_id: int) -> CorrectiveAction | None:
        row = self._connection.execute(select(rectification).where(_ORDER.id == order_id)).first()
        return self._with_steps([_order(row)])[0] if row else None

    def update(self, order: CorrectiveAction, before: str) -> bool:
        """Rewrite the row if its state is still `before`; False otherwise."""
        return (
            self._connection.execute(
                update(rectification)
                .where(_ORDER.id == order.id, _ORDER.state == str(before))
                .values(_columns_of(order))
            ).rowcount
            == 1
        )

    def search(self, whose: Iterable[Tenure] | None, open_only: bool, limit: int) -> list[CorrectiveAction]:
        """Those not confirmed, what is due first; then the confirmed ones, newest first. `whose`: issued to these
        extensions in these times; None: to any."""
        confirmed = _ORDER.state == CorrectiveActionState.CONFIRMED.value
        wanted = (
            select(rectification)
            .order_by(case((confirmed, 1), else_=0), case((~confirmed, _ORDER.due_at)), _ORDER.id.desc())
            .limit(limit)
        )
        if whose is not None:
            wanted = wanted.where(had(whose, _ORDER.extension, _ORDER.issued_at))
        if open_only:
            wanted = wanted.where(~confirmed)
        return self._with_steps([_order(row) for row in self._connection.execute(wanted)])

    def count(self, whose: Iterable[Tenure] | None, states: Iterable[CorrectiveActionState]) -> int:
        """`whose`: as of `search`."""
        theirs = true() if whose is None else had(whose, _ORDER.extension, _ORDER.issued_at)
        wanted = (theirs, _ORDER.state.in_([state.value for state in states]))
        return self._connection.scalar(select(func.count()).select_from(rectification).where(*wanted)) or 0

    def step(self, order_id: int, step: Step[CorrectiveActionState]) -> None:
        """Write down what was done of it."""
        StepStore(self._tx).add(CORRECTIVE_ACTION, order_id, step)

    def move(self, due: Mapping[int, datetime]) -> None:
        """By the order's id: it is due then."""
        update_rows(self._connection, rectification, list(due), {"due_at": list(due.values())})

    def _with_steps(self, orders: list[CorrectiveAction]) -> list[CorrectiveAction]:
        steps = StepStore(self._tx).of(CORRECTIVE_ACTION, [each.id or 0 for each in orders], CorrectiveActionState)
        return [dataclasses.replace(each, steps=tuple(steps[each.id or 0])) for each in orders]


def _example(row: Row[Any]) -> Example:
    return Example(**{name: getattr(row, name) for name in _EXAMPLE_COLUMNS})


class ExampleStore(TableStore):
    def add(self, example: Example) -> Example:
        values = {name: getattr(example, name) for name in _EXAMPLE_COLUMNS if name != "id"}
        result = self._connection.execute(insert(example_call).values(values))
        return dataclasses.replace(example, id=new_id(result))

    def by_id(self, example_id: int) -> Example | None:
        row = self._connection.execute(select(example_call).where(example_call.c.id == example_id)).first()
        return _example(row) if row else None

    def shown(self, limit: int) -> list[Example]:
        """Newest first."""
        rows = self._connection.execute(
            select(example_call)
            .where(example_call.c.removed_at.is_(None))
            .order_by(example_call.c.id.desc())
            .limit(limit)
        )
        return [_example(row) for row in rows]

    def is_shown(self, node: str, linkedid: str) -> bool:
        """Whether this call, or a part of it, is shown."""
        marked = example_call.c
        return (
            self._connection.execute(
                select(marked.id).where(marked.node == node, marked.linkedid == linkedid, marked.removed_at.is_(None))
            ).first()
            is not None
        )

    def remove(self, example_id: int, now: datetime) -> bool:
        return (
            self._connection.execute(
                update(example_call)
                .where(example_call.c.id == example_id, example_call.c.removed_at.is_(None))
                .values(removed_at=now)
            ).rowcount
            == 1
        )
