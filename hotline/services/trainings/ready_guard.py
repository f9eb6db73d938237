"""F11: who lacks a training that their queues need is not ready, if so set."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.reasons import Reason, because
from hotline.domain.trainings.training import lacking
from hotline.services.ready_guard import ReadyGuard
from hotline.services.trainings.needed import queues_of
from hotline.settings import Settings
from hotline.storage.staff.store import StaffStore
from hotline.storage.trainings.store import TrainingResultStore, TrainingStore
from hotline.storage.transaction import Transaction


def _why_not(tx: Transaction, settings: Settings, extension: str, now: datetime) -> Reason | None:
    if not settings.trainings.needed_to_be_ready:
        return None
    queues = queues_of(settings, extension)
    needed = [each for each in TrainingStore(tx).all(active_only=True) if each.needed_by(queues)]
    if not needed:
        return None
    person = StaffStore(tx).holder(extension, now)
    results = TrainingResultStore(tx).of_person(person.id) if person is not None and person.id is not None else []
    missing = lacking(needed, results, queues, now)
    return because("trainings.lacks", trainings=tuple(each.name for each in missing)) if missing else None


READY_GUARD = ReadyGuard(_why_not)
