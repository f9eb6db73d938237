"""Operators' states: as they are shown, and as operators and supervisors change them.

Asterisk's queues are the truth: whatever changes goes there, and what is shown is what the listener heard from there
(hotline.asterisk.presence). So signing in at the phone, on the command line or at the console all show alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from hotline.domain.errors import Refused, UnfinishedForms
from hotline.domain.floor.floor import SupervisorAction, SupervisorActionKind
from hotline.domain.operators.hand import RaisedHand
from hotline.domain.operators.presence import (
    AWAY,
    PAUSED_BY_SUPERVISOR,
    Activity,
    OperatorPresence,
    ShownState,
    Via,
    shown_reason,
    shown_state,
)
from hotline.domain.operators.presence_projection import colleague_of
from hotline.services.forms.forms import unfinished_count
from hotline.services.operators import operators
from hotline.services.pbx import Pbx
from hotline.services.ready_guard import require_may_be_ready
from hotline.services.staff.names import names_now, names_now_of
from hotline.services.ways_in.forwarding import forwarding
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.floor.store import SupervisorActionStore
from hotline.storage.forms.store import FormStore
from hotline.storage.operators.hands import RaisedHandStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage, Transaction


class QueueName(BaseModel):
    id: str
    name: str


class OperatorCall(BaseModel):
    """The call that an operator is busy with; `call_id` is its row in the ledger."""

    node: str
    linkedid: str
    call_id: int | None
    activity: Activity
    since: datetime


class OperatorPhone(BaseModel):
    kind: str = Field(description="webrtc: in the browser; sip: a desk or softphone")
    reachable: bool = Field(description="Asterisk can ring it")
    forwards: bool = Field(description="it is set to forward calls, and so takes none (A3)")


class SupervisorActionView(BaseModel):
    """A supervisor paused the operator or signed them out, and that is how it still is."""

    what: SupervisorActionKind
    by: str
    reason: str
    at: datetime


class HandView(BaseModel):
    """In their call they ask a supervisor for help."""

    since: datetime
    seen_by: str = Field(description="the supervisor who has come; empty: nobody yet")


class OperatorView(BaseModel):
    """One operator, as the pages show them."""

    extension: str
    name: str
    state: ShownState
    reason: str = Field(description="of a pause: a key of [console.pause_reasons]")
    reason_shown: str
    since: datetime | None = Field(description="when this state began; null: Asterisk has never told of them")
    queues: list[QueueName]
    call: OperatorCall | None
    busy_with: str = Field(description="the colleague who consults them, or whom they call, by name; else empty")
    wrap_up_until: datetime | None
    via: str = Field(description="console, phone, or empty: where they signed in")
    phone: OperatorPhone
    unfinished_forms: int
    steered: SupervisorActionView | None
    hand: HandView | None


def operator_views(tx: Transaction, settings: Settings) -> list[OperatorView]:
    """Every operator of the settings, by extension."""
    shown = OperatorsShown(tx, settings)
    return [shown.view(extension) for extension in sorted(settings.operators)]


def operator_view(tx: Transaction, settings: Settings, extension: str) -> OperatorView:
    """Raises NotFound when the settings have no such operator."""
    return OperatorsShown(tx, settings, [extension]).view(extension)


def unknown(extension: str, now: datetime) -> OperatorPresence:
    """Somebody of whom Asterisk has told nothing yet: offline."""
    return OperatorPresence(extension, now, now)


class OperatorsShown:
    """These operators (None: all) as they are now, with what belongs to them, read at once: a call rings at several."""

    def __init__(self, tx: Transaction, settings: Settings, extensions: Collection[str] | None = None) -> None:
        self._tx, self._settings = tx, settings
        known = PresenceStore(tx).all() if extensions is None else PresenceStore(tx).of(extensions).values()
        self._known = {presence.extension: presence for presence in known}
        self._call_ids = CallStore(tx).ids_by_call({_call_of(each) for each in self._known.values() if each.linkedid})
        busy = {
            extension: _call_of(each)
            for extension, each in self._known.items()
            if each.linkedid and each.activity is not Activity.IDLE
        }
        found = CallStore(tx).by_ids({self._call_ids[each] for each in busy.values() if each in self._call_ids})
        calls = {(each.call.node, each.call.linkedid): each.call for each in found}
        # The colleague's extension; "": nobody.
        self._busy_with = {
            extension: colleague_of(calls[each], extension) for extension, each in busy.items() if each in calls
        }
        asked = None if extensions is None else {*extensions, *self._busy_with.values()} - {""}
        self._names = names_now(tx, settings) if asked is None else names_now_of(tx, settings, asked)
        self._forms = FormStore(tx).unfinished(extensions)
        # These are few: all are read for one operator too.
        self._actions, self._hands = SupervisorActionStore(tx).all(), RaisedHandStore(tx).all()
        self._forwards = forwarding(tx)

    def view(self, extension: str) -> OperatorView:
        """Raises NotFound when the settings have no such operator."""
        operator = operators.require_operator(self._settings, extension)
        settings, presence = self._settings, self._known.get(extension) or OperatorPresence(extension)
        reason = shown_reason(presence)
        steered = _steered(self._tx, presence, self._actions.get(extension))
        return OperatorView(
            extension=extension,
            name=self._names[extension],
            state=shown_state(presence),
            reason=reason,
            reason_shown=steered.reason if steered else settings.console.pause_reasons.get(reason, reason),
            since=presence.since,
            queues=[
                QueueName(id=queue, name=settings.queues[queue].name if queue in settings.queues else queue)
                for queue in presence.queues
            ],
            call=self._call(presence),
            busy_with=self._names.get(self._busy_with.get(extension, ""), ""),
            wrap_up_until=presence.wrap_up_until,
            via=presence.via if presence.queues else "",
            phone=OperatorPhone(
                kind=operator.phone, reachable=presence.reachable, forwards=extension in self._forwards
            ),
            unfinished_forms=self._forms.get(extension, 0),
            steered=steered,
            hand=_hand(self._hands.get(extension)),
        )

    def _call(self, presence: OperatorPresence) -> OperatorCall | None:
        since = presence.activity_since or presence.since
        if not presence.linkedid or since is None:
            return None
        return OperatorCall(
            node=presence.node,
            linkedid=presence.linkedid,
            call_id=self._call_ids.get(_call_of(presence)),
            activity=presence.activity,
            since=since,
        )


def _call_of(presence: OperatorPresence) -> tuple[str, str]:
    return presence.node, presence.linkedid


def _hand(raised: RaisedHand | None) -> HandView | None:
    return HandView(since=raised.raised_at, seen_by=raised.seen_by) if raised else None


def _steered(
    tx: Transaction, presence: OperatorPresence, latest: SupervisorAction | None
) -> SupervisorActionView | None:
    """A supervisor's pause is known by its reason. A sign-out holds while the operator has not come back since."""
    state = shown_state(presence)
    if latest is None or latest.what is SupervisorActionKind.RESUME:
        return None
    if latest.what is SupervisorActionKind.PAUSE and (
        state is not ShownState.PAUSED or presence.reason != PAUSED_BY_SUPERVISOR
    ):
        return None
    if latest.what is SupervisorActionKind.SIGN_OUT and (
        state is not ShownState.OFFLINE or _came_back(tx, latest, presence)
    ):
        return None
    return SupervisorActionView(what=latest.what, by=latest.by_name, reason=latest.reason, at=latest.at)


def _came_back(tx: Transaction, since: SupervisorAction, presence: OperatorPresence) -> bool:
    changes = PresenceStore(tx).changes(since.at, presence.updated_at or since.at, presence.extension)
    return any(change.state in (ShownState.READY, ShownState.PAUSED) for change in changes)


# ---- what people change
def become_ready(storage: Storage, settings: Settings, pbx: Pbx, extension: str, via: Via, now: datetime) -> None:
    """Signed in to all their queues, and not paused. Raises NotFound, PbxError, UnfinishedForms when more calls are
    still to be written up than [console] max_unfinished_forms (B1), and Refused for what a feature holds against it
    (hotline.services.ready_guard)."""
    operators.require_operator(settings, extension)
    with storage.reading() as tx:
        unfinished = unfinished_count(tx, extension)
        require_may_be_ready(tx, settings, extension, now)
    allowed = settings.console.max_unfinished_forms
    if unfinished > allowed:
        raise UnfinishedForms("operators.unfinished_forms", unfinished=unfinished, allowed=allowed)
    _sign_in(storage, settings, pbx, extension, via, now)
    pbx.queue_pause(extension, False, "")


def pause(storage: Storage, settings: Settings, pbx: Pbx, extension: str, reason: str, via: Via, now: datetime) -> None:
    """Signed in, but offered no call. Raises NotFound, PbxError, and Refused for a reason that the settings do not
    have."""
    operators.require_operator(settings, extension)
    if reason not in settings.console.pause_reasons:
        known = tuple(settings.console.pause_reasons) or ("–",)
        raise Refused("operators.pause_reason", known=known, got=reason[:40], field="reason")
    _sign_in(storage, settings, pbx, extension, via, now, paused=reason)
    pbx.queue_pause(extension, True, reason)


def go_offline(storage: Storage, settings: Settings, pbx: Pbx, extension: str) -> None:
    """Out of every queue; in those where the settings keep them, paused. Raises NotFound, PbxError."""
    operators.require_operator(settings, extension)
    operators.sign_out(settings, pbx, extension, sorted(_signed_in(pbx, extension) - _kept(settings, extension)))
    if _kept(settings, extension):
        pbx.queue_pause(extension, True, AWAY)


def finish_wrap_up(storage: Storage, pbx: Pbx, extension: str) -> bool:
    """The log form of the call is written: calls may come again. False when they are in no wrap-up. During the talk it
    does nothing: the talk's end begins the wrap-up. Raises PbxError."""
    with storage.reading() as tx:
        presence = PresenceStore(tx).get(extension)
    if presence is None or shown_state(presence) is not ShownState.WRAP_UP:
        return False
    pbx.queue_pause(extension, False, "")
    return True


def seen(storage: Storage, settings: Settings, extension: str, now: datetime) -> None:
    """The console of this operator is open. Raises NotFound."""
    operators.require_operator(settings, extension)
    seen_all(storage, settings, [extension], now)


def seen_all(storage: Storage, settings: Settings, extensions: Sequence[str], now: datetime) -> None:
    """`seen` of several operators of the settings, in one transaction."""
    with storage.writing() as tx:
        known = PresenceStore(tx).of(extensions)
        for extension in extensions:
            via = known[extension].via if extension in known else ""
            in_browser = settings.operators[extension].phone == "webrtc"
            as_seen = Via.CONSOLE if in_browser and via else via
            if extension not in known or as_seen != via:
                PresenceStore(tx).seen(extension, as_seen, now)
        PresenceStore(tx).seen_again(list(known), now)


def _sign_in(
    storage: Storage, settings: Settings, pbx: Pbx, extension: str, via: Via, now: datetime, paused: str = ""
) -> None:
    with storage.writing() as tx:
        PresenceStore(tx).seen(extension, via, now)
    operators.sign_in(settings, pbx, extension, paused=bool(paused))


def _signed_in(pbx: Pbx, extension: str) -> set[str]:
    return {member.get("Queue", "") for member in pbx.queue_members() if member.get("Location") == f"PJSIP/{extension}"}


def _kept(settings: Settings, extension: str) -> set[str]:
    return {queue for queue, plan in settings.queues.items() if extension in plan.members}
