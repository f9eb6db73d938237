"""On a phone's screen a page is as wide as the screen: what is wider scrolls in its own place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.full_site import FullSite, full_site
from tests.support.page_walk import PARTS, pages, visitors, walk

#: Many pages in one test: longer than others have on a busy machine.
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

WIDTH = 390
#: Whoever takes calls at it sits at a desk.
DESKS = {"console.index"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("narrow")) as running:
        yield running


@pytest.fixture(scope="module")
def people(site: FullSite, browser: Browser) -> dict[str, Page]:
    found = visitors(site, browser)
    for page in found.values():
        page.set_viewport_size({"width": WIDTH, "height": 844})
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_scrolls_sideways(site: FullSite, people: dict[str, Page], part: int) -> None:
    wide: dict[str, object] = {}
    assert len(pages(site)) > 50
    for endpoint, address, page in walk(site, people, part):
        if endpoint in DESKS:
            continue
        answer = page.goto(address)
        assert answer is not None and answer.ok, address
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > WIDTH:
            wide[address] = width
    assert wide == {}
