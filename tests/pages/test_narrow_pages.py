"""On a phone's screen a page is as wide as the screen: what is wider scrolls in its own place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from hotline.domain.people import Role
from tests.support.browser import watched_page
from tests.support.busy_floor import SETTINGS, day_of_calls, live_calls, put_operators
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

WIDTH = 390


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("narrow"), SETTINGS) as running:
        now = running.now()
        running.keep(*live_calls(now), *day_of_calls(now))
        with running.storage.writing() as tx:
            put_operators(tx, now)
        running.add_user("he", Role.ADMINISTRATOR, extension="1001", name="何主管")
        yield running


def test_no_page_of_the_menu_scrolls_sideways(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        site.sign_in(visitor.page, "he")
        page = visitor.page
        page.set_viewport_size({"width": WIDTH, "height": 844})
        page.goto("/calls")
        links = page.locator("#menu a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert len(links) > 15
        wide: dict[str, object] = {}
        for path in ["/calls/1", *(link for link in links if link != "/console")]:
            page.goto(path)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > WIDTH:
                wide[path] = width
        assert wide == {}
