"""What is shown of operators and what Asterisk's queues say are one, through calls, crashes and closed consoles; and a
caller is not lost with the phone of who talks with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.operators.presence import ShownState, Via, shown_reason, shown_state
from hotline.domain.time import system_clock
from hotline.services.operators import call_control, presence
from hotline.services.operators.presence import OperatorView
from hotline.storage.calls.store import CallStore
from hotline.storage.operators.store import PresenceStore
from tests.support.actions import Actions
from tests.support.rig import Rig, wait_until
from tests.support.shortened import sip_times

pytestmark = pytest.mark.e2e

SETTINGS = """
[console]
wrap_up_seconds = 4
grace_seconds = 5
"""

CALLER = ["call", "wait 0.8", "press 1", "tone 440 60"]
PHONE = ["ring 0.5", "answer", "tone 1000 60"]


class Floor:
    """The rig, as operators and supervisors see it."""

    def __init__(self, rig: Rig) -> None:
        self.rig, self.hotline = rig, rig.hotline

    def view(self, extension: str = "1001") -> OperatorView:
        with self.hotline.storage.reading() as tx:
            return presence.operator_view(tx, self.hotline.settings, extension)

    def in_asterisk(self, extension: str = "1001") -> tuple[bool, bool, str]:
        """(signed in, paused, reason)"""
        own = [m for m in self.rig.pbx.queue_members() if m["Location"] == f"PJSIP/{extension}"]
        paused = bool(own) and all(member["Paused"] == "1" for member in own)
        return bool(own), paused, own[0]["PausedReason"] if paused else ""

    def shows(self, state: ShownState, extension: str = "1001", seconds: float = 10) -> None:
        try:
            wait_until(lambda: self.view(extension).state is state, f"{extension} to be shown {state}", seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.view(extension)}, {self.in_asterisk(extension)}") from None

    def agrees(self, extension: str = "1001") -> None:
        """What is kept and what Asterisk says are the same."""

        def kept() -> tuple[bool, bool, str]:
            with self.hotline.storage.reading() as tx:
                row = PresenceStore(tx).get(extension)
            return (bool(row.queues), row.paused, row.reason) if row else (False, False, "")

        try:
            wait_until(lambda: kept() == self.in_asterisk(extension), f"the two sides to agree on {extension}")
        except AssertionError as error:
            raise AssertionError(f"{error}: {kept()}, {self.in_asterisk(extension)}") from None

    def ready(self, extension: str = "1001", via: Via = Via.PHONE) -> None:
        presence.become_ready(self.hotline.storage, self.hotline.settings, self.rig.pbx, extension, via, system_clock())
        self.shows(ShownState.READY, extension)

    def pause(self, extension: str, reason: str) -> None:
        presence.pause(
            self.hotline.storage, self.hotline.settings, self.rig.pbx, extension, reason, Via.PHONE, system_clock()
        )

    def offline(self, extension: str) -> None:
        presence.go_offline(self.hotline.storage, self.hotline.settings, self.rig.pbx, extension)

    def calls(self, since: datetime) -> list[Call]:
        with self.hotline.storage.reading() as tx:
            return [stored.call for stored in CallStore(tx).search(CallFilter(since=since), limit=20).calls]

    def rings_at(self, extension: str) -> bool:
        return any(c["Channel"].startswith(f"PJSIP/{extension}-") for c in self.rig.pbx.channels())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    rig = Rig(tmp_path_factory.mktemp("presence"), SETTINGS)
    rig.prepare()
    try:
        rig.start("pbx", "ivr", "listener")
        rig.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
        yield rig
    finally:
        rig.stop()


@pytest.fixture
def floor(running: Rig, request: pytest.FixtureRequest) -> Iterator[Floor]:
    running.test = Path(request.node.name).name
    floor = Floor(running)
    yield floor
    running.clear()
    for name, process in list(running.processes.items()):
        if process.poll() is not None:
            running.restart(name)
    for extension in ("1001", "1002"):
        floor.offline(extension)
        floor.shows(ShownState.OFFLINE, extension)


def test_wherever_an_operator_signs_in_or_pauses_it_is_shown_alike(floor: Floor) -> None:
    floor.rig.cli("operators", "sign-in", "1001")
    floor.shows(ShownState.READY)
    wait_until(lambda: [queue.id for queue in floor.view().queues] == ["sales", "service"], "both queues")
    assert floor.view().via == "phone"
    floor.pause("1001", "meal")
    floor.shows(ShownState.PAUSED)
    assert floor.view().reason_shown == "用餐" and floor.in_asterisk() == (True, True, "meal")
    floor.rig.cli("operators", "resume", "1001")
    floor.shows(ShownState.READY)
    floor.rig.cli("operators", "sign-out", "1001")
    floor.shows(ShownState.OFFLINE)


def test_a_call_and_the_wrap_up_after_it(floor: Floor) -> None:
    floor.ready()
    floor.rig.phone("1001", {"": [*PHONE, "expect hangup"]}, floor.rig.base + 81)
    caller = floor.rig.caller([*CALLER, "wait 3", "hang up"], "13900000001")
    floor.shows(ShownState.RINGING)
    floor.shows(ShownState.TALKING)
    wait_until(lambda: floor.in_asterisk() == (True, True, "wrap-up"), "the pause that keeps the next call away")
    second = floor.rig.caller([*CALLER, "wait 20", "hang up"], "13900000002", port=floor.rig.base + 91, phone="second")
    assert caller.wait(20) == 0
    floor.shows(ShownState.WRAP_UP)
    assert floor.view().wrap_up_until is not None
    assert not floor.rings_at("1001"), "a call waits, and is not offered before the wrap-up is over"
    assert presence.finish_wrap_up(floor.hotline.storage, floor.rig.pbx, "1001"), "the form is done"
    floor.shows(ShownState.TALKING)
    second.stop()


def test_whoever_dials_a_colleague_is_busy_and_gets_no_call(floor: Floor) -> None:
    """Nobody is ready whose phone is in use, whatever for."""
    floor.ready()
    floor.rig.phone("1002", {"": ["ring until cancel"]}, floor.rig.base + 82)
    floor.rig.phone("1001", {"": [*PHONE, "expect hangup"]}, floor.rig.base + 81)
    colleague = Actions(floor.rig).dial("1002", "1001", ["call", "wait 30"])
    floor.shows(ShownState.BUSY)
    floor.shows(ShownState.RINGING, "1002")
    begun = system_clock()
    caller = floor.rig.caller([*CALLER, "expect hangup"], "13900000031")
    wait_until(lambda: any(call.queues for call in floor.calls(begun)), "the caller to wait")
    floor.rig.console(
        "channel request hangup "
        + next(c["Channel"] for c in floor.rig.pbx.channels() if c["Channel"].startswith("PJSIP/1001-"))
    )
    floor.shows(ShownState.TALKING)
    (call,) = (call for call in floor.calls(begun) if call.queues)
    assert [ring.party.id for ring in call.rings] == ["1001"] and call.rings[0].started_at > call.queues[0].joined_at
    for phone in (caller, colleague):
        phone.stop()


def test_the_wrap_up_ends_by_itself(floor: Floor) -> None:
    floor.ready()
    # Longer than what counts as picked up and dropped.
    floor.rig.phone("1001", {"": [*PHONE, "wait 2.5", "hang up"]}, floor.rig.base + 81)
    assert floor.rig.caller([*CALLER, "expect hangup"], "13900000003").wait(20) == 0
    floor.shows(ShownState.WRAP_UP)
    floor.shows(ShownState.READY)
    floor.agrees()


def test_who_was_paused_otherwise_is_so_after_a_transferred_call(floor: Floor) -> None:
    floor.ready("1001")
    floor.pause("1002", "meal")
    floor.rig.phone("1001", {"": [*PHONE, "expect hangup"]}, floor.rig.base + 81)
    floor.rig.phone("1002", {"": [*PHONE, "expect hangup"]}, floor.rig.base + 82)
    caller = floor.rig.caller([*CALLER, "wait 4", "hang up"], "13900000004")
    floor.shows(ShownState.TALKING)
    linkedid = floor.view().call.linkedid  # type: ignore[union-attr]
    floor.rig.pbx.blind_transfer(call_control.channel_of(floor.rig.pbx, linkedid, "1001"), "1002", "hl-transfer")
    floor.shows(ShownState.TALKING, "1002")
    assert floor.in_asterisk("1002") == (True, True, "meal")
    assert caller.wait(20) == 0
    floor.shows(ShownState.PAUSED, "1002")
    assert floor.view("1002").reason == "meal"


def test_a_closed_console_is_signed_out_after_the_grace_time(floor: Floor) -> None:
    floor.ready(via=Via.CONSOLE)
    presence.seen(floor.hotline.storage, floor.hotline.settings, "1001", system_clock())
    floor.shows(ShownState.OFFLINE, seconds=15)
    assert floor.in_asterisk() == (False, False, "")


def test_after_a_crash_of_the_listener_both_sides_agree(floor: Floor) -> None:
    floor.ready("1001")
    floor.pause("1002", "rest")
    floor.shows(ShownState.PAUSED, "1002")
    floor.rig.kill("listener")
    floor.pause("1001", "meal")
    floor.offline("1002")
    floor.rig.restart("listener")
    floor.shows(ShownState.PAUSED, "1001")
    floor.shows(ShownState.OFFLINE, "1002")
    for extension in ("1001", "1002"):
        floor.agrees(extension)


def test_after_a_crash_of_asterisk_in_mid_call_both_sides_agree(floor: Floor) -> None:
    """Who was paused is not offered calls by it, even if Asterisk had no time to write the pause down."""
    floor.ready("1001")
    floor.ready("1002")
    floor.rig.phone("1001", {"": PHONE}, floor.rig.base + 81)
    floor.rig.caller([*CALLER, "wait 60"], "13900000005")
    floor.shows(ShownState.TALKING, "1001")
    wait_until(lambda: floor.in_asterisk()[1], "the pause for the wrap-up")
    floor.pause("1002", "meal")
    floor.shows(ShownState.PAUSED, "1002")
    floor.rig.kill("pbx")
    floor.rig.stop_phones()
    floor.rig.restart("pbx")
    floor.shows(ShownState.PAUSED, "1002")
    floor.agrees("1002")
    wait_until(lambda: floor.view("1001").call is None, "the lost call to be shown as over")
    floor.agrees("1001")


def test_a_phone_that_falls_silent_loses_no_caller(floor: Floor) -> None:
    """A browser that crashed: Asterisk ends its leg by rtp_timeout, and the caller is served by the next operator."""
    begun = datetime.now(UTC)
    with sip_times(floor.rig, "1001", "endpoint", rtp_timeout=2):
        floor.ready("1001")
        floor.rig.phone("1001", {"": ["ring 0.2", "answer", "expect hangup"]}, floor.rig.base + 81)
        floor.rig.phone("1002", {"": [*PHONE, "expect hangup"]}, floor.rig.base + 82)
        caller = floor.rig.caller([*CALLER, "wait 9", "hang up"], "13900000006")
        floor.shows(ShownState.TALKING, "1001")
        floor.ready("1002")
        floor.shows(ShownState.TALKING, "1002")
        assert caller.wait(30) == 0
    wait_until(lambda: all(call.ended_at for call in floor.calls(begun)), "the call to be over")
    call = floor.calls(begun)[0]
    assert [talk.party.id for talk in call.talks] == ["1001", "1002"]
    assert "operator_lost" in call.remarks and call.routes[-1].reason == "operator_lost"


def test_who_does_not_come_back_loses_no_caller(floor: Floor) -> None:
    """The page was loaded anew, but the phone does not answer: back to the queue, before all others."""
    begun = datetime.now(UTC)
    floor.ready("1001")
    first = floor.rig.phone("1001", {"": [*PHONE, "expect hangup"]}, floor.rig.base + 81)
    floor.rig.phone("1002", {"": [*PHONE, "wait 2.5", "hang up"]}, floor.rig.base + 82)
    caller = floor.rig.caller([*CALLER, "expect hangup"], "13900000007")
    floor.shows(ShownState.TALKING, "1001")
    floor.ready("1002")
    linkedid = floor.view().call.linkedid  # type: ignore[union-attr]
    first.process.kill()
    call_control.rejoin(floor.rig.pbx, linkedid, "1001")
    floor.shows(ShownState.TALKING, "1002", 40)
    assert caller.wait(20) == 0, caller.errors
    wait_until(lambda: all(call.ended_at for call in floor.calls(begun)), "the call to be over")
    assert {"rejoined", "operator_lost"} <= set(floor.calls(begun)[0].remarks)


def test_every_change_stands_in_the_history(floor: Floor) -> None:
    begun = system_clock()
    floor.ready()
    floor.pause("1001", "meal")
    floor.shows(ShownState.PAUSED)
    with floor.hotline.storage.reading() as tx:
        changes = PresenceStore(tx).changes(begun, system_clock(), "1001")
        row = PresenceStore(tx).get("1001")
    assert [(change.state, change.reason) for change in changes][-2:] == [("ready", ""), ("paused", "meal")]
    assert row is not None and (shown_state(row), shown_reason(row)) == (ShownState.PAUSED, "meal")
