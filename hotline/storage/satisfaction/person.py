"""G3: what ratings hold of a person."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.satisfaction.tables import rating

COLUMNS = (
    PersonalTable(
        rating,
        part="ratings",
        copied="number comment",
        erased="number comment",
        nothing={
            Holds.ID: "node linkedid",
            Holds.SETTING: "line",
            Holds.STAFF: "extension",
            Holds.CODE: "way handed_by follow",
        },
    ),
)
