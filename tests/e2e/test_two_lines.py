"""Two lines with hours and duty people of their own, called at the same moment (A1, A2): one reaches the operator, the
other its own duty mobile; so too while the IVR is dead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.own_calendar import DayMark
from hotline.domain.people import Actor, Role
from hotline.services.line.holidays import mark_days
from hotline.storage.calls.store import CallStore
from tests.support.actions import Actions
from tests.support.rig import CARRIER, MOBILES, PHONES, Rig, wait_until
from tests.support.tones import tone, write_wav

pytestmark = pytest.mark.e2e

#: The line for repairs is closed on Mondays, and has a mobile that the other never rings.
LINES = """
[lines.main]
number = "4001234567"
menu = "main"
[lines.repairs]
number = "4007654321"
company = "测试维修"
menu = "main"
hours.mon = []
[lines.repairs.duty]
always = [{ person = "维修值班", number = "13800000009" }]
ring_seconds = 5
"""
#: In place of whole sentences.
SHORT_PROMPTS = {"greeting-repairs": 2000, "greeting-closed-repairs": 2040, "duty-confirm-repairs": 2440}
REPAIRS_MOBILE = "13800000009"
ADMIN = Actor("root", (Role.ADMINISTRATOR,), "管理员")
TAKES_IT = ("ring 0.5", "answer", "wait 0.7", "press 1", "tone 1500 30", "expect hangup")


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    running = Rig(tmp_path_factory.mktemp("lines"), LINES)
    (running.home.site_greetings / "zh").mkdir(parents=True)
    for prompt, pitch in SHORT_PROMPTS.items():
        write_wav(running.home.site_greetings / "zh" / f"{prompt}.wav", tone(pitch, 0.5))
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener")
        yield running
    finally:
        running.stop()


def call_both(rig: Rig, caller: str, main_steps: tuple[str, ...]) -> dict[str, Call]:
    """Each line called once, at the same time; the calls by their lines, when both stand in the ledger."""
    begun = datetime.now(UTC)
    rig.sign_in(["1001"])
    rig.phone("1001", {"": ("ring 0.5", "answer", "tone 1000 30", "expect hangup")}, rig.base + 81, PHONES)
    rig.phone("mobiles", dict.fromkeys((*MOBILES, REPAIRS_MOBILE), TAKES_IT), rig.base + 70, CARRIER)
    one = rig.caller(main_steps, f"{caller}1")
    other = rig.caller(
        ("call", "tone 440 30", "wait 6", "hang up"),
        f"{caller}2",
        service="4007654321",
        port=rig.base + 91,
        phone="other",
    )
    assert (one.wait(60), other.wait(60)) == (0, 0), (one.errors, other.errors)
    return wait_until(lambda: ended(rig, begun), "both calls to stand in the ledger", 30)


def ended(rig: Rig, since: datetime) -> dict[str, Call]:
    wanted = CallFilter(since=since - timedelta(seconds=1), directions=(Direction.INBOUND,))
    with rig.hotline.storage.reading() as tx:
        calls = [stored.call for stored in CallStore(tx).search(wanted, limit=10).calls]
    return {call.line: call for call in calls} if len(calls) == 2 and all(call.ended_at for call in calls) else {}


def took(call: Call) -> tuple[str, list[str]]:
    """How it ended, and who had it."""
    return str(call.outcome), [talk.party.id for talk in call.talks]


BOTH_RIGHT = {
    "main": (Outcome.ANSWERED.value, ["1001"]),
    "repairs": (Outcome.FORWARDED_ANSWERED.value, [REPAIRS_MOBILE]),
}


def test_a1_each_line_leads_to_its_own_people(rig: Rig) -> None:
    rig.test = "two_lines"
    rig.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))  # a Monday
    try:
        calls = call_both(rig, "1390002000", ("call", "wait 0.8", "press 1", "tone 440 30", "wait 6", "hang up"))
    finally:
        rig.clear()
    assert {line: took(call) for line, call in calls.items()} == BOTH_RIGHT


def test_a1_each_line_leads_to_its_own_people_while_the_ivr_is_dead(rig: Rig) -> None:
    rig.test = "two_lines_without_ivr"
    rig.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
    actions = Actions(rig)
    actions.do("publish")
    actions.do("kill ivr")
    actions.raise_failures()
    try:
        calls = call_both(rig, "1390003000", ("call", "tone 440 30", "wait 6", "hang up"))
    finally:
        rig.clear()
        actions.restore()
    assert {line: took(call) for line, call in calls.items()} == BOTH_RIGHT
    assert all(remark.startswith("safe_route") for call in calls.values() for remark in map(str, call.remarks))
    assert all(call.remarks for call in calls.values())


def test_a1_a_day_that_is_marked_closed_reaches_ivr_and_asterisk_by_itself(rig: Rig) -> None:
    """The processes are those that ran before: none is told or started anew."""
    rig.test = "two_lines_marked"
    tuesday = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
    rig.set_clock(tuesday)
    rig.start("jobs")
    in_astdb = {line: f"database get hotline {line}/mode" for line in ("main", "repairs")}
    wait_until(lambda: all("open" in rig.console(asked) for asked in in_astdb.values()), "both lines to be open", 60)
    mark_days(rig.hotline.in_force, ADMIN, [tuesday.date()], DayMark.CLOSED, rig.now(), "repairs")
    wait_until(lambda: "closed" in rig.console(in_astdb["repairs"]), "Asterisk to be told", 60)
    assert "open" in rig.console(in_astdb["main"])
    try:
        calls = call_both(rig, "1390004000", ("call", "wait 0.8", "press 1", "tone 440 30", "wait 6", "hang up"))
    finally:
        rig.clear()
    assert {line: took(call) for line, call in calls.items()} == BOTH_RIGHT
    assert all(not call.remarks for call in calls.values())
