"""Many tabs of one browser over plain HTTP, where it opens six connections to a server and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from hotline.services.accounts import sessions
from tests.support.browser import watched_page
from tests.support.busy_floor import SETTINGS, day_of_calls, live_calls, put_operators
from tests.support.sample_calls import bare_call
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    folder: Path = tmp_path_factory.mktemp("tabs")
    with web_site(folder, SETTINGS) as running:
        now = running.now()
        running.keep(*live_calls(now), *day_of_calls(now))
        with running.storage.writing() as tx:
            put_operators(tx, now)
        running.add_user("he", Role.SUPERVISOR, extension="1001", name="何主管")
        yield running


def is_live(page: Page) -> None:
    if page.url.endswith("/floor/wall"):
        expect(page.locator(".w-operator").first).to_be_visible()
    elif page.url.endswith("/floor"):
        expect(page.locator("#link.tone-live")).to_be_visible()
    else:
        expect(page.locator("#state-button")).to_be_enabled()


def calls_shown(page: Page) -> int:
    """How many calls stand on the floor, once it has been drawn."""
    rows = page.locator("#calls tr")
    expect(rows).not_to_have_count(0)
    return rows.count()


def test_seven_tabs_and_the_eighth_page_answers(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        site.sign_in(visitor.page, "he")
        tabs = [visitor.page.context.new_page() for _ in range(7)]
        paths = ["/floor"] * 3 + ["/console"] * 2 + ["/floor/wall"] * 2
        for page, path in zip(tabs, paths, strict=True):
            page.goto(path)
            is_live(page)
        visitor.page.goto("/callbacks")
        expect(visitor.page.locator("h1")).to_be_visible()
        before = calls_shown(tabs[0])
        site.keep(bare_call("one-more", site.now()))
        for page in tabs[:3]:
            expect(page.locator("#calls tr")).to_have_count(before + 1)


@pytest.mark.parametrize("left", ["close", "navigate"])
def test_tabs_that_go_take_nothing_from_those_that_stay(site: WebSite, browser: Browser, left: str) -> None:
    with watched_page(browser, site.url) as visitor:
        site.sign_in(visitor.page, "he")
        first, second = (visitor.page.context.new_page() for _ in range(2))
        for page in (first, second):
            page.goto("/floor")
            is_live(page)
        first.close() if left == "close" else first.goto("/callbacks")
        before = calls_shown(second)
        site.keep(bare_call(f"after-{left}", site.now()))
        expect(second.locator("#calls tr")).to_have_count(before + 1)


def test_signing_out_ends_all_tabs(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        site.sign_in(visitor.page, "he")
        tabs = [visitor.page.context.new_page() for _ in range(2)]
        for page in tabs:
            page.goto("/floor")
            is_live(page)
        sessions.end_all_by_administrator(site.storage, "he", "somebody left", "test", site.now())
        for page in tabs:
            page.wait_for_url(re.compile("/sign-in"))


def test_a_browser_without_shared_workers_has_a_stream_in_each_tab(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        visitor.page.context.add_init_script("delete globalThis.SharedWorker")
        site.sign_in(visitor.page, "he")
        visitor.page.goto("/floor")
        is_live(visitor.page)
