"""Derives an operator's state from Asterisk's queues and the calls, and what is to be changed in the queues. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.calls.call import Call, Direction, PartyKind
from hotline.domain.calls.having import barges_in, talk_now
from hotline.domain.operators.presence import (
    AWAY,
    BUSY,
    WRAP_UP,
    Activity,
    OperatorPresence,
    reason_before_calling,
    shown_reason,
    shown_state,
    unseen_too_long,
)

#: So long the phone of nobody's call counts as free yet.
PHONE_SETTLES = timedelta(seconds=0.5)


@dataclass(frozen=True, slots=True)
class Membership:
    """Of an operator in one queue."""

    paused: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """What a call is doing with an operator. `with_customer`: a talk with one, which has to be written up afterwards.
    `linkedid` "": what for is not known."""

    activity: Activity
    node: str
    linkedid: str
    since: datetime
    with_customer: bool


class OrderKind(StrEnum):
    PAUSE = "pause"
    UNPAUSE = "unpause"
    SIGN_OUT = "sign_out"
    STOP_RINGING = "stop_ringing"
    ASK_PHONE = "ask_phone"


@dataclass(frozen=True, slots=True)
class PresenceOrder:
    """What Asterisk is to be told about an operator. `over`: the pause that is ended or replaced, as the row has it, ""
    for none; one that somebody has begun since then stays."""

    extension: str
    kind: OrderKind
    reason: str = ""
    over: str = ""


def doing_of(call: Call) -> dict[str, Doing]:
    """By extension; nobody once the call is over."""
    if call.ended_at is not None:
        return {}
    doing: dict[str, Doing] = {}

    def put(extension: str, activity: Activity, since: datetime) -> None:
        doing[extension] = Doing(activity, call.node, call.linkedid, since, call.is_with_customer)

    def beside(extension: str, since: datetime) -> None:
        doing[extension] = Doing(Activity.BUSY, call.node, call.linkedid, since, with_customer=False)

    for ring in call.rings:
        if ring.ended_at is None and ring.party.kind is PartyKind.OPERATOR:
            put(ring.party.id, Activity.RINGING, ring.started_at)
    talking = [talk for talk in call.talks if talk.ended_at is None and talk.party.kind is PartyKind.OPERATOR]
    for talk in talking:
        if barges_in(call, talk.party.id):  # the record is written by who has the caller
            beside(talk.party.id, talk.started_at)
        else:
            put(talk.party.id, Activity.TALKING, talk.started_at)
    for hold in call.holds:
        if hold.ended_at is None and hold.by in doing and doing[hold.by].activity is Activity.TALKING:
            put(hold.by, Activity.HOLDING, hold.started_at)
    if call.direction is Direction.INTERNAL and talking:
        put(call.caller.original, Activity.TALKING, talking[0].started_at)
    for consultation in call.consultations:
        asked = consultation.asked
        if consultation.answered_at and consultation.ended_at is None and asked.kind is PartyKind.OPERATOR:
            beside(asked.id, consultation.answered_at)
    return doing


def colleague_of(call: Call, extension: str) -> str:
    """The extension of the colleague who consults this operator, on whose talk they have barged in, or whom they call
    or are called by; "" for none."""
    if call.direction is Direction.INTERNAL:
        others = [call.caller.original, *(ring.party.id for ring in call.rings)]
        return next((other for other in reversed(others) if other != extension), "")
    had = talk_now(call)
    if had is not None and had.party.kind is PartyKind.OPERATOR and barges_in(call, extension):
        return had.party.id
    asking = [c.by.id for c in call.consultations if c.asked.id == extension and c.ended_at is None]
    return asking[-1] if asking else ""


def strongest(doings: Iterable[Doing]) -> Doing | None:
    """Of several calls at once the one that is shown: a talk before a ring, a caller before a colleague, the latest."""
    return max(doings, key=lambda doing: (doing.activity in BUSY, doing.with_customer, doing.since), default=None)


def by_the_phone(doing: Doing | None, in_use_since: datetime | None, now: datetime) -> Doing | None:
    """What the operator does, the phone asked as well: one that is in use is busy, whatever for. The calls tell what
    for, a moment earlier or later."""
    if doing is None and in_use_since is not None and now - in_use_since >= PHONE_SETTLES:
        return Doing(Activity.BUSY, "", "", in_use_since, with_customer=False)
    return doing


def projected(
    before: OperatorPresence,
    members: Mapping[str, Membership] | None,
    doing: Doing | None,
    reachable: bool | None,
    wrap_up: timedelta,
    now: datetime,
) -> OperatorPresence:
    """The operator's state as it is now; `members` or `reachable` None: not heard yet, as before."""
    after = before
    if members is not None:
        paused = bool(members) and all(member.paused for member in members.values())
        reasons = [member.reason for member in members.values() if member.reason]
        after = replace(
            after, queues=tuple(sorted(members)), paused=paused, reason=reasons[0] if paused and reasons else ""
        )
    if reachable is not None:
        after = replace(after, reachable=reachable)
    after = replace(
        after,
        activity=doing.activity if doing else Activity.IDLE,
        node=doing.node if doing else "",
        linkedid=doing.linkedid if doing else "",
        activity_since=doing.since if doing else None,
    )
    after = replace(after, wrap_up_until=_wrap_up_until(before, after, wrap_up, now))
    if after == before:
        return before
    same = before.since is not None and _shown(after) == _shown(before)
    return replace(after, since=before.since if same else doing.since if doing else now, updated_at=now)


def order_for(
    presence: OperatorPresence, with_customer: bool, grace: timedelta, wrap_up: timedelta, now: datetime
) -> PresenceOrder | None:
    """What Asterisk has to be told about this operator now. `with_customer`: the call that they are busy with is with
    one."""
    busy = presence.activity in BUSY
    if busy and with_customer and presence.queues and not presence.paused and wrap_up:
        return PresenceOrder(presence.extension, OrderKind.PAUSE, WRAP_UP)
    if busy:
        return None
    if unseen_too_long(presence, now, grace):
        return PresenceOrder(presence.extension, OrderKind.SIGN_OUT)
    if presence.wrap_up_until is not None and now >= presence.wrap_up_until:
        return PresenceOrder(presence.extension, OrderKind.UNPAUSE, over=presence.reason)
    return None


def order_of_calling(presence: OperatorPresence, dials: bool, wrap_up: timedelta) -> PresenceOrder | None:
    """What Asterisk has to be told about an operator who is kept from calls while they dial; `dials`: they still do.
    With the talk begins what is written up; whoever was paused before is so again afterwards."""
    before = reason_before_calling(presence)
    if presence.activity in BUSY:
        writes_up = presence.activity is not Activity.BUSY and before in ("", WRAP_UP) and bool(wrap_up)
        return PresenceOrder(presence.extension, OrderKind.PAUSE, WRAP_UP, presence.reason) if writes_up else None
    if dials:
        return None
    kind = OrderKind.PAUSE if before else OrderKind.UNPAUSE
    return PresenceOrder(presence.extension, kind, before, presence.reason)


def lost_pause(before: OperatorPresence, members: Mapping[str, Membership]) -> PresenceOrder | None:
    """Asterisk has started anew and forgotten that the operator was paused: nobody is offered calls by a crash."""
    still = bool(members) and not all(member.paused for member in members.values())
    if before.paused and before.queues and still:
        return PresenceOrder(before.extension, OrderKind.PAUSE, before.reason, before.reason)
    return None


def came_or_went(before: OperatorPresence, after: OperatorPresence) -> bool | None:
    """True: signed in. False: signed out. None: neither."""
    was, is_ = _signed_in(before), _signed_in(after)
    return None if was == is_ else is_


def _signed_in(presence: OperatorPresence) -> bool:
    return bool(presence.queues) and not (presence.paused and presence.reason == AWAY)


def _wrap_up_until(
    before: OperatorPresence, after: OperatorPresence, wrap_up: timedelta, now: datetime
) -> datetime | None:
    if not after.paused or after.reason != WRAP_UP or after.activity in BUSY:
        return None
    return before.wrap_up_until or now + wrap_up


def _shown(presence: OperatorPresence) -> tuple[object, ...]:
    return shown_state(presence), shown_reason(presence), presence.linkedid
