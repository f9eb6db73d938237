"""Who was asked to be blocked, and what was decided (A15)."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, text, update

from hotline.domain.cases.block_request import BlockRequest, Decision
from hotline.storage.cases.tables import block_request
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_REQUEST = block_request.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(BlockRequest))


def block_request_of(row: Row[Any]) -> BlockRequest:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return BlockRequest(**{**values, "decision": Decision(row.decision) if row.decision else None})


class BlockRequestStore(TableStore):
    def add(self, request: BlockRequest) -> BlockRequest | None:
        """With its id; None when one for the same number awaits its decision already."""
        insert = (
            insert_into(self._connection, block_request)
            .on_conflict_do_nothing(index_elements=["number"], index_where=text("decided_at IS NULL"))
            .returning(_REQUEST.id)
        )
        values = {name: getattr(request, name) for name in _COLUMNS if name not in ("id", "decision")}
        request_id = self._connection.scalar(insert, values)
        return None if request_id is None else dataclasses.replace(request, id=request_id)

    def by_id(self, request_id: int) -> BlockRequest | None:
        row = self._connection.execute(select(block_request).where(_REQUEST.id == request_id)).first()
        return block_request_of(row) if row else None

    def search(self, open_only: bool, limit: int) -> list[BlockRequest]:
        """Newest first."""
        wanted = select(block_request).order_by(_REQUEST.id.desc()).limit(limit)
        if open_only:
            wanted = wanted.where(_REQUEST.decided_at.is_(None))
        return [block_request_of(row) for row in self._connection.execute(wanted)]

    def decide(self, request_id: int, decision: Decision, by: str, note: str, now: datetime) -> bool:
        """False if it was decided already, or there is none."""
        return (
            self._connection.execute(
                update(block_request)
                .where(_REQUEST.id == request_id, _REQUEST.decided_at.is_(None))
                .values(decision=decision.value, decided_by=by, decided_at=now, note=note)
            ).rowcount
            == 1
        )
