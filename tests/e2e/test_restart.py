"""Asterisk goes down and comes back, cleanly and not: what becomes of those who were on the line, and how soon the
phones at the desks ring again. The phones register, as real ones do."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from hotline.domain.callbacks.owed import CallbackReason
from hotline.domain.calls.call import Call, Outcome, PartyKind
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.floor.figures import CountsAs, counts_as
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from tests.support.rig import CARRIER, PHONES, SETTINGS, Rig, wait_until
from tests.support.tones import tone, write_wav

pytestmark = pytest.mark.e2e

_NUMBERS = count(1)

KEY_1 = ["call", "wait 1", "press 1"]


def restarted(rig: Rig) -> None:
    rig.console("core restart now")


def terminated(rig: Rig) -> None:
    rig.processes["pbx"].send_signal(signal.SIGTERM)
    rig.processes["pbx"].wait(20)
    rig.launch("pbx")


def killed(rig: Rig) -> None:
    rig.kill("pbx")
    rig.launch("pbx")


WAYS: list[Callable[[Rig], None]] = [restarted, terminated, killed]


class RegisteringRig(Rig):
    """Its phones have no fixed address."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        text = self.home.settings_file.read_text("utf-8")
        for extension in ("1001", "1002"):
            fixed = f'contact = "sip:{extension}@{PHONES}:{self.base + 80 + int(extension[-1])}"'
            assert fixed in text, SETTINGS
            text = text.replace(fixed, "")
        self.home.settings_file.write_text(text, "utf-8")

    def booted(self) -> str:
        """When the Asterisk that runs now was started."""
        return self.console("core show settings").partition("Startup time:")[2].partition("\n")[0].strip()

    def remembers(self) -> bool:
        """Asterisk writes its database once a second."""
        file = f"file:{self.home.asterisk}/db/astdb.sqlite3?mode=ro"
        with contextlib.closing(sqlite3.connect(file, uri=True)) as kept:
            keys = [key for (key,) in kept.execute("SELECT key FROM astdb")]
        return any("PersistentMembers" in key for key in keys) and any(key.startswith("/registrar") for key in keys)

    def here(self, extension: str) -> bool:
        phones = {phone["ObjectName"]: phone["DeviceState"] for phone in self.pbx.phones()}
        return phones[extension] == "Not in use"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegisteringRig]:
    rig = RegisteringRig(tmp_path_factory.mktemp("restart"))
    rig.prepare()
    # Long enough that somebody can be in it.
    write_wav(rig.home.site_greetings / "zh" / "greeting-main.wav", tone(2000, 20))
    rig.cli("greetings", "build")
    try:
        rig.start()
        yield rig
    finally:
        rig.stop()


@pytest.fixture
def rig(running: RegisteringRig, request: pytest.FixtureRequest) -> Iterator[RegisteringRig]:
    running.test = request.node.name
    running.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
    running.sign_in(["1001"])
    running.register("1001")
    yield running
    wait_until(running.asterisk_ready, "Asterisk to be ready")
    running.clear()


def calls(rig: Rig, since: datetime) -> dict[str, Call]:
    """By the caller's number."""
    with rig.hotline.storage.reading() as tx:
        found = CallStore(tx).search(CallFilter(since=since), limit=20).calls
    return {stored.call.caller.original: stored.call for stored in found}


@pytest.mark.parametrize("goes_down", WAYS)
def test_whoever_is_on_the_line_when_asterisk_goes_down_is_owed_a_callback(
    rig: RegisteringRig, goes_down: Callable[[Rig], None]
) -> None:
    """A9, A11: in the greeting, while a phone rings, while the duty mobile rings, at the voicemail: ended by us, which
    is no abandonment."""
    begun = datetime.now(UTC)
    # Nobody who is owed a callback already: theirs would keep its place, and take this call in.
    common = f"139{next(_NUMBERS):03}0000"
    rig.phone("1001", {"": ["ring 30 or cancel"]}, rig.base + 81)
    wait_until(lambda: rig.here("1001"), "the phone to be there")
    rig.phone("mobiles", {"": ["ring 30 or cancel"]}, rig.base + 70, CARRIER)
    places = {
        f"{common}1": ["call"],
        f"{common}2": KEY_1,
        f"{common}3": ["call", "wait 1", "press 2"],
        f"{common}4": ["call", "wait 1", "press 8"],
    }
    for offset, (number, steps) in enumerate(places.items()):
        rig.caller([*steps, "wait 60"], number, port=rig.base + 90 + offset, phone=number)

    def all_there() -> bool:
        now = calls(rig, begun)
        ringing = [ring for call in now.values() for ring in call.rings if ring.ended_at is None]
        return len(now) == len(places) and len(ringing) == 2 and bool(now[f"{common}4"].routes)

    wait_until(all_there, "a caller to be in each place")
    goes_down(rig)
    wait_until(rig.asterisk_ready, "Asterisk to be ready")
    wait_until(lambda: all(call.ended_at for call in calls(rig, begun).values()), "the calls to stand in the ledger")
    for number, call in calls(rig, begun).items():
        assert call.hang_up is not None and call.hang_up.by.kind is PartyKind.SYSTEM, number
        assert call.remarks in (("ended_by_system",), ("ended_by_restart",)), number
        # What was recorded until then is a message, if it is long enough to be one.
        message = call.outcome is Outcome.VOICEMAIL and number == f"{common}4"
        assert message or (call.outcome is Outcome.FAILED and counts_as(call) is CountsAs.FAILED), number
    with rig.hotline.storage.reading() as tx:
        owed: dict[str, CallbackReason] = {
            c.number: c.reason for c in CallbackStore(tx).list(limit=100) if c.queued_at >= begun
        }
    assert owed.pop(f"+86{common}4") in (CallbackReason.MISSED, CallbackReason.VOICEMAIL)
    assert owed == dict.fromkeys((f"+86{number}" for number in places if number[-1] != "4"), CallbackReason.MISSED)


@pytest.mark.parametrize("goes_down", WAYS)
def test_the_phones_at_the_desks_ring_as_soon_as_asterisk_is_back(
    rig: RegisteringRig, goes_down: Callable[[Rig], None]
) -> None:
    """A5: a caller of the first second is not sent to the duty mobile because no phone has been heard from yet."""
    rig.phone("1001", {"": ["ring 0.2", "answer", "wait 2.5", "hang up"]}, rig.base + 81)
    wait_until(lambda: rig.here("1001"), "the phone to be there")
    wait_until(rig.remembers, "who is signed in to stand on the disk")
    booted = rig.booted()
    goes_down(rig)
    wait_until(lambda: rig.asterisk_ready() and rig.booted() != booted, "Asterisk to be back")
    begun = datetime.now(UTC)
    # A caller whom nobody has had yet: others ring at their operator first (B7).
    number = f"1390000{WAYS.index(goes_down):04d}"
    caller = rig.caller([*KEY_1, "expect hangup"], number)
    assert caller.wait(30) == 0, caller.errors
    wait_until(lambda: (call := calls(rig, begun).get(number)) and call.ended_at, "the call to be over")
    call = calls(rig, begun)[number]
    state = rig.console("pjsip show contacts") + rig.console("queue show service")
    assert [stay.result for stay in call.queues] == ["answered"], f"{call}\n{state}"
    assert [talk.party.id for talk in call.talks] == ["1001"], call
    print("rung after", (call.rings[0].started_at - begun).total_seconds(), "s")


def test_a_desk_phone_that_was_unplugged_gives_its_caller_back(rig: RegisteringRig) -> None:
    """A5: it answers nothing and sends nothing; the caller is first in the queue."""
    begun = datetime.now(UTC)
    desk = rig.phone("1001", {"": ["ring 0.2", "answer", "tone 1000 60", "expect hangup"]}, rig.base + 81)
    wait_until(lambda: rig.here("1001"), "the phone to be there")
    rig.caller([*KEY_1, "wait 100", "hang up"], "13900000007")
    wait_until(lambda: (call := calls(rig, begun).get("13900000007")) and call.talks, "the phone to talk")
    at = datetime.now(UTC)
    desk.process.send_signal(signal.SIGSTOP)
    try:
        wait_until(lambda: "operator_lost" in calls(rig, begun)["13900000007"].remarks, "the phone to be missed", 80)
    finally:
        desk.process.send_signal(signal.SIGCONT)
    print("found after", round((datetime.now(UTC) - at).total_seconds()), "s")


def test_all_phones_are_gone_while_they_ring(rig: RegisteringRig) -> None:
    """A1: the only phone takes its registration back while it rings, and goes on ringing: the duty mobile at once."""
    begun = datetime.now(UTC)
    rig.phone("1001", {"": ["ring 30"]}, rig.base + 81)
    wait_until(lambda: rig.here("1001"), "the phone to be there")
    rig.phone(
        "mobiles", {"": ["ring 0.5", "answer", "wait 0.7", "press 1", "wait 2.5", "hang up"]}, rig.base + 70, CARRIER
    )
    caller = rig.caller([*KEY_1, "expect hangup"], "13900000006")
    wait_until(lambda: (call := calls(rig, begun).get("13900000006")) and call.rings, "the phone to ring")
    rig.register("1001", 0)
    assert caller.wait(30) == 0, caller.errors
    wait_until(lambda: calls(rig, begun)["13900000006"].ended_at, "the call to be over")
    call = calls(rig, begun)["13900000006"]
    assert [talk.party.kind for talk in call.talks] == [PartyKind.MOBILE] and call.queues[0].result == "empty"
    assert call.rings[0].ended_at is not None
    print("the mobile rung after", (call.rings[1].started_at - call.rings[0].ended_at).total_seconds(), "s")
