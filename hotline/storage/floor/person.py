"""G3: the tables of the floor hold nothing of persons outside."""

from __future__ import annotations

from hotline.storage.floor.tables import operator_steering, wall_display
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        wall_display, nothing={Holds.SETTING: "name", Holds.HASH: "token_sha256", Holds.STAFF: "created_by revoked_by"}
    ),
    PersonalTable(
        operator_steering, nothing={Holds.STAFF: "extension by_name", Holds.CODE: "what", Holds.WORK: "reason"}
    ),
)
