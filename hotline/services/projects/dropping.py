"""A visit is not owed any more: its project ended, or its campaign was stopped."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.visits.record import ended
from hotline.domain.visits.visit import Ending, Origin
from hotline.services.visits.asking import close
from hotline.settings import Settings
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore


def drop_visit(tx: Transaction, settings: Settings, visit_id: int, by: str, now: datetime) -> bool:
    """False for one that was made meanwhile."""
    visit = VisitStore(tx).by_id(visit_id)
    if visit is None or not visit.is_open:
        return False
    close(tx, settings, visit, ended(visit, Ending.NOT_OWED, by, now), "drop", by, now)
    return True


def drop_visits_of(
    tx: Transaction, settings: Settings, origin: Origin, subject_id: int, by: str, now: datetime, most: int
) -> int:
    """At most so many of the open ones that were planned for it; how many."""
    some = VisitStore(tx).open_of_subject(origin, subject_id, most)
    for each in some:
        close(tx, settings, each, ended(each, Ending.NOT_OWED, by, now), "drop", by, now)
    return len(some)
