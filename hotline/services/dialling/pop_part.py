"""What the pop of a call that we dial says: what for (C1)."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from hotline.domain.calls.call import Direction
from hotline.domain.dialling.dial import Dial
from hotline.domain.people import Actor
from hotline.services.pop_part import PopPart, Section, WhoCalls
from hotline.settings import Settings
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction


class DialShown(Section):
    """`object_kind` and `object_id`: what it is for, "" and 0 for nothing that is kept."""

    reason: str = Field(description="what the customer is told first (C1)")
    object_kind: str
    object_id: int


class DialledFor(Section):
    dialled: DialShown | None = Field(description="null where the customer called")


def _read(tx: Transaction, settings: Settings, caller: WhoCalls) -> Dial | None:
    if caller.call.direction is not Direction.DIALLED:
        return None
    return DialStore(tx).of_linkedid(caller.call.node, caller.call.linkedid)


def _show(dial: Dial | None, settings: Settings, actor: Actor, now: datetime) -> DialledFor:
    if dial is None:
        return DialledFor(dialled=None)
    return DialledFor(dialled=DialShown(reason=dial.reason, object_kind=dial.object_kind, object_id=dial.object_id))


POP_PART = PopPart(DialledFor, _read, _show)
