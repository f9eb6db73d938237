"""Deadlines as verdicts are made of them: nothing is held, and what is recounted meanwhile is judged again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from hotline.domain.batches import batches
from hotline.storage.deadlines.tables import deadline
from hotline.storage.transaction import Transaction

_D = deadline.c


class Clocked(NamedTuple):
    """`late`: it was broken, as far as is known; `told_at`: when that was seen, of one that is open."""

    clock: str
    line: str
    began_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    late: bool
    told_at: datetime | None


def clocked(tx: Transaction, clocks: Collection[str], ids: Collection[str]) -> dict[int, list[Clocked]]:
    """By the thing's id."""
    found: dict[int, list[Clocked]] = defaultdict(list)
    for some in batches(sorted(map(int, ids))):
        rows = tx.connection.execute(
            select(
                _D.object_id,
                _D.clock,
                _D.line,
                _D.started_at,
                _D.due_at,
                _D.stopped_at,
                _D.breached_at,
                _D.breach_told_at,
            )
            .where(_D.clock.in_(clocks), _D.object_id.in_(some))
            .order_by(_D.object_id, _D.clock)
        )
        for key, clock, line, began, due, stopped, breached, told in rows:
            late = breached is not None and (stopped is not None or told is not None)
            found[key].append(Clocked(clock, line, began, due, stopped, late, told))
    return found
