"""Whoever needs a training that counts only a little longer is told, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.trainings.training import Holding, holding
from hotline.services.notifications.notify import notify
from hotline.services.trainings.needed import queues_of
from hotline.services.trainings.notification_kinds import TRAINING_RUNS_OUT
from hotline.settings import Settings
from hotline.storage.staff.spans import TenureStore
from hotline.storage.trainings.store import TrainingResultStore, TrainingStore
from hotline.storage.transaction import Storage, Transaction

#: Person, training, its name, and until when.
_RunsOut = tuple[int, int, str, datetime]


def tell_running_out(storage: Storage, settings: Settings, now: datetime) -> int:
    """How many were told."""
    with storage.reading() as tx:
        found = _running_out(tx, settings, now)
    if not found:
        return 0
    with storage.writing() as tx:
        return sum(
            notify(
                tx,
                [person_id],
                TRAINING_RUNS_OUT,
                f"training:{training_id}",
                now,
                once=f"training:{training_id}:{person_id}:{until.isoformat()}",
                title=title,
                until_at=until,
            )
            for person_id, training_id, title, until in found
        )


def _running_out(tx: Transaction, settings: Settings, now: datetime) -> list[_RunsOut]:
    soon = now + timedelta(days=settings.trainings.runs_out_days)
    results = TrainingResultStore(tx).all()
    having = [each for each in TenureStore(tx).search() if each.until is None]
    found = []
    for training in TrainingStore(tx).all(active_only=True):
        for each in having:
            own = [r for r in results if r.training_id == training.id and r.person_id == each.person_id]
            needed = training.needed_by(queues_of(settings, each.extension))
            if needed and holding(own, now, soon) is Holding.RUNS_OUT:
                until = max(own, key=lambda result: result.taken_at).valid_until
                assert until is not None
                found.append((each.person_id, training.id or 0, training.name, until))
    return found
