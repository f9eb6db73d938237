"""G3: what the ledger holds of a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, or_, select

from hotline.domain.persons import Whose
from hotline.storage.calls.tables import call, call_fact, listener_checkpoint
from hotline.storage.forms.tables import call_form
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore
from hotline.storage.whose import theirs

COLUMNS = (
    PersonalTable(
        call,
        part="calls",
        copied="caller_number caller_kept_back caller_original caller_name detail",
        erased="caller_number caller_kept_back caller_original caller_name detail",
        nothing={
            Holds.ID: "node linkedid",
            Holds.CODE: "direction outcome answered_by_kind counts_as",
            # Which number of ours was called; of a try to dial out (A3), what one of ours dialled.
            Holds.SETTING: "line dialled",
            Holds.STAFF: "answered_by",
        },
    ),
    PersonalTable(call_fact, nothing={Holds.ID: "node linkedid channel", Holds.CODE: "kind"}),
    PersonalTable(listener_checkpoint, nothing={Holds.ID: "node"}),
)


class PersonCallStore(TableStore):
    def of(self, whose: Whose, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
        """id, node, linkedid, ended_at and detail of calls from these numbers, kept back or not, newest first."""
        same = and_(call_form.c.node == call.c.node, call_form.c.linkedid == call.c.linkedid)
        return self._connection.execute(
            select(call.c.id, call.c.node, call.c.linkedid, call.c.ended_at, call.c.detail)
            .outerjoin(call_form, same)
            .where(
                or_(
                    theirs(call.c.caller_number, call_form.c.customer_id, whose),
                    theirs(call.c.caller_kept_back, call_form.c.customer_id, Whose(whose.numbers)),
                )
            )
            .order_by(call.c.started_at.desc(), call.c.id.desc())
            .limit(limit)
        ).all()
