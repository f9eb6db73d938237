"""Reports in a real browser: whole on a desk, on a telephone and on paper, in both languages and both themes, without
serious faults, and drawn (F1, B4, F12)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.reports.standard import STANDARD
from tests.pages.test_accessible import AXE, page_faults
from tests.support.browser import watched_page
from tests.support.full_site import FullSite, full_site
from tests.support.web import PASSWORD

pytestmark = pytest.mark.e2e

REPORTS = {f"/reports/view/{name}": "boss" for name in STANDARD}
PAGES = {
    "/reports": "boss",
    "/reports/menus": "boss",
    "/reports/rows/answered": "boss",
    "/reports/made": "boss",
    "/reports/made/1": "boss",
    "/reports/schedule": "boss",
    "/reports/summaries": "boss",
    "/reports/my-calls": "zhao",
    "/reports/view/handling": "zhao",
    **REPORTS,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("reports")) as running:
        yield running


def _sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("form[method=post] button[type=submit] >> nth=-1")
    page.wait_for_url(lambda url: "sign-in" not in url)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
@pytest.mark.parametrize("username", ["boss", "zhao"])
def test_every_page_is_whole_and_without_serious_faults(
    site: FullSite, browser: Browser, username: str, width: int, height: int
) -> None:
    viewport = {"width": width, "height": height}
    with watched_page(browser, site.url, viewport=viewport, bypass_csp=True, reduced_motion="reduce") as watched:
        page = watched.page
        _sign_in(page, username)
        faults = {}
        for path in (each for each, who in PAGES.items() if who == username):
            page.goto(path)
            expect(page.locator("h1")).to_have_count(1)
            if path.startswith(("/reports/view/", "/reports/menus")):
                expect(page.locator("html[data-charts=drawn]")).to_have_count(1)
            watched.shot(f"reports{path.replace('/', '-')}-{width}")
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path} is {wider} pixels too wide"
            page.add_script_tag(path=AXE)
            faults[path] = page_faults(page)
        assert not any(faults.values()), faults


def test_in_english_in_the_dark_and_on_paper(site: FullSite, browser: Browser) -> None:
    with watched_page(
        browser, site.url, locale="en-GB", color_scheme="dark", bypass_csp=True, reduced_motion="reduce"
    ) as watched:
        page = watched.page
        _sign_in(page, "boss")
        page.context.add_cookies([{"name": "language", "value": "en", "url": site.url}])
        for path in (
            "/reports",
            "/reports/view/volume",
            "/reports/view/answered",
            "/reports/menus",
            "/reports/made/1",
            "/reports/schedule",
        ):
            page.goto(path)
            expect(page.locator("h1")).to_have_count(1)
            watched.shot(f"reports{path.replace('/', '-')}-en-dark")
            page.add_script_tag(path=AXE)
            assert not page_faults(page), path
        page.emulate_media(media="print", color_scheme="light")
        page.goto("/reports/view/volume")
        watched.shot("reports-view-volume-print")
        expect(page.locator(".heat")).to_be_visible()


def test_the_chart_has_ink_and_the_report_is_narrowed_by_keyboard(site: FullSite, browser: Browser) -> None:
    with watched_page(browser, site.url, reduced_motion="reduce") as watched:
        page = watched.page
        _sign_in(page, "boss")
        page.goto("/reports/view/answered?period=month")
        canvas = page.locator("[data-report-chart] canvas").first
        expect(canvas).to_be_visible()
        drawn = canvas.evaluate(
            "each => each.getContext('2d').getImageData(0, 0, each.width, each.height).data.some(value => value)"
        )
        assert drawn
        page.select_option("#by", "person")
        page.locator("#by").press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "by=person" in url)
        expect(page.locator("#chart-title")).to_have_text("人员")
