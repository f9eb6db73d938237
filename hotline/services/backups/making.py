"""A backup is made: the database at one moment, what people have made besides, and passwords only if sealed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from hotline.domain.backups.backup import FileSum, Manifest, beyond_kept, lacks_room
from hotline.domain.errors import HotlineError
from hotline.domain.reasons import Reason
from hotline.services.backups import archive, sealing
from hotline.services.backups.place import Place
from hotline.services.settings.transfer import as_file
from hotline.storage.backups import sqlite
from hotline.storage.backups.database import NAMES

#: Of what is being made or tried; what a process that died has left is removed by the next.
DRAFT = ".draft-"
#: What is in force, to be read; without passwords.
SETTINGS = "settings.toml"
CEL = "cel.db"


def make(place: Place, by: str, now: datetime, kind: str = "") -> str:
    """Make one and say its name. Raises HotlineError when there is no room or the disk refuses, StorageError."""
    problem = no_room(place)
    if problem:
        raise HotlineError.of(problem)
    name = _free_name(place, now, kind)
    with draft(place.folder) as folder:
        files = _collected(place, folder)
        database = place.database
        dump = folder / NAMES[database.kind]
        tables = database.copy(dump)
        files[dump.name] = dump
        sealed = archive.SEALED in files

        def manifest(sums: Mapping[str, FileSum]) -> Manifest:
            company = place.settings.site.company
            return Manifest(company, now, by, database.kind, database.revision, tables, sums, sealed)

        archive.pack(place.folder / name, manifest, files, place.key)
    return name


def _free_name(place: Place, now: datetime, kind: str) -> str:
    """None that is there is written over."""
    moments = (now + timedelta(seconds=later) for later in count())
    return next(name for name in (archive.name_of(at, kind) for at in moments) if not (place.folder / name).exists())


def no_room(place: Place) -> Reason | None:
    """Why the next one would not fit on the disk; None when it does."""
    found = archive.stored(place.folder)
    expected = max([each.size for each in found[:1]] + [place.database.bytes or 0])
    return lacks_room(shutil.disk_usage(existing(place.folder)).free, expected)


def remove_beyond_kept(place: Place) -> list[str]:
    """Delete the oldest, and say which. What cannot be read as a backup is left to people."""
    whole = [each.name for each in archive.stored(place.folder) if each.manifest]
    gone = beyond_kept(whole, place.settings.backups.keep)
    for name in gone:
        (place.folder / name).unlink(missing_ok=True)
    return gone


@contextmanager
def draft(folder: Path, kind: str = DRAFT) -> Iterator[Path]:
    """A folder that is gone afterwards, on the same disk as the backups. `kind`: how its name begins."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=kind, dir=folder) as made:
        yield Path(made)


def sweep(place: Place) -> None:
    """Remove what a process that died has left. Nothing else makes drafts while the one job runs."""
    if not place.folder.is_dir():
        return
    for left in place.folder.iterdir():
        if left.name.startswith(DRAFT):
            shutil.rmtree(left, ignore_errors=True)
        elif left.name.startswith(archive.PARTS):
            left.unlink(missing_ok=True)


def _collected(place: Place, folder: Path) -> dict[str, Path]:
    files = dict(place.site_files())
    settings = folder / SETTINGS
    settings.write_text(as_file(place.settings), "utf-8")
    files[SETTINGS] = settings
    cel = place.cel_database()
    if cel is not None:
        sqlite.copy(cel, folder / CEL)
        files[CEL] = folder / CEL
    passphrase = place.settings.backups.passphrase
    if passphrase:
        secret = [file for file in (place.home.settings_file, place.home.secrets_file) if file.is_file()]
        sealed = folder / archive.SEALED
        sealed.write_bytes(sealing.seal({file.name: file.read_bytes() for file in secret}, passphrase))
        files[archive.SEALED] = sealed
    return files


def existing(folder: Path) -> Path:
    """The folder, or the one above it where it would be made."""
    return next(each for each in (folder, *folder.parents) if each.exists())
