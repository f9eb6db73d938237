"""How callers were passed on (A12), as verdicts are made of it: without the words of the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import and_, select

from hotline.domain.batches import batches
from hotline.domain.floor.call_verdicts import PassedOn
from hotline.storage.calls.tables import call
from hotline.storage.operators.tables import call_transfer
from hotline.storage.transaction import Transaction

_T = call_transfer.c


def passed_on(tx: Transaction, call_ids: Collection[int]) -> dict[int, Sequence[PassedOn]]:
    """By the call's row, in order."""
    found: dict[int, list[PassedOn]] = defaultdict(list)
    same = and_(call.c.node == _T.node, call.c.linkedid == _T.linkedid)
    for some in batches(sorted(call_ids)):
        rows = tx.connection.execute(
            select(call.c.id, _T.id, _T.from_extension, _T.consent, _T.reason, _T.state)
            .join(call_transfer, same)
            .where(call.c.id.in_(some))
            .order_by(_T.id)
        )
        for call_id, key, by, consent, reason, state in rows:
            found[call_id].append(PassedOn(key, by, consent, bool(reason.strip()), state))
    return dict(found)
