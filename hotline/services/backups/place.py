"""Where this instance's backups lie, and what goes into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets
from hotline.storage.backups.database import Database
from hotline.storage.transaction import Storage


@dataclass(frozen=True)
class Place:
    """The parts of one instance as backups need them."""

    home: Home
    storage: Storage
    in_force: Callable[[], Settings]
    secrets: Secrets

    @property
    def settings(self) -> Settings:
        return self.in_force()

    @property
    def folder(self) -> Path:
        named = self.settings.backups.folder
        return Path(named) if named else self.home.backups

    @property
    def key(self) -> bytes:
        """What marks our own backups."""
        return self.secrets.backup_key

    @property
    def database(self) -> Database:
        return Database(self.storage.url)

    def site_files(self) -> Iterator[tuple[str, Path]]:
        """What people have made besides the database: prompts, cards, kinds of cases."""
        for folder in (self.home.site_greetings, self.home.cards, self.home.cases):
            for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
                if file.is_file() and not file.is_symlink():
                    yield file.relative_to(self.home.root).as_posix(), file

    def cel_database(self) -> Path | None:
        """What Asterisk has noted of calls, where it lies here: calls that ended after a backup come back by it."""
        named = self.settings.asterisk.cel_database
        file = Path(named) if named else self.home.cel_database
        return file if file.is_file() else None
