"""G3: what dials hold of a person."""

from __future__ import annotations

from hotline.storage.dialling.tables import dial
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
)
