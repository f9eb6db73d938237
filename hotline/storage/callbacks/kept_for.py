"""E2: a call is kept for the calls that we owe for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection, select

from hotline.domain.batches import batches
from hotline.storage.callbacks.tables import callback, callback_call
from hotline.storage.kept_for import CallKey, KeepsCalls


class _Callbacks(KeepsCalls):
    def visits(self, connection: Connection, linkedids: Collection[str]) -> Iterator[tuple[CallKey, datetime | None]]:
        wanted = select(callback_call.c.node, callback_call.c.linkedid, callback.c.closed_at).join(
            callback, callback.c.id == callback_call.c.callback_id
        )
        for some in batches(sorted(linkedids)):
            for row in connection.execute(wanted.where(callback_call.c.linkedid.in_(some))):
                yield (row.node, row.linkedid), row.closed_at


KEPT_FOR = _Callbacks()
