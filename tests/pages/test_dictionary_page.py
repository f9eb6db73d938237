"""The data dictionary in a real browser: whole on a desk and on a telephone, without serious faults, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.people import Role
from tests.pages.test_accessible import AXE, page_faults
from tests.support.browser import watched_page
from tests.support.web_site import PASSWORD, WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = '[site]\ncompany = "示例家电"\n[lines.main]\nnumber = "4001234567"\nmenu = "main"\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("dictionary"), SETTINGS) as running:
        running.add_user("boss", Role.SUPERVISOR)
        yield running


@pytest.mark.parametrize(
    ("language", "scheme", "width", "height"),
    [("zh", "light", 1366, 768), ("en", "dark", 1366, 768), ("zh", "light", 390, 844)],
)
def test_the_dictionary_is_whole(
    site: WebSite, browser: Browser, language: str, scheme: str, width: int, height: int
) -> None:
    """F1."""
    viewport = {"width": width, "height": height}
    options = {"viewport": viewport, "bypass_csp": True, "reduced_motion": "reduce", "color_scheme": scheme}
    with watched_page(browser, site.url, **options) as watched:
        page = watched.page
        page.goto("/sign-in")
        page.fill("#username", "boss")
        page.fill("#password", PASSWORD)
        page.click("form[method=post] button[type=submit] >> nth=-1")
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        faults = {}
        for path in ("/reports/dictionary", "/reports/dictionary/service_level"):
            page.goto(path)
            expect(page.locator("h1")).to_have_count(1)
            if path.endswith("dictionary"):
                page.locator("#abandonment summary").press("Enter")
                expect(page.locator("#abandonment dl")).to_be_visible()
            watched.shot(f"dictionary{path.count('/')}-{language}-{width}", full=False)
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path} is {wider} pixels too wide"
            page.add_script_tag(path=AXE)
            faults[path] = page_faults(page)
        assert not any(faults.values()), faults
