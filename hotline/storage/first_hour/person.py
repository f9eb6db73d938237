"""G3: the first hour keeps nothing of persons outside."""

from __future__ import annotations

from hotline.storage.first_hour.tables import check_finding, set_up_mark
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(check_finding, nothing={Holds.CODE: "level what", Holds.TECHNICAL: "detail advice"}),
    PersonalTable(set_up_mark, nothing={Holds.CODE: "step", Holds.STAFF: "marked_by"}),
)
