"""E7, 100 %: whose complaint was told before visits were planned by themselves, or while they were switched off, is
owed one too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.services.cases.facts import steps_of
from hotline.services.cases.kinds import kinds_in_force
from hotline.services.visits.case_followed import follow
from hotline.services.visits.case_step import visiting_act
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visits.sharing import VisitSharingStore

_AT_ONCE = 200


def plan_missing(storage: Storage, settings: Settings, now: datetime) -> int:
    """Of open cases that wait for their visit and have none: how many were looked at. What is closed already is left:
    its customer expects no call any more."""
    if not settings.visits.enabled:
        return 0
    with storage.reading() as tx:
        waiting = [case_id for stage in _stages(tx, settings, now) for case_id in _without(tx, *stage)]
    if waiting:
        with storage.writing() as tx:
            for case in CaseStore(tx).by_ids(waiting).values():
                follow(tx, settings, case, steps_of(tx, case)[-1], now)
    return len(waiting)


def _stages(tx: Transaction, settings: Settings, now: datetime) -> Iterator[tuple[str, str]]:
    """Kinds, each with a stage in which its customer was told and not visited yet."""
    for code, kind in kinds_in_force(tx, now).items():
        act = visiting_act(kind)
        if act is not None and code not in settings.visits.not_after:
            yield from ((code, stage) for stage in sorted(act.before))


def _without(tx: Transaction, kind: str, stage: str) -> list[int]:
    return VisitSharingStore(tx).cases_without(kind, stage, _AT_ONCE)
