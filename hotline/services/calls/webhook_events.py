"""What web hooks are told of calls."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from pydantic import Field

from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.services.calls.ledger import CALL_TOPIC
from hotline.services.webhook_event import Happening, Show, Snapshot, Told, WebhookEvents
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction

#: State of the call in the outbox -> what has happened by then.
_BY_STATE = {
    "open": ("call.started",),
    "talking": ("call.started", "call.answered"),
    "ended": ("call.started", "call.ended"),
}


class CallTold(Told):
    node: str
    linkedid: str
    direction: Direction
    line: str
    caller_number: str = Field(description="empty when withheld")
    started_at: datetime
    answered_at: datetime | None = Field(description="when the line picked up")
    talk_started_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    answered_by: str = Field(description="extension, or the kind of whoever else answered; empty: nobody")
    wait_seconds: float
    talk_seconds: float


def _happened(payload: Mapping[str, object]) -> Iterator[Happening]:
    call_id = payload.get("id")
    if isinstance(call_id, int):
        for kind in _BY_STATE.get(str(payload.get("state")), ()):
            yield Happening(kind, call_id, f"{kind}:{call_id}")


def _read(tx: Transaction, ids: Collection[int], show: Show) -> dict[int, Snapshot]:
    stored = CallStore(tx).by_ids(ids)
    return {each.id: Snapshot(each.call.started_at, _told(each.id, each.call, show)) for each in stored}


def _told(call_id: int, call: Call, show: Show) -> CallTold:
    by = call.answered_by
    return CallTold(
        id=call_id,
        node=call.node,
        linkedid=call.linkedid,
        direction=call.direction,
        line=call.line,
        caller_number=show(call.caller.number),
        started_at=call.started_at,
        answered_at=call.answered_at,
        talk_started_at=call.talk_started_at,
        ended_at=call.ended_at,
        outcome=call.outcome,
        answered_by=(by.id if by.kind == "operator" else by.kind.value) if by else "",
        wait_seconds=call.wait_seconds,
        talk_seconds=call.talk_seconds,
    )


EVENTS = WebhookEvents("call", CALL_TOPIC, ("call.started", "call.answered", "call.ended"), CallTold, _happened, _read)
