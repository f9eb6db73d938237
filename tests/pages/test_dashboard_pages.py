"""Dashboards in a real browser (F7): whole on a desk, a telephone and paper, in both languages and themes; tiles are
ordered by keyboard and by mouse; the wall shows what was chosen for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.services.reports.facts import follow
from tests.pages.test_accessible import AXE, page_faults
from tests.support.browser import watched_page
from tests.support.full_site import FullSite, full_site
from tests.support.web import PASSWORD

pytestmark = pytest.mark.e2e

PAGES = ("/dashboards", "/dashboards/change/own", "/dashboards/change/wallboard")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("dashboards")) as running:
        follow(running.web.hotline.storage, running.web.hotline.settings, running.web.now)
        yield running


def _sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("form[method=post] button[type=submit] >> nth=-1")
    page.wait_for_url(lambda url: "sign-in" not in url)


def _require_whole(page: Page, path: str) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{path} is {wider} pixels too wide"
    page.add_script_tag(path=AXE)
    assert not page_faults(page), path


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_f7_the_pages_are_whole_in_chinese_and_light(site: FullSite, browser: Browser, width: int, height: int) -> None:
    viewport = {"width": width, "height": height}
    with watched_page(browser, site.url, viewport=viewport, bypass_csp=True, reduced_motion="reduce") as watched:
        _sign_in(watched.page, "boss")
        for path in PAGES:
            watched.page.goto(path)
            expect(watched.page.locator("h1")).to_have_count(1)
            watched.shot(f"dashboard{path.replace('/', '-')}-{width}")
            _require_whole(watched.page, path)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_f7_in_english_in_the_dark_and_on_paper(site: FullSite, browser: Browser, width: int, height: int) -> None:
    with watched_page(
        browser,
        site.url,
        viewport={"width": width, "height": height},
        locale="en-GB",
        color_scheme="dark",
        bypass_csp=True,
        reduced_motion="reduce",
    ) as watched:
        page = watched.page
        _sign_in(page, "zhao")
        page.context.add_cookies([{"name": "language", "value": "en", "url": site.url}])
        for path in PAGES[:2]:
            page.goto(path)
            watched.shot(f"dashboard{path.replace('/', '-')}-en-dark-{width}")
            _require_whole(page, path)
        page.emulate_media(media="print", color_scheme="light")
        page.goto("/dashboards")
        watched.shot(f"dashboard-print-{width}")
        expect(page.locator(".board-tile").first).to_be_visible()


def _order(page: Page) -> list[str]:
    return [each.get_attribute("value") or "" for each in page.locator("[name=tile]").all()]


def test_f7_tiles_are_ordered_by_keyboard_and_by_mouse_and_stay_so(site: FullSite, browser: Browser) -> None:
    with watched_page(browser, site.url, reduced_motion="reduce") as watched:
        page = watched.page
        _sign_in(page, "boss")
        page.goto("/dashboards/change/own")
        before = _order(page)
        second = page.locator("#board-order li").nth(1).locator("[data-act=up]")
        second.focus()
        page.keyboard.press("Enter")
        after = [before[1], before[0], *before[2:]]
        assert _order(page) == after
        expect(second.page.locator("#board-order li").first.locator("[data-act=up]")).to_be_focused()
        expect(page.locator("#board-told")).not_to_be_empty()
        page.locator("#board-order li").nth(2).drag_to(
            page.locator("#board-order li").first, target_position={"x": 9, "y": 2}
        )
        after = [before[2], before[1], before[0], *before[3:]]
        assert _order(page) == after
        page.locator("#board-order li").last.locator("[data-act=remove]").click()
        page.select_option("#what", "figure:lost")
        page.select_option("#of", "person:1")
        page.click("button[value=add]")
        expect(page.locator("#board-order li").last).to_contain_text("呼损")
        page.click("button[value=save]")
        page.wait_for_url("**/dashboards")
        page.goto("/dashboards/change/own")
        assert _order(page) == [*after[:-1], "figure:lost:person:1"]


def test_f7_the_wallboard_shows_the_tiles_that_were_chosen(site: FullSite, browser: Browser) -> None:
    with watched_page(browser, site.url, viewport={"width": 1920, "height": 1080}, reduced_motion="reduce") as watched:
        page = watched.page
        _sign_in(page, "boss")
        page.goto("/dashboards/change/wallboard")
        for tile in ("figure:incoming", "figure:service_level", "figure:average_answer", "rule:A8"):
            page.select_option("#what", tile)
            page.click("button[value=add]")
        page.click("button[value=save]")
        expect(page.locator("[data-flash]")).to_contain_text("已保存")
        page.goto("/floor/wall")
        expect(page.locator("#chosen .w-tile")).to_have_count(4)
        expect(page.locator("#own-row")).to_be_hidden()
        watched.shot("wallboard-chosen")
