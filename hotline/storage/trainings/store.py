"""Trainings and exams (`TrainingStore`), and who took them with what result."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update

from hotline.domain.trainings.training import Training, TrainingKind, TrainingResult
from hotline.storage.inserted import new_id
from hotline.storage.trainings.tables import training, training_result
from hotline.storage.transaction import TableStore

_TRAINING = tuple(each.name for each in dataclasses.fields(Training) if each.name != "id")
_RESULT = tuple(each.name for each in dataclasses.fields(TrainingResult) if each.name != "id")
_R = training_result.c


class TrainingStore(TableStore):
    def all(self, active_only: bool = False) -> list[Training]:
        """By name."""
        wanted = select(training).order_by(training.c.name)
        return self._found(wanted.where(training.c.active.is_(True)) if active_only else wanted)

    def by_id(self, training_id: int) -> Training | None:
        return next(iter(self._found(select(training).where(training.c.id == training_id))), None)

    def add(self, new: Training) -> Training:
        """Raises Conflict for a name that another has."""
        result = self._connection.execute(insert(training).values(_columns(new)))
        return dataclasses.replace(new, id=new_id(result))

    def update(self, changed: Training, version: int) -> bool:
        """Write all its fields; False unless the row still has `version`."""
        row = update(training).where(training.c.id == changed.id, training.c.version == version)
        return self._connection.execute(row.values(_columns(changed))).rowcount == 1

    def _found(self, wanted: Select[Any]) -> list[Training]:
        return [_training(row) for row in self._connection.execute(wanted)]


class TrainingResultStore(TableStore):
    def all(self) -> list[TrainingResult]:
        """The oldest first."""
        return self._found(select(training_result))

    def of_person(self, person_id: int) -> list[TrainingResult]:
        return self._found(select(training_result).where(_R.person_id == person_id))

    def by_id(self, result_id: int) -> TrainingResult | None:
        return next(iter(self._found(select(training_result).where(_R.id == result_id))), None)

    def put(self, results: Iterable[TrainingResult]) -> tuple[int, int]:
        """How many were added, and how many took the place of another one of the same person, training and day. What
        is the same already is neither."""
        added = changed = 0
        for new in results:
            values = {name: getattr(new, name) for name in _RESULT}
            same = (_R.training_id == new.training_id, _R.person_id == new.person_id, _R.taken_at == new.taken_at)
            old = next(iter(self._found(select(training_result).where(*same))), None)
            if old is None:
                self._connection.execute(insert(training_result).values(values))
                added += 1
            elif _said(old) != _said(new):
                self._connection.execute(update(training_result).where(_R.id == old.id).values(values))
                changed += 1
        return added, changed

    def remove(self, result_id: int) -> None:
        self._connection.execute(delete(training_result).where(_R.id == result_id))

    def _found(self, wanted: Select[Any]) -> list[TrainingResult]:
        rows = self._connection.execute(wanted.order_by(_R.taken_at, _R.id))
        return [TrainingResult(**{name: getattr(row, name) for name in _RESULT}, id=row.id) for row in rows]


def _said(result: TrainingResult) -> tuple[object, ...]:
    return result.passed, result.points, result.valid_until, result.note


def _columns(one: Training) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _TRAINING}
    return {**values, "kind": one.kind.value, "queues": sorted(one.queues)}


def _training(row: Row[Any]) -> Training:
    values = {name: getattr(row, name) for name in _TRAINING}
    return Training(**{**values, "kind": TrainingKind(row.kind), "queues": frozenset(row.queues)}, id=row.id)
