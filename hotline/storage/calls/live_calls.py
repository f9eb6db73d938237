"""Calls for the screens that show them while they last.

A recording is paused by whoever serves the page (hotline.services.recordings.pause), not by what the listener hears:
the listener's fold of a call that lasts does not know of it. So what was marked since is added here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, select

from hotline.domain.calls.call import Call
from hotline.domain.calls.events import Fact, FactKind
from hotline.domain.calls.fold.timeline import pauses_in
from hotline.domain.calls.ledger import StoredCall
from hotline.storage.calls.tables import call, call_fact
from hotline.storage.transaction import TableStore

#: Asked with every change of a call: made once, since making it costs as much as asking.
_BY_IDS = select(call.c.id, call.c.detail).where(call.c.id.in_(bindparam("ids", expanding=True)))
_IN_PROGRESS = select(call.c.id, call.c.detail).where(call.c.ended_at.is_(None)).order_by(call.c.started_at, call.c.id)
_MARKS = (
    select(call_fact.c.node, call_fact.c.linkedid, call_fact.c.at, call_fact.c.kind)
    .where(
        call_fact.c.node.in_(bindparam("nodes", expanding=True)),
        call_fact.c.linkedid.in_(bindparam("linkedids", expanding=True)),
        call_fact.c.kind.in_((FactKind.RECORDING_PAUSED.value, FactKind.RECORDING_RESUMED.value)),
    )
    .order_by(call_fact.c.at, call_fact.c.id)
)


class LiveCallStore(TableStore):
    """Calls as the screens show them while they last: without their recordings."""

    def by_ids(self, call_ids: Collection[int]) -> dict[int, StoredCall]:
        """At most as many as one reading of the outbox brings."""
        if not call_ids:
            return {}
        rows = self._connection.execute(_BY_IDS, {"ids": list(call_ids)})
        return {stored.id: stored for stored in self._with_pauses(rows)}

    def in_progress(self) -> list[StoredCall]:
        """Calls without an end, oldest first."""
        return self._with_pauses(self._connection.execute(_IN_PROGRESS))

    def _with_pauses(self, rows: Iterable[Row[*tuple[Any, ...]]]) -> list[StoredCall]:
        found = [StoredCall(row.id, row.detail, ()) for row in rows]
        lasting = [stored.call for stored in found if stored.call.ended_at is None]
        marks = self._marks(lasting) if lasting else {}
        return [replace(stored, call=_paused(stored.call, marks)) if marks else stored for stored in found]

    def _marks(self, lasting: list[Call]) -> dict[tuple[str, str], list[Fact]]:
        marks: dict[tuple[str, str], list[Fact]] = {}
        wanted = {"nodes": list({each.node for each in lasting}), "linkedids": [each.linkedid for each in lasting]}
        for row in self._connection.execute(_MARKS, wanted):
            fact = Fact(row.at, FactKind(row.kind), row.linkedid)
            marks.setdefault((row.node, row.linkedid), []).append(fact)
        return marks


def _paused(record: Call, marks: dict[tuple[str, str], list[Fact]]) -> Call:
    """A fold that ended the call has its pauses already."""
    own = marks.get((record.node, record.linkedid))
    return replace(record, pauses=pauses_in(own, None)) if own and record.ended_at is None else record
