"""A15: the callers whom operators ask to have blocked, and what supervisors decide of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.cases.block_request import BlockRequest, Decision, block_ends_at
from hotline.domain.errors import Conflict, NotFound
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.text import clean
from hotline.services.cases.view import BlockRequestView, block_request_view
from hotline.services.looks import note_look
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class SeenRequests:
    """Newest first. `call_ids`: in which call each was made, by its id; None: the ledger does not hold it any more."""

    requests: tuple[BlockRequestView, ...]
    call_ids: Mapping[int, int | None]


def find_requests(storage: Storage, open_only: bool, limit: int, actor: Actor, now: datetime) -> SeenRequests:
    """The look stands in the audit log (F8)."""
    with storage.reading() as tx:
        found = BlockRequestStore(tx).search(open_only, limit)
        known = CallStore(tx).ids_by_call((each.node, each.linkedid) for each in found)
    note_look(storage, actor, now, "block_requests.view", "block_requests", f"{len(found)} requests")
    whole = may(Act.SEE_NUMBERS, actor.roles)
    call_ids = {each.id or 0: known.get((each.node, each.linkedid)) for each in found}
    return SeenRequests(tuple(block_request_view(each, whole) for each in found), call_ids)


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
