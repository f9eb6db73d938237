"""What web hooks are told of callbacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from pydantic import Field

from hotline.domain.callbacks.owed import Callback
from hotline.services.outbox_topics import CALLBACK
from hotline.services.webhook_event import Happening, Show, Snapshot, Told, WebhookEvents
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.transaction import Transaction

#: What the outbox says -> what is told; of a callback that goes from hand to hand each time that it is taken is one.
_TOLD = {"opened": "callback.opened", "taken": "callback.taken", "closed": "callback.closed"}


class CallbackTold(Told):
    line: str
    number: str
    reason: str = Field(description="of its first call")
    calls: int
    due_at: datetime
    taken_by: str = Field(description="empty: nobody")
    tries: int
    closed_at: datetime | None
    outcome: str = Field(description="empty while it is open")


def _happened(payload: Mapping[str, object]) -> Iterator[Happening]:
    callback_id, kind = payload.get("id"), _TOLD.get(str(payload.get("what")))
    if isinstance(callback_id, int) and kind:
        yield Happening(kind, callback_id, f"{kind}:{callback_id}:{payload.get('at', '')}")


def _read(tx: Transaction, ids: Collection[int], show: Show) -> dict[int, Snapshot]:
    found = CallbackStore(tx).by_ids(ids)
    return {each.id or 0: Snapshot(each.waited_from, _told(each, show)) for each in found}


def _told(callback: Callback, show: Show) -> CallbackTold:
    return CallbackTold(
        id=callback.id or 0,
        line=callback.line,
        number=show(callback.number),
        reason=callback.reason.value,
        calls=callback.calls,
        due_at=callback.due_at,
        taken_by=callback.taken_by,
        tries=callback.tries,
        closed_at=callback.closed_at,
        outcome=callback.outcome.value if callback.outcome else "",
    )


EVENTS = WebhookEvents("callback", CALLBACK, tuple(_TOLD.values()), CallbackTold, _happened, _read)
