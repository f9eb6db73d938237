"""Shifts as verdicts are made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, select

from hotline.domain.batches import batches
from hotline.storage.adherence.tables import missed_start
from hotline.storage.shifts.tables import shift
from hotline.storage.transaction import Transaction

_S, _M = shift.c, missed_start.c


class WorkedShift(NamedTuple):
    """`missed`: late, empty, None for neither; `decision`: what came of its explanation. `before`: who had the duty
    mobile just before, "" nobody."""

    id: int
    person_id: int | None
    person: str
    duty: bool
    starts_at: datetime
    ends_at: datetime
    missed: str | None
    missed_id: int | None
    came_at: datetime | None
    decision: str | None


def worked_shifts(tx: Transaction, ids: Collection[str]) -> Iterator[WorkedShift]:
    same = and_(_M.person_id == _S.person_id, _M.starts_at == _S.starts_at)
    columns = (_S.id, _S.person_id, _S.person, _S.duty, _S.starts_at, _S.ends_at)
    for some in batches(sorted(map(int, ids))):
        rows = tx.connection.execute(
            select(*columns, _M.kind, _M.id, _M.came_at, _M.decision)
            .outerjoin(missed_start, same)
            .where(_S.id.in_(some), _S.published_at.is_not(None))
        )
        for row in rows:
            yield WorkedShift._make(row)


def duty_before(tx: Transaction, worked: WorkedShift) -> str | None:
    """Who had the duty mobile last before this shift; None: nobody."""
    return tx.connection.scalar(
        select(_S.person)
        .where(_S.duty, _S.published_at.is_not(None), _S.starts_at < worked.starts_at, _S.id != worked.id)
        .order_by(_S.starts_at.desc(), _S.id.desc())
        .limit(1)
    )
