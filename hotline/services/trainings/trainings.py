"""The register of trainings (F11): what there is, and who took it with what result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.trainings.training import Training, TrainingResult, require_fit, result_of
from hotline.services.access import require_right
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.staff.store import StaffStore
from hotline.storage.trainings.store import TrainingResultStore, TrainingStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class NewResult:
    """As it was typed. `passed` None: the points say."""

    person_id: int
    day: date
    points: float | None = None
    passed: bool | None = None
    note: str = ""


def add_training(storage: Storage, settings: Settings, new: Training, actor: Actor, now: datetime) -> Training:
    """Raises Forbidden, Refused, Conflict for a name that another has."""
    require_right(Act.KEEP_TRAININGS, actor)
    training = _checked(settings, replace(new, id=None, version=1, updated_at=now, updated_by=actor.name))
    with storage.writing() as tx:
        added = TrainingStore(tx).add(training)
        AuditLog(tx).add(now, actor.name, "training.add", f"training:{added.id}", added.name)
    return added


def change_training(
    storage: Storage, settings: Settings, changed: Training, version: int, actor: Actor, now: datetime
) -> Training:
    """Results that were entered stay as they are. Raises Forbidden, NotFound, Refused, Conflict, Outdated."""
    require_right(Act.KEEP_TRAININGS, actor)
    training = _checked(settings, replace(changed, version=version + 1, updated_at=now, updated_by=actor.name))
    with storage.writing() as tx:
        training_of(tx, training.id or 0)
        if not TrainingStore(tx).update(training, version):
            raise Outdated("trainings.changed_meanwhile")
        AuditLog(tx).add(now, actor.name, "training.change", f"training:{training.id}", training.name)
    return training


def enter_results(
    storage: Storage, training_id: int, results: Sequence[NewResult], actor: Actor, now: datetime
) -> tuple[int, int]:
    """How many were added and how many changed: one a person and day. Raises Forbidden, NotFound, Refused."""
    require_right(Act.KEEP_TRAININGS, actor)
    with storage.writing() as tx:
        training = training_of(tx, training_id)
        made = [_result(tx, training, each, actor, now) for each in results]
        if not made:
            raise Refused("trainings.nobody", field="persons")
        done = TrainingResultStore(tx).put(made)
        AuditLog(tx).add(now, actor.name, "training.results", f"training:{training_id}", f"{len(made)}")
    return done


def remove_result(storage: Storage, result_id: int, actor: Actor, now: datetime) -> TrainingResult:
    """It was entered by mistake. Raises Forbidden, NotFound."""
    require_right(Act.KEEP_TRAININGS, actor)
    with storage.writing() as tx:
        found = TrainingResultStore(tx).by_id(result_id) if is_id(result_id) else None
        if found is None:
            raise NotFound("trainings.no_result")
        TrainingResultStore(tx).remove(result_id)
        told = f"person {found.person_id}, {found.taken_at.isoformat()}"
        AuditLog(tx).add(now, actor.name, "training.result_remove", f"training:{found.training_id}", told)
    return found


def training_of(tx: Transaction, training_id: int) -> Training:
    """Raises NotFound."""
    found = TrainingStore(tx).by_id(training_id) if is_id(training_id) else None
    if found is None:
        raise NotFound("trainings.no_training", id=training_id)
    return found


def _checked(settings: Settings, training: Training) -> Training:
    found = replace(training, name=training.name.strip(), subject=training.subject.strip())
    require_fit(found)
    if not found.queues <= set(settings.queues):
        raise Refused("trainings.no_queue", field="queues")
    return found


def _result(tx: Transaction, training: Training, new: NewResult, actor: Actor, now: datetime) -> TrainingResult:
    if StaffStore(tx).person(new.person_id) is None:
        raise Refused("trainings.nobody", field="persons")
    made = result_of(training, new.person_id, new.day, new.points, new.passed, new.note, now)
    return replace(made, entered_by=actor.name)
