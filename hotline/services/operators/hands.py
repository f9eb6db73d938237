"""Raised hands: in a call an operator asks for a supervisor, who listens, whispers, takes over (003 企业400 五.4c)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.domain.errors import Refused
from hotline.domain.operators.hand import RaisedHand, may_have_raised, still_talks
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notify import notify
from hotline.services.operators.call_control import is_of
from hotline.services.operators.notification_kinds import HAND_RAISED
from hotline.services.operators.operators import require_operator
from hotline.services.operators.told_late import wait_while
from hotline.services.outbox_topics import OPERATOR
from hotline.services.pbx import Pbx
from hotline.services.staff.names import names_now_of
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.operators.hands import RaisedHandStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: Who is told where nobody leads the operator; as the settings name audiences.
_ELSE = ("supervisor",)


def raise_hand(storage: Storage, settings: Settings, pbx: Pbx, extension: str, actor: Actor, now: datetime) -> None:
    """For the call that this operator is in; once. Whoever leads them is told, else all supervisors. Raises NotFound,
    Refused when they are in none."""
    require_operator(settings, extension)
    wait_while(lambda: _talks_already(storage, pbx, extension))
    with storage.writing() as tx:
        call = _talk_of(tx, extension)
        if call is None:
            raise Refused("operators.hand_without_call")
        if not RaisedHandStore(tx).raise_(RaisedHand(extension, call.node, call.linkedid, now)):
            return
        AuditLog(tx).add(now, actor.name, "hand.raise", f"operator:{extension}", f"call:{call.linkedid}")
        name = names_now_of(tx, settings, [extension])[extension]
        once = f"hand:{extension}:{call.node}:{call.linkedid}:{now.timestamp():.0f}"
        notify(tx, _helpers(tx, settings, extension, now), HAND_RAISED, "", now, once=once, operator=name)
        _push(tx, [extension], now)


def _talk_of(tx: Transaction, extension: str) -> Call | None:
    presence = PresenceStore(tx).get(extension)
    call = CallStore(tx).get(presence.node, presence.linkedid) if presence and presence.linkedid else None
    return call if call is not None and still_talks(call, extension) else None


def _talks_already(storage: Storage, pbx: Pbx, extension: str) -> bool:
    """As Asterisk says; the ledger does not know of the talk yet."""
    with storage.reading() as tx:
        known = _talk_of(tx, extension) is not None
    return not known and any(is_of(each, extension) and each.get("BridgeId") for each in pbx.channels())


def lower_hand(storage: Storage, extension: str, actor: Actor, now: datetime) -> None:
    """The operator needs nobody any more; nothing when it is not up."""
    with storage.writing() as tx:
        if RaisedHandStore(tx).lower(extension):
            AuditLog(tx).add(now, actor.name, "hand.lower", f"operator:{extension}")
            _push(tx, [extension], now)


def come(tx: Transaction, extension: str, actor: Actor, now: datetime) -> None:
    """A supervisor listens, whispers, barges in or takes over: the operator sees who has come."""
    if RaisedHandStore(tx).see(extension, actor.display_name, now):
        _push(tx, [extension], now)


def lower_after(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
    """Who talks no more in the call in which they raised their hand has put it down."""
    by_call = {(call.node, call.linkedid): call for call in calls if may_have_raised(call)}
    if not by_call:
        return
    raised = RaisedHandStore(tx).of_calls([linkedid for _node, linkedid in by_call])
    over = [each.extension for each in raised if _is_over(by_call.get((each.node, each.linkedid)), each.extension)]
    for extension in over:
        RaisedHandStore(tx).lower(extension)
    _push(tx, over, now)


def _is_over(call: Call | None, extension: str) -> bool:
    return call is not None and not still_talks(call, extension)


def _helpers(tx: Transaction, settings: Settings, extension: str, now: datetime) -> list[int]:
    """Who leads the operator's team; all supervisors where nobody does, or only the operator does."""
    staff = StaffStore(tx)
    person = staff.holder(extension, now)
    team = staff.team_of(person.id or 0, now) if person else None
    leader = staff.leader_of(team.id or 0, now) if team else None
    if leader is not None and person is not None and leader.id != person.id:
        return [leader.id or 0]
    return persons_of(tx, settings, _ELSE, now)


def _push(tx: Transaction, extensions: Iterable[str], now: datetime) -> None:
    Outbox(tx).add([OutboxEntry(OPERATOR, {"extension": each}, now) for each in extensions])
