"""G3: what attachments hold of a person: what they sent, and how they called it."""

from __future__ import annotations

from hotline.storage.attachments.tables import attachment
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        attachment,
        part="attachments",
        copied="name",
        erased="name",
        nothing={
            Holds.CODE: "kind type",
            Holds.HASH: "sha256",
            Holds.PATH: "path",
            Holds.STAFF: "created_by removed_by",
        },
    ),
)
