"""Cases of the same: same customer, kind and subject."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.cases.case import ServiceCase
from hotline.settings import Settings
from hotline.storage.cases.duplicates import DuplicateStore
from hotline.storage.transaction import Transaction


def duplicates_of(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> list[ServiceCase]:
    """Open ones, the newest first."""
    return DuplicateStore(tx).like(case, now - timedelta(days=settings.cases.repeat_days), open_only=True)
