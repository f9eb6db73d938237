"""A file that somebody attached to something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.attachments.names import name_for_download


@dataclass(frozen=True, slots=True)
class Attachment:
    """`kind`, `object_id`: what it is attached to ("form", 12). `name`: as it was given, cleaned. `type`: by its
    content. `path`: below the store. `kept_at`: since when it is there whole; None while it is brought in.
    `removed_at`: it is shown no more, and its file goes."""

    kind: str
    object_id: int
    name: str
    type: str
    size_bytes: int
    sha256: str
    path: str
    created_at: datetime
    created_by: str
    kept_at: datetime | None = None
    removed_at: datetime | None = None
    removed_by: str = ""
    id: int = 0

    @property
    def object(self) -> str:
        """As the audit log has it."""
        return f"{self.kind}:{self.object_id}"

    @property
    def download_name(self) -> str:
        return name_for_download(self.name, self.type)
