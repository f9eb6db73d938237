"""G3: what the table of backups holds of a person: nothing. What is in a backup itself is told in docs/backups.md."""

from __future__ import annotations

from hotline.storage.backups.tables import backup_task
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        backup_task,
        nothing={Holds.CODE: "kind", Holds.PATH: "file", Holds.STAFF: "asked_by", Holds.TECHNICAL: "problem"},
    ),
)
