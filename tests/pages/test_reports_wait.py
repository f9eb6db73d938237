"""Whoever waits for their turn at a report is told so, then asked to ask again, and what they asked for stays (F1)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, contextmanager

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from hotline.storage.engine import BUSY_SECONDS
from tests.pages.test_accessible import AXE, page_faults
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
[reports]
wait_seconds = 3
"""
REPORT = "/reports/view/volume?period=week&line=main"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("waits"), SETTINGS) as running:
        running.add_user("boss", Role.SUPERVISOR)
        yield running


@contextmanager
def _somebody_elses(site: WebSite, page: Page) -> Iterator[None]:
    """A report that is counted until the end: it cannot write down who looked. Of two, one waits in vain: so the other
    is being counted."""
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}

    def count(_which: int) -> int:
        return requests.get(site.url + REPORT, cookies=cookies, timeout=2 * BUSY_SECONDS).status_code

    with closing(sqlite3.connect(site.home.database_file, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(2) as pool:
            first = next(as_completed([pool.submit(count, which) for which in range(2)]))
            assert first.result() == 503
            yield
            database.rollback()


@pytest.mark.parametrize(
    ("language", "scheme", "width", "height"), [("zh", "light", 1366, 768), ("en", "dark", 390, 844)]
)
def test_f1_the_wait_is_told_and_what_was_asked_is_asked_again(
    site: WebSite, browser: Browser, language: str, scheme: str, width: int, height: int
) -> None:
    with watched_page(
        browser,
        site.url,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    ) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.goto(REPORT)
        page.evaluate(
            "addEventListener('click', event => event.preventDefault(), { once: true })"
        )  # it stays to be seen
        page.locator("a.record-tab").last.click()
        expect(page.locator("[data-turn]")).not_to_be_empty()
        watched.shot(f"reports-wait-{language}")
        with _somebody_elses(site, page):
            page.locator("a.record-tab").last.click()
            expect(page.locator(".error-status")).to_have_text("503", timeout=20_000)
            watched.shot(f"reports-busy-{language}")
            page.add_script_tag(path=AXE)
            assert not page_faults(page)
            assert "line=main" in page.url and "period=year" in page.url
        page.locator("a.btn-primary").click()
        expect(page.locator("[data-report-chart]").first).to_be_visible()
        assert "line=main" in page.url and "period=year" in page.url
