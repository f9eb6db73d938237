"""The database goes back to a backup: checked first, what is there now is backed up, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.backups.backup import Manifest
from hotline.domain.errors import Refused
from hotline.services.backups import archive, making
from hotline.services.backups.place import Place
from hotline.services.backups.trying import try_out
from hotline.storage.backups.database import NAMES
from hotline.storage.backups.lost import Lost, lost_since

#: What the backup is called that is made just before.
BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a restore would do: to which moment, and what came since, which is lost."""

    name: str
    manifest: Manifest
    lost: Lost


def foresee(place: Place, name: str) -> Foreseen:
    """Raises NotFound, Refused for what cannot be restored here."""
    file = archive.find(place.folder, name)
    manifest = archive.read_manifest(file)
    if not archive.is_ours(file, place.key):
        raise Refused("backups.foreign")
    if manifest.database != place.database.kind:
        raise Refused("backups.other_database", found=manifest.database, expected=place.database.kind)
    if manifest.revision != place.database.revision:
        raise Refused("backups.other_revision", found=manifest.revision, expected=place.database.revision)
    with place.storage.reading() as tx:
        return Foreseen(name, manifest, lost_since(tx, manifest.made_at))


def restore(place: Place, name: str, by: str, now: datetime) -> str:
    """Put the database back to that backup, and say what the backup of just before is called. It is tried out first;
    the change itself is one transaction, so that nothing is half done whenever it fails or is killed. Raises Refused,
    HotlineError, StorageError: then everything is as it was."""
    foresee(place, name)
    try_out(place, name)
    before = making.make(place, by, now, BEFORE)
    with making.draft(place.folder) as folder:
        manifest = archive.unpack(archive.find(place.folder, name), folder)
        place.database.bring_back(folder / NAMES[manifest.database])
    return before
