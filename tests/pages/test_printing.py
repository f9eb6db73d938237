"""What is printed is what was read, whole: no box that scrolls, nothing that can only be clicked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.full_site import FullSite, full_site
from tests.support.page_walk import visitor

pytestmark = pytest.mark.e2e

SHOWN = "(all) => all.filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 80))"
CUT = """(boxes) => boxes.filter((box) => box.checkVisibility() && box.scrollHeight > box.clientHeight + 1)
    .map((box) => box.className)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("printing")) as running:
        yield running


def test_a_call_a_record_the_ledger_and_quality_are_printed_whole(site: FullSite, browser: Browser) -> None:
    page = visitor(site, browser, "boss")
    for address in (f"/calls/{site.web.call_id('q-5')}", "/forms/1", "/calls", "/quality", "/roster"):
        page.emulate_media(media="screen")
        answer = page.goto(address)
        assert answer is not None and answer.ok, address
        page.emulate_media(media="print")
        assert page.locator(".btn, audio, .filter, .banner, .navbar, nav").evaluate_all(SHOWN) == [], address
        assert page.locator(".x-scroll, .table-responsive").evaluate_all(CUT) == [], address
    page.context.close()
