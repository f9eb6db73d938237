"""A hundred changes of settings while calls go on: none of them loses a call, breaks off a talk or leads a caller
wrong. A queue is taken away ten times, with callers in it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.calls.call import Outcome
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import PbxError
from hotline.domain.people import Actor, Role
from hotline.domain.settings.change import REMOVED
from hotline.services.settings.settings import change_settings
from tests.e2e.test_calls import found
from tests.support.console_rig import ALWAYS_OPEN
from tests.support.rig import Rig, wait_until
from tests.support.sipp import Phone
from tests.support.tones import seconds_of_tone

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

ADMIN = Actor("chef", (Role.ADMINISTRATOR,), "管理员")
TALKERS = {"13900001001": "1001", "13900001002": "1002"}
ROUNDS = 10
#: As in the rig's settings.
KEYS = {"1": {"to": "queue:service", "subject": "产品咨询"}, "2": "queue:sales", "8": "voicemail", "0": "operator"}
#: Longer than all the changes take; whoever talks leaves when they are made.
LONG = 400


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path, ALWAYS_OPEN)
    rig.prepare()
    try:
        rig.start("pbx", "ivr", "listener", "worker", "jobs")
        yield rig
    finally:
        rig.stop()


def changes(turn: int) -> list[Mapping[str, Any]]:
    """Ten of different kinds; from turn to turn other values."""
    odd = bool(turn % 2)
    return [
        {f"queues.gifts{turn}": {"name": "赠品"}, "menus.main.keys": {**KEYS, "4": f"queue:gifts{turn}"}},
        {"hours.wed": ["00:00-12:00", "12:00-24:00"] if odd else ["00:00-24:00"]},
        {"queues.service.ring_seconds": 20 + turn},
        {"queues.sales.strategy": "leastrecent" if odd else "rrmemory"},
        {f"operators.20{turn:02}": {"name": f"新人{turn}"}},
        {"rules.hold_prompt.every_seconds": 3 if odd else 2},
        {"duty.ring_seconds": 4 if odd else 3, "voicemail.max_seconds": 21 + turn},
        {"site.company": f"测试公司{turn}"},
        {f"operators.20{turn:02}": REMOVED},
        {f"queues.gifts{turn}": REMOVED, "menus.main.keys": KEYS},
    ]


class Callers:
    """Who calls while settings change, each from a port and with a number of their own."""

    def __init__(self, rig: Rig) -> None:
        self._rig, self._next = rig, 0

    def call(self, number: str, *steps: str) -> Phone:
        self._next += 1
        port = self._rig.base + 90 + self._next
        phone = f"caller{self._next}"
        return self._rig.caller(["call", *steps], number, port=port, phone=phone, patience=LONG)


def test_a_hundred_changes_lose_no_call_and_lead_nobody_wrong(rig: Rig) -> None:
    begun = datetime.now(UTC)
    rig.sign_in(["1001", "1002"])
    for extension, port in (("1001", rig.base + 81), ("1002", rig.base + 82)):
        rig.phone(extension, {"": ("ring 0.3", "answer", f"tone 1000 {LONG}", "expect hangup")}, port, patience=LONG)
    callers = Callers(rig)
    talks = []
    for number in TALKERS:
        talks.append(callers.call(number, "wait 0.8", "press 1", f"tone 440 {LONG}", f"wait {LONG}", "hang up"))
        wait_until(lambda: talking(rig) == len(talks), "the talk")

    short: dict[str, Phone] = {}
    for turn in range(ROUNDS):
        queue = f"gifts{turn}"
        for step, change in enumerate(changes(turn)):
            change_settings(rig.hotline.in_force, ADMIN, change, datetime.now(UTC), reason="按公司要求")
            if step == 0:
                wait_until(partial(has_a_member, rig, queue), "the queue to be in Asterisk", 20)
                wait_until(partial(leads_to, rig, "4", queue), "the key to lead there", 20)
                number = f"1390000{turn:02}04"
                short[number] = callers.call(number, "wait 0.8", "press 4", "wait 20", "hang up")
                wait_until(partial(waits_in, rig, number, queue), f"{number} to be in the queue", 20)
            if step == 4:
                number = f"1390000{turn:02}08"
                short[number] = callers.call(number, "wait 0.8", "press 8", "tone 700 3", "wait 5", "hang up")
            time.sleep(0.2)
        wait_until(partial(no_file_names, rig, f"[{queue}]"), "the queue to be out of Asterisk's files", 20)
        assert talking(rig) == len(TALKERS), f"a talk broke off in round {turn + 1}"

    lost = {number: phone.errors for number, phone in short.items() if phone.wait(60) != 0}
    assert lost == {}
    assert all(phone.process.poll() is None for phone in talks), "a talk broke off"
    rig.console("channel request hangup all")

    def ended() -> dict[str, StoredCall] | None:
        calls = {str(each.call.caller.original): each for each in found(rig, begun)}
        whole = len(calls) == len(TALKERS) + len(short) and all(each.call.ended_at for each in calls.values())
        kept = all(all(r.kept_at for r in calls[number].recordings) for number in TALKERS) if whole else False
        return calls if kept else None

    calls = wait_until(ended, "every call to be in the ledger, and the talks' recordings kept", 60)
    assert calls is not None
    for number, stored in calls.items():
        call = stored.call
        if number in TALKERS:
            assert call.outcome is Outcome.ANSWERED
            [talk] = call.talks
            assert talk.party.id in TALKERS.values() and talk.ended_at is not None
            [recording] = [each for each in stored.recordings if each.kind == "talk"]
            path = rig.home.recordings / recording.path
            for channel, hertz in ((0, 440), (1, 1000)):
                whole_talk = (talk.ended_at - talk.started_at).total_seconds()
                assert seconds_of_tone(path, channel, hertz) > whole_talk - 2, "the talk has holes"
        elif number.endswith("04"):
            assert call.outcome in (Outcome.ABANDONED_QUEUE, Outcome.NO_ANSWER), number
        else:
            assert call.outcome is Outcome.VOICEMAIL, number


def talking(rig: Rig) -> int:
    """Operators' phones that are in a talk now."""
    return sum(
        "Up" in line and any(f"PJSIP/{extension}-" in line for extension in TALKERS.values())
        for line in rig.console("core show channels").splitlines()
    )


def has_a_member(rig: Rig, queue: str) -> bool:
    """Nobody waits in a queue without one."""
    with suppress(PbxError):
        rig.pbx.queue_add(queue, "1001", "赵敏")
        return True
    return False


def leads_to(rig: Rig, key: str, queue: str) -> bool:
    """In the IVR's own process it is in force within the same seconds; this one knows by the same way."""
    target = rig.hotline.in_force().menus["main"].keys.get(key)
    return target is not None and target.to == f"queue:{queue}"


def waits_in(rig: Rig, number: str, queue: str) -> bool:
    lines = rig.console("core show channels concise").splitlines()
    return any(number in line.split("!") and f"!Queue!{queue}," in line for line in lines)


def no_file_names(rig: Rig, section: str) -> bool:
    return all(section not in file.read_text("utf-8") for file in (rig.home.asterisk / "etc").glob("queues*.conf"))
