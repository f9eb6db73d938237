"""G3: what dials hold of a person."""

from __future__ import annotations

from hotline.storage.dialling.tables import dial, dial_approval
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        dial,
        part="dials",
        copied="number reason",
        erased="number reason",
        nothing={
            Holds.ID: "node linkedid",
            Holds.STAFF: "user extension",
            Holds.SETTING: "line",
            Holds.CODE: "object_kind outcome",
        },
    ),
    PersonalTable(
        dial_approval,
        part="dial_approvals",
        copied="number reason note",
        erased="number reason note",
        nothing={Holds.SETTING: "line", Holds.STAFF: "asked_by decided_by"},
    ),
)
