"""How a dial went, from what Asterisk says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.domain.calls.call import Call, DialEnd, Direction, HangUp, Party, PartyKind, Talk
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.dialling.ending import outcome_of, outcome_unsaid
from tests.support.rows import MORNING, a_call

OPERATOR, CUSTOMER = Party(PartyKind.OPERATOR, "1001"), Party(PartyKind.CALLER)


def a_dial(end: DialEnd | None, **changes: object) -> Call:
    call = a_call("d", direction=Direction.DIALLED, talks=(), answered_at=None, dial_end=end)
    return replace(call, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        (DialEnd("GONE", 19), DialOutcome.OPERATOR_GONE),
        (DialEnd("CHANNELS"), DialOutcome.CONGESTED),
        (DialEnd("CANCEL", 0, 180), DialOutcome.CANCELLED),
        (DialEnd("CANCEL", 0, 487), DialOutcome.CANCELLED),
        (DialEnd("NOANSWER", 16, 180), DialOutcome.NO_ANSWER),
        (DialEnd("NOANSWER", 0, 0), DialOutcome.TRUNK_DOWN),
        (DialEnd("NOANSWER", 19, 480), DialOutcome.UNREACHABLE),
        (DialEnd("BUSY", 17, 486), DialOutcome.BUSY),
        (DialEnd("BUSY", 17), DialOutcome.BUSY),
        (DialEnd("CHANUNAVAIL", 21, 603), DialOutcome.DECLINED),
        (DialEnd("CHANUNAVAIL", 1, 404), DialOutcome.INVALID),
        (DialEnd("CHANUNAVAIL", 28, 484), DialOutcome.INVALID),
        (DialEnd("CONGESTION", 34, 503), DialOutcome.CONGESTED),
        (DialEnd("CHANUNAVAIL", 38, 500), DialOutcome.TRUNK_DOWN),
        (DialEnd("CHANUNAVAIL", 21, 403), DialOutcome.TRUNK_DOWN),
        (DialEnd("CHANUNAVAIL", 20), DialOutcome.TRUNK_DOWN),
        (DialEnd("REFUSED", 21), DialOutcome.CANCELLED),
        (DialEnd("", 0), DialOutcome.TRUNK_DOWN),
    ],
)
def test_each_end_has_its_word(end: DialEnd, outcome: DialOutcome) -> None:
    assert outcome_of(a_dial(end)) is outcome


def test_what_goes_on_has_none() -> None:
    assert outcome_of(a_dial(DialEnd("ANSWER"), ended_at=None)) is None
    assert outcome_of(a_dial(None)) is None


def test_who_was_talked_with_was_reached() -> None:
    talked = a_dial(DialEnd("ANSWER", 16), talks=(Talk(OPERATOR, MORNING, MORNING),), answered_at=MORNING)
    assert outcome_of(talked) is DialOutcome.REACHED
    assert outcome_unsaid(replace(talked, dial_end=None)) is DialOutcome.REACHED


@pytest.mark.parametrize(("by", "outcome"), [(CUSTOMER, DialOutcome.DECLINED), (OPERATOR, DialOutcome.CANCELLED)])
def test_over_in_the_notice_is_not_reached(by: Party, outcome: DialOutcome) -> None:
    """G1"""
    over = a_dial(DialEnd("ANSWER", 16), answered_at=MORNING, hang_up=HangUp(by, MORNING, 16))
    assert outcome_of(over) is outcome


@pytest.mark.parametrize(
    ("status", "outcome"), [("CHANNELS", DialOutcome.CONGESTED), ("REFUSED", DialOutcome.CANCELLED)]
)
def test_who_answers_where_no_customer_is_rung_is_the_operator(status: str, outcome: DialOutcome) -> None:
    by_system = HangUp(Party(PartyKind.SYSTEM), MORNING, 16)
    assert outcome_of(a_dial(DialEnd(status, 16), answered_at=MORNING, hang_up=by_system)) is outcome


def test_of_which_nothing_was_said_nothing_is_claimed() -> None:
    assert outcome_unsaid(None) is outcome_unsaid(a_dial(None)) is DialOutcome.CANCELLED
