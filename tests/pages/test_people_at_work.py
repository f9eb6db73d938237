"""Notice board, trainings, hand-over, adherence and staffing in a real browser: whole on a desk and on a telephone,
without serious faults, and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.test_accessible import AXE, opened_faults, page_faults
from tests.support.browser import watched_page
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
