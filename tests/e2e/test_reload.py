"""Operators come and go while calls are talked: Asterisk reads its files anew, and no call, and nobody who is signed
in, is lost by it (docs/decisions/0028)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotline.asterisk.files import AsteriskFiles
from hotline.domain.calls.call import Outcome
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.domain.people import Actor, Role
from hotline.services.exchange import Exchange
from hotline.services.hiring.hiring import NewOperator, hire
from hotline.services.hiring.leaving import leave
from hotline.services.pbx import PbxPart
from hotline.services.pbx_files import Applied, apply
from hotline.settings import load_settings
from hotline.storage.calls.store import CallStore
from tests.support.rig import Rig, wait_until
from tests.support.tones import length, seconds_of_tone

pytestmark = pytest.mark.e2e

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
KEY_1 = ("call", "wait 0.8", "press 1")
CALLER_PITCH, OPERATOR_PITCH = 440, 880
NEW = '[operators.1003]\nname = "孙丽"\nqueues = ["service"]\n'


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    rig.prepare()
    try:
        rig.start()
        rig.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
        yield rig
    finally:
        rig.stop()


def applied(rig: Rig, text: str) -> Applied:
    """These settings come into force."""
    rig.home.settings_file.write_text(text, "utf-8")
    return apply(
        AsteriskFiles(rig.home, rig.hotline.secrets), rig.pbx, lambda: load_settings(rig.home, rig.environment)
    )


def members(rig: Rig) -> set[tuple[str, str, str]]:
    return {(each["Queue"], each["Location"], each["PausedReason"]) for each in rig.pbx.queue_members()}


def phones(rig: Rig) -> dict[str, str]:
    return {each["ObjectName"]: each["DeviceState"] for each in rig.pbx.phones()}


def started(rig: Rig) -> str:
    return rig.console("dialplan show globals").partition("HL_STARTED=")[2].split()[0]


def talking(rig: Rig) -> int:
    return len([each for each in rig.pbx.channels() if each.get("BridgeId")])


def recorded(rig: Rig, number: str) -> tuple[StoredCall, Path]:
    def found() -> tuple[StoredCall, Path] | None:
        with rig.hotline.storage.reading() as tx:
            page = CallStore(tx).search(CallFilter(since=datetime.now(UTC) - timedelta(minutes=5)), limit=20)
        for stored in page.calls:
            kept = [entry for entry in stored.recordings if entry.kept_at is not None]
            if stored.call.caller.original == number and kept:
                return stored, rig.home.recordings / kept[0].path
        return None

    return wait_until(found, f"the recording of {number}")  # type: ignore[return-value]


def test_a_talk_a_waiting_caller_and_who_is_signed_in_live_through_it(rig: Rig) -> None:
    before = rig.home.settings_file.read_text("utf-8")
    start = started(rig)
    talk = ("ring 0.3", "answer", f"tone {OPERATOR_PITCH} 60", "wait 9", "hang up")
    desk = rig.phone("1001", {"": talk}, rig.base + 81, once=True)
    rig.phone("1002", {"": ("ring 0.2", "answer", "expect hangup")}, rig.base + 82)
    rig.sign_in(["1001"])
    first = rig.caller((*KEY_1, f"tone {CALLER_PITCH} 60", "expect hangup"), "13900000001", phone="first")
    wait_until(lambda: talking(rig) == 2, "the talk")
    second = rig.caller((*KEY_1, "wait 14", "hang up"), "13900000002", port=rig.base + 91, phone="second")
    wait_until(lambda: rig.channels() == 3, "a caller to wait")

    rig.pbx.queue_pause("1001", True, "meal")
    before = before.replace("callback_offer_seconds = 5", "callback_offer_seconds = 55")
    before = before.replace("[duty]\nring_seconds = 3", "[duty]\nring_seconds = 4")
    hired = applied(rig, before + NEW)
    assert hired.waits is None and hired.parts == set(PbxPart)
    wait_until(lambda: "1003" in phones(rig), "the new phone to be known")
    assert "1003" in rig.console("dialplan show hl-operators")
    assert started(rig) == start, "it is no start: nobody is kept waiting for phones to come back"
    assert members(rig) == {("service", "PJSIP/1001", "meal")}
    assert (talking(rig), rig.channels()) == (2, 3)

    # Whoever talks leaves: the talk goes on.
    left = re.sub(r"\[operators\.1001\]\n(?:\w+ = .*\n)*", "", before + NEW)
    assert applied(rig, left).waits is None
    wait_until(lambda: "1001" not in phones(rig), "the phone to be unknown")
    assert (talking(rig), rig.channels()) == (2, 3)
    rig.pbx.queue_remove("service", "1001")
    rig.pbx.queue_add("service", "1002", "钱伟")
    wait_until(lambda: talking(rig) == 4, "the other caller to be served")

    assert desk.wait(30) == 0, desk.errors
    assert first.wait(20) == 0, first.errors
    assert second.wait(30) == 0, second.errors
    stored, sound = recorded(rig, "13900000001")
    assert stored.call.outcome is Outcome.ANSWERED
    said = sum((each.ended_at - each.started_at).total_seconds() for each in stored.call.talks if each.ended_at)
    assert said > 8
    heard = seconds_of_tone(sound, 0, CALLER_PITCH), seconds_of_tone(sound, 1, OPERATOR_PITCH)
    print(f"talked {said:.1f} s; heard of the caller {heard[0]:.1f} s, of the operator {heard[1]:.1f} s")
    assert heard[0] > length(sound) - 1.5
    assert heard[1] > said - 1


def test_whoever_leaves_in_a_call_talks_to_its_end(rig: Rig) -> None:
    """业务电话 12: no other call comes; when it is over the jobs take phone and extension away."""
    exchange = Exchange(rig.hotline.in_force, rig.hotline.secrets, rig.pbx, rig.hotline.pbx_files)
    new = NewOperator("孙丽", "sunli", (Role.OPERATOR,), "1003", "sip", ("service",))
    assert hire(exchange, ADMIN, new, rig.now()).applied.waits is None
    # Whoever takes over the record of the call that goes on.
    other = NewOperator("周强", "zhouqiang", (Role.OPERATOR,), "1004", "sip", ("service",))
    hire(exchange, ADMIN, other, rig.now())
    rig.launch("jobs")
    rig.register("1003")
    talk = ("ring 0.3", "answer", f"tone {OPERATOR_PITCH} 60", "wait 9", "hang up")
    rig.phone("1003", {"": talk}, rig.base + 83)
    wait_until(lambda: phones(rig).get("1003") == "Not in use", "the phone to be there")
    rig.sign_in(["1003"])
    caller = rig.caller((*KEY_1, f"tone {CALLER_PITCH} 60", "expect hangup"), "13900000003")
    wait_until(lambda: talking(rig) == 2, "the talk")
    assert not leave(exchange, ADMIN, "1003", "zhouqiang", None, rig.now()).done
    assert members(rig) == set() and "1003" in phones(rig)
    assert caller.wait(50) == 0, caller.errors
    wait_until(lambda: "1003" not in phones(rig), "the phone to be unknown", 40)
    assert "1003" not in rig.console("dialplan show hl-operators")
    stored, sound = recorded(rig, "13900000003")
    assert [(each.party.id, each.party.name) for each in stored.call.talks] == [("1003", "孙丽")]
    assert seconds_of_tone(sound, 1, OPERATOR_PITCH) > 7
