"""From an empty home, in the browser alone: set up by the first hour, an operator hired, and a test call made from one
tab that is answered in another browser, on the real Asterisk, with what was said in the recording."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hotline.domain.calls.call import Direction
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.domain.people import Role
from hotline.storage.calls.store import CallStore
from tests.e2e.test_hiring import HiringRig, answers, begin_work
from tests.support.browser import SCREENSHOTS
from tests.support.console_rig import PASSWORD, PITCH
from tests.support.rig import wait_until
from tests.support.tones import seconds_of_tone

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

#: Of the microphone at a desk that is no operator's.
ADMIN_PITCH = 1400


class EmptyRig(HiringRig):
    """Nobody has written any settings."""

    def prepare(self) -> None:
        self.home.settings_file.unlink()
        super().prepare()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[EmptyRig]:
    rig = EmptyRig(tmp_path)
    rig.prepare()
    try:
        rig.start()
        yield rig
    finally:
        rig.stop()


def shot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"first-hour-{name}.png", full_page=True)


def saved(page: Page) -> None:
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已更改。")).to_be_visible()


def tried(rig: EmptyRig) -> StoredCall | None:
    """The test call, once it is over and its recording lies in the store."""
    with rig.hotline.storage.reading() as tx:
        found = CallStore(tx).search(CallFilter(directions=(Direction.TEST,)), limit=5).calls
    return next((each for each in found if each.call.ended_at and any(r.kept_at for r in each.recordings)), None)


def test_f8_from_an_empty_home_to_an_answered_test_call(rig: EmptyRig) -> None:
    rig.account("chief", Role.ADMINISTRATOR)
    desk = rig.browser_at("chief")
    admin = desk.sign_in(username="chief", password=PASSWORD)
    assert "/admin/first-hour" in admin.url, "it opens by itself"
    shot(admin, "begin")

    admin.fill("[name='site.company']", "阳光电器")
    saved(admin)
    admin.goto("/admin/first-hour?step=number")
    admin.fill("[name='lines.main.number']", "4008889999")
    saved(admin)
    admin.goto("/admin/first-hour?step=hours")
    for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "makeup_day"):
        admin.fill(f"[name='hours.{day}']", "00:00-24:00")
    saved(admin)
    admin.goto("/admin/first-hour?step=operator")
    admin.get_by_role("link", name="新增客服").click()
    admin.fill("[name=name]", "孙丽")
    admin.fill("[name=username]", "sunli")
    admin.check("[name=phone][value=webrtc]")
    extension = admin.input_value("[name=extension]")
    admin.get_by_role("button", name="新增并显示两个密码").click()
    first = admin.inner_text("#first-password")
    wait_until(lambda: "4008889999" in rig.console("dialplan show hl-lines"), "Asterisk to know the number")

    operator = rig.browser_at(extension)
    console = begin_work(operator, "sunli", first)

    admin.goto("/admin/first-hour?step=call")
    shot(admin, "call")
    admin.goto("/admin/first-hour/caller")
    admin.get_by_role("button", name="拨打热线").click()
    state = admin.locator("#caller-state")
    expect(state).to_have_attribute("data-state", "talking", timeout=20_000)
    admin.wait_for_timeout(1500)
    admin.get_by_role("button", name="1", exact=True).click()
    shot(admin, "caller")
    expect(console.locator(".c-call.is-ringing")).to_contain_text("试呼", timeout=20_000)
    expect(console.locator(".c-call-number")).to_have_text("试呼")
    answers(console)
    shot(console, "answered")
    admin.wait_for_timeout(4000)
    admin.get_by_role("button", name="挂断").click()
    expect(state).to_have_attribute("data-state", "ended")

    stored = wait_until(lambda: tried(rig), "the test call and its recording", 30)
    assert stored is not None
    assert [talk.party.id for talk in stored.call.talks] == [extension] and stored.call.line == "main"
    sound = rig.home.recordings / next(each.path for each in stored.recordings if each.kept_at)
    heard = seconds_of_tone(sound, 0, ADMIN_PITCH), seconds_of_tone(sound, 1, PITCH[extension])
    print(f"of the caller {heard[0]:.1f} s, of the operator {heard[1]:.1f} s are recorded")
    assert min(heard) > 2

    # It is a test call everywhere: not among the calls, in no figure.
    with rig.hotline.storage.reading() as tx:
        assert CallStore(tx).search(CallFilter(), limit=5).total == 0
    admin.goto("/admin/first-hour?step=call")
    expect(admin.get_by_text("孙丽 接听")).to_be_visible()
    shot(admin, "done")
    assert desk.problems == operator.problems == []
