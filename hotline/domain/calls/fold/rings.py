"""Every ring of our side's phones (A8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from hotline.domain.calls.call import DROPPED_RING, FORWARDS, Ring
from hotline.domain.calls.fold.ending import Ending
from hotline.domain.calls.fold.people import Directory, party
from hotline.domain.calls.fold.story import Leg, Story

#: A ringing phone that ends so soon after somebody else answered, or so soon before the caller's hang-up stands in
#: the log, was cancelled by it.
_SIMULTANEOUS = timedelta(seconds=1)

#: Hang-up causes (Q.850) of a phone that was not answered in time; 0 is what Asterisk's own time-out leaves.
_NO_ANSWER = frozenset({0, 16, 18, 19, 26, 102})
_BUSY = frozenset({17, 21})

#: The phone named another number instead of ringing (302 Moved): it is set to forward calls.
_REDIRECTED = 23
#: Why the dialplan offers a caller on whose call was picked up and dropped.
DROPPED = "operator_dropped"


def dropped_by(story: Story) -> frozenset[str]:
    """The channels of phones that were picked up and dropped at once, before a word could be said: each the last that
    had answered when the dialplan offered the caller on."""
    return frozenset(leg.channel for leg in _dropped(story))


def picked_up_and_dropped(story: Story) -> list[datetime]:
    """When those phones were picked up."""
    return [_picked_up(leg) for leg in _dropped(story)]


def _dropped(story: Story) -> list[Leg]:
    offered_on = [at for at, said in story.of("HL_ROUTE") if said.get("reason") == DROPPED]
    answered = sorted((leg for leg in story.legs.values() if leg.outgoing and leg.answered_at), key=_picked_up)
    return [leg for at in offered_on for leg in [leg for leg in answered if _picked_up(leg) <= at][-1:]]


def _picked_up(leg: Leg) -> datetime:
    return leg.answered_at or leg.started_at


def rings_of(story: Story, ending: Ending | None, directory: Directory) -> tuple[Ring, ...]:
    """In order of their start."""
    legs = [leg for leg in story.legs.values() if leg.outgoing]
    answers = [at for leg in legs if not _too_late(leg, legs) and (at := _taken_at(leg, directory)) is not None]
    late = {leg.channel: "cancelled" for leg in legs if _too_late(leg, legs)}
    settled = late | dict.fromkeys(dropped_by(story), DROPPED_RING)
    return tuple(_ring(leg, answers, settled, story, ending, directory) for leg in legs)


def _too_late(leg: Leg, legs: list[Leg]) -> bool:
    """Picked up in the very moment in which another phone was: that one has the caller, this one was hung up."""
    if leg.answered_at is None or leg.bridged or leg.hung_up_at is None or leg.picked_up_at:
        return False
    others = (other for other in legs if other is not leg and other.answered_at and other.bridged)
    return any(abs(leg.answered_at - other.answered_at) <= _SIMULTANEOUS for other in others if other.answered_at)


def _ring(
    leg: Leg,
    answers: list[datetime],
    settled: Mapping[str, str],
    story: Story,
    ending: Ending | None,
    directory: Directory,
) -> Ring:
    stopped = leg.answered_at or leg.picked_up_at or leg.hung_up_at or (ending.at if ending else None)
    seconds = round((stopped - leg.started_at).total_seconds(), 3) if stopped else 0.0
    return Ring(
        party=party(leg.channel, story.caller, leg.number, directory),
        started_at=leg.started_at,
        ended_at=stopped,
        seconds=seconds,
        rings=cycles(seconds, directory.ring_cycle_seconds) if stopped else 0,
        result=(settled.get(leg.channel) or _result(leg, answers, ending, directory)) if stopped else "",
    )


def cycles(seconds: float, cycle_seconds: int) -> int:
    """Ring cycles begun: a phone rings at once, so the first counts from 0 s (A8: a cycle is 5 s)."""
    return int(seconds // cycle_seconds) + 1


def _result(leg: Leg, answers: list[datetime], ending: Ending | None, directory: Directory) -> str:
    if _taken_at(leg, directory) is not None:
        return "answered"
    if leg.answered_at is not None:
        return "declined"
    stopped = leg.picked_up_at or leg.hung_up_at
    if stopped is None:
        return "failed"  # Asterisk ended while it rang
    if leg.forwards or leg.hang_up_cause == _REDIRECTED:
        return FORWARDS
    if leg.picked_up_at or any(timedelta(0) <= stopped - at <= _SIMULTANEOUS for at in answers):
        return "cancelled"
    if ending and abs(ending.at - stopped) <= _SIMULTANEOUS:
        return "cancelled"
    if leg.hang_up_cause in _BUSY:
        return "busy"
    return "no_answer" if leg.hang_up_cause in _NO_ANSWER else "failed"


def _taken_at(leg: Leg, directory: Directory) -> datetime | None:
    """The duty mobile counts as answered when its key was pressed, any other phone when it was picked up. Over
    whichever trunk it was dialled, its number is known; a customer's whom we dial is not told here."""
    by_key = leg.by_key and bool(leg.number) and directory.is_carrier(leg.channel)
    return leg.taken_at if by_key else leg.answered_at
