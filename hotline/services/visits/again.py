"""E9: whose complaint was settled is asked once more after some weeks whether it stayed so."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.visit import AGAIN, Origin, Visit
from hotline.services.visits.planning import BY_ITSELF, plan
from hotline.settings import Settings
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visits.sharing import VisitSharingStore
from hotline.storage.visits.store import VisitStore

_AT_ONCE = 200
#: Of whose time came longer ago nobody is asked: the hotline stood still, or this was switched on since.
_BACK = timedelta(days=14)


def ask_again(storage: Storage, settings: Settings, now: datetime) -> int:
    """How many visits are planned. Doing it again plans no more; who was not satisfied had their case begun anew, and
    is visited after that."""
    ours = settings.visits
    if not (ours.enabled and ours.again_days and ours.again_kinds):
        return 0
    until = now - timedelta(days=ours.again_days)
    with storage.reading() as tx:
        found = VisitSharingStore(tx).asked_once(ours.again_kinds, until - _BACK, until, _AT_ONCE)
    if not found:
        return 0
    with storage.writing() as tx:
        return sum(_plan(tx, settings, each, now) for each in VisitStore(tx).by_ids(found).values())


def _plan(tx: Transaction, settings: Settings, first: Visit, now: datetime) -> bool:
    new = NewVisit(
        Origin.CASE,
        now,
        first.subject_id,
        purpose=first.purpose,
        customer_id=first.customer_id,
        number=first.number,
        name=first.name,
        line=first.line,
        about=first.about,
        weight=first.weight,
        key=f"{AGAIN}{first.id}",
    )
    return plan(tx, settings, new, BY_ITSELF, now) is not None
