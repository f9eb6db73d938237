"""G3: what callbacks hold of a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import update

from hotline.domain.batches import batches
from hotline.domain.callbacks.owed import Callback
from hotline.domain.persons import Whose
from hotline.storage.callbacks.store import callback_of
from hotline.storage.callbacks.tables import callback
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore
from hotline.storage.whose import theirs_by_form

COLUMNS = (
    PersonalTable(
        callback,
        part="callbacks",
        copied="number note closing_note",
        erased="number note closing_note",
        nothing={
            Holds.ID: "node linkedid",
            Holds.SETTING: "line",
            Holds.CODE: "reason",
            Holds.STAFF: "closed_by opened_by taken_by",
        },
    ),
)


class PersonCallbackStore(TableStore):
    def of(self, whose: Whose) -> list[Callback]:
        """Newest first."""
        wanted = theirs_by_form(callback, callback.c.number, whose).order_by(callback.c.queued_at.desc())
        return [callback_of(row) for row in self._connection.execute(wanted)]

    def forget(self, callback_ids: Collection[int]) -> None:
        """Delete whom these would have reached, and what was noted of them."""
        ids: Sequence[int] = sorted(callback_ids)
        for some in batches(ids):
            self._connection.execute(
                update(callback).where(callback.c.id.in_(some)).values(number="", note="", closing_note="")
            )
