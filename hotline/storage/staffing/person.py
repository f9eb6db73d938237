"""G3: staffing holds numbers of calls, nothing of who called."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.staffing.tables import left_out_day, typed_volume

COLUMNS = (
    PersonalTable(typed_volume, nothing={Holds.CODE: "line"}),
    PersonalTable(left_out_day, nothing={Holds.CODE: "line", Holds.WORK: "why", Holds.STAFF: "left_out_by"}),
)
