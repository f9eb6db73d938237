"""G3: settings hold nothing of persons outside."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.settings.tables import setting_change

COLUMNS = (
    PersonalTable(
        setting_change,
        nothing={Holds.SETTING: "key value", Holds.CODE: "act", Holds.STAFF: "decided_by", Holds.WORK: "reason"},
    ),
)
