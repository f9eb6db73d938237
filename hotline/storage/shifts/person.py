"""G3: the tables of shifts hold our own people's data, nothing of persons outside."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.shifts.tables import leave_request, queue_skill, shift, shift_feed, shift_swap

COLUMNS = (
    PersonalTable(
        shift,
        nothing={
            Holds.STAFF: "person numbers backups",
            Holds.WORK: "note",
            Holds.SETTING: "kind lines queues",
            Holds.CODE: "origin",
        },
    ),
    PersonalTable(
        leave_request, nothing={Holds.STAFF: "asked_by decided_by", Holds.WORK: "reason answer", Holds.CODE: "state"}
    ),
    PersonalTable(shift_swap, nothing={Holds.STAFF: "decided_by", Holds.WORK: "words answer", Holds.CODE: "state"}),
    PersonalTable(queue_skill, nothing={Holds.SETTING: "queue"}),
    PersonalTable(shift_feed, nothing={Holds.HASH: "secret_hash"}),
)
