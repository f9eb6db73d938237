"""The bell in a real browser: it grows and falls on every open page, and nothing is loaded anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from hotline.domain.staff.records import Person
from hotline.services.notifications.notification_kinds import ALERT, ESCALATION, TEST
from hotline.services.notifications.notify import notify
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.store import StaffStore
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("bell")) as running:
        running.add_user("he", Role.ADMINISTRATOR, Role.SUPERVISOR, name="何主管")
        running.add_user("shen", Role.EXAMINER, name="沈质检")
        yield running


def _person(site: WebSite, username: str) -> int:
    with site.storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None and user.id is not None
        found = StaffStore(tx).person_of_user(user.id)
        found = found or StaffStore(tx).add_person(Person(user.display_name, user_id=user.id))
        assert found.id is not None
        return found.id


def _tell(site: WebSite, person: int, what: str) -> None:
    with site.storage.writing() as tx:
        notify(tx, [person], TEST, "", site.now(), by=what)


def _marked(page: Page) -> None:
    """What is set here is gone once the page is loaded anew."""
    page.evaluate("window.stillThere = true")


def test_it_grows_in_all_tabs_is_read_in_one_and_falls_in_the_other(site: WebSite, browser: Browser) -> None:
    person = _person(site, "he")
    with watched_page(browser, site.url) as visitor:
        site.sign_in(visitor.page, "he")
        first, second = visitor.page, visitor.page.context.new_page()
        first.goto("/line")
        second.goto("/callbacks")
        for page in (first, second):
            expect(page.locator("#bell-count")).to_be_hidden()
            _marked(page)
        _tell(site, person, "一号")
        _tell(site, person, "二号")
        for page in (first, second):
            expect(page.locator("#bell-count")).to_have_text("2")
            assert page.evaluate("window.stillThere") is True
        first.goto("/notifications")
        first.get_by_role("button", name="全部标为已读").click()
        expect(first.locator(".alert")).to_contain_text("2")
        expect(second.locator("#bell-count")).to_be_hidden()
        assert second.evaluate("window.stillThere") is True


def test_an_examiner_has_a_bell_too_and_nobody_anothers(site: WebSite, browser: Browser) -> None:
    theirs, other = _person(site, "shen"), _person(site, "he")
    with watched_page(browser, site.url) as visitor:
        site.sign_in(visitor.page, "shen")
        visitor.page.goto("/line")
        _marked(visitor.page)
        _tell(site, other, "别人")
        _tell(site, theirs, "自己")
        expect(visitor.page.locator("#bell-count")).to_have_text("1")
        assert visitor.page.evaluate("window.stillThere") is True


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_pages_fit(site: WebSite, browser: Browser, tmp_path: Path, width: int, height: int) -> None:
    person = _person(site, "he")
    with site.storage.writing() as tx:
        notify(tx, [person], ALERT, "alert:line_fault", site.now(), alert="line_fault", about="main")
        notify(tx, [person], ESCALATION, "case:7", site.now(), what="工单 20261125001", due_at=site.now())
    with watched_page(browser, site.url) as visitor:
        site.sign_in(visitor.page, "he")
        visitor.page.set_viewport_size({"width": width, "height": height})
        for path in ("/notifications", "/my-notifications", "/admin/notifications"):
            visitor.page.goto(path)
            expect(visitor.page.locator("#bell")).to_be_visible()
            assert visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            visitor.page.screenshot(path=tmp_path / f"{path.strip('/').replace('/', '-')}-{width}.png", full_page=True)
