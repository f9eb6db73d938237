"""Packages of voices that were asked for, and what came of it."""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import Row, insert, select, update

from hotline.domain.prompts.voice_task import VoiceTask
from hotline.storage.inserted import new_id
from hotline.storage.prompts.tables import voice_task
from hotline.storage.transaction import TableStore

_COLUMNS = tuple(each.name for each in dataclasses.fields(VoiceTask))


class VoiceTaskStore(TableStore):
    def add(self, new: VoiceTask) -> VoiceTask:
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(voice_task).values(_values(new)))))

    def keep(self, changed: VoiceTask) -> None:
        self._connection.execute(update(voice_task).where(voice_task.c.id == changed.id).values(_values(changed)))

    def open(self) -> VoiceTask | None:
        """Not finished; the oldest."""
        found = select(voice_task).where(voice_task.c.finished_at.is_(None)).order_by(voice_task.c.id).limit(1)
        return _task(self._connection.execute(found).first())

    def latest(self) -> VoiceTask | None:
        return _task(self._connection.execute(select(voice_task).order_by(voice_task.c.id.desc()).limit(1)).first())


def _values(task: VoiceTask) -> dict[str, Any]:
    return {name: getattr(task, name) for name in _COLUMNS if name != "id"}


def _task(row: Row[Any] | None) -> VoiceTask | None:
    return VoiceTask(**{name: getattr(row, name) for name in _COLUMNS}) if row else None
