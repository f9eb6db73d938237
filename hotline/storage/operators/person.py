"""G3: what operators wrote of a caller while they passed the call on (A12)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update

from hotline.domain.operators.presence import TransferOrder
from hotline.storage.kept_for import CallKey
from hotline.storage.operators.store import order_of
from hotline.storage.operators.tables import call_transfer, operator_presence, operator_state_change, raised_hand
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore
from hotline.storage.whose import at_calls

COLUMNS = (
    PersonalTable(
        operator_presence,
        nothing={
            Holds.STAFF: "extension",
            Holds.SETTING: "queues reason",
            Holds.CODE: "activity via",
            Holds.ID: "node linkedid",
        },
    ),
    PersonalTable(raised_hand, nothing={Holds.STAFF: "extension seen_by", Holds.ID: "node linkedid"}),
    PersonalTable(
        operator_state_change,
        nothing={Holds.STAFF: "extension changed_by", Holds.CODE: "state", Holds.SETTING: "reason"},
    ),
    PersonalTable(
        call_transfer,
        part="transfers",
        copied="reason",
        erased="reason",
        nothing={
            Holds.ID: "node linkedid to_id",
            Holds.CODE: "kind to_kind state",
            Holds.STAFF: "from_extension to_name",
            Holds.TECHNICAL: "problem",
        },
    ),
)


class PersonTransferStore(TableStore):
    def of(self, calls: Collection[CallKey]) -> list[TransferOrder]:
        """Of these calls, oldest first."""
        found = [
            order_of(row)
            for of_calls in at_calls(calls)
            for row in self._connection.execute(select(call_transfer).where(of_calls(call_transfer)))
        ]
        return sorted(found, key=lambda order: order.id or 0)

    def forget(self, calls: Collection[CallKey]) -> None:
        """Delete what was said of the callers."""
        for of_calls in at_calls(calls):
            self._connection.execute(update(call_transfer).where(of_calls(call_transfer)).values(reason=""))
