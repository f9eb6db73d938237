"""A1: the line's carrier has no channel for the duty mobile, or is down: it is rung over the callback trunk."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hotline.domain.calls.call import Call, Outcome, PartyKind
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.time import system_clock
from hotline.storage.calls.store import CallStore
from tests.support.dialling_rig import CALLBACK_CARRIER, DiallingRig
from tests.support.rig import CARRIER, MOBILES, wait_until

pytestmark = pytest.mark.e2e

TAKES_IT = ("ring 0.5", "answer", "wait 0.7", "press 1", "tone 1500 30", "expect hangup")
NEVER = ("ring 0.5", "reject 603 Decline")


def called(
    rig: DiallingRig, number: str, over_line: Sequence[str], over_other: Sequence[str], seconds: int = 10
) -> Call:
    begun = system_clock()
    rig.sign_in([])
    rig.phone("mobiles", dict.fromkeys(MOBILES, over_line), rig.base + 70, CARRIER)
    rig.phone("customer", dict.fromkeys(MOBILES, over_other), rig.base + 75, CALLBACK_CARRIER)
    caller = rig.caller(["call", "wait 1", "press 1", "tone 440 60", f"wait {seconds}", "hang up"], number)
    assert caller.wait(60) == 0, caller.errors

    def ended() -> Call | None:
        with rig.hotline.storage.reading() as tx:
            found = [each.call for each in CallStore(tx).search(CallFilter(since=begun), limit=5).calls]
        return next((each for each in found if each.caller.original == number and each.ended_at), None)

    call = wait_until(ended, "the call to be over", 40)
    assert call is not None
    rig.clear()
    return call


def test_a1_a_mobile_for_which_the_lines_carrier_has_no_channel_is_rung_over_the_other_trunk(
    dials: DiallingRig,
) -> None:
    call = called(dials, "13900006001", ("reject 503 Service Unavailable",), TAKES_IT)
    assert call.outcome is Outcome.FORWARDED_ANSWERED
    [talk] = call.talks
    assert talk.party.kind is PartyKind.MOBILE and talk.party.id == MOBILES[0]
    assert [ring.result for ring in call.rings] == ["failed", "answered"]


def test_a1_a_mobile_that_is_rung_in_vain_is_not_rung_a_second_way(dials: DiallingRig) -> None:
    call = called(dials, "13900006002", ("busy",), TAKES_IT)
    assert call.talks == () and {ring.party.id for ring in call.rings} == set(MOBILES)
    assert len(call.rings) == len(MOBILES)


def test_a2_over_the_other_trunk_too_a_mobile_has_taken_a_call_only_by_its_key(dials: DiallingRig) -> None:
    """A mailbox picks up and presses nothing."""
    call = called(
        dials, "13900006003", ("reject 503 Service Unavailable",), ("ring 0.3", "answer", "expect hangup"), 22
    )
    assert call.talks == ()
    assert {ring.result for ring in call.rings} == {"failed", "declined"}
