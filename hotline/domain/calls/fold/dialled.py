"""What is a call's that we dialled alone: whom, their ring, and how the dial went."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain import numbers
from hotline.domain.calls.call import DialEnd, Party, PartyKind, Ring
from hotline.domain.calls.fold.ending import Ending
from hotline.domain.calls.fold.people import Directory
from hotline.domain.calls.fold.rings import cycles
from hotline.domain.calls.fold.story import Story
from hotline.domain.calls.fold.talks import Together
from hotline.domain.numbers import NO_NUMBER, Number

#: User events of the dialplan: before our own phone is rung, once the customer has heard the notice (G1), and when it
#: is done with the dial.
DIAL, NOTICE, DIALLED = "HL_DIAL", "HL_NOTICE", "HL_DIALLED"

#: Besides Asterisk's own DIALSTATUS.
GONE = "GONE"

#: Nobody says a word in less.
_INSTANT = timedelta(seconds=0.5)


def customer_of(story: Story) -> Number:
    """Empty when our own phone could not even be rung."""
    told = _told(story)
    return numbers.normalise(told[1]) if len(told) > 1 else NO_NUMBER


def line_shown(story: Story) -> str:
    """Whose number the customer saw."""
    told = _told(story)
    return told[2] if len(told) > 2 else ""


def _told(story: Story) -> list[str]:
    """As our process had it written down for the dialplan: how it may be dialled, the digits, the line."""
    said = story.of(DIAL)
    return said[0][1].get("told", "").split(":") if said else []


def dial_end_of(story: Story) -> DialEnd | None:
    """None while it is dialled, and for ever when Asterisk went down meanwhile."""
    said = story.of(DIALLED)
    if said:
        told = said[0][1]
        return DialEnd(told.get("status", ""), _whole(told.get("cause", "")), _whole(told.get("sip", "")))
    ours = story.legs[story.start.channel]
    if ours.hung_up_at is not None and ours.answered_at is None:
        return DialEnd(GONE, ours.hang_up_cause)
    return None


def is_in_the_notice(story: Story, joined: Together) -> bool:
    """The customer hung up while the notice was played (G1): Asterisk may join the two for an instant all the same."""
    if not story.is_dialled or story.of(NOTICE) or joined.ended_at is None:
        return False
    return joined.ended_at - joined.started_at < _INSTANT


def customers_ring(story: Story, ending: Ending | None, directory: Directory) -> tuple[Ring, ...]:
    """The customer's own phone; none of our side's (A8)."""
    leg = story.legs.get(story.caller) if story.is_dialled else None
    if leg is None:
        return ()
    stopped = leg.answered_at or leg.hung_up_at or (ending.at if ending else None)
    seconds = round((stopped - leg.started_at).total_seconds(), 3) if stopped else 0.0
    rings = cycles(seconds, directory.ring_cycle_seconds) if stopped else 0
    result = "" if stopped is None else "answered" if leg.answered_at else _result(story)
    return (Ring(Party(PartyKind.CALLER), leg.started_at, stopped, seconds, rings, result),)


def _result(story: Story) -> str:
    end = dial_end_of(story)
    return {"BUSY": "busy", "CANCEL": "cancelled", "NOANSWER": "no_answer"}.get(end.status if end else "", "failed")


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() else 0
