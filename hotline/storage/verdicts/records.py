"""Records as verdicts are made of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, select

from hotline.domain.batches import batches
from hotline.domain.calls.call import Call
from hotline.storage.calls.tables import call
from hotline.storage.forms.tables import call_form
from hotline.storage.transaction import Transaction

_C, _F = call.c, call_form.c


class WrittenCall(NamedTuple):
    """`form_id` None: nobody began a record. `done_at`: of one that is done."""

    id: int
    call: Call
    form_id: int | None
    done_at: datetime | None


def written_calls(tx: Transaction, ids: Collection[str]) -> list[WrittenCall]:
    same = and_(_F.node == _C.node, _F.linkedid == _C.linkedid)
    done_at = func.coalesce(_F.done_at, _F.updated_at)
    found: list[WrittenCall] = []
    for some in batches(sorted(map(int, ids))):
        rows = tx.connection.execute(
            select(_C.id, _C.detail, _F.id, _F.state, _F.done_at, _F.updated_at)
            .outerjoin(call_form, same)
            .where(_C.id.in_(some))
        )
        for key, detail, form_id, state, done_at, updated_at in rows:
            found.append(WrittenCall(key, detail, form_id, (done_at or updated_at) if state == "done" else None))
    return found


def earlier_about_the_same(
    tx: Transaction, number: str, category: str, called_at: datetime, within: timedelta
) -> list[int]:
    """Ids of the records of this number about this category within that time before, newest first (B8)."""
    rows = tx.connection.execute(
        select(_F.id)
        .where(
            _F.number == number, _F.called_at < called_at, _F.called_at >= called_at - within, _F.category == category
        )
        .order_by(_F.called_at.desc())
        .limit(20)
    )
    return list(rows.scalars())
