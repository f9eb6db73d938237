"""G3: what the blocklist holds of a person (A15); the other tables of the line hold nothing of persons outside."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from hotline.domain.batches import batches
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.persons import Whose
from hotline.storage.line.blocklist import blocked_of
from hotline.storage.line.tables import (
    blocked_number,
    blocked_prefix,
    duty_handover,
    line_override,
    line_test,
    lost_mobile,
)
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore

COLUMNS = (
    PersonalTable(
        duty_handover,
        nothing={Holds.STAFF: "from_person to_person recorded_by", Holds.WORK: "note", Holds.SETTING: "line"},
    ),
    PersonalTable(
        line_override,
        nothing={Holds.CODE: "mode", Holds.STAFF: "declared_by", Holds.WORK: "reason", Holds.SETTING: "line"},
    ),
    PersonalTable(
        blocked_number,
        part="blocks",
        copied="number reason",
        erased="number reason",
        nothing={Holds.STAFF: "blocked_by"},
    ),
    PersonalTable(blocked_prefix, nothing={Holds.CODE: "prefix", Holds.WORK: "reason", Holds.STAFF: "blocked_by"}),
    PersonalTable(
        lost_mobile, nothing={Holds.STAFF: "number person taken_out_by asked_by put_back_by", Holds.WORK: "reason"}
    ),
    PersonalTable(
        line_test, nothing={Holds.ID: "id", Holds.SETTING: "line", Holds.CODE: "result", Holds.TECHNICAL: "detail"}
    ),
)


class PersonBlockStore(TableStore):
    def of(self, whose: Whose) -> list[BlockedNumber]:
        """Those of these numbers, lifted ones too, newest first: no block is written down as a customer's."""
        wanted = select(blocked_number).where(blocked_number.c.number.in_(sorted(whose.numbers)))
        return [blocked_of(row) for row in self._connection.execute(wanted.order_by(blocked_number.c.id.desc()))]

    def forget(self, block_ids: Sequence[int]) -> None:
        """Delete whom these turned away, and why."""
        for some in batches(block_ids):
            self._connection.execute(
                update(blocked_number).where(blocked_number.c.id.in_(some)).values(number="", reason="")
            )
