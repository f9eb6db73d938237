"""Dials as verdicts are made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select

from hotline.domain.batches import batches
from hotline.domain.numbers import Number
from hotline.storage.dialling.tables import dial, dial_approval
from hotline.storage.transaction import Transaction

_D, _A = dial.c, dial_approval.c


class EndedDial(NamedTuple):
    """`approved`: an approval was used for it."""

    id: int
    user: str
    extension: str
    number: Number
    line: str
    asked_at: datetime
    approved: bool


def ended_dials(tx: Transaction, ids: Collection[str]) -> Iterator[EndedDial]:
    approved = exists().where(_A.used_at == _D.asked_at, _A.asked_by == _D.user)
    for some in batches(sorted(map(int, ids))):
        rows = tx.connection.execute(
            select(_D.id, _D.user, _D.extension, _D.number, _D.line, _D.asked_at, approved).where(
                _D.id.in_(some), _D.ended_at.is_not(None)
            )
        )
        for row in rows:
            yield EndedDial._make(row)
