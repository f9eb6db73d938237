"""G3: breaches judge the work of our own people, and name no customer."""

from __future__ import annotations

from hotline.storage.breaches.tables import breach
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        breach,
        nothing={
            Holds.CODE: "kind rule",
            Holds.ID: "evidence source",
            Holds.WORK: "note word withdrawn_reason",
            Holds.STAFF: "declared_by withdrawn_by",
        },
    ),
)
