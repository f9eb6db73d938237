"""When we said our first words after picking up (A8), as verdicts are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, true

from hotline.domain.floor.call_verdicts import FirstWords
from hotline.storage.quality.tables import call_finding
from hotline.storage.transaction import Transaction

_F = call_finding.c


def first_words(
    tx: Transaction, since: datetime, until: datetime, late_alone: bool
) -> Mapping[tuple[str, str], FirstWords]:
    """By node and linkedid, of the calls of that time, both moments among it; those that somebody has to check are left
    out. `late_alone`: only where they came too late when it was measured, which are few and have an index."""
    wanted = select(_F.node, _F.linkedid, _F.value, _F.from_second, _F.to_second).where(
        _F.called_at.between(since, until), _F.rule == "A8", _F.kind == "first_words", _F.counts == true()
    )
    if late_alone:
        wanted = wanted.where(_F.breach == true())
    rows = tx.connection.execute(wanted.where(_F.value.is_not(None)))
    return {(node, linkedid): FirstWords(value, start or 0.0, end or 0.0) for node, linkedid, value, start, end in rows}
