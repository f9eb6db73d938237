"""Fields speak the page's language in a browser that has another one: days, times, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("fields")) as running:
        running.add_user("boss", Role.SUPERVISOR, name="孙主管")
        yield running


def speaking(site: WebSite, page: Page, language: str) -> None:
    page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
    site.sign_in(page, "boss")


@pytest.mark.parametrize(
    ("browser_language", "page_language", "words"),
    [("en-US", "zh", "2026年3月4日"), ("zh-CN", "en", "March 4, 2026"), ("zh-CN", "zh", ""), ("en-GB", "en", "")],
)
def test_a_day_stands_in_words_where_the_browser_has_another_order(
    site: WebSite, browser: Browser, browser_language: str, page_language: str, words: str
) -> None:
    with watched_page(browser, site.url, locale=browser_language) as watched:
        page = watched.page
        speaking(site, page, page_language)
        page.goto("/search?words=x&since=2026-03-04")
        said = page.locator("#since + .moment-words")
        if not words:
            expect(said).to_have_count(0)
            return
        expect(said).to_contain_text(words)
        assert page.get_attribute("#since", "aria-describedby") == said.get_attribute("id")
        page.fill("#until", "2026-12-31")
        expect(page.locator("#until + .moment-words")).to_contain_text("2026")
        page.fill("#until", "")
        expect(page.locator("#until + .moment-words")).to_be_hidden()
        watched.shot(f"fields-{page_language}", full=False)


def test_a_moment_that_a_button_fills_in_is_said_too(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url, locale="en-US") as watched:
        page = watched.page
        speaking(site, page, "zh")
        page.goto("/line")
        page.locator("[data-fill]").first.click()
        expect(page.locator("input[type=datetime-local] + .moment-words")).to_contain_text("2026年11月25日")
        watched.shot("fields-line")


def test_what_is_wrong_is_said_in_the_pages_language_and_taken_back(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url, locale="en-US") as watched:
        page = watched.page
        speaking(site, page, "zh")
        page.goto("/rectifications")
        due = page.locator("#due")
        message = "field => field.validationMessage"
        due.fill("")
        write = page.locator("form:has(#due) button[type=submit]")
        write.click()
        assert due.evaluate(message) == "请填写此项。"
        due.fill("2025-01-01")
        assert due.evaluate("field => field.validity.customError") is False
        write.click()
        assert due.evaluate(message).startswith("不能早于 2026年11月")
        due.fill("2026-12-04")
        assert due.evaluate("field => field.checkValidity()") is True
