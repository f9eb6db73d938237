"""Checkpoints: until when the ledger has every call of a node."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hotline.storage.calls.tables import listener_checkpoint
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting


class CheckpointStore(TableStore):
    def get(self, node: str) -> datetime | None:
        return self._connection.scalar(select(listener_checkpoint.c.at).where(listener_checkpoint.c.node == node))

    def set(self, node: str, at: datetime) -> None:
        self._connection.execute(rewriting(self._connection, listener_checkpoint, "node"), {"node": node, "at": at})
