"""G3: what callbacks hold of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select, update

from hotline.domain.batches import batches
from hotline.domain.callbacks.owed import Callback, CallbackCall
from hotline.domain.persons import Whose
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import callback_of
from hotline.storage.callbacks.tables import callback, callback_call, callback_try
from hotline.storage.forms.tables import call_form
from hotline.storage.kept_for import CallKey
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore
from hotline.storage.whose import theirs

COLUMNS = (
    PersonalTable(
        callback,
        part="callbacks",
        copied="number note closing_note",
        erased="number note closing_note",
        nothing={
            Holds.ID: "node linkedid",
            Holds.SETTING: "line",
            Holds.CODE: "reason outcome",
            Holds.STAFF: "closed_by opened_by taken_by",
        },
    ),
    PersonalTable(
        callback_call,
        part="callbacks",
        copied="note",
        erased="note",
        nothing={Holds.ID: "node linkedid", Holds.CODE: "reason", Holds.STAFF: "opened_by heard_by"},
    ),
    PersonalTable(
        callback_try, part="callbacks", copied="note", erased="note", nothing={Holds.CODE: "outcome", Holds.STAFF: "by"}
    ),
)


@dataclass(frozen=True, slots=True)
class KeptCallback:
    """A callback with all that was noted at its calls and at the tries."""

    callback: Callback
    keys: tuple[CallKey, ...]
    notes: str
    tried: str


class PersonCallbackStore(TableStore):
    def of(self, whose: Whose) -> list[Callback]:
        """Newest first: by the number, where no log form of one of its calls names a customer, and by the customer."""
        same = and_(call_form.c.node == callback_call.c.node, call_form.c.linkedid == callback_call.c.linkedid)
        ids = (
            select(callback.c.id)
            .outerjoin(callback_call, callback_call.c.callback_id == callback.c.id)
            .outerjoin(call_form, same)
            .where(theirs(callback.c.number, call_form.c.customer_id, whose))
        )
        wanted = (
            select(callback).where(callback.c.id.in_(ids)).order_by(callback.c.queued_at.desc(), callback.c.id.desc())
        )
        return [callback_of(row) for row in self._connection.execute(wanted)]

    def kept(self, whose: Whose) -> list[KeptCallback]:
        found = self.of(whose)
        ids = [each.id or 0 for each in found]
        calls = OwedCallStore(self._tx).of(ids)
        tried = self._tried(ids)
        return [_kept(each, calls.get(each.id or 0, ()), tried[each.id or 0]) for each in found]

    def forget(self, callback_ids: Collection[int]) -> None:
        """Delete whom these would have reached, and what was noted of them."""
        ids: Sequence[int] = sorted(callback_ids)
        for some in batches(ids):
            self._connection.execute(
                update(callback).where(callback.c.id.in_(some)).values(number="", note="", closing_note="")
            )
            for table in (callback_call, callback_try):
                self._connection.execute(update(table).where(table.c.callback_id.in_(some)).values(note=""))

    def _tried(self, callback_ids: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for some in batches(callback_ids):
            wanted = select(callback_try.c.callback_id, callback_try.c.note).where(callback_try.c.callback_id.in_(some))
            for row in self._connection.execute(wanted.order_by(callback_try.c.id)):
                found[row.callback_id].append(row.note)
        return found


def _kept(owed: Callback, calls: Sequence[CallbackCall], tried: Sequence[str]) -> KeptCallback:
    keys = {(each.node, each.linkedid): None for each in calls} or {(owed.node, owed.linkedid): None}
    notes = dict.fromkeys(filter(None, (owed.note, *(each.note for each in calls))))
    return KeptCallback(owed, tuple(keys), "\n".join(notes), "\n".join(filter(None, tried)))
