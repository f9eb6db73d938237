"""The whole database as one file, whichever kind it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from hotline.domain.backups.backup import TableSum
from hotline.storage import migrate
from hotline.storage.backups import postgres, sqlite

SQLITE, POSTGRESQL = "sqlite", "postgresql"
#: What the file is called in an archive.
NAMES = {SQLITE: "hotline.db", POSTGRESQL: "hotline.dump"}


@dataclass(frozen=True, slots=True)
class Database:
    """`url`: as the settings and the home say."""

    url: str

    @property
    def kind(self) -> str:
        return SQLITE if make_url(self.url).drivername.startswith(SQLITE) else POSTGRESQL

    @property
    def revision(self) -> str:
        return migrate.current(self.url) or ""

    @property
    def bytes(self) -> int | None:
        """What it takes of the disk here; None where it is a server's."""
        if self.kind != SQLITE:
            return None
        return sum(file.stat().st_size for file in self._file.parent.glob(f"{self._file.name}*") if file.is_file())

    @property
    def _file(self) -> Path:
        return Path(make_url(self.url).database or "")

    def copy(self, target: Path) -> Mapping[str, TableSum]:
        """One moment's state, and what is in each table then. Nobody who works waits. Raises StorageError."""
        if self.kind == POSTGRESQL:
            return postgres.copy(self.url, target)
        sqlite.copy(self._file, target)
        return sqlite.sums(target)

    def tried(self, copied: Path) -> Mapping[str, TableSum]:
        """Restore the copy beside the live database and say what is in it. Raises StorageError, HotlineError."""
        return sqlite.sums(copied) if self.kind == SQLITE else postgres.tried(copied, self.url)

    def bring_back(self, copied: Path) -> None:
        """All or nothing, as one transaction of the live database. Raises StorageError."""
        if self.kind == POSTGRESQL:
            postgres.bring_back(copied, self.url)
        else:
            sqlite.bring_back(copied, self._file)
