"""G3: adherence is of our own people's work."""

from __future__ import annotations

from hotline.storage.adherence.tables import missed_start
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        missed_start, nothing={Holds.CODE: "kind decision", Holds.WORK: "explanation", Holds.STAFF: "decided_by"}
    ),
)
