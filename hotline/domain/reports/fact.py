"""What one finished call brings to the figures: made of the call, of what was written up about it, and of what its
operator did after it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calls.call import SAFE_ROUTE, Call, Direction, PartyKind
from hotline.domain.calls.having import our_holds
from hotline.domain.floor.figures import CountsAs, answer_rings, counts_as
from hotline.domain.operators.presence import ShownState, StateChange
from hotline.domain.reports.scope import slot_of, week_text
from hotline.domain.time import SHANGHAI

#: How long after the talk its wrap-up begins at the latest: the states are told by another way than the calls.
_WRAP_UP_BEGINS = timedelta(seconds=15)
#: An open wrap-up is no longer waited for.
WRAP_UP_AT_MOST = timedelta(hours=2)
_TOGETHER = timedelta(seconds=1)
#: What a column takes: more than three weeks.
_MOST_MS = 2**31 - 1

#: Reasons of the first decision for which a call finds the hotline closed.
_CLOSED = frozenset({"declared_closed", "break", "after_hours", "day_off", "public_holiday"})
#: What a queue says of a caller whom it did not take, or kept no longer.
_NOT_TAKEN = {"full": "full", "empty": "empty", "timeout": "timeout"}


@dataclass(frozen=True, slots=True)
class CallFact:
    """A finished call. Milliseconds. `counts_as` as on the floor, "" for what no caller did; `stage`: where a caller
    was lost: menu, queue, ring, end, hold, "" none; `not_admitted`: closed, full, empty, timeout, nobody_on_duty or "";
    `hung_up_by`: caller, ours, system, ""; `wrap_up_ms` None: it still goes on. `safe_routed`: the menus were away, and
    Asterisk led the caller on by itself; `overflowed`: a queue did not take or keep them, and they went on
    elsewhere."""

    call_id: int
    arrived_at: datetime
    ended_at: datetime
    day: str
    week: str
    weekday: int
    slot: int
    line: str
    queue: str
    extension: str
    direction: str
    counts_as: str
    stage: str
    not_admitted: str
    by_mobile: int
    wait_ms: int
    ring_ms: int
    talk_ms: int
    hold_ms: int
    wrap_up_ms: int | None
    rings: int | None
    before_ms: int
    blind: int
    attended: int
    hung_up_by: str
    menu_key: str
    safe_routed: int
    overflowed: int


def fact_of(call_id: int, call: Call, changes: Sequence[StateChange], now: datetime) -> CallFact | None:
    """None for a call that goes on, or that no customer was on. `changes`: of the state of whoever answered, from the
    end of the talk on, the oldest first."""
    if call.ended_at is None or not call.is_with_customer:
        return None
    local = call.started_at.astimezone(SHANGHAI)
    by = call.answered_by
    kind = (counts_as(call) or "") if call.direction is Direction.INBOUND else ""
    return CallFact(
        call_id=call_id,
        arrived_at=call.started_at,
        ended_at=call.ended_at,
        day=local.date().isoformat(),
        week=week_text(local.date()),
        weekday=local.isoweekday(),
        slot=slot_of(call.started_at),
        line=call.line,
        queue=call.queues[0].queue if call.queues else "",
        extension=by.id if by and by.kind is PartyKind.OPERATOR else "",
        direction=call.direction.value,
        counts_as=kind,
        stage=_stage(call, kind),
        not_admitted=_not_admitted(call, kind),
        by_mobile=int(by is not None and by.kind is PartyKind.MOBILE),
        wait_ms=_ms(call.wait_seconds),
        ring_ms=_ms(call.ring_seconds),
        talk_ms=_ms(call.talk_seconds),
        hold_ms=_ms(call.hold_seconds),
        wrap_up_ms=_wrap_up(call, changes, now),
        rings=answer_rings(call),
        before_ms=_ms(((_handed_on(call) or call.ended_at) - call.started_at).total_seconds()),
        blind=sum(each.kind == "blind" for each in call.transfers),
        attended=sum(each.kind == "attended" for each in call.transfers),
        hung_up_by=_hung_up_by(call),
        menu_key=next((step.key for step in reversed(call.menu) if step.key), "")[:8],
        safe_routed=int(any(remark.startswith(f"{SAFE_ROUTE}:") for remark in call.remarks)),
        overflowed=int(_overflowed(call)),
    )


def _ms(seconds: float) -> int:
    return min(max(round(seconds * 1000), 0), _MOST_MS)


def _stage(call: Call, kind: str) -> str:
    lost = {
        CountsAs.LEFT_IVR.value: "menu",
        CountsAs.LEFT_QUEUE.value: "queue",
        CountsAs.LEFT_RINGING.value: "ring",
        CountsAs.UNANSWERED.value: "end",
    }
    if kind == CountsAs.ANSWERED and _left_on_hold(call):
        return "hold"
    return lost.get(kind, "")


def _left_on_hold(call: Call) -> bool:
    """The caller hung up while we held them."""
    over, up = call.ended_at, call.hang_up
    if over is None or up is None or up.by.kind is not PartyKind.CALLER:
        return False
    return any(hold.ended_at is None or over - hold.ended_at <= _TOGETHER for hold in our_holds(call))


def _not_admitted(call: Call, kind: str) -> str:
    """Why no queue of ours took the caller, or kept them no longer, of a call that was not answered."""
    if not kind or kind == CountsAs.ANSWERED:
        return ""
    if any(step.reason in _CLOSED for step in call.routes):
        return "closed"
    if any(step.reason == "nobody_on_duty" for step in call.routes):
        return "nobody_on_duty"
    return next((_NOT_TAKEN[stay.result] for stay in reversed(call.queues) if stay.result in _NOT_TAKEN), "")


def _overflowed(call: Call) -> bool:
    """Into another queue, or on to the duty mobile."""
    for place, stay in enumerate(call.queues):
        if stay.result in _NOT_TAKEN and stay.left_at is not None:
            later = [step.at for step in call.routes if step.kind == "duty"]
            return place + 1 < len(call.queues) or any(moment >= stay.left_at for moment in later)
    return False


def _handed_on(call: Call) -> datetime | None:
    moments = [
        *(stay.joined_at for stay in call.queues),
        *(ring.started_at for ring in call.rings),
        *(step.at for step in call.routes if step.kind in ("queue", "duty")),
    ]
    return min(moments, default=None)


def _hung_up_by(call: Call) -> str:
    if call.hang_up is None:
        return ""
    kind = call.hang_up.by.kind
    if kind is PartyKind.CALLER:
        return "caller"
    return "ours" if kind in (PartyKind.OPERATOR, PartyKind.MOBILE) else "system"


def _wrap_up(call: Call, changes: Sequence[StateChange], now: datetime) -> int | None:
    """Of the operator who had the caller first: from the change to wrap-up at the end of their talk to the next."""
    by = call.answered_by
    talks = [talk for talk in call.talks if by is not None and talk.party.id == by.id]
    over = talks[-1].ended_at if talks else None
    if by is None or by.kind is not PartyKind.OPERATOR or over is None:
        return 0
    begun: datetime | None = None
    for change in changes:
        if begun is not None:
            return _ms((change.at - begun).total_seconds())
        near = over - _TOGETHER <= change.at <= over + _WRAP_UP_BEGINS
        if change.extension == by.id and near and change.state is ShownState.WRAP_UP:
            begun = change.at
    if begun is not None:
        return None if now - begun < WRAP_UP_AT_MOST else 0
    return 0 if now - over > _WRAP_UP_BEGINS else None
