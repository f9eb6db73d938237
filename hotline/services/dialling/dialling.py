"""Dial a customer: one click, and the operator's phone rings, then the customer's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from hotline.domain.calls.call import PartyKind
from hotline.domain.calls.dialled_id import dialled_id
from hotline.domain.calls.having import talk_now
from hotline.domain.dialling.dial import Dial, DialOutcome, Wish
from hotline.domain.errors import Conflict, Forbidden, NotFound, PbxError, Refused
from hotline.domain.operators.presence import Activity, OperatorPresence, ShownState, shown_state
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.dialled import dialled_kinds
from hotline.services.dialling.permission import require_permitted
from hotline.services.dialling.refusals_noted import refusal_noted
from hotline.services.dialling.ringing import ring
from hotline.services.dialling.settle import settle
from hotline.services.dialling.told import tell
from hotline.services.operators.told_late import wait_while
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage, Transaction


def wish_for(storage: Storage, actor: Actor, kind: str, object_id: int, now: datetime) -> Wish:
    """What is dialled for this thing. Raises NotFound, Forbidden, Refused."""
    told = dialled_kinds().get(kind)
    if told is None:
        raise NotFound("dialling.no_such_kind", kind=kind[:32])
    with storage.reading() as tx:
        return told.wish(tx, actor, object_id, now)


def dial(storage: Storage, settings: Settings, pbx: Pbx, actor: Actor, wish: Wish, now: datetime) -> Dial:
    """The dial that has begun. Raises Forbidden, Refused for what may not be dialled and where nothing can be, Conflict
    when the operator, the number or the thing is being dialled already, PbxError."""
    extension = own_phone(actor)
    wait_while(lambda: _is_over(storage, pbx, wish, extension))
    with refusal_noted(storage, actor, wish, now), storage.writing() as tx:
        require_permitted(tx, settings, actor, wish, now)
        _require_trunk(settings)
        before = _require_idle(tx, extension)
        _require_free(tx, wish, extension)
        begun = DialStore(tx).add(_new(settings, actor, extension, wish, now))
        tell(tx, begun, now)
        AuditLog(tx).add(now, actor.name, "dial", f"dial:{begun.id}", f"{wish.object_kind} {wish.object_id}".strip())
    try:
        ring(settings, pbx, begun, before)
    except PbxError:
        with storage.writing() as tx:
            settle(tx, settings, begun, DialOutcome.CANCELLED, now, now)
        raise
    return begun


def dial_for(
    storage: Storage,
    settings: Settings,
    pbx: Pbx,
    actor: Actor,
    kind: str,
    object_id: int,
    now: datetime,
    reason: Callable[[str], str] = str,
    customer_named_time: bool = False,
    confirmed: str = "",
) -> Dial:
    """As `dial`, for this thing. `reason`: what the customer is told, from what the thing says itself. Raises as
    `wish_for` and `dial`."""
    found = wish_for(storage, actor, kind, object_id, now)
    wanted = replace(
        found,
        reason=reason(found.reason),
        customer_named_time=found.customer_named_time or customer_named_time,
        confirmed=confirmed or found.confirmed,
    )
    return dial(storage, settings, pbx, actor, wanted, now)


def own_phone(actor: Actor) -> str:
    """The extension at which they dial. Raises Forbidden."""
    if not actor.extension or not may(Act.DIAL, actor.roles, (Tie.OWNS,)):
        raise Forbidden("dialling.whose")
    return actor.extension


def _new(settings: Settings, actor: Actor, extension: str, wish: Wish, now: datetime) -> Dial:
    node = settings.site.node
    return Dial(
        node=node,
        linkedid=dialled_id(node, now, token_hex(6)),
        user=actor.name,
        extension=extension,
        number=wish.number,
        line=wish.line if wish.line in settings.lines else next(iter(settings.lines)),
        object_kind=wish.object_kind,
        object_id=wish.object_id,
        reason=wish.reason,
        asked_at=now,
    )


def _require_trunk(settings: Settings) -> None:
    """Without one the number is dialled on another phone."""
    if not settings.callback_trunk.is_there:
        raise Refused("dialling.no_trunk")


def _is_over(storage: Storage, pbx: Pbx, wish: Wish, extension: str) -> bool:
    """What stands in the way is a call that Asterisk has no more, and the ledger still has: whoever hung up may dial
    at once."""
    with storage.reading() as tx:
        presence = PresenceStore(tx).get(extension)
        own = presence.linkedid if presence and presence.activity is not Activity.IDLE else ""
        theirs = [each.call for each in LiveCallStore(tx).in_progress() if each.call.caller.number == wish.number]
    in_the_way = {call.linkedid for call in theirs if talk_now(call) is not None} | ({own} if own else set())
    return bool(in_the_way) and not any(each.get("Linkedid") in in_the_way for each in pbx.channels())


def _require_idle(tx: Transaction, extension: str) -> OperatorPresence:
    """Signed in, at a phone that can be rung, and in no call: ready, paused or writing up."""
    presence = PresenceStore(tx).get(extension)
    state = shown_state(presence) if presence else ShownState.OFFLINE
    if presence is None or state is ShownState.OFFLINE:
        raise Refused("dialling.not_signed_in")
    if state not in (ShownState.READY, ShownState.PAUSED, ShownState.WRAP_UP):
        raise Refused("dialling.in_a_call")
    if not presence.reachable:
        raise Refused("dialling.phone_away")
    return presence


def _require_free(tx: Transaction, wish: Wish, extension: str) -> None:
    for each in DialStore(tx).open_ones():
        if each.extension == extension:
            raise Conflict("dialling.you_dial_already")
        same_thing = bool(wish.object_kind) and (each.object_kind, each.object_id) == (wish.object_kind, wish.object_id)
        if each.number == wish.number or same_thing:
            raise Conflict("dialling.dialled_already", extension=each.extension)
    for stored in LiveCallStore(tx).in_progress():
        talk = talk_now(stored.call) if stored.call.caller.number == wish.number else None
        if talk is not None:
            nameless = talk.party.id if talk.party.kind is PartyKind.OPERATOR else "–"  # no mobile's number (A14)
            raise Conflict("dialling.talks_already", name=talk.party.name or nameless)
