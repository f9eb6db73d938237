"""What the pop shows of our last dial to the caller: what they call back for."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.people import Actor
from hotline.services.pop_part import PopPart, Section, WhoCalls
from hotline.settings import Settings
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction


class LastDial(Section):
    """We called this number then, `for` this reason, and it came to that."""

    at: datetime
    reason: str
    outcome: DialOutcome | None
    object_kind: str
    object_id: int


class LastDials(Section):
    last_dial: LastDial | None


def _read(tx: Transaction, settings: Settings, caller: WhoCalls) -> Dial | None:
    """The latest within [callback_trunk] answered_days before the call, and not the call itself."""
    days = settings.callback_trunk.answered_days
    if not caller.number or not days:
        return None
    began = caller.call.started_at
    return DialStore(tx).latest_to(caller.call.caller.number, began - timedelta(days=days), began)


def _show(dial: Dial | None, settings: Settings, actor: Actor, now: datetime) -> LastDials:
    if dial is None:
        return LastDials(last_dial=None)
    return LastDials(
        last_dial=LastDial(
            at=dial.asked_at,
            reason=dial.reason,
            outcome=dial.outcome,
            object_kind=dial.object_kind,
            object_id=dial.object_id,
        )
    )


POP_PART = PopPart(LastDials, _read, _show)
