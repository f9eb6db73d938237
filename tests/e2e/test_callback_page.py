"""A missed call is called back in the browser: taken, dialled over the callback trunk, talked, done (A3, A9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.owed import CallbackOutcome
from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.numbers import Number
from hotline.domain.time import system_clock
from hotline.services.calendar import work_calendar
from hotline.services.calls.ledger import record
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from tests.support.browser import SCREENSHOTS
from tests.support.console_rig import ConsoleRig
from tests.support.dialling_rig import CALLBACK_CARRIER, CALLBACK_TRUNK, CUSTOMER, SHOWN, short_notice
from tests.support.expect import tone_differences
from tests.support.rig import wait_until
from tests.support.sample_calls import abandoned_call

pytestmark = pytest.mark.e2e

NUMBER = Number(f"+86{CUSTOMER}")


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleRig]:
    made = ConsoleRig(tmp_path_factory.mktemp("callback"), console="")
    trunk = CALLBACK_TRUNK.format(host=CALLBACK_CARRIER, port=made.base + 75, number=SHOWN)
    with made.home.settings_file.open("a", encoding="utf-8") as file:
        file.write(trunk.replace("phone_ring_seconds = 5", "phone_ring_seconds = 15"))
    short_notice(made.home)
    made.prepare()
    try:
        made.start("pbx", "ivr", "listener", "web")
        yield made
    finally:
        made.stop()


def test_a9_from_a_missed_call_to_done(rig: ConsoleRig) -> None:
    storage = rig.hotline.storage
    missed = abandoned_call("node1-7.1", system_clock() - timedelta(minutes=3), NUMBER)
    settings = rig.hotline.settings
    record(
        storage,
        "node1",
        [missed],
        [],
        lambda call: callback_owed(call, work_calendar(settings, call.line), settings.callbacks.due_minutes),
        system_clock(),
    )
    with storage.reading() as tx:
        [owed] = CallbackStore(tx).owed_to(NUMBER)
    rig.phone(
        "customer",
        {CUSTOMER: ("ring 1", "answer", "tone 440 60", "wait 7", "hang up")},
        rig.base + 75,
        CALLBACK_CARRIER,
    )

    desk = rig.desk("1001")
    console = desk.open_console()
    desk.ready()
    page = desk.another_tab()
    page.goto(f"{rig.url}/callbacks")
    row = page.locator("table.callbacks tbody tr")
    expect(row).to_have_count(1)
    row.get_by_role("button", name="我来回电").press("Enter")
    row.get_by_role("button", name="拨打").press("Enter")
    expect(page.get_by_text("您的话机正在振铃")).to_be_visible()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "callback-dialled.png")

    def last_dial() -> Dial | None:
        with storage.reading() as tx:
            [found] = DialStore(tx).of_object("callback", owed.id or 0)
        return found

    console.bring_to_front()
    wait_until(lambda: last_dial().answered_at is not None, "the customer to answer", 30)  # type: ignore[union-attr]
    expect(console.locator("#call-stage")).to_have_text("通话中", timeout=10_000)
    console.screenshot(path=SCREENSHOTS / "callback-talking.png")
    wait_until(lambda: last_dial().outcome is not None, "the dial to be over", 30)  # type: ignore[union-attr]
    over = last_dial()
    assert over is not None and over.outcome is DialOutcome.REACHED

    def call() -> Call | None:
        with storage.reading() as tx:
            found = CallStore(tx).get(over.node, over.linkedid)
        return found if found and found.ended_at else None

    ended = wait_until(call, "the call to be in the ledger", 20)
    assert ended is not None
    assert (ended.direction, ended.outcome, ended.caller.number) == (Direction.DIALLED, Outcome.ANSWERED, NUMBER)
    heard = {"left": ["440 >3.0", "1000 0"], "right": ["1000 >3.0", "440 0"]}
    assert tone_differences(rig.home.incoming / f"{over.linkedid}.raw", heard) == []

    page.bring_to_front()
    page.goto(f"{rig.url}/callbacks")
    expect(row).to_contain_text("已接通")
    row.locator("input[name=note]").fill("已说明安装时间")
    row.get_by_role("button", name="保存").press("Enter")
    expect(page.get_by_text("没有待回电")).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "callback-done.png")
    with storage.reading() as tx:
        done = CallbackStore(tx).by_id(owed.id or 0)
    assert done is not None and done.outcome is CallbackOutcome.DONE and done.closing_note == "已说明安装时间"
