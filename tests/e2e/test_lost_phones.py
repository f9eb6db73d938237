"""Phones that are gone without a goodbye are found, and only they: by the shortest session that there is, which is why
this takes its time (docs/decisions/0016 has the figures). SIPp, stopped by a signal, answers and sends nothing any more
and its machine refuses nothing: a network that was unplugged."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.domain.calls.call import Call, Outcome
from hotline.domain.calls.ledger import CallFilter
from hotline.storage.calls.store import CallStore
from tests.support.rig import CARRIER, Rig, wait_until
from tests.support.sipp import Phone

#: The one session that cannot be shortened takes most of what a test has by default, and a busy machine the rest.
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

#: Seconds: a session of 90 s is renewed after 45, given up when nothing has answered for 32 more, and has ended when
#: nothing has answered that for as long again.
FOUND_WITHIN = 140.0
#: Longer than everything the test waits for: whoever hung up before has not been left by the hotline.
STAYS = "wait 220"

KEY_1 = ["call", "wait 1", "press 1"]
KEY_2 = ["call", "wait 1", "press 2"]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path, "[lost]\ntrunk_session_seconds = 90\n")
    rig.prepare()
    try:
        rig.start()
        rig.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
        yield rig
    finally:
        for phone in rig.phones:
            if phone.process.poll() is None:
                phone.process.send_signal(signal.SIGCONT)
        rig.stop()


def calls(rig: Rig) -> dict[str, Call]:
    """By the caller's number."""
    with rig.hotline.storage.reading() as tx:
        return {
            stored.call.caller.original: stored.call for stored in CallStore(tx).search(CallFilter(), limit=20).calls
        }


def talking(rig: Rig, number: str, with_whom: str) -> bool:
    call = calls(rig).get(number)
    return call is not None and any(t.ended_at is None and t.party.id == with_whom for t in call.talks)


def unplug(phone: Phone) -> None:
    os.kill(phone.process.pid, signal.SIGSTOP)


def test_a_caller_a_desk_phone_and_a_duty_mobile_that_are_gone(rig: Rig) -> None:
    """A5, A9: the caller whose operator's phone is gone goes back to the queue and is served by another; of callers and
    mobiles that are gone nothing is left."""
    desk = rig.phone("1001", {"": ["ring 0.2", "answer", "expect hangup"]}, rig.base + 81)
    rig.phone("1002", {"": ["ring 0.2 or cancel", "answer", "tone 1500 10", "expect hangup"]}, rig.base + 82)
    mobile = rig.phone(
        "mobiles", {"13800000001": ["answer", "wait 0.7", "press 1", "expect hangup"]}, rig.base + 70, CARRIER
    )
    rig.caller([*KEY_2, STAYS], "13900000001", port=rig.base + 90, phone="of-mobile")
    wait_until(lambda: talking(rig, "13900000001", "13800000001"), "the mobile to talk")
    rig.sign_in(["1001"])
    served = rig.caller([*KEY_1, STAYS, "hang up"], "13900000002", port=rig.base + 91, phone="served")
    wait_until(lambda: talking(rig, "13900000002", "1001"), "the desk phone to talk")
    gone = rig.caller([*KEY_1, STAYS], "13900000003", port=rig.base + 92, phone="gone")
    wait_until(lambda: "13900000003" in calls(rig) and calls(rig)["13900000003"].queues, "a caller to wait")
    at = datetime.now(UTC)
    for phone in (desk, mobile, gone):
        unplug(phone)
    found: dict[str, float] = {}

    def seen(what: str, true: bool) -> None:
        if true:
            found.setdefault(what, (datetime.now(UTC) - at).total_seconds())

    def all_found() -> bool:
        now = calls(rig)
        seen("desk phone", "operator_lost" in now["13900000002"].remarks)
        seen("caller in the queue", now["13900000003"].ended_at is not None)
        seen("duty mobile", now["13900000001"].ended_at is not None)
        return len(found) == 3

    wait_until(all_found, "all three to be found", FOUND_WITHIN)
    print("found after", {what: round(seconds) for what, seconds in found.items()})
    rig.sign_in(["1002"])
    wait_until(lambda: talking(rig, "13900000002", "1002"), "the caller to be served by another")
    ended = calls(rig)
    assert (ended["13900000001"].outcome, ended["13900000003"].outcome) == (
        Outcome.FORWARDED_ANSWERED,
        Outcome.ABANDONED_QUEUE,
    )
    assert served.process.poll() is None, served.errors
