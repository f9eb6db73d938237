"""What administrators see of backups and ask for; a job does it (hotline.services.backups.working)."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hotline.domain.backups.backup import BackupTask, TaskKind
from hotline.domain.errors import Conflict, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.backups import archive, making, restoring
from hotline.services.backups.place import Place
from hotline.services.looks import note_look
from hotline.storage.audit import AuditLog
from hotline.storage.backups.store import BackupTaskStore
from hotline.storage.one_at_a_time import one_at_a_time

#: So many tasks are shown.
_SHOWN = 20
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows. `ours`: the names of backups that this hotline made. `tried`: when each was last found
    whole."""

    backups: list[archive.Stored]
    ours: frozenset[str]
    tried: Mapping[str, datetime]
    tasks: list[BackupTask]
    free: int
    folder: Path

    @property
    def busy(self) -> bool:
        return any(task.finished_at is None for task in self.tasks)


def look(place: Place, actor: Actor, now: datetime, noted: bool) -> Seen:
    """Raises Forbidden."""
    require_right(Act.KEEP_BACKUPS, actor)
    found = archive.stored(place.folder)
    with place.storage.reading() as tx:
        tasks = BackupTaskStore(tx).latest(_SHOWN)
    if noted:
        note_look(place.storage, actor, now, "backups.view", "backups")
    ours = frozenset(
        each.name for each in found if each.manifest and archive.is_ours(place.folder / each.name, place.key)
    )
    tried = {
        task.file: task.finished_at
        for task in reversed(tasks)
        if task.kind is TaskKind.DRILL and task.finished_at and not task.problem
    }
    free = shutil.disk_usage(making.existing(place.folder)).free
    return Seen(found, ours, tried, tasks, free, place.folder)


def ask_to_make(place: Place, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, Conflict while something is done with backups, Refused when there is no room."""
    require_right(Act.KEEP_BACKUPS, actor)
    if problem := making.no_room(place):
        raise Refused.of(problem)
    _ask(place, BackupTask(TaskKind.MAKE, "", actor.name, now), "backup.ask")


def ask_to_try(place: Place, name: str, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, NotFound, Conflict."""
    require_right(Act.KEEP_BACKUPS, actor)
    archive.find(place.folder, name)
    _ask(place, BackupTask(TaskKind.DRILL, name, actor.name, now), "backup.ask_drill")


def foresee(place: Place, name: str, actor: Actor) -> restoring.Foreseen:
    """What a restore would do. Raises Forbidden, NotFound, Refused for one that cannot be brought back here."""
    require_right(Act.KEEP_BACKUPS, actor)
    return restoring.foresee(place, name)


def ask_to_restore(place: Place, name: str, typed: str, actor: Actor, now: datetime) -> None:
    """`typed`: the company's name, by which it is confirmed. Raises Forbidden, NotFound, Refused, Conflict."""
    require_right(Act.KEEP_BACKUPS, actor)
    restoring.foresee(place, name)
    if typed.strip() != place.settings.site.company:
        raise Refused("backups.not_confirmed", field="site")
    _ask(place, BackupTask(TaskKind.RESTORE, name, actor.name, now), "backup.ask_restore")


def find(place: Place, name: str, actor: Actor) -> Path:
    """Raises Forbidden, NotFound."""
    require_right(Act.KEEP_BACKUPS, actor)
    return archive.find(place.folder, name)


def fetch(place: Place, name: str, actor: Actor, now: datetime) -> Path:
    """The file, to be kept elsewhere. That it was taken is written down (F8). Raises Forbidden, NotFound."""
    file = find(place, name, actor)
    with place.storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "backup.fetch", f"backup:{name}")
    return file


def take_in(place: Place, pieces: Iterable[bytes], actor: Actor, now: datetime) -> str:
    """Keep an uploaded backup beside the others, and say its name. Raises Forbidden, Refused for what this hotline did
    not make, or when it does not fit on the disk."""
    require_right(Act.KEEP_BACKUPS, actor)
    name = archive.name_of(now, "uploaded")
    with making.draft(place.folder, "upload-") as folder:
        file, room = folder / name, shutil.disk_usage(folder).free // 2
        with file.open("wb") as written:
            for piece in pieces:
                room -= len(piece)
                if room < 0:
                    raise Refused("backups.upload_too_large", field="file")
                written.write(piece)
        if not archive.is_ours(file, place.key):
            raise Refused("backups.foreign", field="file")
        with place.storage.writing() as tx:
            AuditLog(tx).add(now, actor.name, "backup.upload", f"backup:{name}")
        file.replace(place.folder / name)
    return name


def _ask(place: Place, task: BackupTask, action: str) -> None:
    with place.storage.writing() as tx:
        one_at_a_time(tx, "backup")
        if BackupTaskStore(tx).open():
            raise Conflict("backups.busy")
        BackupTaskStore(tx).add(task)
        AuditLog(tx).add(task.asked_at, task.asked_by, action, f"backup:{task.file}")
