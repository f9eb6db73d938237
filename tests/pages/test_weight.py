"""What a browser fetches when it opens a page for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from tests.support.browser import watched_page
from tests.support.rig import wait_until
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

MOST_BYTES = 250_000
MOST_REQUESTS = 15

SETTINGS = '[operators.1001]\nname = "赵敏"\nphone = "webrtc"\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("weight"), SETTINGS) as running:
        running.add_user("zhao", Role.OPERATOR, extension="1001", name="赵敏")
        yield running


def fetched(page: Page) -> dict[str, int]:
    """Address without its query -> the bytes that came over the wire, growing while the page loads."""
    sizes: dict[str, int] = {}
    addresses: dict[str, str] = {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.clearBrowserCache")

    def asked(event: dict[str, Any]) -> None:
        address = event["request"]["url"].split("?")[0]
        if not address.startswith("data:"):
            addresses[event["requestId"]] = address
            sizes.setdefault(address, 0)

    def got(event: dict[str, Any]) -> None:
        if event["requestId"] in addresses:
            sizes[addresses[event["requestId"]]] += int(event["encodedDataLength"])

    network.on("Network.requestWillBeSent", asked)
    network.on("Network.loadingFinished", got)
    return sizes


def test_the_console_comes_in_few_and_small_pieces(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        site.sign_in(visitor.page, "zhao")
        visitor.page.goto("/calls")  # of several consoles only one has the phone
        page = visitor.page.context.new_page()
        sizes = fetched(page)
        page.goto("/console")
        expect(page.locator("#state-button")).to_be_enabled()
        # The last that it fetches, once the server has said which phone.
        wait_until(lambda: page.evaluate("Boolean(window.JsSIP)"), "the phone is there")
        assert len(sizes) <= MOST_REQUESTS, sizes
        assert sum(sizes.values()) <= MOST_BYTES, sizes
