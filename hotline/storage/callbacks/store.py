"""Callbacks: calls that we owe (A9)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, select, update

from hotline.domain.batches import batches
from hotline.domain.callbacks.callback import CallbackPerson
from hotline.domain.callbacks.owed import Callback, CallbackOutcome, CallbackReason
from hotline.domain.numbers import NO_NUMBER
from hotline.storage.bulk import update_rows
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.tables import callback, callback_call
from hotline.storage.customers.tables import customer, customer_number
from hotline.storage.forms.tables import call_form
from hotline.storage.transaction import TableStore

#: Who turned out to be somebody else is that customer.
_KEPT = customer.alias("kept")
_PERSON = (_KEPT.c.id, _KEPT.c.name, _KEPT.c.company, _KEPT.c.do_not_call)
_WANTED = callback.c.id.in_(bindparam("ids", expanding=True))
_BY_NUMBER = (
    select(callback.c.id.label("callback_id"), *_PERSON)
    .join(customer_number, and_(customer_number.c.number == callback.c.number, callback.c.number != NO_NUMBER))
    .join(_KEPT, and_(_KEPT.c.id == customer_number.c.customer_id, _KEPT.c.merged_into.is_(None)))
    .where(_WANTED)
    .order_by(callback.c.id, _KEPT.c.id)
)
_BY_RECORD = (
    select(callback.c.id.label("callback_id"), *_PERSON)
    .join(callback_call, callback_call.c.callback_id == callback.c.id)
    .join(call_form, and_(call_form.c.node == callback_call.c.node, call_form.c.linkedid == callback_call.c.linkedid))
    .join(customer, customer.c.id == call_form.c.customer_id)
    .join(_KEPT, _KEPT.c.id == func.coalesce(customer.c.merged_into, customer.c.id))
    .where(_WANTED)
    .order_by(callback.c.id)
)

_OWED_TO = (
    select(callback)
    .where(callback.c.number == bindparam("number"), callback.c.closed_at.is_(None))
    .order_by(callback.c.due_at, callback.c.id)
)

#: What the listener asks with every call that ends: made once, since making it costs as much as asking.
_OPEN_OF = (
    select(callback.c.id)
    .join(callback_call, callback_call.c.callback_id == callback.c.id)
    .where(
        callback_call.c.node == bindparam("node"),
        callback_call.c.linkedid.in_(bindparam("linkedids", expanding=True)),
        callback.c.closed_at.is_(None),
    )
)
_OPEN_FOR = select(callback).where(
    callback.c.number.in_(bindparam("numbers", expanding=True)), callback.c.closed_at.is_(None)
)


def callback_of(row: Row[Any]) -> Callback:
    return Callback(
        node=row.node,
        linkedid=row.linkedid,
        line=row.line,
        number=row.number,
        reason=CallbackReason(row.reason),
        queued_at=row.queued_at,
        due_at=row.due_at,
        id=row.id,
        closed_at=row.closed_at,
        closed_by=row.closed_by or "",
        closing_note=row.closing_note or "",
        opened_by=row.opened_by,
        note=row.note,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        owed_from=row.owed_from,
        agreed_at=row.agreed_at,
        calls=row.calls,
        outcome=CallbackOutcome(row.outcome) if row.outcome else None,
        tries=row.tries,
        first_tried_at=row.first_tried_at,
        last_tried_at=row.last_tried_at,
        next_try_at=row.next_try_at,
        first_due_at=row.first_due_at,
        rank=row.rank,
    )


class CallbackStore(TableStore):
    def open(self, owed: Callback) -> int | None:
        """See `OwedCallStore.open`."""
        return OwedCallStore(self._tx).open(owed)

    def drop(self, node: str, *linkedids: str) -> set[int]:
        """See `OwedCallStore.drop`."""
        return OwedCallStore(self._tx).drop(node, *linkedids)

    def by_id(self, callback_id: int) -> Callback | None:
        row = self._connection.execute(select(callback).where(callback.c.id == callback_id)).first()
        return callback_of(row) if row else None

    def owed_to(self, number: str) -> list[Callback]:
        """Open ones, most urgent first. A number is E.164; "" (withheld) has none."""
        if not number:
            return []
        return [callback_of(row) for row in self._connection.execute(_OWED_TO, {"number": number})]

    def take(self, callback_id: int, by: str, taken_by: str, now: dt.datetime) -> bool:
        """False unless it is open and still `taken_by` whom it was ("" nobody)."""
        return (
            self._connection.execute(
                update(callback)
                .where(callback.c.id == callback_id, callback.c.closed_at.is_(None), callback.c.taken_by == taken_by)
                .values(taken_by=by, taken_at=now)
            ).rowcount
            == 1
        )

    def taken(self, by: str) -> list[Callback]:
        """The open ones that this user has taken."""
        rows = self._connection.execute(
            select(callback).where(callback.c.taken_by == by, callback.c.closed_at.is_(None)).order_by(callback.c.id)
        )
        return [callback_of(row) for row in rows]

    def waiting(self, by: str) -> int:
        """How many open ones this user could make: those that nobody has taken, and their own."""
        open_ones = (callback.c.closed_at.is_(None), callback.c.taken_by.in_(("", by)))
        return self._connection.scalar(select(func.count()).select_from(callback).where(*open_ones)) or 0

    def close(
        self, callback_id: int, by: str, note: str, now: dt.datetime, outcome: CallbackOutcome = CallbackOutcome.DONE
    ) -> bool:
        """False if there is no such open one."""
        return (
            self._connection.execute(
                update(callback)
                .where(callback.c.id == callback_id, callback.c.closed_at.is_(None))
                .values(closed_at=now, closed_by=by, closing_note=note, outcome=outcome.value)
            ).rowcount
            == 1
        )

    def open_again(self, number: str, line: str, outcome: CallbackOutcome, closed_since: dt.datetime) -> int | None:
        """The last one of this number and line that was closed so since then is open again; its id. None when there is
        none, or when another one is open."""
        same = (callback.c.number == number, callback.c.line == line)
        here = select(callback.c.id, callback.c.closed_at, callback.c.outcome).where(*same)
        if self._connection.execute(here.where(callback.c.closed_at.is_(None)).with_for_update()).first():
            return None
        closed = here.where(callback.c.outcome == outcome.value, callback.c.closed_at >= closed_since)
        found: int | None = self._connection.scalar(closed.order_by(callback.c.closed_at.desc()).limit(1))
        if number and found is not None:
            anew = {"closed_at": None, "closed_by": None, "closing_note": None, "outcome": ""}
            self._connection.execute(update(callback).where(callback.c.id == found).values(anew))
            return found
        return None

    def open_of(self, node: str, linkedids: Sequence[str]) -> set[int]:
        """The ids of the open ones that these calls have left a part of, by hand or not."""
        found: set[int] = set()
        for some in batches(linkedids):
            found |= set(self._connection.scalars(_OPEN_OF, {"node": node, "linkedids": list(some)}))
        return found

    def by_ids(self, callback_ids: Collection[int]) -> list[Callback]:
        found: list[Callback] = []
        for some in batches(sorted(callback_ids)):
            found += map(callback_of, self._connection.execute(select(callback).where(callback.c.id.in_(some))))
        return found

    def open_for(self, numbers: Collection[str]) -> list[Callback]:
        """The open ones that these numbers (E.164) are owed."""
        found: list[Callback] = []
        for some in batches(sorted(numbers)):
            found += map(callback_of, self._connection.execute(_OPEN_FOR, {"numbers": list(some)}))
        return found

    def move(self, due: Mapping[int, dt.datetime]) -> None:
        """By the callback's id: it is due then."""
        update_rows(self._connection, callback, list(due), {"due_at": list(due.values())})

    def people(self, callbacks: Sequence[Callback]) -> dict[int, tuple[CallbackPerson, ...]]:
        """Whom these would reach, by the callback's id: by their number, and by what their calls' records say."""
        found: dict[int, dict[int, CallbackPerson]] = defaultdict(dict)
        ids = [each.id for each in callbacks if each.id is not None]
        for some in batches(ids):
            for statement in (_BY_NUMBER, _BY_RECORD):
                for row in self._connection.execute(statement, {"ids": some}):
                    found[row.callback_id][row.id] = CallbackPerson(row.id, row.name or row.company, row.do_not_call)
        return {callback_id: tuple(people.values()) for callback_id, people in found.items()}

    def list(self, include_closed: bool = False, limit: int = 200) -> list[Callback]:
        """By place in the waiting line: `queued_at`, oldest first."""
        wanted = select(callback).order_by(callback.c.queued_at, callback.c.id).limit(limit)
        if not include_closed:
            wanted = wanted.where(callback.c.closed_at.is_(None))
        return [callback_of(row) for row in self._connection.execute(wanted)]
