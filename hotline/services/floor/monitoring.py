"""Monitoring and other supervisors' actions: listen in, whisper, barge in, take over; pause, resume and sign out
operators.

Each is written to the audit log before Asterisk is asked, so that nobody listens unrecorded (E4, G2).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.domain.calls.having import has_caller
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.floor.floor import MonitoringMode, SupervisorAction, SupervisorActionKind
from hotline.domain.operators.presence import (
    PAUSED_BY_SUPERVISOR,
    WRAP_UP,
    Activity,
    OperatorPresence,
    ShownState,
    shown_state,
)
from hotline.domain.operators.push import operators_of
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie
from hotline.domain.text import one_line
from hotline.services.access import require_led
from hotline.services.operators import hands, transfers
from hotline.services.operators import presence as presence_service
from hotline.services.operators.call_control import (
    SPY_CONTEXT,
    TRANSFER_CONTEXT,
    end_barging_in,
    is_of,
    lead_away,
    talking_with,
)
from hotline.services.operators.operators import require_operator
from hotline.services.outbox_topics import OPERATOR
from hotline.services.pbx import Pbx
from hotline.services.ready_guard import require_may_be_ready
from hotline.services.recordings.pause import customers_channel
from hotline.services.staff.names import names_now_of
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.floor.store import SupervisorActionStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage, Transaction

#: The supervisor's own phone rings for so long.
_RING_SECONDS = 20
_LONGEST_REASON = 200
#: What Asterisk says of a phone that it cannot ring.
_AWAY = frozenset({"unavailable", "invalid", "unknown", ""})


class NotInCall(Refused):
    """The operator talks with nobody."""

    kind = "not_in_call"


class NoPhone(Refused):
    """The supervisor's account has no phone of its own."""

    kind = "no_phone"


class PhoneAway(Refused):
    """The supervisor's own phone cannot be rung."""

    kind = "phone_away"


class PhoneBusy(Refused):
    """The supervisor's own phone rings or is in a call that is no listening in."""

    kind = "phone_busy"


class NotSignedIn(Refused):
    """The operator is offline."""

    kind = "not_signed_in"


def pause(
    storage: Storage, settings: Settings, pbx: Pbx, extension: str, reason: str, actor: Actor, now: datetime
) -> None:
    """No more calls for this operator until resumed; a talk goes on. Raises NotFound, NotSignedIn, Refused without a
    reason, PbxError."""
    _require_right(Act.STEER_OPERATORS, actor, (extension,), now)
    _require_signed_in(storage, settings, extension)
    _record(
        storage,
        SupervisorAction(extension, now, SupervisorActionKind.PAUSE, actor.display_name, _reason(reason)),
        actor,
    )
    pbx.queue_pause(extension, True, PAUSED_BY_SUPERVISOR)


def resume(storage: Storage, settings: Settings, pbx: Pbx, extension: str, actor: Actor, now: datetime) -> None:
    """Calls come to this operator again, after the talk they are in. Raises NotFound, NotSignedIn, PbxError, and
    Refused for who may not be ready."""
    _require_right(Act.STEER_OPERATORS, actor, (extension,), now)
    with storage.reading() as tx:
        require_may_be_ready(tx, settings, extension, now)
    busy = _require_signed_in(storage, settings, extension).activity not in (Activity.IDLE, Activity.BUSY)
    _record(storage, SupervisorAction(extension, now, SupervisorActionKind.RESUME, actor.display_name, ""), actor)
    # In a talk the pause of the system's own takes over: it ends with the wrap-up.
    pbx.queue_pause(extension, busy, WRAP_UP if busy else "")


def sign_out(
    storage: Storage, settings: Settings, pbx: Pbx, extension: str, reason: str, actor: Actor, now: datetime
) -> None:
    """Out of every queue; a talk goes on. Raises NotFound, NotSignedIn, Refused without a reason, PbxError."""
    _require_right(Act.STEER_OPERATORS, actor, (extension,), now)
    _require_signed_in(storage, settings, extension)
    _record(
        storage,
        SupervisorAction(extension, now, SupervisorActionKind.SIGN_OUT, actor.display_name, _reason(reason)),
        actor,
    )
    presence_service.go_offline(storage, settings, pbx, extension)


def monitor(
    storage: Storage, settings: Settings, pbx: Pbx, extension: str, mode: MonitoringMode, actor: Actor, now: datetime
) -> None:
    """Ring the supervisor's own phone, and let it into the operator's talk; whatever it listened to before is over.
    Raises Forbidden when [floor] listen_to_calls is off, NoPhone, PhoneAway, PhoneBusy, NotFound, NotInCall, Refused
    for the supervisor's own talk, and for barging in on a consultation: its bridge is not the caller's. PbxError."""
    _require_right(Act.MONITOR, actor, (extension,), now)
    if not settings.floor.listen_to_calls:
        raise Forbidden("floor.listening_off")
    own = _own_phone(settings, pbx, actor)
    require_operator(settings, extension)
    if own == extension:
        raise Refused("floor.own_call")
    _require_free(pbx, own)
    channel = _talking_channel(pbx, extension)
    with storage.writing() as tx:
        if mode is MonitoringMode.BARGE and _consults(tx, extension):
            raise Refused("floor.consults", extension=extension)
        AuditLog(tx).add(now, actor.name, f"call.{mode}", f"operator:{extension}", _call_of(tx, extension, channel))
        name = names_now_of(tx, settings, [extension])[extension]
        hands.come(tx, extension, actor, now)
    _stop_listening(pbx, own)
    # The header lets the page of a phone in the browser tell this from a caller's call.
    variables = {"HL_SPY": channel, "PJSIP_HEADER(add,X-Hotline-Spy)": mode.value}
    pbx.originate(f"PJSIP/{own}", SPY_CONTEXT, mode.value, f'"{_plain(name)}" <{extension}>', variables, _RING_SECONDS)


def take_over(
    storage: Storage, settings: Settings, pbx: Pbx, call_id: int, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """The caller goes on at the supervisor's own phone, and back to the queue if it is not answered; whoever talked
    with them is freed. Who has barged in has not got the caller, and may take them over; everybody who has goes. Raises
    NoPhone, PhoneAway, PhoneBusy, NotFound, Refused when the call is over or was the supervisor's already,
    PbxError."""
    own = _own_phone(settings, pbx, actor)
    call = _live(storage, call_id)
    _require_right(Act.TAKE_OVER, actor, operators_of(call), now)
    caller = _callers_channel(pbx, call)
    had_by = talking_with(pbx, settings.operators, caller)
    if own in had_by or (not had_by and has_caller(call, own)):  # or was left with them, having barged in
        raise Refused("floor.own_caller")
    _require_free(pbx, own)
    with storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "call.take_over", f"call:{call_id}", _optional(reason))
        for extension in had_by:
            hands.come(tx, extension, actor, now)
        transfers.overrule(tx, call)
    _stop_listening(pbx, own)
    end_barging_in(pbx, call.linkedid)
    if had_by:
        pbx.blind_transfer(next(iter(had_by.values())), own, TRANSFER_CONTEXT)
    else:
        lead_away(pbx, call.linkedid, caller, own, TRANSFER_CONTEXT)


def _require_right(act: Act, actor: Actor, extensions: Iterable[str], now: datetime) -> None:
    """To operators whom they lead, or to all. Raises Forbidden."""
    require_led(act, actor, {Tie.LED} if actor.led.had(extensions, now) else ())


def _require_signed_in(storage: Storage, settings: Settings, extension: str) -> OperatorPresence:
    require_operator(settings, extension)
    with storage.reading() as tx:
        found = PresenceStore(tx).get(extension) or OperatorPresence(extension)
        name = names_now_of(tx, settings, [extension])[extension]
    if not found.queues or shown_state(found) is ShownState.OFFLINE:
        raise NotSignedIn("floor.not_signed_in", extension=extension, name=name)
    return found


def _record(storage: Storage, action: SupervisorAction, actor: Actor) -> None:
    with storage.writing() as tx:
        SupervisorActionStore(tx).keep(action)
        AuditLog(tx).add(
            action.at, actor.name, f"operator.{action.what}", f"operator:{action.extension}", action.reason
        )
        Outbox(tx).add([OutboxEntry(OPERATOR, {"extension": action.extension}, action.at)])


def _own_phone(settings: Settings, pbx: Pbx, actor: Actor) -> str:
    own = actor.extension or ""
    if own not in settings.operators:
        raise NoPhone("floor.no_phone")
    state = next((phone.get("DeviceState", "") for phone in pbx.phones() if phone.get("ObjectName") == own), "")
    if state.lower() in _AWAY:
        raise PhoneAway("floor.phone_away", extension=own)
    return own


def _require_free(pbx: Pbx, own: str) -> None:
    if any(is_of(channel, own) and channel.get("Context") != SPY_CONTEXT for channel in pbx.channels()):
        raise PhoneBusy("floor.phone_busy", extension=own)


def _stop_listening(pbx: Pbx, own: str) -> None:
    """Whoever listens in and then takes over, or whispers, has one phone for both, and one in the browser takes no call
    beside another."""
    listening = (each for each in pbx.channels() if is_of(each, own) and each.get("Context") == SPY_CONTEXT)
    pbx.hang_up_and_wait([channel["Channel"] for channel in listening])


def _talking_channel(pbx: Pbx, extension: str) -> str:
    """The operator's channel that is in a bridge. Raises NotInCall."""
    mine = [channel for channel in pbx.channels() if is_of(channel, extension)]
    talking = next((channel for channel in mine if channel.get("BridgeId")), None)
    if talking is None:
        raise NotInCall("floor.not_in_call", extension=extension)
    return talking["Channel"]


def _callers_channel(pbx: Pbx, call: Call) -> str:
    """Raises Refused when it is gone."""
    found = customers_channel(pbx, call.linkedid)
    if not found:
        raise Refused("calls.caller_hung_up")
    return found


def _live(storage: Storage, call_id: int) -> Call:
    with storage.reading() as tx:
        stored = CallStore(tx).by_id(call_id)
    if stored is None or not stored.call.is_with_customer:
        raise NotFound("calls.no_call", id=call_id)
    if stored.call.ended_at is not None:
        raise Refused("calls.over")
    return stored.call


def _consults(tx: Transaction, extension: str) -> bool:
    """Whether the operator asks somebody while their caller waits."""
    found = PresenceStore(tx).get(extension)
    call = CallStore(tx).get(found.node, found.linkedid) if found and found.linkedid else None
    lasting = call.consultations if call is not None and call.ended_at is None else ()
    return any(each.by.id == extension and each.ended_at is None for each in lasting)


def _call_of(tx: Transaction, extension: str, channel: str) -> str:
    """Which call is listened to, as the audit log has it."""
    found = PresenceStore(tx).get(extension)
    call_id = CallStore(tx).id_of(found.node, found.linkedid) if found and found.linkedid else None
    return f"call:{call_id}" if call_id else channel


def _reason(text: str) -> str:
    plain = _optional(text)
    if not plain:
        raise Refused("floor.reason", field="reason")
    return plain


def _optional(text: str) -> str:
    return one_line(text)[:_LONGEST_REASON]


def _plain(name: str) -> str:
    """As a caller's name may stand within quotes."""
    return "".join(c for c in name if c.isprintable() and c not in '"\\<>')
