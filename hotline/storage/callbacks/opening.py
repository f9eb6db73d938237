"""What belongs together is owed one callback (A9): calls join it, and are taken back from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, func, select, update

from hotline.domain.batches import batches
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackCall, CallbackReason
from hotline.storage.callbacks.tables import callback, callback_call, callback_try
from hotline.storage.calls.tables import call
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_CALL = callback_call.c
_OF_CALLBACK = callback_call.join(callback, callback.c.id == _CALL.callback_id)

#: Asked of every call that ends: made once, since making it costs as much as asking.
_TAKEN_BACK = (
    select(_CALL.id, _CALL.callback_id)
    .select_from(_OF_CALLBACK)
    .where(
        _CALL.node == bindparam("node"),
        _CALL.linkedid.in_(bindparam("linkedids", expanding=True)),
        ~_CALL.by_hand,
        callback.c.closed_at.is_(None),
    )
)


def call_of(row: Row[*tuple[Any, ...]]) -> CallbackCall:
    return CallbackCall(
        id=row.id,
        callback_id=row.callback_id,
        node=row.node,
        linkedid=row.linkedid,
        reason=CallbackReason(row.reason),
        queued_at=row.queued_at,
        owed_from=row.owed_from,
        agreed_at=row.agreed_at,
        opened_by=row.opened_by,
        note=row.note,
        heard_at=row.heard_at,
        heard_by=row.heard_by,
    )


class OwedCallStore(TableStore):
    """The calls that callbacks are owed for."""

    def open(self, owed: Callback) -> int | None:
        """This call joins the open callback of its number and line, or opens one. What it left there before is written
        anew. One that a call left and that was closed stays closed; by hand, another one may be opened after it. The
        callback's id; None if it stays closed."""
        entry = self._entry(owed)
        if entry is None:
            return self._join(owed)
        if entry.closed_at is not None:
            return None
        if (entry.line, entry.number) == (owed.line, owed.number) or self._moves_alone(entry, owed):
            self._connection.execute(update(callback_call).where(_CALL.id == entry.id).values(_entry_of(owed)))
            self._sum_up([entry.callback_id], owed)
            return int(entry.callback_id)
        self._leave([entry])
        return self._join(owed)

    def drop(self, node: str, *linkedids: str) -> set[int]:
        """Take back what these calls left, which a newer fold shows is not owed: nothing that was opened by hand, and
        nothing that is closed. A callback without a call left goes with its clock, unless somebody has worked on it.
        The ids of the callbacks that lost a call and are there still."""
        lost: set[int] = set()
        for some in batches(linkedids):
            rows = self._connection.execute(_TAKEN_BACK, {"node": node, "linkedids": list(some)})
            lost |= self._leave(rows.all())
        return lost

    def favour(self, callback_id: int) -> None:
        """An important customer's: it comes before all others, and one whose talk broke off is owed at once (A9)."""
        self._connection.execute(update(callback).where(callback.c.id == callback_id).values(rank=0))
        same = (call.c.node == _CALL.node, call.c.linkedid == _CALL.linkedid)
        ended_at = select(call.c.ended_at).where(*same).limit(1).scalar_subquery()
        broke_off = (_CALL.callback_id == callback_id, _CALL.reason == CallbackReason.BROKE_OFF.value)
        at_once = {"owed_from": func.coalesce(ended_at, _CALL.owed_from)}
        self._connection.execute(update(callback_call).where(*broke_off).values(at_once))
        self._sum_up([callback_id])

    def of(self, callback_ids: Iterable[int]) -> dict[int, list[CallbackCall]]:
        """By callback, in the order of their places."""
        found: dict[int, list[CallbackCall]] = {}
        for some in batches(sorted(callback_ids)):
            rows = self._connection.execute(
                select(callback_call).where(_CALL.callback_id.in_(some)).order_by(_CALL.queued_at, _CALL.id)
            )
            for row in rows:
                found.setdefault(row.callback_id, []).append(call_of(row))
        return found

    def of_call(self, node: str, linkedid: str) -> list[CallbackCall]:
        """What this call is part of, of closed callbacks too."""
        wanted = select(callback_call).where(_CALL.node == node, _CALL.linkedid == linkedid).order_by(_CALL.id)
        return [call_of(row) for row in self._connection.execute(wanted)]

    def _entry(self, owed: Callback) -> Row[*tuple[Any, ...]] | None:
        """What this call left there already; of those by hand the open one."""
        by_hand = owed.reason.is_by_hand
        wanted = (
            select(
                _CALL.id, _CALL.callback_id, callback.c.line, callback.c.number, callback.c.calls, callback.c.closed_at
            )
            .select_from(_OF_CALLBACK)
            .where(_CALL.node == owed.node, _CALL.linkedid == owed.linkedid, _CALL.by_hand.is_(by_hand))
        )
        if by_hand:
            wanted = wanted.where(callback.c.closed_at.is_(None))
        return self._connection.execute(wanted).first()

    def _moves_alone(self, entry: Row[*tuple[Any, ...]], owed: Callback) -> bool:
        """Its callback has no other call: it is owed to the other number then, unless that is owed one already."""
        if entry.calls != 1 or self._open_one(owed) is not None:
            return False
        changed = update(callback).where(callback.c.id == entry.callback_id)
        self._connection.execute(changed.values(line=owed.line, number=owed.number))
        return True

    def _open_one(self, owed: Callback) -> int | None:
        """A withheld number is nobody's: its callbacks stay apart."""
        if not owed.number:
            return None
        same = and_(callback.c.number == owed.number, callback.c.line == owed.line, callback.c.closed_at.is_(None))
        found: int | None = self._connection.scalar(select(callback.c.id).where(same).with_for_update())
        return found

    def _join(self, owed: Callback) -> int:
        found = self._open_one(owed)
        while found is None:
            insert = insert_into(self._connection, callback).values(_row_of(owed)).on_conflict_do_nothing()
            made: int | None = self._connection.scalar(insert.returning(callback.c.id))
            if made is not None:
                self._add(made, owed)
                return made
            found = self._open_one(owed)  # somebody was faster; None: and has closed it
        self._add(found, owed)
        self._sum_up([found], owed)
        return found

    def _add(self, callback_id: int, owed: Callback) -> None:
        which = {"callback_id": callback_id, "node": owed.node, "linkedid": owed.linkedid}
        by_hand = owed.reason.is_by_hand
        self._connection.execute(
            insert_into(self._connection, callback_call), {**which, "by_hand": by_hand, **_entry_of(owed)}
        )

    def _leave(self, entries: Sequence[Row[*tuple[Any, ...]]]) -> set[int]:
        if not entries:
            return set()
        self._connection.execute(delete(callback_call).where(_CALL.id.in_([each.id for each in entries])))
        left = {each.callback_id for each in entries}
        with_calls = set(self.of(left))
        gone = self._connection.scalars(
            delete(callback)
            .where(callback.c.id.in_(left - with_calls), callback.c.taken_by == "", callback.c.tries == 0)
            .returning(callback.c.id)
        ).all()
        # SQLite may give the same id to another callback.
        DeadlineStore(self._tx).drop(CALLBACK_CLOCK, gone)
        self._connection.execute(delete(callback_try).where(callback_try.c.callback_id.in_(gone)))
        self._sum_up(with_calls)
        return left - set(gone)

    def _sum_up(self, callback_ids: Iterable[int], owed: Callback | None = None) -> None:
        """The callback says what its calls say. Its clock, which is kept after that, decides when it is due: `owed` is
        due earlier, or it is the only call of one that nobody has tried yet."""
        for callback_id, calls in self.of(callback_ids).items():
            first = calls[0]
            values: dict[str, Any] = {
                "node": first.node,
                "linkedid": first.linkedid,
                "reason": first.reason.value,
                "opened_by": first.opened_by,
                "note": first.note,
                "queued_at": first.queued_at,
                "owed_from": min(each.owed_from for each in calls),
                "agreed_at": min((each.agreed_at for each in calls if each.agreed_at), default=None),
                "calls": len(calls),
            }
            here = callback.c.id == callback_id
            self._connection.execute(update(callback).where(here).values(values))
            if owed is not None:
                earlier = callback.c.due_at > owed.due_at
                due = here & (earlier if len(calls) > 1 else callback.c.tries == 0)
                self._connection.execute(update(callback).where(due).values(due_at=owed.due_at))


def _entry_of(owed: Callback) -> dict[str, Any]:
    return {
        "reason": owed.reason.value,
        "queued_at": owed.queued_at,
        "owed_from": owed.waited_from,
        "agreed_at": owed.agreed_at,
        "opened_by": owed.opened_by,
        "note": owed.note,
    }


def _row_of(owed: Callback) -> dict[str, Any]:
    which = {"node": owed.node, "linkedid": owed.linkedid, "line": owed.line, "number": owed.number}
    return {**which, **_entry_of(owed), "due_at": owed.due_at, "rank": owed.rank}
