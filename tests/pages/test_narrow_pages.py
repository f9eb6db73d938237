"""On a phone's screen a page is as wide as the screen: what is wider scrolls in its own place, and what can be done
with a row of a table is in sight without it."""

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
#: The plan of a month and the like are pictures in the form of a table: they scroll as they are looked at.
PICTURES = {"shifts.plan"}
#: What can be pressed in a table and lies beside the screen.
BESIDE = """() => [...document.querySelectorAll(".page-body table :is(button, .btn)")]
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)
  .map((each) => each.textContent.trim())"""


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
def test_no_page_scrolls_sideways_nor_hides_what_can_be_done(
    site: FullSite, people: dict[str, Page], part: int
) -> None:
    wide: dict[str, object] = {}
    beside: dict[str, object] = {}
    assert len(pages(site)) > 50
    for endpoint, address, page in walk(site, people, part):
        if endpoint in DESKS:
            continue
        answer = page.goto(address)
        assert answer is not None and answer.ok, address
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > WIDTH:
            wide[address] = width
        if endpoint not in PICTURES and (found := page.evaluate(BESIDE)):
            beside[address] = sorted(set(found))
    assert (wide, beside) == ({}, {})
