"""The call that we dial, on the real Asterisk: over the callback trunk alone (A3), the notice first (G1),
the customer on the left, and each way it can end by its own word."""

from __future__ import annotations

import pytest

from hotline.domain.calls.call import Direction, Outcome, PartyKind
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.operators.presence import ShownState
from tests.support.dialling_rig import CUSTOMER, DiallingRig
from tests.support.expect import tone_differences
from tests.support.rig import wait_until
from tests.support.told_of_dials import require_as_told

pytestmark = pytest.mark.e2e

ANSWERS = ("ring 0.5", "answer", "tone 1000 30", "expect hangup")


def test_reached(dials: DiallingRig) -> None:
    """C1, G1: notice, then the recording, the customer on the left; the write-up follows; no queue rings meanwhile."""
    dials.ready("1001")
    dials.operator(ANSWERS)
    dials.customer(("ring 0.5", "answer", "tone 440 30", "wait 6", "hang up"))
    begun = dials.dial()
    wait_until(lambda: dials.state("1001") is ShownState.CALLING, "the operator to be calling")
    wait_until(lambda: dials.state("1001") is ShownState.TALKING, "the operator to talk")
    over, call = dials.ended(begun)
    assert over.outcome is DialOutcome.REACHED and call is not None
    assert (call.direction, call.outcome) == (Direction.DIALLED, Outcome.ANSWERED)
    assert call.line == "main" and call.caller.number == f"+86{CUSTOMER}"
    assert call.hang_up is not None and call.hang_up.by.kind is PartyKind.CALLER
    assert over.ringing_at is not None and over.answered_at is not None
    assert tone_differences(dials.sound(begun), {"left": ["440 4.4", "1000 0"], "right": ["1000 4.4", "2900 0"]}) == []
    require_as_told(dials, "dialled_reached", call)
    wait_until(lambda: dials.state("1001") is ShownState.WRAP_UP, "the operator to write up")
    wait_until(lambda: dials.state("1001") is ShownState.READY, "the operator to be ready again")


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        (("busy",), DialOutcome.BUSY),
        (("ring 0.5", "reject 603 Decline"), DialOutcome.DECLINED),
        (("reject 404 Not Found",), DialOutcome.INVALID),
        (("reject 480 Temporarily Unavailable",), DialOutcome.UNREACHABLE),
        (("reject 503 Service Unavailable",), DialOutcome.CONGESTED),
        (("reject 500 Server Error",), DialOutcome.TRUNK_DOWN),
        (("ring until cancel",), DialOutcome.NO_ANSWER),
    ],
    ids=lambda value: str(value) if isinstance(value, DialOutcome) else "",
)
def test_each_way_not_to_be_reached_has_its_word(
    dials: DiallingRig, steps: tuple[str, ...], outcome: DialOutcome
) -> None:
    dials.ready("1001")
    dials.operator(ANSWERS)
    # Each their own: a number that is none is dialled by nobody again.
    number = f"13987654{100 + list(DialOutcome).index(outcome)}"
    dials.customer(steps, number)
    over, call = dials.ended(dials.dial(number=number))
    assert over.outcome is outcome
    assert call is not None and (call.outcome, call.recordings) == (Outcome.NO_ANSWER, ())
    if outcome is DialOutcome.BUSY:
        require_as_told(dials, "dialled_busy", call)
    wait_until(lambda: dials.state("1001") is ShownState.READY, "the operator to be ready again")


def test_nobody_picks_up_at_our_side(dials: DiallingRig) -> None:
    """The operator is gone between click and ring: no customer is dialled."""
    dials.ready("1001")
    dials.operator(("ring until cancel",))
    dials.customer(ANSWERS)
    over, call = dials.ended(dials.dial())
    assert over.outcome is DialOutcome.OPERATOR_GONE
    assert (over.ringing_at, over.answered_at) == (None, None)
    assert call is not None and call.caller.number == f"+86{CUSTOMER}" and call.line == "main"
    assert [ring.party.kind for ring in call.rings] == [PartyKind.OPERATOR]
    require_as_told(dials, "dialled_nobody_here", call)
    wait_until(lambda: dials.state("1001") is ShownState.READY, "the operator to be ready again")


def test_the_operator_hangs_up_while_it_rings(dials: DiallingRig) -> None:
    dials.ready("1001")
    dials.operator(("ring 0.2", "answer", "wait 2", "hang up"))
    dials.customer(("ring until cancel",))
    over, call = dials.ended(dials.dial())
    assert over.outcome is DialOutcome.CANCELLED
    assert call is not None and call.recordings == ()


def test_the_operator_hangs_up_the_talk(dials: DiallingRig) -> None:
    dials.ready("1001")
    dials.operator(("ring 0.2", "answer", "tone 1000 30", "wait 6", "hang up"))
    dials.customer(("ring 0.2", "answer", "tone 440 30", "expect hangup"))
    over, call = dials.ended(dials.dial())
    assert over.outcome is DialOutcome.REACHED and call is not None
    assert call.hang_up is not None and call.hang_up.by.kind is PartyKind.OPERATOR


def test_who_hangs_up_in_the_notice_was_not_talked_with(dials: DiallingRig) -> None:
    """G1: nothing is kept of them."""
    dials.ready("1001")
    dials.operator(ANSWERS)
    dials.customer(("ring 0.2", "answer", "tone 440 30", "wait 0.1", "hang up"))
    begun = dials.dial()
    over, call = dials.ended(begun)
    assert over.outcome is DialOutcome.DECLINED
    assert call is not None and call.recordings == () and not dials.sound(begun).exists()
    require_as_told(dials, "dialled_in_the_notice", call)


def test_a_paused_operator_is_paused_again(dials: DiallingRig) -> None:
    dials.ready("1001")
    dials.pbx.queue_pause("1001", True, "lunch")
    wait_until(lambda: dials.state("1001") is ShownState.PAUSED, "the operator to be paused")
    dials.operator(ANSWERS)
    dials.customer(("busy",))
    assert dials.ended(dials.dial())[0].outcome is DialOutcome.BUSY
    wait_until(lambda: dials.state("1001") is ShownState.PAUSED, "the operator to be paused again")
