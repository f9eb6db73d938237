"""Tries to call back, and who has taken what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, case, exists, func, insert, or_, select, update

from hotline.domain.batches import batches
from hotline.domain.callbacks.owed import Callback, CallbackTry
from hotline.storage.callbacks.store import callback_of
from hotline.storage.callbacks.tables import callback, callback_call, callback_try
from hotline.storage.customers.tables import customer, customer_number
from hotline.storage.transaction import TableStore

_C = callback.c

_IMPORTANT = (
    select(customer_number.c.number)
    .join(customer, and_(customer.c.id == customer_number.c.customer_id, customer.c.merged_into.is_(None)))
    .where(customer.c.level != "")
)
#: By the rank that they should have: open ones that have another.
_MISRANKED = tuple(
    (rank, (_C.closed_at.is_(None), _C.rank != rank, theirs))
    for rank, theirs in ((0, _C.number.in_(_IMPORTANT)), (1, _C.number.not_in(_IMPORTANT)))
)


class CallbackTryStore(TableStore):
    def add(self, made: CallbackTry) -> None:
        """The callback counts it, and remembers when it was due before the first one."""
        values = {
            "callback_id": made.callback_id,
            "at": made.at,
            "by": made.by,
            "outcome": made.outcome,
            "note": made.note,
            "next_try_at": made.next_try_at,
            "dial_id": made.dial_id,
        }
        self._connection.execute(insert(callback_try), values)
        self._connection.execute(
            update(callback)
            .where(_C.id == made.callback_id)
            .values(
                tries=_C.tries + 1,
                first_tried_at=func.coalesce(_C.first_tried_at, made.at),
                first_due_at=case((_C.tries == 0, _C.due_at), else_=_C.first_due_at),
                last_tried_at=made.at,
                next_try_at=made.next_try_at,
            )
        )

    def correct(self, made: CallbackTry) -> None:
        """Another outcome and next try; the callback's next one is that of its last try."""
        corrected = update(callback_try).where(callback_try.c.id == made.id)
        self._connection.execute(corrected.values(outcome=made.outcome, next_try_at=made.next_try_at))
        last = select(func.max(callback_try.c.id)).where(callback_try.c.callback_id == made.callback_id)
        theirs = update(callback).where(_C.id == made.callback_id, last.scalar_subquery() == made.id)
        self._connection.execute(theirs.values(next_try_at=made.next_try_at))

    def of(self, callback_ids: Collection[int]) -> dict[int, list[CallbackTry]]:
        """By callback, the first first."""
        found: dict[int, list[CallbackTry]] = {}
        for some in batches(sorted(callback_ids)):
            wanted = select(callback_try).where(callback_try.c.callback_id.in_(some)).order_by(callback_try.c.id)
            for row in self._connection.execute(wanted):
                made = CallbackTry(
                    row.callback_id, row.at, row.by, row.outcome, row.note, row.next_try_at, row.dial_id, row.id
                )
                found.setdefault(row.callback_id, []).append(made)
        return found

    def hand_back(self, callback_id: int, taken_by: str) -> bool:
        """False unless it is open and theirs."""
        theirs = (_C.id == callback_id, _C.closed_at.is_(None), _C.taken_by == taken_by, _C.taken_by != "")
        return (
            self._connection.execute(update(callback).where(*theirs).values(taken_by="", taken_at=None)).rowcount == 1
        )

    def all_taken(self) -> list[Callback]:
        """Open ones that somebody has taken."""
        wanted = select(callback).where(_C.taken_by != "", _C.closed_at.is_(None)).order_by(_C.id)
        return [callback_of(row) for row in self._connection.execute(wanted)]

    def are_misranked(self) -> bool:
        """Whether `rank_anew` would change any."""
        found = (exists().where(*wrong) for _rank, wrong in _MISRANKED)
        return bool(self._connection.scalar(select(or_(*found))))

    def rank_anew(self) -> None:
        """Open ones of customers with a level come first, and those of all others after them."""
        for rank, wrong in _MISRANKED:
            self._connection.execute(update(callback).where(*wrong).values(rank=rank))

    def hear(self, node: str, linkedid: str, callback_id: int, by: str, now: datetime) -> None:
        """Who listens first is noted."""
        c = callback_call.c
        mine = (c.callback_id == callback_id, c.node == node, c.linkedid == linkedid, c.heard_at.is_(None))
        self._connection.execute(update(callback_call).where(*mine).values(heard_at=now, heard_by=by))
