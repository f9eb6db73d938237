"""Every folder of tests/e2e/calls is a call through the real Asterisk: scenario.toml says what the phones do,
expected.toml what the ledger, the recordings and the callbacks say afterwards. Afterwards nothing is left behind."""

from __future__ import annotations

import os
import threading
import time
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.calls.call import Call, Direction
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.storage.alerts import AlertStore
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.calls.store import CallStore
from hotline.storage.outbox import Outbox
from tests.support.actions import Actions
from tests.support.capture import capture
from tests.support.expect import differences, tone_differences
from tests.support.rig import CARRIER, PHONES, Rig, wait_until
from tests.support.words import english

CASES = sorted(folder for folder in (Path(__file__).parent / "calls").iterdir() if folder.is_dir())

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_call(rig: Rig, folder: Path) -> None:
    caller = f"139{CASES.index(folder):08d}"
    scenario, expected = (
        tomllib.loads((folder / name).read_text("utf-8").replace("{caller}", caller))
        for name in ("scenario.toml", "expected.toml")
    )
    actions = Actions(rig)
    rig.test = folder.name
    rig.set_clock(datetime.fromisoformat(scenario["clock"]))
    for line in scenario.get("setup", []):
        rig.cli(*line.split())
    try:
        before = rig.resources()
        begun = datetime.now(UTC)
        play(rig, actions, scenario, bool(expected.get("phones_fail")))
        check(rig, folder, scenario, expected, begun)
        if "after" in expected:
            follow_up(rig, actions, scenario, expected["after"])
        nothing_left(rig, before)
    finally:
        actions.restore()
        rig.clear()
        for line in scenario.get("teardown", []):
            rig.cli(*line.split())


def play(rig: Rig, actions: Actions, scenario: dict, phones_fail: bool = False) -> None:
    """Have the phones do what the scenario says, and the actions at their seconds; every phone must be content."""
    rig.sign_in(scenario.get("operators", []))
    for action in scenario.get("before_call", []):
        actions.do(action)
    for extension, steps in scenario.get("phones", {}).items():
        more = {"again": scenario.get("again", {}).get(extension, ()), "once": extension in scenario.get("once", [])}
        rig.phone(extension, {"": steps}, rig.base + 80 + int(extension[-1]), **more)
    if scenario.get("mobiles"):
        rig.phone("mobiles", scenario["mobiles"], rig.base + 70, CARRIER)
    if scenario.get("earlier"):
        earlier(rig, scenario["earlier"])
    if scenario.get("before"):
        rig.caller(scenario["before"]["steps"], scenario["before"]["number"], port=rig.base + 91, phone="before")
        wait_until(
            lambda: (
                "in use" in rig.console("core show channels concise").lower()
                or rig.console("core show channels").count("PJSIP/1001") > 0
            ),
            "the operator to be busy",
        )
        time.sleep(1)  # their phone is answered: the next caller finds nobody free
    channels_before = rig.channels()
    caller = start_caller(rig, scenario["caller"])
    # A phone's process may take a second to begin where other tests run beside: the seconds count from the call on.
    arrived = lambda: rig.channels() > channels_before or caller.process.poll() is not None  # noqa: E731
    wait_until(arrived, "the call to arrive")
    timers = [threading.Timer(d["after"], actions.do, (d["do"], d.get("steps"))) for d in scenario.get("during", [])]
    for timer in timers:
        timer.start()
    code = caller.wait(90)
    for timer in timers:
        timer.join()
    for action in scenario.get("after_call", []):
        actions.do(action)
    actions.raise_failures()
    if not phones_fail:
        assert code == 0, f"the caller's phone: {caller.errors}"
        # A phone's last message may still be on its way when the caller's script is over.
        wait_until(lambda: rig.channels() == 0, "every channel to be gone", 40)
        problems = {phone.name: phone.errors for phone in rig.phones if phone.errors}
        assert not problems, problems


def earlier(rig: Rig, caller: dict) -> None:
    """A whole call before the one that is looked at, until it stands in the ledger."""
    begun = datetime.now(UTC)
    assert rig.caller(caller["steps"], caller["number"], phone="earlier", port=rig.base + 92).wait(60) == 0
    wait_until(lambda: any(s.call.ended_at for s in found(rig, begun)), "the earlier call to stand in the ledger")
    wait_until(lambda: rig.channels() == 0, "its channels to be gone")


def start_caller(rig: Rig, caller: dict):  # type: ignore[no-untyped-def]
    if caller.get("from") == "phone":
        password = rig.hotline.secrets.phone_password(caller["number"])
        return rig.caller(caller["steps"], caller["number"], service=caller["dials"], address=PHONES, password=password)
    name = caller.get("name", "").replace("{long}", "x" * 300)
    return rig.caller(
        caller["steps"], caller["number"], name=name, calls=caller.get("count", 1), headers=caller.get("headers", [])
    )


def found(rig: Rig, since: datetime) -> list[StoredCall]:
    """Calls that began since then, newest first, consultations between our phones left out."""
    wanted = CallFilter(since=since - timedelta(seconds=1), directions=(Direction.INBOUND, Direction.OUTBOUND))
    with rig.hotline.storage.reading() as tx:
        return list(CallStore(tx).search(wanted, limit=100).calls)


def check(rig: Rig, folder: Path, scenario: dict, expected: dict, begun: datetime) -> None:
    if "count" in expected:
        check_many(rig, expected, begun)
        return
    number = scenario["caller"]["number"]
    seen: dict[str, object] = {}

    def as_expected() -> bool:
        mine = [s for s in found(rig, begun) if (s.call.caller.original or s.call.caller.kept_back).endswith(number)]
        seen["rows"] = len(mine)
        if len(mine) != (2 if "earlier" in scenario else 1):
            return False
        seen["stored"], seen["differences"] = mine[0], all_differences(rig, mine[0], expected)
        return mine[0].call.ended_at is not None and not seen["differences"]

    try:
        wait_until(as_expected, "the ledger to say what is expected", 15)
    except AssertionError as error:
        raise AssertionError(f"{error}: {seen.get('rows')} row(s); {seen.get('differences')}") from None
    stored = seen["stored"]
    assert isinstance(stored, StoredCall)
    if os.environ.get("HOTLINE_CAPTURE"):
        capture(rig.home.cel_database, rig, folder.name, stored.call)


def all_differences(rig: Rig, stored: StoredCall, expected: dict) -> list[str]:
    found = differences(stored.call, expected.get("call", {}))
    if "caller_name_has" in expected and expected["caller_name_has"] not in stored.call.caller.name:
        found.append(f"caller's name: {stored.call.caller.name!r}")
    with rig.hotline.storage.reading() as tx:
        alerts = {f"{alert.kind} {alert.object}" for alert in AlertStore(tx).open()}
    found += [f"no alert {alert!r}" for alert in expected.get("alerts", []) if alert not in alerts]
    if not told_to_the_browsers(rig, stored.call):
        found.append("no outbox entry says that the call has ended")
    if "callback" in expected:
        found += callback_differences(rig, stored.call, expected["callback"])
    state = expected.get("recording_state", "ready")
    for entry in stored.recordings:
        if entry.state != state or expected.get("recording_problem", "") not in english(entry.problem):
            found.append(f"recording {entry.source_file}: {entry.state} {entry.problem}, expected {state}")
        elif state == "ready" and entry.kept_at is None:
            found.append(f"recording {entry.source_file} is not kept yet")
        elif entry.kind in expected.get("sound", {}):
            found += tone_differences(rig.home.recordings / entry.path, expected["sound"][entry.kind])
    for kind in expected.get("sound", {}):
        if kind not in {entry.kind for entry in stored.recordings}:
            found.append(f"no {kind} recording in the store")
    return found


def told_to_the_browsers(rig: Rig, call: Call) -> bool:
    with rig.hotline.storage.reading() as tx:
        entries = Outbox(tx).after(0, 100_000)
    return any(e.payload.get("linkedid") == call.linkedid and e.payload.get("state") == "ended" for e in entries)


def callback_differences(rig: Rig, call: Call, reason: str) -> list[str]:
    with rig.hotline.storage.reading() as tx:
        owed = OwedCallStore(tx).of_call(call.node, call.linkedid)
    said = str(owed[0].reason) if owed else ""
    return [] if said == reason else [f"callback: expected {reason!r}, got {said!r}"]


def check_many(rig: Rig, expected: dict, begun: datetime) -> None:
    def outcomes() -> Counter[str]:
        return Counter(str(s.call.outcome) for s in found(rig, begun))

    wait_until(lambda: outcomes() == expected["outcomes"], f"{expected['outcomes']}, got {outcomes()}", 20)
    ready = [r for s in found(rig, begun) for r in s.recordings]
    assert len(ready) == expected["count"]
    wait_until(lambda: all(r.state == "ready" for s in found(rig, begun) for r in s.recordings), "all recordings", 20)


def follow_up(rig: Rig, actions: Actions, scenario: dict, after: dict) -> None:
    """A second call, for what must work again."""
    rig.stop_phones()
    rig.test += "-after"
    begun = datetime.now(UTC)
    again = {
        "caller": {"number": after["number"], "steps": after["steps"]},
        "mobiles": after.get("mobiles", {}),
        "operators": scenario.get("operators", []),
    }
    play(rig, actions, again)
    wait_until(lambda: [str(s.call.outcome) for s in found(rig, begun)] == [after["outcome"]], "the call after it")


#: So many files a process has once its pool of connections is open; one that has just begun has fewer.
POOL_FILES = 16


def nothing_left(rig: Rig, before: dict[int, tuple[int, int]]) -> None:
    """Channels, threads and files as before (within what a pool keeps open); a restarted process is not compared."""
    rig.clear()

    def grown() -> dict[int, object]:
        now = rig.resources()
        return {
            pid: (before[pid], now[pid])
            for pid in before
            if pid in now and (now[pid][0] > before[pid][0] + 2 or now[pid][1] > max(before[pid][1] + 4, POOL_FILES))
        }

    wait_until(lambda: not grown(), f"threads and files to be as before: {grown()}", 15)
