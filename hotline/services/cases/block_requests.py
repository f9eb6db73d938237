"""A15: what supervisors decide of the callers whom operators ask to have blocked."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.cases.block_request import BlockRequest, Decision, block_ends_at
from hotline.domain.errors import Conflict, NotFound
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.text import clean
from hotline.storage.audit import AuditLog
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.transaction import Storage


def decide(storage: Storage, request_id: int, decision: Decision, note: str, by: str, now: datetime) -> BlockRequest:
    """Approved, the number is turned away from now on. Raises NotFound, Conflict when it was decided already."""
    note = clean(note, several_lines=False).strip()
    with storage.writing() as tx:
        request = BlockRequestStore(tx).by_id(request_id)
        if request is None:
            raise NotFound("forms.no_block_request", id=request_id)
        if not BlockRequestStore(tx).decide(request_id, decision, by, note, now):
            raise Conflict("forms.block_decided")
        if decision is Decision.APPROVED:
            BlocklistStore(tx).add(BlockedNumber(request.number, request.reason, by, now, block_ends_at(request, now)))
        AuditLog(tx).add(now, by, f"block.{decision.value}", f"block_request:{request_id}", note)
        decided = BlockRequestStore(tx).by_id(request_id)
    assert decided is not None
    return decided
