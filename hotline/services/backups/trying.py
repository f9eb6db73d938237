"""The trial: a backup is restored into a scratch home and compared, so that it is known to be one."""

from __future__ import annotations

from hotline.domain.backups.backup import Manifest, differences
from hotline.domain.errors import HotlineError, Refused
from hotline.services.backups import archive
from hotline.services.backups.making import SETTINGS, draft
from hotline.services.backups.place import Place
from hotline.settings import Home
from hotline.settings.load import read_layers
from hotline.storage.backups.database import NAMES


def try_out(place: Place, name: str) -> Manifest:
    """Take the archive apart, restore its database beside the live one, and compare rows and hashes table by table.
    Raises Refused for what is damaged or differs, HotlineError where the server lets no scratch database be made."""
    with draft(place.folder) as folder:
        manifest = archive.unpack(archive.find(place.folder, name), folder)
        if manifest.database != place.database.kind:
            raise Refused("backups.other_database", found=manifest.database, expected=place.database.kind)
        dump = folder / NAMES[manifest.database]
        differ = differences(manifest.tables, place.database.tried(dump))
        if differ:
            raise HotlineError("backups.tables_differ", tables=differ[:5])
        # The settings of the scratch home are read as those of a new machine would be.
        (folder / SETTINGS).rename(Home(folder).settings_file)
        read_layers(Home(folder), {}).settings()
    return manifest
