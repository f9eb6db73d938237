"""What may happen to a call that we dial: passed on, processes killed, two at once; who calls the shown number back;
and what nobody can have dialled."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.domain.calls.dialled_id import dialled_id
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.errors import Conflict
from hotline.domain.numbers import Number
from hotline.domain.operators.presence import ShownState
from hotline.domain.time import system_clock
from hotline.services.dialling.jobs import BEGUN_AFTER, SAID_AFTER, sweep
from hotline.services.recordings import pause as recording_pause
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from tests.support.dialling_rig import CALLBACK_CARRIER, CUSTOMER, QIAN, SHOWN, ZHAO, DiallingRig
from tests.support.expect import tone_differences
from tests.support.rig import PHONES, wait_until
from tests.support.told_of_dials import require_as_told

pytestmark = pytest.mark.e2e

ANSWERS = ("ring 0.5", "answer", "tone 1000 30", "expect hangup")
TALKS = ("ring 0.5", "answer", "tone 440 30", "wait 6", "hang up")


def calls_since(dials: DiallingRig, begun: datetime, *directions: Direction) -> list[Call]:
    wanted = CallFilter(since=begun - timedelta(seconds=1), directions=directions)
    with dials.hotline.storage.reading() as tx:
        return [each.call for each in CallStore(tx).search(wanted, limit=10).calls]


def test_passed_on_to_a_colleague(dials: DiallingRig) -> None:
    """A12: the recording goes on, the customer on the left. When the colleague has the customer the dial is over, and
    whoever dialled may dial again."""
    dials.ready("1001", "1002")
    dials.operator(("ring 0.2", "answer", "tone 1000 30", "wait 4.5", "refer 1002"))
    dials.operator(("ring 0.5", "answer", "tone 1500 30", "expect hangup"), "1002")
    dials.customer(("ring 0.2", "answer", "tone 440 30", "wait 9", "hang up"))
    begun = dials.dial()
    over, call = dials.ended(begun)
    assert over.outcome is DialOutcome.REACHED and call is not None and call.ended_at is None
    assert over.ended_at == call.talks[0].ended_at and call.talks[-1].party.id == "1002"
    wait_until(lambda: (now := dials.call_of(begun)) is not None and now.ended_at is not None, "the call to be over")
    require_as_told(dials, "dialled_passed_on", dials.call_of(begun))
    heard = {"left": ["440 >5.0", "1000 0"], "right": ["1000 >1.5", "1500 >2.0"]}
    assert tone_differences(dials.sound(begun), heard) == []


def test_the_recording_is_paused(dials: DiallingRig) -> None:
    """G2"""
    dials.ready("1001")
    dials.operator(ANSWERS)
    dials.customer(("ring 0.2", "answer", "tone 440 30", "wait 8", "hang up"))
    begun = dials.dial()
    wait_until(lambda: dials.state("1001") is ShownState.TALKING, "the operator to talk")
    storage, where = dials.hotline.storage, (begun.node, begun.linkedid)
    recording_pause.pause(storage, dials.pbx, *where, system_clock)
    time.sleep(2)
    recording_pause.resume(storage, dials.pbx, *where, system_clock)
    _over, call = dials.ended(begun)
    assert call is not None and len(call.pauses) == 1
    assert tone_differences(dials.sound(begun), {"left": ["440 4.3"]}) == []


def test_the_listener_is_killed_in_mid_dial(dials: DiallingRig) -> None:
    """It settles the dial when it is back, once."""
    dials.ready("1001")
    dials.operator(ANSWERS)
    dials.customer(TALKS)
    begun = dials.dial()
    wait_until(lambda: dials.state("1001") is ShownState.TALKING, "the operator to talk")
    dials.kill("listener")
    wait_until(lambda: dials.channels() == 0, "the call to be over")
    dials.restart("listener")
    over, call = dials.ended(begun)
    assert over.outcome is DialOutcome.REACHED and call is not None and over.seconds == call.talk_seconds
    wait_until(lambda: dials.state("1001") in (ShownState.WRAP_UP, ShownState.READY), "the operator to be free")


def test_a_dial_that_never_began_is_swept(dials: DiallingRig) -> None:
    """Our process died between the row and the order to Asterisk."""
    dials.ready("1001")
    now = system_clock()
    row = Dial(
        node="rig",
        linkedid=dialled_id("rig", now, "0123456789ab"),
        user="zhao",
        extension="1001",
        number=Number(f"+86{CUSTOMER}"),
        line="main",
        object_kind="",
        object_id=0,
        reason="",
        asked_at=now,
    )
    with dials.hotline.storage.writing() as tx:
        left = DialStore(tx).add(row)
    swept = [sweep(dials.hotline.storage, dials.hotline.settings, dials.pbx, now + BEGUN_AFTER * n) for n in (0, 1, 2)]
    assert swept == [0, 1, 0]
    assert dials.ended(left)[0].outcome is DialOutcome.CANCELLED


def test_asterisk_is_killed_in_mid_dial(dials: DiallingRig) -> None:
    dials.ready("1001")
    dials.operator(ANSWERS)
    dials.customer(("ring 0.2", "answer", "tone 440 30", "wait 60"))
    begun = dials.dial()
    wait_until(lambda: dials.state("1001") is ShownState.TALKING, "the operator to talk")
    dials.kill("pbx")
    dials.stop_phones()
    dials.restart("pbx")
    ended = wait_until(lambda: (call := dials.call_of(begun)) and call.ended_at, "the call to have ended", 30)
    assert isinstance(ended, datetime)
    assert (
        sweep(dials.hotline.storage, dials.hotline.settings, dials.pbx, system_clock() + BEGUN_AFTER + SAID_AFTER) <= 1
    )
    assert dials.ended(begun)[0].outcome is DialOutcome.REACHED


def test_of_two_operators_one_dials(dials: DiallingRig) -> None:
    dials.ready("1001", "1002")
    dials.operator(ANSWERS)
    dials.customer(TALKS)
    begun = dials.dial(ZHAO)
    for actor, code in ((QIAN, "dialling.dialled_already"), (ZHAO, "dialling.in_a_call")):
        if actor is ZHAO:
            wait_until(lambda: dials.state("1001") is ShownState.CALLING, "the operator to be calling")
        with pytest.raises((Conflict, Exception)) as told:
            dials.dial(actor)
        assert getattr(told.value, "code", "") == code
    assert dials.ended(begun)[0].outcome is DialOutcome.REACHED


def test_who_calls_the_shown_number_is_a_caller_of_the_line(dials: DiallingRig) -> None:
    """Greeted and routed as any."""
    dials.ready("1001")
    dials.operator(("ring 0.5", "answer", "tone 1000 30", "expect hangup"))
    begun = datetime.now(UTC)
    steps = ("call", "wait 0.8", "press 1", "tone 440 30", "wait 5", "hang up")
    caller = dials.caller(steps, CUSTOMER, service=SHOWN, address=CALLBACK_CARRIER, port=dials.base + 77)
    assert caller.wait(60) == 0, caller.errors
    found = wait_until(
        lambda: [c for c in calls_since(dials, begun, Direction.INBOUND) if c.ended_at],
        "the call to stand in the ledger",
    )
    assert [(c.line, c.outcome, c.caller.number) for c in found] == [("main", Outcome.ANSWERED, f"+86{CUSTOMER}")]


@pytest.mark.parametrize("dialled", [CUSTOMER, "hl-dial", "s"])
def test_no_phone_dials_out_by_hand(dials: DiallingRig, dialled: str) -> None:
    """A3: over either trunk."""
    dials.ready("1001")
    dials.customer(ANSWERS)
    begun = datetime.now(UTC)
    password = dials.hotline.secrets.phone_password("1001")
    steps = ("call", "wait 1", "hang up") if dialled.isdigit() else ("call",)
    caller = dials.caller(steps, "1001", service=dialled, address=PHONES, password=password)
    caller.wait(20)
    time.sleep(1)
    assert calls_since(dials, begun, Direction.DIALLED) == []
    assert "callback_trunk-" not in dials.console("core show channels concise")


def test_what_was_not_permitted_is_not_dialled(dials: DiallingRig) -> None:
    """A17: whoever can have Asterisk ring a phone still dials nobody without what our process writes down."""
    dials.ready("1001")
    dials.operator(("ring 0.2", "answer", "tone 1000 30", "expect hangup"))
    dials.customer(ANSWERS)
    begun = datetime.now(UTC)
    dials.pbx.originate("PJSIP/1001", "hl-dial", "s", "x", {"HL_TO": CUSTOMER, "HL_HOW": "approved"}, 5)
    refused = wait_until(
        lambda: [c for c in calls_since(dials, begun, Direction.OUTBOUND) if c.ended_at], "the refusal to be written"
    )
    assert refused[0].outcome is Outcome.BLOCKED
