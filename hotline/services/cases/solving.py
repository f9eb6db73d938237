"""How long cases took by working time: kept when they are closed, by the calendar that holds then (F1)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.services.calendar import work_calendar
from hotline.settings import Settings
from hotline.storage.cases.solving import SolvingStore
from hotline.storage.transaction import Storage, Transaction

#: Of those that were closed before this was kept, in one transaction.
_AT_ONCE = 500


def keep_solving(tx: Transaction, settings: Settings, case: ServiceCase) -> None:
    """Of a closed case its time, of any other none."""
    closed = case.closed_at if case.state is CaseState.CLOSED else None
    SolvingStore(tx).keep({case.id or 0: _took(settings, case.opened_at, closed) if closed else None})


def count_solved(storage: Storage, settings: Settings) -> int:
    """Those that were closed before their time was kept; how many."""
    found = 0
    while True:
        with storage.writing() as tx:
            store = SolvingStore(tx)
            some = store.uncounted(_AT_ONCE)
            store.keep({case_id: _took(settings, opened, closed) for case_id, opened, closed in some})
        found += len(some)
        if len(some) < _AT_ONCE:
            return found


def _took(settings: Settings, opened: datetime, closed: datetime) -> int:
    """Milliseconds, by the company's hours; what waited for the customer counts."""
    return round(work_calendar(settings).working_seconds_between(opened, max(opened, closed)) * 1000)
