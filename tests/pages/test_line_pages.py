"""Holidays, roster and lines of a site with two lines, in a real browser, at a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.people import Role
from hotline.storage.line.roster import RosterStore
from tests.support.browser import watched_page
from tests.support.rig import wait_until
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

LINES = """
[lines.main]
number = "4001234567"
menu = "main"
[lines.repairs]
number = "4007654321"
company = "长城维修"
menu = "main"
hours.wed = ["08:00-20:00"]
[lines.repairs.duty]
always = [{ person = "赵六", number = "13800000006" }]
"""
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("lines"), LINES) as running:
        now = running.now()
        day = timedelta(days=1)
        with running.storage.writing() as tx:
            roster, backup = RosterStore(tx), DutyNumber("王五", "13800000002")
            roster.add(Shift("李四", ("13800000001",), (backup,), now - day, now + 2 * day, lines=("main",)))
            roster.add(Shift("孙七", ("13800000007",), (), now, now + 5 * day, lines=("repairs",)))
            roster.add(Shift("王五", ("13800000002",), (), now + 3 * day, now + 4 * day))
        running.add_user("root", Role.ADMINISTRATOR, Role.SUPERVISOR, name="管理员")
        yield running


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_fit_and_show_each_line(site: WebSite, browser: Browser, size: str) -> None:
    with watched_page(browser, site.url, viewport=SIZES[size]) as visitor:
        page = visitor.page
        site.sign_in(page, "root")
        for address, name, words in (
            ("/line", "line", ("400-123-4567", "400-765-4321")),
            ("/roster", "roster", ("李四", "孙七", "王五")),
            ("/roster?line=repairs", "roster-repairs", ("孙七", "王五", "赵六")),
            ("/calendar?year=2026", "holidays", ("2026-12",)),
            ("/floor", "floor-lines", ("400-123-4567", "400-765-4321", "李四")),
        ):
            page.goto(address)
            for word in words:
                expect(page.locator("main")).to_contain_text(word)
            visitor.shot(f"{name}-{size}")
            assert fits(page), address
        expect(page.locator("#lines li")).to_have_count(2)
        page.goto("/roster?line=repairs")
        expect(page.locator(".r-calendar")).not_to_contain_text("李四")


def test_a_year_is_entered_by_clicks(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        site.sign_in(page, "root")
        page.goto("/calendar")
        expect(page.locator(".y-year")).to_have_text("2027")
        expect(page.get_by_role("note")).to_contain_text("2027")
        page.locator("[value='2027-02-06']").click()
        page.locator("[value='2027-02-12']").click(modifiers=["Shift"])
        expect(page.locator("#count")).to_have_text("(7)")
        visitor.shot("holidays-choosing", full=False)
        page.locator(".y-bar").get_by_role("button", name="休息").click()
        expect(page.locator(".y-day.is-marked")).to_have_count(7)
        page.locator("[value='2027-02-20']").click()
        page.locator(".y-bar").get_by_role("button", name="调休").click()
        expect(page.locator(".y-day.is-makeup")).to_have_count(1)
        page.get_by_role("note").get_by_role("button").click()
        expect(page.get_by_role("note")).to_contain_text("确认录全")
        visitor.shot("holidays-entered")
        page.locator("[value='2027-02-12']").click()
        page.locator(".y-bar").get_by_role("button", name="恢复默认").click()
        expect(page.locator(".y-day.is-marked")).to_have_count(7)
        page.get_by_role("link", name="400-765-4321").click()
        page.locator("[value='2027-02-06']").click()
        page.locator(".y-bar").get_by_role("button", name="上班", exact=True).click()
        expect(page.locator(".y-day.is-marked")).to_have_count(1)
        expect(page.locator("main")).to_contain_text("管理员: 上班")
        visitor.shot("holidays-of-a-line")


def test_one_line_is_declared_from_the_floor(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        site.sign_in(page, "root")
        page.goto("/floor")
        expect(page.locator("#lines li")).to_have_count(2)
        page.locator("#declare-open").click()
        page.locator("#declare-line").select_option("repairs")
        page.locator("#declare-reason").fill("停电")
        page.locator("#declare-form button[type=submit]").click()
        expect(page.locator("#lines li").nth(1)).to_contain_text("停电")
        expect(page.locator("#lines li").nth(0)).not_to_contain_text("停电")
        page.locator("#declare-open").click()
        page.locator("#declare-line").select_option("repairs")
        page.locator("#declare-calendar").click()
        wait_until(lambda: "停电" not in page.locator("#lines").inner_text(), "the line to go by the calendar")
