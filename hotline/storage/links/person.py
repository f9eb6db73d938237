"""G3: links hold nothing of a person outside: a customer is known by their id, never by name."""

from __future__ import annotations

from hotline.storage.links.tables import link
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        link,
        nothing={
            Holds.HASH: "token_sha256 opened_with",
            Holds.CODE: "purpose holder_kind",
            Holds.ID: "object",
            Holds.STAFF: "holder_name created_by revoked_by",
        },
    ),
)
