"""G3: deadlines hold nothing of a person; what they are deadlines of does."""

from __future__ import annotations

from hotline.storage.deadlines.tables import deadline, deadline_move
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        deadline,
        nothing={Holds.CODE: "clock rule term gaps pause_reason", Holds.SETTING: "line", Holds.HASH: "counted_by"},
    ),
    PersonalTable(deadline_move, nothing={Holds.CODE: "clock", Holds.STAFF: "by"}),
)
