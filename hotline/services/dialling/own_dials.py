"""An operator's own dials: how far one has come, ending it, and what answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field

from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.errors import NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.seeing import may_see
from hotline.services.dialled import dialled_kinds
from hotline.services.dialling.dialling import own_phone
from hotline.services.pbx import Pbx
from hotline.services.shown import number_shown
from hotline.services.sight import sight_of
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Storage, Transaction

#: What only the operator knows.
SAID = (DialOutcome.MACHINE, DialOutcome.WRONG_NUMBER)


class DialState(StrEnum):
    PHONE_RINGS = "phone_rings"
    CUSTOMER_RINGS = "customer_rings"
    TALKING = "talking"
    ENDED = "ended"


class DialView(BaseModel):
    """One dial, as whoever dialled sees it."""

    id: int
    number: str = Field(description="masked unless they may see it whole")
    line: str
    reason: str
    object_kind: str = Field(description="what for: callback, …; empty for nothing that is kept")
    object_id: int
    state: DialState
    asked_at: datetime
    ringing_at: datetime | None = Field(description="since when the customer's phone rings")
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: DialOutcome | None
    seconds: float = Field(description="how long the two talked")
    call_id: int | None = Field(description="`id` of the call, once there is one")


def own_dial(storage: Storage, actor: Actor) -> DialView | None:
    """What they dial now. Raises Forbidden."""
    own_phone(actor)
    with storage.reading() as tx:
        now = DialStore(tx).of_operator(actor.extension or "")
        return dial_view(tx, now, actor) if now and now.user == actor.name else None


def see_dial(storage: Storage, dial_id: int, actor: Actor) -> DialView:
    """One of their own. Raises Forbidden, NotFound."""
    own_phone(actor)
    with storage.reading() as tx:
        return dial_view(tx, _own(tx, dial_id, actor), actor)


def hang_up(storage: Storage, pbx: Pbx, dial_id: int, actor: Actor, now: datetime) -> None:
    """Both sides, whatever they are at. Raises Forbidden, NotFound, Refused when it is over, PbxError."""
    own_phone(actor)
    with storage.writing() as tx:
        dial = _own(tx, dial_id, actor)
        if dial.ended_at is not None:
            raise Refused("dialling.over")
        AuditLog(tx).add(now, actor.name, "dial.hang_up", f"dial:{dial_id}")
    for channel in pbx.channels():
        if channel.get("Linkedid") == dial.linkedid:
            pbx.hang_up(channel["Channel"])


def say_what_answered(
    storage: Storage, settings: Settings, dial_id: int, outcome: DialOutcome, actor: Actor, now: datetime
) -> None:
    """A machine, or somebody else. Raises Forbidden, NotFound, Refused of a dial that nobody answered."""
    own_phone(actor)
    with storage.writing() as tx:
        dial = _own(tx, dial_id, actor)
        if outcome not in SAID or not DialStore(tx).say(dial_id, outcome):
            raise Refused("dialling.said_of_reached")
        AuditLog(tx).add(now, actor.name, "dial.said", f"dial:{dial_id}", outcome.value)
        for kind in dialled_kinds().values():
            if kind.said is not None:
                kind.said(tx, settings, replace(dial, outcome=outcome), now)


def dial_view(tx: Transaction, dial: Dial, actor: Actor) -> DialView:
    call_id = CallStore(tx).id_of(dial.node, dial.linkedid)
    number = number_shown(dial.number, may_see(sight_of(tx, actor), dial.number))
    return DialView(
        id=dial.id or 0,
        number=number,
        line=dial.line,
        reason=dial.reason,
        object_kind=dial.object_kind,
        object_id=dial.object_id,
        state=_state(dial),
        asked_at=dial.asked_at,
        ringing_at=dial.ringing_at,
        answered_at=dial.answered_at,
        ended_at=dial.ended_at,
        outcome=dial.outcome,
        seconds=dial.seconds,
        call_id=call_id,
    )


def _state(dial: Dial) -> DialState:
    if dial.ended_at is not None:
        return DialState.ENDED
    if dial.answered_at is not None:
        return DialState.TALKING
    return DialState.CUSTOMER_RINGS if dial.ringing_at is not None else DialState.PHONE_RINGS


def _own(tx: Transaction, dial_id: int, actor: Actor) -> Dial:
    found = DialStore(tx).by_id(dial_id)
    if found is None or found.user != actor.name:
        raise NotFound("dialling.no_dial")
    return found
