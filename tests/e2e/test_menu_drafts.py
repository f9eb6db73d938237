"""A1: a menu is drafted, tried by calls of Asterisk itself, and put in force while a caller is in the old one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.bootstrap.web import make_walker
from hotline.domain.calls.call import Direction
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.menus.draft import MenuDraft, with_menu
from hotline.domain.menus.trial import TrialCall
from hotline.domain.people import Actor, Role
from hotline.services.menus.drafts import begin_draft, change_draft
from hotline.services.menus.putting import put_in_force
from hotline.services.menus.trials import ask_for_calls, calls_of
from hotline.services.settings.in_force import LOOK_SECONDS
from hotline.storage.calls.store import CallStore
from tests.e2e.test_calls import found
from tests.support.console_rig import ALWAYS_OPEN
from tests.support.rig import Rig, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

CHEF = Actor("chef", (Role.ADMINISTRATOR,), "管理员")
OLD, NEW = "13900007701", "13900007702"
#: Long enough for the menus to be changed while a caller is asked for a key.
KEY_SECONDS = 20


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path, ALWAYS_OPEN)
    rig.prepare()
    draft = drafted(rig, {"1": "queue:service", "0": "operator"}, KEY_SECONDS)
    force(rig, draft)
    try:
        rig.start("pbx", "ivr", "listener", "jobs")
        yield rig
    finally:
        rig.stop()


def drafted(rig: Rig, keys: dict[str, str], seconds: int) -> MenuDraft:
    in_force, now = rig.hotline.in_force, datetime.now(UTC)
    draft = begin_draft(in_force, CHEF, "试", now)
    assert draft.id is not None
    entry = {"prompt": "menu-main", "operator_queue": "service", "key_seconds": seconds, "tries": 2, "keys": keys}
    return change_draft(in_force, CHEF, draft.id, 1, lambda each: with_menu(each, "main", entry, adds=False), now)


def force(rig: Rig, draft: MenuDraft) -> None:
    assert draft.id is not None
    hotline, now = rig.hotline, datetime.now(UTC)
    put_in_force(hotline.in_force, hotline.home, CHEF, draft.id, draft.version, now, None, None, "试用通过")


def test_a_menu_is_drafted_tried_and_put_in_force_with_a_caller_in_the_old_one(running: Rig) -> None:
    rig, begun = running, datetime.now(UTC)
    processes = {name: process.pid for name, process in rig.processes.items()}
    draft = drafted(rig, {"1": "voicemail", "9": "repeat", "0": "operator"}, 2)
    assert draft.id is not None
    made = ask_for_calls(
        rig.hotline.in_force, make_walker(rig.hotline), CHEF, draft.id, "main", begun, datetime.now(UTC)
    )
    assert made == 5

    def over() -> list[TrialCall] | None:
        calls = calls_of(rig.hotline.storage, CHEF, draft.id or 0)
        return calls if all(each.is_over for each in calls) else None

    calls = wait_until(over, "every way to be tried by a call", 120)
    assert calls is not None
    ended = {each.way.keys: (each.state.value, (each.ended or {}).get("kind")) for each in calls}
    assert ended == {
        ("1",): ("done", "voicemail"),
        ("9",): ("done", "queue"),
        ("0",): ("done", "queue"),
        ("2",): ("done", "queue"),
        ("",): ("done", "queue"),
    }
    heard = {each.way.keys: [step.prompts for step in each.steps] for each in calls}
    assert heard["1",] == [("greeting", "menu-main")]
    assert heard["9",][:2] == [("greeting", "menu-main"), ("menu-main",)]
    assert heard["2",][1] == ("key-invalid", "menu-main")
    # Nobody was rung, no operator's queue was entered, and the ledger has them as tests of no line.
    wait_until(lambda: rig.channels() == 0, "the trial's calls to be gone", 60)

    def tests() -> bool:
        with rig.hotline.storage.reading() as tx:
            rows = CallStore(tx).search(CallFilter(since=begun, directions=tuple(Direction)), limit=50).calls
        kinds = [each.call.direction for each in rows if each.call.ended_at]
        return kinds == [Direction.LINE_TEST] * made and not any(each.call.queues or each.call.rings for each in rows)

    wait_until(tests, "the trial's calls in the ledger, as tests alone", 60)
    in_the_old = rig.caller(["call", "wait 12", "press 1", "wait 2", "hang up"], OLD)
    wait_until(lambda: "!AGI!" in rig.console("core show channels concise"), "the caller in the old menu")
    force(rig, draft)
    assert rig.hotline.settings.menus["main"].keys["1"].to == "voicemail"
    time.sleep(LOOK_SECONDS)  # until the IVR, a process of its own, has looked again
    in_the_new = rig.caller(["call", "wait 0.8", "press 1", "wait 2", "hang up"], NEW, phone="new", port=rig.base + 91)
    assert in_the_new.wait(40) == 0, in_the_new.errors
    assert in_the_old.wait(40) == 0, in_the_old.errors

    def steps() -> dict[str, list[str]] | None:
        mine = {each.call.caller.original: each.call for each in found(rig, begun) if each.call.ended_at}
        told = {number: [step.target for step in mine[number].menu] for number in (OLD, NEW) if number in mine}
        return told if len(told) == 2 else None

    assert wait_until(steps, "both calls in the ledger", 60) == {OLD: ["queue:service"], NEW: ["voicemail"]}
    assert {name: process.pid for name, process in rig.processes.items()} == processes


def test_a_call_without_a_token_of_ours_is_not_let_into_a_draft(running: Rig) -> None:
    rig = running
    rig.pbx.originate(
        "Local/s@hl-menu-trial/n", "hl-menu-caller", "s", "x", {"HL_TRIAL": "0" * 32, "HL_TRIAL_WAIT": "1"}, 5
    )
    wait_until(lambda: "is none of ours" in (rig.root / "ivr.log").read_text("utf-8"), "the IVR to refuse it", 40)
    wait_until(lambda: rig.channels() == 0, "the call to be gone")
