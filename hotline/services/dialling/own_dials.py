"""An operator's own dials: how far one has come, ending it, and what answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, Field

from hotline.domain.dialling.dial import SAID, Dial, DialOutcome
from hotline.domain.errors import NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.dialled import AfterDial, dialled_kinds
from hotline.services.dialling.dialling import own_phone
from hotline.services.dialling.told import tell
from hotline.services.operators.call_control import is_of
from hotline.services.pbx import Pbx
from hotline.services.shown import number_shown
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Storage, Transaction

#: How long whoever dialled is reminded of what is to be done after it.
LAST_SHOWN_FOR = timedelta(hours=1)


class DialState(StrEnum):
    """NOTICE: the customer has answered and hears that the call is recorded (G1)."""

    PHONE_RINGS = "phone_rings"
    CUSTOMER_RINGS = "customer_rings"
    NOTICE = "notice"
    TALKING = "talking"
    ENDED = "ended"


class DialView(BaseModel):
    """One dial, as whoever dialled sees it."""

    id: int
    number: str = Field(description="masked for who sees callers' numbers so (A14)")
    line: str
    reason: str
    object_kind: str = Field(description="what for: callback, …; empty for nothing that is kept")
    object_id: int
    state: DialState
    asked_at: datetime
    ringing_at: datetime | None = Field(description="since when the customer's phone rings")
    answered_at: datetime | None
    talking_since: datetime | None = Field(description="since when the two talk; null before and afterwards")
    ended_at: datetime | None
    outcome: DialOutcome | None = Field(description="before the end: what the operator has said that answered")
    next_try_at: datetime | None = Field(description="when it is tried again; null: not, or it is not known yet")
    seconds: float = Field(description="how long the two talked")
    call_id: int | None = Field(description="`id` of the call, once there is one")
    object_open: bool = Field(description="what it is for is still to be done")


def own_dial(storage: Storage, actor: Actor) -> DialView | None:
    """What they dial now. Raises Forbidden."""
    own_phone(actor)
    with storage.reading() as tx:
        now = DialStore(tx).of_operator(actor.extension or "")
        return dial_view(tx, now, actor) if now and now.user == actor.name else None


def own_last_dial(storage: Storage, actor: Actor, now: datetime) -> DialView | None:
    """The last one that is over, while what it was for is still to be done. Raises Forbidden."""
    own_phone(actor)
    with storage.reading() as tx:
        last = DialStore(tx).last_of(actor.name, now - LAST_SHOWN_FOR)
        view = dial_view(tx, last, actor) if last is not None and last.ended_at is not None else None
    return view if view is not None and view.object_open else None


def see_dial(storage: Storage, dial_id: int, actor: Actor) -> DialView:
    """One of their own. Raises Forbidden, NotFound."""
    own_phone(actor)
    with storage.reading() as tx:
        return dial_view(tx, _own(tx, dial_id, actor), actor)


def hang_up(storage: Storage, pbx: Pbx, dial_id: int, actor: Actor, now: datetime) -> None:
    """Both sides, whatever they are at. Raises Forbidden, NotFound, Refused when it is over or the customer is being
    passed on, PbxError."""
    own_phone(actor)
    channels = pbx.channels()
    with storage.writing() as tx:
        dial = _own(tx, dial_id, actor)
        call = CallStore(tx).get(dial.node, dial.linkedid)
        theirs = [each for each in channels if each.get("Linkedid") == dial.linkedid]
        passed_on = call is not None and bool(call.talks) and not any(is_of(each, dial.extension) for each in theirs)
        if dial.ended_at is not None or passed_on:
            raise Refused("dialling.over")
        AuditLog(tx).add(now, actor.name, "dial.hang_up", f"dial:{dial_id}")
    for channel in theirs:
        pbx.hang_up(channel["Channel"])


def say_what_answered(
    storage: Storage, settings: Settings, dial_id: int, outcome: DialOutcome, actor: Actor, now: datetime
) -> None:
    """A machine, or somebody else: while it lasts, when it ends so, or afterwards. Raises Forbidden, NotFound, Refused
    of a dial that nobody answered."""
    own_phone(actor)
    with storage.writing() as tx:
        dial = _own(tx, dial_id, actor)
        if outcome not in SAID or not DialStore(tx).say(dial_id, outcome):
            raise Refused("dialling.said_of_reached")
        AuditLog(tx).add(now, actor.name, "dial.said", f"dial:{dial_id}", outcome.value)
        for kind in dialled_kinds().values():
            if kind.said is not None:
                kind.said(tx, settings, replace(dial, outcome=outcome), now)
        tell(tx, dial, now)


def dial_view(tx: Transaction, dial: Dial, actor: Actor) -> DialView:
    """As it is now, and what comes after it."""
    call = CallStore(tx).get(dial.node, dial.linkedid)
    talking_since = call.talk_started_at if call is not None and dial.ended_at is None else None
    number = number_shown(dial.number, may(Act.SEE_NUMBERS, actor.roles))
    kind = dialled_kinds().get(dial.object_kind)
    after = kind.after(tx, dial) if kind is not None and kind.after is not None else AfterDial()
    return DialView(
        id=dial.id or 0,
        number=number,
        line=dial.line,
        reason=dial.reason,
        object_kind=dial.object_kind,
        object_id=dial.object_id,
        state=_state(dial, talking_since is not None),
        asked_at=dial.asked_at,
        ringing_at=dial.ringing_at,
        answered_at=dial.answered_at,
        talking_since=talking_since,
        ended_at=dial.ended_at,
        outcome=dial.outcome,
        next_try_at=after.next_try_at,
        seconds=dial.seconds,
        call_id=CallStore(tx).id_of(dial.node, dial.linkedid),
        object_open=after.is_open,
    )


def _state(dial: Dial, talking: bool) -> DialState:
    if dial.ended_at is not None:
        return DialState.ENDED
    if dial.answered_at is not None:
        return DialState.TALKING if talking else DialState.NOTICE
    return DialState.CUSTOMER_RINGS if dial.ringing_at is not None else DialState.PHONE_RINGS


def _own(tx: Transaction, dial_id: int, actor: Actor) -> Dial:
    found = DialStore(tx).by_id(dial_id)
    if found is None or found.user != actor.name:
        raise NotFound("dialling.no_dial")
    return found
