"""When numbers called that called often, or said nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, func, select

from hotline.domain.calls.call import Direction
from hotline.domain.numbers import Number
from hotline.storage.calls.tables import call
from hotline.storage.quality.tables import call_finding
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


def often_silent(tx: Transaction, since: datetime, least: int) -> dict[Number, list[datetime]]:
    """The moments of the answered calls since then in which nothing was heard of the caller (Q3), of each number with
    so many at least; none without a number."""
    same_call = and_(call.c.node == call_finding.c.node, call.c.linkedid == call_finding.c.linkedid)
    unheard = (call_finding.c.rule == "Q3", call_finding.c.kind == "caller_unheard", call_finding.c.breach)
    found: dict[Number, set[datetime]] = {}
    for row in tx.connection.execute(
        select(call.c.caller_number, call.c.started_at)
        .select_from(call_finding.join(call, same_call))
        .where(*unheard, call_finding.c.called_at >= since)
        .where(call.c.direction == Direction.INBOUND, call.c.caller_number != "")
    ):
        found.setdefault(row.caller_number, set()).add(row.started_at)
    return {number: sorted(moments) for number, moments in found.items() if len(moments) >= least}
