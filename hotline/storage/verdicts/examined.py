"""Examinations as verdicts are made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import select

from hotline.domain.batches import batches
from hotline.storage.examination.tables import examination
from hotline.storage.transaction import Transaction

_E = examination.c


def examined(tx: Transaction, ids: Collection[str]) -> Iterator[tuple[int, str, datetime, str]]:
    """Id, extension, moment of the call, and examiner of those of these that are done."""
    for some in batches(sorted(map(int, ids))):
        rows = tx.connection.execute(
            select(_E.id, _E.extension, _E.called_at, _E.examiner).where(_E.id.in_(some), _E.done_at.is_not(None))
        )
        yield from ((row.id, row.extension, row.called_at, row.examiner) for row in rows)
