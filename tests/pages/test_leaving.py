"""Whoever is about to be signed out is told before, and loses nothing of what they typed, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from hotline.storage.customers.store import CustomerStore
from tests.support.at import set_clock
from tests.support.browser import watched_page
from tests.support.web_site import PASSWORD, WebSite, web_site

pytestmark = pytest.mark.e2e

NOTE = "下午三点再来电话"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WebSite]:
    with web_site(tmp_path) as running:
        running.add_user("boss", Role.SUPERVISOR, name="孙主管")
        running.add_user("zhou", Role.SUPERVISOR, name="周主管")
        yield running


def pass_time(site: WebSite, page: Page, minutes: int) -> None:
    """On the server and in the page, where nobody does anything meanwhile."""
    set_clock(site.home.root / "clock", site.now() + timedelta(minutes=minutes))
    page.clock.fast_forward(minutes * 60_000)


def writing(site: WebSite, page: Page) -> None:
    page.clock.install()
    site.sign_in(page, "boss")
    page.goto("/customers/new")
    page.fill("[name=name]", "王建国")
    page.fill("[name=note]", NOTE)


def sign_in_again(page: Page, username: str) -> None:
    with page.context.expect_page() as opened:
        page.locator("#leaving").get_by_role("link", name="重新登录").click()
    other = opened.value
    other.fill("#username", username)
    other.fill("#password", PASSWORD)
    other.press("#password", "Enter")
    other.wait_for_url(lambda url: "sign-in" not in url)
    other.close()


def test_five_minutes_before_it_is_told_and_whoever_is_there_stays(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        writing(site, page)
        told = page.locator("#leaving")
        pass_time(site, page, 100)
        expect(told).to_be_hidden()
        pass_time(site, page, 16)
        expect(told.locator("[data-leaving-text]")).to_contain_text("自动退出登录")
        watched.shot("leaving-soon", full=False)
        told.get_by_role("button", name="继续使用").click()
        expect(told).to_be_hidden()
        pass_time(site, page, 60)
        page.get_by_role("button", name="保存").click()
        expect(page.locator("h1")).to_contain_text("王建国")


def test_what_was_typed_is_kept_and_sent_after_signing_in_again(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        writing(site, page)
        pass_time(site, page, 130)
        told = page.locator("#leaving")
        expect(told.locator("[data-leaving-text]")).to_contain_text("已填写的内容仍然保留")
        watched.shot("leaving-over", full=False)
        page.get_by_role("button", name="保存").click()
        expect(page.locator("[name=note]")).to_have_value(NOTE)
        sign_in_again(page, "boss")
        page.clock.fast_forward(25_000)
        expect(told).to_be_hidden()
        page.get_by_role("button", name="保存").click()
        expect(page.locator("h1")).to_contain_text("王建国")
        with site.storage.reading() as tx:
            assert [each.note for each in CustomerStore(tx).all()] == [NOTE]


def test_whoever_else_signs_in_does_not_send_what_another_typed(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        writing(site, page)
        pass_time(site, page, 130)
        expect(page.locator("#leaving")).to_be_visible()
        sign_in_again(page, "zhou")
        page.clock.fast_forward(25_000)
        expect(page.locator("[name=name]")).to_have_value("")


def test_whoever_talks_at_the_console_stays(site: WebSite, browser: Browser) -> None:
    """The console says every half minute that somebody talks there; nobody types meanwhile."""
    with watched_page(browser, site.url) as watched:
        page = watched.page
        writing(site, page)
        for _ in range(3):
            pass_time(site, page, 60)
            with page.expect_response("**/session"):
                page.evaluate("document.dispatchEvent(new Event('talking'))")
        expect(page.locator("#leaving")).to_be_hidden()
        page.get_by_role("button", name="保存").click()
        expect(page.locator("h1")).to_contain_text("王建国")
