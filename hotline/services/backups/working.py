"""What is done with backups, one after another: what the night brings, and what people asked for on the page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hotline.domain.backups.backup import BackupTask, TaskKind, drill_due, is_due, too_old
from hotline.domain.errors import HotlineError
from hotline.domain.reasons import Reason, because, broken, several
from hotline.domain.time import Clock
from hotline.services.alerts import Stands, keep_alerts
from hotline.services.backups import archive, making, restoring, trying
from hotline.services.backups.alert_kinds import BACKUP_FAILED, BACKUP_OLD, BACKUP_ROOM
from hotline.services.backups.place import Place
from hotline.storage.audit import AuditLog
from hotline.storage.backups.store import BackupTaskStore
from hotline.storage.transaction import Transaction

#: A restore that is under way: what is known of it lies beside the backups, since the database is what goes back.
_UNDER_WAY = "restore-under-way.json"
#: What was done longer ago is forgotten.
_KEPT = timedelta(days=400)


def work(place: Place, clock: Clock) -> Reason | None:
    """Everything that is to be done now; what was done, None for nothing. Raises StorageError when the database is
    away."""
    making.sweep(place)
    _end_what_died(place, clock())
    done = [_done(place, task, clock) for task in _todo(place, clock())]
    _watch(place, clock())
    return several(*done)


def _todo(place: Place, now: datetime) -> list[BackupTask]:
    settings = place.settings.backups
    with place.storage.reading() as tx:
        store = BackupTaskStore(tx)
        asked = store.open()
        made, tried = (store.last_asked(kind, "") for kind in (TaskKind.MAKE, TaskKind.DRILL))
    if settings.nightly and is_due(made, settings.hour, now):
        asked.append(_added(place, BackupTask(TaskKind.MAKE, "", "", now)))
    newest = next((each.name for each in archive.stored(place.folder) if each.manifest), None)
    if newest and drill_due(tried, settings.drill_days, now):
        asked.append(_added(place, BackupTask(TaskKind.DRILL, newest, "", now)))
    return asked


def _added(place: Place, task: BackupTask) -> BackupTask:
    with place.storage.writing() as tx:
        BackupTaskStore(tx).forget_before(task.asked_at - _KEPT)
        return BackupTaskStore(tx).add(task)


def _done(place: Place, task: BackupTask, clock: Clock) -> Reason:
    task = replace(task, begun_at=clock())
    with place.storage.writing() as tx:
        BackupTaskStore(tx).keep(task)
    problem = None
    try:
        task = replace(task, file=_do(place, task, clock()))
    except HotlineError as error:
        problem = error.reason
    except Exception as error:  # whoever asked must be told, and it must not be tried for ever
        problem = broken(error)
    task = replace(task, finished_at=clock(), problem=problem)
    _ended(place, task)
    return task.told


def _do(place: Place, task: BackupTask, now: datetime) -> str:
    if task.kind is TaskKind.MAKE:
        name = making.make(place, task.asked_by, now)
        making.remove_beyond_kept(place)
        return name
    if task.kind is TaskKind.DRILL:
        trying.try_out(place, task.file)
        return task.file
    _note(place, task)
    restoring.restore(place, task.file, task.asked_by, now)
    return task.file


def _ended(place: Place, task: BackupTask) -> None:
    """Written in the database as it is now: after a restore that is the one of then, which does not know the task."""
    assert task.finished_at is not None
    with place.storage.writing() as tx:
        store = BackupTaskStore(tx)
        if _knows(store, task):
            store.keep(task)
        else:
            for old in store.open():  # the backup knows the one that made it as under way
                store.keep(replace(old, file=task.file, finished_at=task.finished_at))
            store.add(task)
        if task.kind is TaskKind.RESTORE or task.asked_by:
            told = str(task.problem) if task.problem else "done"
            AuditLog(tx).add(task.finished_at, task.asked_by, f"backup.{task.kind}", f"backup:{task.file}", told)
    _under_way(place).unlink(missing_ok=True)


def _end_what_died(place: Place, now: datetime) -> None:
    """A process that died amid a restore left the database either as it was or as the backup has it: its task tells
    which. Anything else that died is begun anew."""
    task = _noted(place)
    if task is None:
        return
    with place.storage.reading() as tx:
        went_back = not _knows(BackupTaskStore(tx), task)
    _ended(place, replace(task, finished_at=now, problem=None if went_back else because("backups.restore_died")))


def _knows(store: BackupTaskStore, task: BackupTask) -> bool:
    return any((each.id, each.asked_at) == (task.id, task.asked_at) for each in store.open())


def _watch(place: Place, now: datetime) -> None:
    def find(tx: Transaction) -> list[Stands]:
        failed = [
            (BACKUP_FAILED, kind.value, last.problem if last and last.finished_at else None)
            for kind in TaskKind
            for last in [BackupTaskStore(tx).latest_of(kind)]
        ]
        return [*failed, (BACKUP_OLD, "", _old(place, now)), (BACKUP_ROOM, "", making.no_room(place))]

    keep_alerts(place.storage, find, now)


def _old(place: Place, now: datetime) -> Reason | None:
    if not place.settings.backups.nightly:
        return None
    # One that was uploaded has a new name, and is as old as what is in it.
    newest = max((each.manifest.made_at for each in archive.stored(place.folder) if each.manifest), default=None)
    return too_old(newest, place.settings.backups.old_hours, now)


def _under_way(place: Place) -> Path:
    return place.folder / _UNDER_WAY


def _note(place: Place, task: BackupTask) -> None:
    told = {"id": task.id, "file": task.file, "asked_by": task.asked_by, "asked_at": task.asked_at.isoformat()}
    assert task.begun_at is not None
    _under_way(place).write_text(json.dumps(told | {"begun_at": task.begun_at.isoformat()}), "utf-8")


def _noted(place: Place) -> BackupTask | None:
    try:
        told = json.loads(_under_way(place).read_text("utf-8"))
        asked_at, begun_at = (datetime.fromisoformat(told[name]) for name in ("asked_at", "begun_at"))
        return BackupTask(TaskKind.RESTORE, told["file"], told["asked_by"], asked_at, begun_at, id=told["id"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
