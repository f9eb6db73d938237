"""On a phone's screen a page is as wide as the screen: what is wider scrolls in its own place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from hotline.web.kit.access import AccessKind, permission_of
from tests.pages.test_accessible import PARTS, SEEN_BY, pages, visitor
from tests.support.full_site import FullSite, full_site

pytestmark = pytest.mark.e2e

WIDTH = 390
#: Whoever takes calls at it sits at a desk.
DESKS = {"console.index"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("narrow")) as running:
        yield running


@pytest.fixture(scope="module")
def people(site: FullSite, browser: Browser) -> dict[str, Page]:
    found = {who: visitor(site, browser, who) for who in ("boss", *sorted(set(SEEN_BY.values())), "")}
    for page in found.values():
        page.set_viewport_size({"width": WIDTH, "height": 844})
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_scrolls_sideways(site: FullSite, people: dict[str, Page], part: int) -> None:
    wide: dict[str, object] = {}
    known = sorted(each for each in pages(site).items() if each[0] not in DESKS)
    assert len(known) > 50
    for endpoint, path in known[part::PARTS]:
        permission = permission_of(site.web.app, endpoint)
        assert permission is not None
        signed_in = permission.way is AccessKind.SESSION
        page = people[SEEN_BY.get(endpoint, "boss") if signed_in else ""]
        answer = page.goto(path)
        assert answer is not None and answer.ok, path
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > WIDTH:
            wide[path] = width
    assert wide == {}
