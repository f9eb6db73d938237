"""Keeps the directory's numbers in AstDB complete: what a change could not write, this writes later."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.services.directory.directory import FAMILY, values_of
from hotline.services.pbx import Pbx
from hotline.storage.directory.store import DirectoryStore
from hotline.storage.transaction import Storage

#: AstDB outlives a restart of Asterisk, but not the loss of its file: then all is written again.
RENEW = timedelta(minutes=5)


class DirectoryInAstdb:
    """Writes what has changed since it last wrote, and now and then all of it."""

    def __init__(self, storage: Storage, pbx: Pbx) -> None:
        self._storage, self._pbx = storage, pbx
        self._written: dict[str, str] = {}
        self._whole_at: datetime | None = None

    def write(self, now: datetime) -> int:
        """Write; how many entries. Raises PbxError, StorageError."""
        with self._storage.reading() as tx:
            wanted = values_of(tx, DirectoryStore(tx).all(), now)
        if self._whole_at is None or not timedelta() <= now - self._whole_at < RENEW:
            self._written = {key: "" for key in self._written if key not in wanted}
            self._whole_at = now
        # Whoever is no longer in the directory is not dialled either.
        wanted.update({key: "" for key in self._written if key not in wanted})
        changed = {key: value for key, value in wanted.items() if self._written.get(key) != value}
        for key, value in changed.items():
            self._pbx.database_put(FAMILY, key, value)
            self._written[key] = value
        return len(changed)
