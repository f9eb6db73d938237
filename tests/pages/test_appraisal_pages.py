"""Scores of a month and the register of breaches in a real browser: at a desk, on a telephone, in the dark, on paper
(F3, F5, F12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.breaches.breach import BreachKind
from hotline.services.accounts import accounts
from hotline.services.breaches.declaring import Declared, declare
from hotline.storage.accounts.users import UserStore
from tests.support.appraised import Month
from tests.support.browser import watched_page
from tests.support.web_site import PASSWORD, WebSite, web_site

pytestmark = pytest.mark.e2e

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
SHOWN = "(all) => all.filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 80))"


@dataclass
class Scored:
    site: WebSite
    month: Month

    @property
    def sheet(self) -> str:
        return f"/appraisal/teams/2026-10.{self.month.team}"

    @property
    def card(self) -> str:
        return f"/appraisal/cards/2026-10.{self.month.zhao_id}"


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scored]:
    with web_site(tmp_path_factory.mktemp("scored")) as site:
        month = Month(site.storage, tmp_path_factory.mktemp("month"))
        for username in ("zhao", "wu", "sun", "zhou"):
            _let_in(site, username)
        for days in (3, 20):
            happened = site.now() - timedelta(days=days)
            said = Declared(
                month.zhao_id, BreachKind.SERVICE_COMPLAINT, happened, "call:1 case:1", "对客户不耐烦，客户来电投诉"
            )
            declare(site.storage, month.settings, said, month.zhou, site.now())
        yield Scored(site, month)


def _let_in(site: WebSite, username: str) -> None:
    first = accounts.reset_password(site.storage, username, site.now(), "test")
    with site.storage.reading() as tx:
        user = UserStore(tx).by_username(username)
    assert user is not None
    accounts.change_password(site.storage, user, first, PASSWORD, site.now())


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "dark")])
def test_the_pages_fit_and_say_what_was_scored(
    scored: Scored, browser: Browser, language: str, theme: str, size: str
) -> None:
    """F3, F12."""
    with watched_page(browser, scored.site.url, viewport=SIZES[size], color_scheme=theme) as visitor:
        page = visitor.page
        scored.site.sign_in(page, "zhou")
        page.context.add_cookies([{"name": "language", "value": language, "url": scored.site.url}])
        for address, name in (
            ("/appraisal?month=2026-10", "month"),
            (scored.sheet, "sheet"),
            (scored.card, "card"),
            (f"{scored.card}/talk", "rows"),
            ("/breaches", "breaches"),
        ):
            page.goto(address)
            expect(page.locator("main h1")).to_be_visible()
            visitor.shot(f"appraisal-{name}-{language}-{theme}-{size}")
            assert fits(page), address


def test_whoever_looks_goes_from_the_team_to_what_a_figure_is_made_of(scored: Scored, browser: Browser) -> None:
    """F3: by links alone, to the call itself."""
    with watched_page(browser, scored.site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        scored.site.sign_in(page, "zhou")
        page.goto("/appraisal?month=2026-10")
        page.get_by_role("link", name="一组").click()
        page.get_by_role("link", name="赵敏").click()
        expect(page.locator(".appraisal-score")).to_contain_text("67.9")
        page.get_by_role("link", name="平均通话时长").click()
        rows = page.locator("main tbody tr")
        expect(rows).to_have_count(10)
        rows.first.get_by_role("link").click()
        page.wait_for_url("**/calls/*")


def test_printed_pages_have_nothing_to_click(scored: Scored, browser: Browser) -> None:
    """F3, F5."""
    with watched_page(browser, scored.site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        scored.site.sign_in(page, "wu")
        for address, name in ((scored.card, "card"), (scored.sheet, "sheet"), ("/breaches", "breaches")):
            page.goto(address)
            expect(page.locator("#print")).to_be_visible()
            page.emulate_media(media="print")
            assert page.locator(".btn, .filter, .banner, form").evaluate_all(SHOWN) == [], address
            visitor.shot(f"appraisal-{name}-print")
            page.emulate_media(media="screen")


def test_f5_an_examiner_signs_by_keyboard_and_the_leader_closes(scored: Scored, browser: Browser) -> None:
    with watched_page(browser, scored.site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        scored.site.sign_in(page, "wu")
        page.goto(scored.sheet)
        page.get_by_role("button", name="签核这些数据").focus()
        page.keyboard.press("Enter")
        expect(page.locator("main .appraisal-hash")).to_have_count(1)
    with watched_page(browser, scored.site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        scored.site.sign_in(page, "sun")
        page.goto(scored.sheet)
        page.get_by_role("button", name="月度关账").click()
        expect(page.locator("main .page-title-row")).to_contain_text("已关账")
        visitor.shot("appraisal-closed")
    with watched_page(browser, scored.site.url, viewport=SIZES["phone"]) as visitor:
        page = visitor.page
        scored.site.sign_in(page, "zhao")
        page.goto(scored.card)
        page.get_by_label("数值").select_option(label="针对本人的投诉（重复投诉加倍）")
        page.get_by_label("有何不对").fill("投诉的是别的同事")
        page.get_by_role("button", name="提出异议").click()
        expect(page.locator(".appraisal-objection")).to_contain_text("投诉的是别的同事")
        visitor.shot("appraisal-objection-phone")
