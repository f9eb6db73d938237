"""A12: what became of a passing on, by what the call's record says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from hotline.domain.calls.call import Call, Party, PartyKind, RouteStep, Span, Talk, Transfer
from hotline.domain.operators.presence import TransferOrder, TransferState
from hotline.domain.operators.transfer import became_of
from tests.support.rows import MORNING, a_call

ZHAO, QIAN, SUN = (Party(PartyKind.OPERATOR, extension) for extension in ("1001", "1002", "1003"))
PERSON = Party(PartyKind.MOBILE, "13800000012")


def at(seconds: float) -> datetime:
    return MORNING + timedelta(seconds=seconds)


def order(kind: str = "blind", to: str = "operator") -> TransferOrder:
    return TransferOrder("node1", "n-1", at(10), kind, "1001", to, "1002" if to == "operator" else "12", "x", True, "y")


def talk(party: Party, start: float, end: float | None = None) -> Talk:
    return Talk(party, at(start), at(end) if end is not None else None)


def live(**changes: Any) -> Call:
    return a_call("n-1", ended_at=None, outcome=None, hang_up=None, **changes)


JOINED = (Transfer(at(20), "attended", ZHAO, QIAN),)
BACK = (RouteStep(at(30), "queue", "service", "transfer_returned"),)


@pytest.mark.parametrize(
    ("given", "call", "state"),
    [
        (order(), live(talks=(talk(ZHAO, 0),)), None),
        (order(), live(talks=(talk(ZHAO, 0, 10), talk(QIAN, 15))), TransferState.DONE),
        (order(), live(talks=(talk(QIAN, 0, 5), talk(ZHAO, 6, 10))), None),
        (order(), live(talks=(talk(ZHAO, 0, 10),), routes=BACK), TransferState.RETURNED),
        (order(), a_call("n-1", talks=(talk(ZHAO, 0, 10),)), TransferState.FAILED),
        (order(), live(talks=(talk(QIAN, 9.2, 9.5), talk(ZHAO, 9.6))), None),
        (order(to="person"), live(talks=(talk(ZHAO, 0, 10), talk(PERSON, 15))), TransferState.DONE),
        (order(to="person"), live(talks=(talk(ZHAO, 0, 10), talk(QIAN, 15))), TransferState.DONE),
        (order("attended"), live(talks=(talk(ZHAO, 0),), holds=(Span(at(11), None, "1001"),)), None),
        (order("attended"), live(talks=(talk(ZHAO, 0, 20), talk(QIAN, 20.3)), transfers=JOINED), TransferState.DONE),
        (
            order("attended"),
            live(talks=(talk(ZHAO, 0),), holds=(Span(at(11), at(15), "1001"),)),
            TransferState.RETURNED,
        ),
        (order("attended"), live(talks=(talk(ZHAO, 0),), holds=(Span(at(1), at(5), "1001"),)), None),
        (order("attended"), live(talks=(talk(ZHAO, 0, 20),), holds=(Span(at(11), at(20), "1001"),)), None),
        (
            order("attended"),
            a_call("n-1", talks=(talk(ZHAO, 0, 60),), holds=(Span(at(11), at(20), "1001"),)),
            TransferState.RETURNED,
        ),
        (
            order("attended"),
            a_call("n-1", talks=(talk(ZHAO, 0, 60),), holds=(Span(at(11), at(60), "1001"),)),
            TransferState.FAILED,
        ),
        (
            order("attended"),
            live(talks=(talk(ZHAO, 0, 20), talk(ZHAO, 30)), holds=(Span(at(11), at(20), "1001"),)),
            TransferState.RETURNED,
        ),
        (
            order("attended"),
            live(talks=(talk(ZHAO, 0, 20),), holds=(Span(at(11), at(20), "1001"),), routes=BACK),
            TransferState.RETURNED,
        ),
        # Whoever ordered it is lost, and the queue gives the caller to another; a supervisor barges in and takes over.
        (order("attended"), live(talks=(talk(ZHAO, 0, 20), talk(SUN, 30))), TransferState.RETURNED),
        (order(), live(talks=(talk(ZHAO, 0, 10), talk(SUN, 30))), TransferState.RETURNED),
        (order("attended"), live(talks=(talk(ZHAO, 0), talk(SUN, 30))), None),
        # The page is loaded anew in mid-consultation.
        (order("attended"), live(talks=(talk(ZHAO, 0, 20), talk(ZHAO, 22))), TransferState.RETURNED),
        # The two are joined, which Asterisk tells of a moment later.
        (order("attended"), live(talks=(talk(ZHAO, 0, 20), talk(QIAN, 20))), None),
    ],
)
def test_the_record_says_what_became_of_it(given: TransferOrder, call: Call, state: TransferState | None) -> None:
    found = became_of(given, call)
    assert (found[0] if found else None) is state
