"""The figures of the floor: what the day's calls add up to. docs/figures.md says in words what each one means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from hotline.domain.calls.call import Call, Direction, Outcome, PartyKind
from hotline.domain.shares import percent

#: A phone that stopped ringing so close to the caller's hang-up was still ringing when they left.
_SIMULTANEOUS = timedelta(seconds=1)
#: Decisions that hand a caller on to people.
_TO_PEOPLE = frozenset({"queue", "duty"})


class CountsAs(StrEnum):
    """Each incoming call is exactly one of these at any moment; together they are all incoming calls."""

    #: On its way, not handed on to people yet.
    MENU = "menu"
    #: Handed on to people, and nobody has taken it yet.
    WAITING = "waiting"
    #: Somebody of ours talked with the caller: an operator, or whoever keeps the duty mobile.
    ANSWERED = "answered"
    #: The caller left before they were handed on.
    LEFT_IVR = "left_ivr"
    #: The caller left while no phone rang for them.
    LEFT_QUEUE = "left_queue"
    #: The caller left while a phone of ours rang for them.
    LEFT_RINGING = "left_ringing"
    #: Handed on, nobody took it, and the caller got no further.
    UNANSWERED = "unanswered"
    #: Asked to be called back instead of waiting on.
    CALLBACK = "callback"
    #: Handed on, nobody took it, and the caller left a message.
    VOICEMAIL = "voicemail"
    #: Served without people: the caller chose an announcement and heard it out, or chose to leave a message.
    SELF_SERVED = "self_served"
    #: Broken off by us, wherever it was: Asterisk went down, or never answered. Nobody has given up (A11).
    FAILED = "failed"


#: Handed on to people. What is not in here was never theirs to answer.
OFFERED = frozenset(
    {
        CountsAs.WAITING,
        CountsAs.ANSWERED,
        CountsAs.LEFT_QUEUE,
        CountsAs.LEFT_RINGING,
        CountsAs.UNANSWERED,
        CountsAs.CALLBACK,
        CountsAs.VOICEMAIL,
    }
)
#: Handed on and lost: the caller waited for people and got nothing.
LOST = frozenset({CountsAs.LEFT_QUEUE, CountsAs.LEFT_RINGING, CountsAs.UNANSWERED})


@dataclass(frozen=True, slots=True)
class Counted:
    """What one call brings to the figures. `wait_seconds` runs from when it was handed on to people until one took it
    or it left them; `rings`: of the phone that took it, None when no operator's did."""

    counts_as: CountsAs
    wait_seconds: float = 0.0
    rings: int | None = None
    by_mobile: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """The seconds and rings that the figures are measured by, from the settings."""

    service_level_seconds: int  # G5
    answer_seconds: int  # A8
    answer_rings: int  # A8
    quick_seconds: int  # G4
    short_abandon_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Callers who hung up, by where they were."""

    ivr: int = 0
    queue: int = 0
    ringing: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Percentages are None while there is nothing that they could be of."""

    incoming: int
    offered: int
    answered: int
    answered_by_mobile: int
    abandoned: Abandoned
    short_abandoned: int
    unanswered: int
    callbacks: int
    voicemails: int
    self_served: int
    failed: int
    in_menu: int
    waiting: int
    service_level_percent: float | None
    abandoned_percent: float | None
    connected_percent: float | None
    answered_in_time_percent: float | None
    answered_quickly_percent: float | None
    answered_in_rings_percent: float | None
    average_answer_seconds: float | None
    longest_wait_seconds: float | None


def counts_as(call: Call) -> CountsAs | None:
    """None for what no caller did (line tests, calls between our phones) and for callers who are turned away."""
    if call.direction is not Direction.INBOUND or call.outcome is Outcome.BLOCKED:
        return None
    if call.talk_started_at is not None:
        return CountsAs.ANSWERED
    if call.ended_at is None:
        return CountsAs.WAITING if _handed_on(call) else CountsAs.MENU
    if call.outcome is Outcome.FAILED:
        return CountsAs.FAILED
    if call.outcome is Outcome.CALLBACK_REQUESTED:
        return CountsAs.CALLBACK
    if call.outcome is Outcome.VOICEMAIL:
        return CountsAs.VOICEMAIL if _handed_on(call) else CountsAs.SELF_SERVED
    return _lost(call) if _handed_on(call) else _ended_before(call)


def answer_rings(call: Call) -> int | None:
    """A8: how often the operator's phone that took the call had rung."""
    taken = (r for r in call.rings if r.result == "answered" and r.party.kind is PartyKind.OPERATOR)
    first = next(taken, None)
    return first.rings if first else None


def counted(call: Call) -> Counted | None:
    """What this call brings to the figures; None when it counts for nothing."""
    kind = counts_as(call)
    if kind is None:
        return None
    by_mobile = call.answered_by is not None and call.answered_by.kind is PartyKind.MOBILE
    return Counted(kind, call.wait_seconds, answer_rings(call), by_mobile)


def figures(calls: Iterable[Counted], marks: Marks) -> Figures:
    """What these calls add up to."""
    counted = list(calls)
    number = dict.fromkeys(CountsAs, 0)
    for call in counted:
        number[call.counts_as] += 1
    answered = [call for call in counted if call.counts_as is CountsAs.ANSWERED]
    lost = [call for call in counted if call.counts_as in LOST]
    short = sum(_is_short(call, marks) for call in lost)
    demanded = len(answered) + len(lost) - short
    offered = sum(number[kind] for kind in OFFERED)
    rung = [call.rings for call in answered if call.rings is not None]
    waits = [call.wait_seconds for call in counted if call.counts_as in OFFERED - {CountsAs.WAITING}]
    return Figures(
        incoming=len(counted),
        offered=offered,
        answered=len(answered),
        answered_by_mobile=sum(call.by_mobile for call in answered),
        abandoned=Abandoned(number[CountsAs.LEFT_IVR], number[CountsAs.LEFT_QUEUE], number[CountsAs.LEFT_RINGING]),
        short_abandoned=short,
        unanswered=number[CountsAs.UNANSWERED],
        callbacks=number[CountsAs.CALLBACK],
        voicemails=number[CountsAs.VOICEMAIL],
        self_served=number[CountsAs.SELF_SERVED],
        failed=number[CountsAs.FAILED],
        in_menu=number[CountsAs.MENU],
        waiting=number[CountsAs.WAITING],
        service_level_percent=percent(_within(answered, marks.service_level_seconds), demanded),
        abandoned_percent=percent(len(lost) - short, demanded),
        connected_percent=percent(len(answered), offered - number[CountsAs.WAITING] - short),
        answered_in_time_percent=percent(_within(answered, marks.answer_seconds), demanded),
        answered_quickly_percent=percent(_within(answered, marks.quick_seconds), demanded),
        answered_in_rings_percent=percent(sum(rings <= marks.answer_rings for rings in rung), len(rung)),
        average_answer_seconds=_mean([call.wait_seconds for call in answered]),
        longest_wait_seconds=max(waits, default=None),
    )


def _handed_on(call: Call) -> bool:
    return bool(call.queues or call.rings) or any(step.kind in _TO_PEOPLE for step in call.routes)


def _lost(call: Call) -> CountsAs:
    over = call.ended_at
    if over and any(
        r.result == "cancelled" and r.ended_at and abs(over - r.ended_at) <= _SIMULTANEOUS for r in call.rings
    ):
        return CountsAs.LEFT_RINGING
    return CountsAs.LEFT_QUEUE if call.outcome is Outcome.ABANDONED_QUEUE else CountsAs.UNANSWERED


def _ended_before(call: Call) -> CountsAs:
    return CountsAs.SELF_SERVED if call.outcome is Outcome.ANSWERED else CountsAs.LEFT_IVR


def _is_short(call: Counted, marks: Marks) -> bool:
    left = call.counts_as in (CountsAs.LEFT_QUEUE, CountsAs.LEFT_RINGING)
    return left and call.wait_seconds < marks.short_abandon_seconds


def _within(answered: list[Counted], seconds: int) -> int:
    return sum(call.wait_seconds <= seconds for call in answered)


def _mean(seconds: list[float]) -> float | None:
    return round(sum(seconds) / len(seconds), 1) if seconds else None
