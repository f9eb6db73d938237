"""An operator's own calls: what rings at their phone and whom they talk with, with the pop, and what they do with them.

A pop shows a customer's data, so it is noted before it is shown (F8)."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import NotFound
from hotline.domain.operators.push import ACTIVE, Mine, own_share
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.time import Clock
from hotline.services.calls.live_calls import LiveCall, live_call
from hotline.services.levels import levels_of
from hotline.services.operators import call_control
from hotline.services.operators.pop import pop, sees_whole
from hotline.services.operators.pop_audit import note_pops
from hotline.services.operators.pop_view import Pop
from hotline.services.pbx import Pbx
from hotline.services.recordings import pause as recording_pause
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.calls.store import CallStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage, Transaction


class OwnCall(BaseModel):
    """As the event `call` has it."""

    model_config = ConfigDict(extra="forbid")

    call: LiveCall
    mine: Mine
    pop: Pop


def own_calls(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> list[OwnCall]:
    """What rings at their phone, and whom they talk with or have on hold; the oldest first."""
    with storage.reading() as tx:
        calls = LiveCallStore(tx).in_progress()
        found = [own for stored in calls if (own := _own(tx, settings, stored, actor, now))]
    note_pops(storage, [(actor.name, own.call.call_id) for own in found], now)
    return found


def one_pop(storage: Storage, settings: Settings, call_id: int, actor: Actor, now: datetime) -> Pop:
    """What is known of the caller of one of their calls; to a supervisor, of any call. Raises NotFound."""
    with storage.reading() as tx:
        stored = LiveCallStore(tx).by_ids([call_id]).get(call_id)
        if stored is None or not (may(Act.SEE_POPS, actor.roles) or own_share(stored.call, actor)):
            raise NotFound("calls.no_call_of_yours", id=call_id)
        shown = pop(tx, settings, stored, actor, now)
    note_pops(storage, [(actor.name, call_id)], now)
    return shown


def in_progress(storage: Storage, call_id: int) -> StoredCall:
    """Raises NotFound for a call that is over too."""
    with storage.reading() as tx:
        stored = CallStore(tx).by_id(call_id)
    if stored is None or stored.call.ended_at is not None:
        raise NotFound("calls.not_in_progress", id=call_id)
    return stored


def hold(storage: Storage, settings: Settings, call_id: int, extension: str) -> None:
    """Raises NotFound when the call is over, else PhoneHoldsItself: see call_control."""
    in_progress(storage, call_id)
    call_control.hold(settings, extension)


def hang_up(storage: Storage, pbx: Pbx, call_id: int, extension: str) -> None:
    """End their part in the call, or refuse it while it rings. Raises NotFound, PbxError."""
    call_control.hang_up(pbx, in_progress(storage, call_id).call.linkedid, extension)


def rejoin(storage: Storage, pbx: Pbx, call_id: int, actor: Actor, extension: str) -> None:
    """Their page was reloaded in mid-call: their phone is rung again. Raises NotFound when the call is over or not
    theirs any more, PbxError. A call on which they have barged in is their colleague's, and one that began while
    somebody else had their extension is that person's: both would lose the caller."""
    call = in_progress(storage, call_id).call
    with storage.reading() as tx:
        theirs = call_control.may_rejoin(PresenceStore(tx).get(extension), call.linkedid)
    share = own_share(call, actor)
    if not theirs or share is None or share.mine not in (Mine.TALKING, Mine.HOLDING):
        raise NotFound("calls.not_yours_any_more")
    call_control.rejoin(pbx, call.linkedid, extension)


def pause_recording(storage: Storage, pbx: Pbx, call_id: int, actor: Actor, extension: str, clock: Clock) -> None:
    """Leave out of the recording what must never stand in it (G2); noted before Asterisk is told. Raises NotFound,
    PbxError."""
    stored = _talked_on(storage, pbx, call_id, extension)
    _note(storage, actor, clock(), "recording.pause", call_id)
    recording_pause.pause(storage, pbx, stored.call.node, stored.call.linkedid, clock)


def resume_recording(storage: Storage, pbx: Pbx, call_id: int, actor: Actor, extension: str, clock: Clock) -> None:
    """Go on recording. Raises NotFound, PbxError."""
    stored = _talked_on(storage, pbx, call_id, extension)
    recording_pause.resume(storage, pbx, stored.call.node, stored.call.linkedid, clock)
    _note(storage, actor, clock(), "recording.resume", call_id)


def _talked_on(storage: Storage, pbx: Pbx, call_id: int, extension: str) -> StoredCall:
    """A call in progress that this operator is on."""
    stored = in_progress(storage, call_id)
    call_control.channel_of(pbx, stored.call.linkedid, extension)
    return stored


def _note(storage: Storage, actor: Actor, now: datetime, action: str, call_id: int) -> None:
    with storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, action, f"call:{call_id}")


def _own(tx: Transaction, settings: Settings, stored: StoredCall, actor: Actor, now: datetime) -> OwnCall | None:
    share = own_share(stored.call, actor)
    if share is None or share.mine not in ACTIVE:
        return None
    number = stored.call.caller.number
    call = live_call(stored, settings, now, sees_whole(actor), levels_of(tx, settings, [number]).get(number, ""))
    return OwnCall(call=call, mine=share.mine, pop=pop(tx, settings, stored, actor, now))
