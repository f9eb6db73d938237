"""Our own people in a real browser: every page whole on a desk and on a telephone, and somebody who goes away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Absence, Department, Membership, Person, Team
from hotline.services.staff import absences, people, units
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
"""

HOSTILE = "<script>document.title='taken'</script>\u202e右到左 '\"&"
ADMIN = Actor("boss", (Role.ADMINISTRATOR,), "周管理")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("staff"), SETTINGS) as running:
        running.add_user("boss", Role.ADMINISTRATOR, name="周管理")
        running.add_user("zhao", Role.OPERATOR, extension="1001", name="赵敏")
        now = running.now()
        hostile = people.add_person(running.storage, Person(HOSTILE[:40], email="a@example.com"), ADMIN, now)
        ben = people.add_person(running.storage, Person("Ben"), ADMIN, now)
        new = Department("客服部", leader_id=ben.id, deputy_id=hostile.id, email="kf@example.com")
        department = units.add_unit(running.storage, new, ADMIN, now)
        team = units.add_unit(running.storage, Team(HOSTILE[:40]), ADMIN, now)
        for unit in (department, team):
            assert unit.id is not None and hostile.id is not None
            units.add_member(running.storage, Membership(unit.id, hostile.id, now), ADMIN, now)
        assert ben.id is not None
        away = Absence(ben.id, now, now + timedelta(days=3), hostile.id)
        absences.go_away(running.storage, away, ADMIN, now)
        yield running


PAGES = {
    "people": "/people",
    "person": "/people/2",
    "away": "/people/4",
    "new": "/people/new",
    "units": "/people/units",
    "unit": "/people/units/1",
    "unit-new": "/people/units/new/department",
    "oneself": "/me",
}


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("zh", "light", 1366), ("zh", "light", 390), ("en", "dark", 390)]
)
def test_every_page_of_our_people_is_whole(
    site: WebSite, browser: Browser, language: str, theme: str, width: int
) -> None:
    with watched_page(browser, site.url) as watched:
        watched.dress(language, theme, width)
        site.sign_in(watched.page, "boss")
        for name, path in PAGES.items():
            watched.page.goto(path)
            expect(watched.page.locator("h1")).to_be_visible()
            wider = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path} is {wider} pixels too wide"
            assert watched.page.title() != "taken"
            watched.shot(f"staff-{name}-{language}-{theme}-{width}")


def test_somebody_goes_away_and_comes_back(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "zhao")
        page.goto("/me")
        page.fill("#email", "zhao@example.com")
        page.get_by_role("button", name="保存").click()
        expect(page.locator("#email")).to_have_value("zhao@example.com")
        until = site.now() + timedelta(days=30)
        page.fill("#until", f"{until:%Y-%m-%dT18:00}")
        page.select_option("#deputy", label="Ben")
        page.get_by_role("button", name="登记离开").click()
        # Ben is away too, and whoever acts for Ben acts.
        expect(page.locator("main")).to_contain_text("离开至")
        expect(page.locator("main")).to_contain_text("代理")
        page.get_by_role("button", name="已回来").click()
        expect(page.locator("main")).to_contain_text("没有登记离开")
