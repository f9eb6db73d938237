"""What may happen to a call that we dial: passed on, processes killed, two at once; who calls the shown number back;
and what nobody can have dialled."""

from __future__ import annotations

import time
from collections.abc import Iterator
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
from tests.support.expect import tone_differences, words_of
from tests.support.rig import PHONES, wait_until

pytestmark = pytest.mark.e2e

ANSWERS = ("ring 0.5", "answer", "tone 1000 30", "expect hangup")
TALKS = ("ring 0.5", "answer", "tone 440 30", "wait 6", "hang up")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiallingRig]:
    running = DiallingRig(tmp_path_factory.mktemp("dialled"))
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener")
        yield running
    finally:
        running.stop()


@pytest.fixture
def rig(shared: DiallingRig, request: pytest.FixtureRequest) -> Iterator[DiallingRig]:
    shared.test = request.node.name
    shared.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
    try:
        yield shared
    finally:
        shared.clear()


def calls_since(rig: DiallingRig, begun: datetime, *directions: Direction) -> list[Call]:
    wanted = CallFilter(since=begun - timedelta(seconds=1), directions=directions)
    with rig.hotline.storage.reading() as tx:
        return [each.call for each in CallStore(tx).search(wanted, limit=10).calls]


def test_passed_on_to_a_colleague(rig: DiallingRig) -> None:
    """A12: the recording goes on, the customer on the left, and the dial is over with the call."""
    rig.ready("1001", "1002")
    rig.operator(("ring 0.2", "answer", "tone 1000 30", "wait 4.5", "refer 1002"))
    rig.operator(("ring 0.5", "answer", "tone 1500 30", "expect hangup"), "1002")
    rig.customer(("ring 0.2", "answer", "tone 440 30", "wait 9", "hang up"))
    begun = rig.dial()
    over, call = rig.ended(begun)
    assert over.outcome is DialOutcome.REACHED and call is not None
    said = words_of(call)
    assert said["transfers"] == ["blind 1001 1002"] and said["hung_up_by"] == "caller", said
    heard = {"left": ["440 >5.0", "1000 0"], "right": ["1000 >1.5", "1500 >2.0"]}
    assert tone_differences(rig.sound(begun), heard) == []


def test_the_recording_is_paused(rig: DiallingRig) -> None:
    """G2"""
    rig.ready("1001")
    rig.operator(ANSWERS)
    rig.customer(("ring 0.2", "answer", "tone 440 30", "wait 8", "hang up"))
    begun = rig.dial()
    wait_until(lambda: rig.state("1001") is ShownState.TALKING, "the operator to talk")
    storage, where = rig.hotline.storage, (begun.node, begun.linkedid)
    recording_pause.pause(storage, rig.pbx, *where, system_clock)
    time.sleep(2)
    recording_pause.resume(storage, rig.pbx, *where, system_clock)
    _over, call = rig.ended(begun)
    assert call is not None and len(call.pauses) == 1
    assert tone_differences(rig.sound(begun), {"left": ["440 4.3"]}) == []


def test_the_listener_is_killed_in_mid_dial(rig: DiallingRig) -> None:
    """It settles the dial when it is back, once."""
    rig.ready("1001")
    rig.operator(ANSWERS)
    rig.customer(TALKS)
    begun = rig.dial()
    wait_until(lambda: rig.state("1001") is ShownState.TALKING, "the operator to talk")
    rig.kill("listener")
    wait_until(lambda: rig.channels() == 0, "the call to be over")
    rig.restart("listener")
    over, call = rig.ended(begun)
    assert over.outcome is DialOutcome.REACHED and call is not None and over.seconds == call.talk_seconds
    wait_until(lambda: rig.state("1001") in (ShownState.WRAP_UP, ShownState.READY), "the operator to be free")


def test_a_dial_that_never_began_is_swept(rig: DiallingRig) -> None:
    """Our process died between the row and the order to Asterisk."""
    rig.ready("1001")
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
    with rig.hotline.storage.writing() as tx:
        left = DialStore(tx).add(row)
    swept = [sweep(rig.hotline.storage, rig.hotline.settings, rig.pbx, now + BEGUN_AFTER * n) for n in (0, 1, 2)]
    assert swept == [0, 1, 0]
    assert rig.ended(left)[0].outcome is DialOutcome.CANCELLED


def test_asterisk_is_killed_in_mid_dial(rig: DiallingRig) -> None:
    rig.ready("1001")
    rig.operator(ANSWERS)
    rig.customer(("ring 0.2", "answer", "tone 440 30", "wait 60"))
    begun = rig.dial()
    wait_until(lambda: rig.state("1001") is ShownState.TALKING, "the operator to talk")
    rig.kill("pbx")
    rig.stop_phones()
    rig.restart("pbx")
    ended = wait_until(lambda: (call := rig.call_of(begun)) and call.ended_at, "the call to have ended", 30)
    assert isinstance(ended, datetime)
    assert sweep(rig.hotline.storage, rig.hotline.settings, rig.pbx, system_clock() + BEGUN_AFTER + SAID_AFTER) <= 1
    assert rig.ended(begun)[0].outcome is DialOutcome.REACHED


def test_of_two_operators_one_dials(rig: DiallingRig) -> None:
    rig.ready("1001", "1002")
    rig.operator(ANSWERS)
    rig.customer(TALKS)
    begun = rig.dial(ZHAO)
    for actor, code in ((QIAN, "dialling.dialled_already"), (ZHAO, "dialling.in_a_call")):
        if actor is ZHAO:
            wait_until(lambda: rig.state("1001") is ShownState.CALLING, "the operator to be calling")
        with pytest.raises((Conflict, Exception)) as told:
            rig.dial(actor)
        assert getattr(told.value, "code", "") == code
    assert rig.ended(begun)[0].outcome is DialOutcome.REACHED


def test_who_calls_the_shown_number_is_a_caller_of_the_line(rig: DiallingRig) -> None:
    """Greeted and routed as any."""
    rig.ready("1001")
    rig.operator(("ring 0.5", "answer", "tone 1000 30", "expect hangup"))
    begun = datetime.now(UTC)
    steps = ("call", "wait 0.4", "press 1", "tone 440 30", "wait 5", "hang up")
    caller = rig.caller(steps, CUSTOMER, service=SHOWN, address=CALLBACK_CARRIER, port=rig.base + 77)
    assert caller.wait(60) == 0, caller.errors
    found = wait_until(
        lambda: [c for c in calls_since(rig, begun, Direction.INBOUND) if c.ended_at], "the call to stand in the ledger"
    )
    assert [(c.line, c.outcome, c.caller.number) for c in found] == [("main", Outcome.ANSWERED, f"+86{CUSTOMER}")]


@pytest.mark.parametrize("dialled", [CUSTOMER, "hl-dial", "s"])
def test_no_phone_dials_out_by_hand(rig: DiallingRig, dialled: str) -> None:
    """A3: over either trunk."""
    rig.ready("1001")
    rig.customer(ANSWERS)
    begun = datetime.now(UTC)
    password = rig.hotline.secrets.phone_password("1001")
    steps = ("call", "wait 1", "hang up") if dialled.isdigit() else ("call",)
    caller = rig.caller(steps, "1001", service=dialled, address=PHONES, password=password)
    caller.wait(20)
    time.sleep(1)
    assert calls_since(rig, begun, Direction.DIALLED) == []
    assert "callback_trunk-" not in rig.console("core show channels concise")


def test_what_was_not_permitted_is_not_dialled(rig: DiallingRig) -> None:
    """A17: whoever can have Asterisk ring a phone still dials nobody without what our process writes down."""
    rig.ready("1001")
    rig.operator(("ring 0.2", "answer", "tone 1000 30", "expect hangup"))
    rig.customer(ANSWERS)
    begun = datetime.now(UTC)
    rig.pbx.originate("PJSIP/1001", "hl-dial", "s", "x", {"HL_TO": CUSTOMER, "HL_HOW": "approved"}, 5)
    refused = wait_until(
        lambda: [c for c in calls_since(rig, begun, Direction.OUTBOUND) if c.ended_at], "the refusal to be written"
    )
    assert refused[0].outcome is Outcome.BLOCKED
