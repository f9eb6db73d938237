"""Notice board, trainings, hand-over, adherence and staffing in a real browser: whole on a desk and on a telephone,
without serious faults, and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.test_accessible import AXE, opened_faults, page_faults
from tests.support.browser import choose_by_keyboard, tab_to, watched_page
from tests.support.full_site import FullSite, full_site
from tests.support.web import PASSWORD

pytestmark = pytest.mark.e2e

#: Page -> who looks at it.
PAGES = {
    "/bulletins": "boss",
    "/bulletins/1": "boss",
    "/bulletins/4": "zhao",
    "/bulletins/new": "boss",
    "/trainings": "boss",
    "/trainings/1": "boss",
    "/trainings/new": "boss",
    "/trainings/import": "boss",
    "/handover": "zhao",
    "/handover/all": "boss",
    "/adherence": "boss",
    "/staffing": "boss",
    "/console": "zhao",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("at-work")) as running:
        yield running


def _sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("form[method=post] button[type=submit] >> nth=-1")
    page.wait_for_url(lambda url: "sign-in" not in url)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
@pytest.mark.parametrize("username", ["boss", "zhao"])
def test_every_page_is_whole_and_without_serious_faults(
    site: FullSite, browser: Browser, username: str, width: int, height: int
) -> None:
    viewport = {"width": width, "height": height}
    with watched_page(browser, site.url, viewport=viewport, bypass_csp=True, reduced_motion="reduce") as watched:
        page = watched.page
        _sign_in(page, username)
        faults = {}
        for path in (each for each, who in PAGES.items() if who == username):
            page.goto(path)
            expect(page.locator("h1")).to_have_count(1)
            watched.shot(f"at-work{path.replace('/', '-')}-{width}")
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path} is {wider} pixels too wide"
            page.add_script_tag(path=AXE)
            faults[path] = [*page_faults(page), *opened_faults(page).get("opened", [])]
        assert not any(faults.values()), faults


def test_a_shift_is_handed_over_and_a_posting_read_by_keyboard(site: FullSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        _sign_in(page, "qian")
        expect(page).to_have_url(f"{site.url}/bulletins")
        page.get_by_role("button", name="我已阅读“S2 水壶下周上市”").press("Enter")
        expect(page.get_by_text("已记录您的阅读")).to_be_visible()
        page.goto("/handover")
        page.locator("#words").focus()
        page.keyboard.type("客户等质量部回复")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("已交接。对方接受后会通知您。")).to_be_visible()
        expect(page.get_by_role("cell", name="客户等质量部回复", exact=True)).to_be_visible()


def test_on_a_telephone_a_posting_is_read_and_a_shift_handed_over_and_accepted_by_keyboard(
    site: FullSite, browser: Browser
) -> None:
    phone = {"width": 390, "height": 844}
    with watched_page(browser, site.url, viewport=phone) as watched:
        page = watched.page
        _sign_in(page, "zhao")
        page.goto("/bulletins")
        reads = page.get_by_role("button", name=re.compile("^我已阅读"))
        waiting = reads.count()
        assert waiting > 0
        tab_to(page, reads.first)
        page.keyboard.press("Enter")
        expect(page.get_by_text("已记录您的阅读")).to_be_visible()
        expect(reads).to_have_count(waiting - 1)
        watched.shot("bulletins-by-keyboard-390")
        page.goto("/handover")
        tab_to(page, page.locator("#words"))
        page.keyboard.type("等仓库回电，明天上午再打给客户")
        choose_by_keyboard(page, page.locator("#to"), "Qian")
        tab_to(page, page.get_by_role("button", name="交接", exact=True))
        page.keyboard.press("Enter")
        expect(page.get_by_text("已交接。对方接受后会通知您。")).to_be_visible()
        watched.shot("handover-by-keyboard-390")
    with watched_page(browser, site.url, viewport=phone) as watched:
        page = watched.page
        _sign_in(page, "qian")
        page.goto("/handover")
        waits = page.locator(".is-waiting", has_text="等仓库回电")
        tab_to(page, waits.get_by_role("textbox"))
        page.keyboard.type("知道了")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(waits).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
