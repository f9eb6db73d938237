"""转评价 on the console, by key and by button (E9, C3): real Asterisk, an operator in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import CallFilter
from hotline.storage.calls.store import CallStore
from tests.support.console_rig import ConsoleRig, Desk
from tests.support.ears import AUDIBLE_DBFS, Ear, strength
from tests.support.rig import CARRIER, PROMPT_PITCH, wait_until
from tests.support.tones import RATE

pytestmark = pytest.mark.e2e

ASKS = """
[satisfaction]
after_call = true
key_seconds = 3
"""


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleRig]:
    running = ConsoleRig(tmp_path_factory.mktemp("hand_over"), ASKS)
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener", "web")
        yield running
    finally:
        running.stop()


def ready(desk: Desk) -> Page:
    """Signed in, phone there, ready by the page's own key."""
    page = desk.sign_in()
    expect(page.locator("#phone-text")).to_have_text("话机就绪", timeout=20_000)
    page.keyboard.press("Shift+F6")
    expect(page.locator("#state-text")).to_have_text("就绪")
    return page


def hears(ear: Ear, name: str) -> None:
    hertz = PROMPT_PITCH[name]
    wait_until(lambda: strength(ear.everything()[-RATE // 10 :], hertz) >= AUDIBLE_DBFS, f"to hear {name}")


def over(hotline: ConsoleRig, since: datetime, number: str) -> Call:
    def ended() -> Call | None:
        with hotline.hotline.storage.reading() as tx:
            found = CallStore(tx).search(CallFilter(since=since - timedelta(seconds=1)), limit=20).calls
        return next((each.call for each in found if number in each.call.caller.number and each.call.ended_at), None)

    call = wait_until(ended, "the call to be over")
    assert call is not None
    return call


def press_key(page: Page) -> None:
    page.keyboard.press("F9")
    expect(page.locator("#closing")).to_contain_text("F10")
    page.keyboard.press("F10")


def press_button(page: Page) -> None:
    page.locator('[data-do="rate"]').click()


@pytest.mark.parametrize(("how", "number"), [(press_key, "13977770001"), (press_button, "13977770002")])
def test_the_operator_hands_the_caller_over_and_writes_it_up_at_once(
    hotline: ConsoleRig, how: Callable[[Page], None], number: str
) -> None:
    hotline.test = number
    begun, ear = datetime.now(UTC), Ear(CARRIER, 440.0)
    desk = hotline.desk("1001")
    try:
        page = ready(desk)
        phone = hotline.caller(["call", "expect hangup"], number, ear=ear)
        hears(ear, "menu-main")
        ear.press("1")
        expect(page.locator(".c-call.is-ringing")).to_have_count(1, timeout=20_000)
        page.keyboard.press("F2")
        expect(page.locator('[data-do="rate"]')).to_be_visible(timeout=20_000)
        page.wait_for_timeout(2000)
        how(page)
        hears(ear, "rating-ask")
        expect(page.locator('[data-do="rate"]')).to_be_hidden()
        expect(page.locator("#state-text")).to_contain_text("话后处理", timeout=10_000)
        ear.press("4")
        assert phone.wait(30) == 0, phone.errors
    finally:
        ear.close()
        desk.close()
        hotline.clear()
    call = over(hotline, begun, number)
    assert call.asked is not None and (call.asked.answer, call.asked.by.value) == (4, "handed_over")
