"""Callbacks as verdicts are made of them: as the figures of what is owed count them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from hotline.domain.batches import batches
from hotline.storage.callbacks.listing import was_owed
from hotline.storage.callbacks.tables import callback
from hotline.storage.calls.tables import call
from hotline.storage.transaction import Transaction

_C = callback.c


class OwedCall(NamedTuple):
    """`called_at`: the first try, or the close without one. `who`: a user name, or an extension.
    `agreed`: for a moment that the customer named. `call_id`: of the call that is owed; None where it is gone."""

    id: int
    line: str
    owed_from: datetime
    due_at: datetime
    called_at: datetime | None
    closed_at: datetime | None
    outcome: str
    who: str
    was_owed: bool
    agreed: bool
    call_id: int | None


def owed_calls(tx: Transaction, ids: Collection[str]) -> Iterator[OwedCall]:
    who = func.coalesce(func.nullif(_C.taken_by, ""), func.nullif(_C.closed_by, ""), _C.opened_by)
    its_call = select(call.c.id).where(call.c.node == _C.node, call.c.linkedid == _C.linkedid).scalar_subquery()
    for some in batches(sorted(map(int, ids))):
        rows = tx.connection.execute(
            select(
                _C.id,
                _C.line,
                _C.owed_from,
                func.coalesce(_C.first_due_at, _C.due_at, type_=_C.due_at.type),
                func.coalesce(_C.first_tried_at, _C.closed_at, type_=_C.closed_at.type),
                _C.closed_at,
                _C.outcome,
                who,
                was_owed(),
                _C.agreed_at.is_not(None),
                its_call,
            ).where(_C.id.in_(some))
        )
        yield from (OwedCall._make(row) for row in rows)
