"""From when on there is anything to judge."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from hotline.domain.calendar import local_day
from hotline.storage.calls.tables import call
from hotline.storage.transaction import Transaction


def first_day(tx: Transaction) -> date | None:
    """That of the first call; None before there is one."""
    first = tx.connection.scalar(select(func.min(call.c.started_at)))
    return local_day(first) if first else None
