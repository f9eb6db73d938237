"""G3: checks judge the work of our own people, and name no customer."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.visit_checks.tables import visit_check, visit_draw

COLUMNS = (
    PersonalTable(
        visit_draw, nothing={Holds.CODE: "month", Holds.SETTING: "seed", Holds.ID: "drawn", Holds.STAFF: "drawn_by"}
    ),
    PersonalTable(visit_check, nothing={Holds.CODE: "found", Holds.WORK: "note", Holds.STAFF: "visitor checked_by"}),
)
