"""What was done with backups, and what shall be."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from hotline.domain.backups.backup import BackupTask, TaskKind
from hotline.storage.backups.tables import backup_task
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_COLUMNS = tuple(each.name for each in dataclasses.fields(BackupTask))


class BackupTaskStore(TableStore):
    """Who asked for what, and how it went."""

    def add(self, new: BackupTask) -> BackupTask:
        made = insert(backup_task).values(_values(new))
        return dataclasses.replace(new, id=new_id(self._connection.execute(made)))

    def keep(self, changed: BackupTask) -> None:
        self._connection.execute(update(backup_task).where(backup_task.c.id == changed.id).values(_values(changed)))

    def open(self) -> list[BackupTask]:
        """Not finished, oldest first."""
        found = select(backup_task).where(backup_task.c.finished_at.is_(None)).order_by(backup_task.c.id)
        return [_task(row) for row in self._connection.execute(found)]

    def latest(self, limit: int) -> list[BackupTask]:
        """Newest first."""
        rows = self._connection.execute(select(backup_task).order_by(backup_task.c.id.desc()).limit(limit))
        return [_task(row) for row in rows]

    def latest_of(self, kind: TaskKind) -> BackupTask | None:
        found = select(backup_task).where(backup_task.c.kind == kind.value).order_by(backup_task.c.id.desc()).limit(1)
        row = self._connection.execute(found).first()
        return _task(row) if row else None

    def last_asked(self, kind: TaskKind, by: str) -> datetime | None:
        """When somebody, or the night (""), last asked for one."""
        moment = func.max(backup_task.c.asked_at)
        found = select(moment).where(backup_task.c.kind == kind.value, backup_task.c.asked_by == by)
        last: datetime | None = self._connection.scalar(found)
        return last

    def forget_before(self, moment: datetime) -> None:
        self._connection.execute(delete(backup_task).where(backup_task.c.finished_at < moment))


def _values(task: BackupTask) -> dict[str, Any]:
    values = {name: getattr(task, name) for name in _COLUMNS if name != "id"}
    return {**values, "kind": task.kind.value}


def _task(row: Row[Any]) -> BackupTask:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return BackupTask(**{**values, "kind": TaskKind(row.kind)})
