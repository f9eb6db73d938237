"""A backup becomes a home of its own: on another machine, or after this one was lost."""

from __future__ import annotations

from pathlib import Path

from hotline.domain.backups.backup import Manifest
from hotline.domain.errors import Refused
from hotline.services.backups import archive, sealing
from hotline.services.backups.making import CEL, SETTINGS
from hotline.settings import Home
from hotline.storage import migrate
from hotline.storage.backups.database import NAMES, POSTGRESQL, Database


def restore_into(home: Home, file: Path, passphrase: str, database: str) -> Manifest:
    """Fill a home that is empty or not there: database, site's files, Asterisk's notes; with the passphrase the site's
    own settings file and its passwords too. `database`: the address of an empty PostgreSQL database, for a backup of
    one. The database is brought to this version's structure. Raises Refused, StorageError."""
    if home.root.is_dir() and any(home.root.iterdir()):
        raise Refused("backups.not_empty", folder=str(home.root))
    home.create()
    manifest = archive.unpack(file, home.root)
    (home.root / SETTINGS).rename(home.settings_file)
    sealed = home.root / archive.SEALED
    if sealed.exists():
        if passphrase:
            for name, content in sealing.unseal(sealed.read_bytes(), passphrase).items():
                _write(archive.inside(home.root, name), content)
        sealed.unlink()
    if (home.root / CEL).exists():
        home.cel_database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home.root / CEL).rename(home.cel_database)
    if manifest.database == POSTGRESQL:
        dump = home.root / NAMES[POSTGRESQL]
        Database(database).bring_back(dump)
        for left in home.root.glob(f"{dump.stem}*"):
            left.unlink()
    migrate.upgrade(database or f"sqlite:///{home.database_file}")
    return manifest


def _write(target: Path, content: bytes) -> None:
    target.write_bytes(content)
    target.chmod(0o600)
