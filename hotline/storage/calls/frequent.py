"""When numbers called that called often."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from hotline.domain.calls.call import Direction
from hotline.domain.numbers import Number
from hotline.storage.calls.tables import call
from hotline.storage.transaction import Transaction


def often_called(tx: Transaction, since: datetime, least: int) -> dict[Number, list[datetime]]:
    """The moments of the calls since then of each number that called us so often at least; none without a number."""
    incoming = (call.c.started_at >= since, call.c.direction == Direction.INBOUND, call.c.caller_number != "")
    numbers = select(call.c.caller_number).where(*incoming).group_by(call.c.caller_number)
    often = numbers.having(func.count() >= least)
    found: dict[Number, list[datetime]] = {}
    for row in tx.connection.execute(
        select(call.c.caller_number, call.c.started_at).where(*incoming, call.c.caller_number.in_(often))
    ):
        found.setdefault(row.caller_number, []).append(row.started_at)
    return found
