"""What the pop says of our dials: what a call that we dial is for (C1), our last dial to a caller who calls back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import Field

from hotline.domain.calls.call import Direction
from hotline.domain.dialling.dial import Dial, DialOutcome
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


class LastDial(Section):
    """We called this number then, for this reason, and it came to that."""

    at: datetime
    reason: str
    outcome: DialOutcome | None
    object_kind: str
    object_id: int


class Dials(Section):
    dialled: DialShown | None = Field(description="null where the customer called")
    last_dial: LastDial | None


@dataclass(frozen=True, slots=True)
class _Known:
    """The dial that made this call, and the one before an incoming call."""

    this: Dial | None = None
    before: Dial | None = None


def _read(tx: Transaction, settings: Settings, caller: WhoCalls) -> _Known:
    """The latest within [callback_trunk] answered_days before the call counts."""
    call, trunk = caller.call, settings.callback_trunk
    if call.direction is Direction.DIALLED:
        return _Known(this=DialStore(tx).of_linkedid(call.node, call.linkedid))
    if not caller.number or not trunk.is_there or not trunk.answered_days:
        return _Known()
    since = call.started_at - timedelta(days=trunk.answered_days)
    return _Known(before=DialStore(tx).latest_to(call.caller.number, since, call.started_at))


def _show(known: _Known, settings: Settings, actor: Actor, now: datetime) -> Dials:
    return Dials(dialled=_of_this(known.this), last_dial=_of_before(known.before))


def _of_this(dial: Dial | None) -> DialShown | None:
    if dial is None:
        return None
    return DialShown(reason=dial.reason, object_kind=dial.object_kind, object_id=dial.object_id)


def _of_before(dial: Dial | None) -> LastDial | None:
    if dial is None:
        return None
    return LastDial(
        at=dial.asked_at,
        reason=dial.reason,
        outcome=dial.outcome,
        object_kind=dial.object_kind,
        object_id=dial.object_id,
    )


POP_PART = PopPart(Dials, _read, _show)
