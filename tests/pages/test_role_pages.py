"""What leaders, department staff and auditors find, in a real browser: their first page, their menu, whole pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.people import Role
from tests.support.browser import watched_page
from tests.support.leaders import team
from tests.support.sample_calls import QIAN, answered_call, talking_call
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
"""

NUMBER = "13800138000"

#: By role: where it begins, and the pages that are looked at.
PAGES = {
    "sun": ("/floor", ("/calls", "/floor", "/forms?owner=all", "/callbacks", "/cases", "/directory")),
    "he": ("/directory", ("/directory", "/my-sessions")),
    "shen": ("/calls", ("/calls", "/forms", "/customers", "/keeping/retention", "/admin/audit", "/quality")),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("roles"), SETTINGS) as running:
        running.add_user("boss", Role.ADMINISTRATOR, name="周管理")
        running.add_user("zhao", Role.OPERATOR, extension="1001", name="赵敏")
        running.add_user("qian", Role.OPERATOR, extension="1002", name="钱伟")
        running.add_user("sun", Role.LEADER, name="孙组长")
        running.add_user("he", Role.DEPARTMENT, name="何工程师")
        running.add_user("shen", Role.AUDITOR, name="沈审计")
        begun = running.now() - timedelta(hours=1)
        other = talking_call("another", begun, "+8613900139000")
        talks = tuple(replace(talk, party=QIAN) for talk in other.talks)
        running.keep(
            answered_call("theirs", begun, f"+86{NUMBER}"), replace(other, answered_by=QIAN, talks=talks, rings=())
        )
        team(running.storage, "一组", "sun", "zhao", "qian", until=None)
        yield running


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("username", PAGES)
def test_each_new_role_finds_whole_pages(site: WebSite, browser: Browser, username: str, language: str) -> None:
    first, pages = PAGES[username]
    with watched_page(browser, site.url) as watched:
        watched.page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        site.sign_in(watched.page, username)
        assert watched.page.url == f"{site.url}{first}"
        for path in pages:
            watched.page.goto(path)
            expect(watched.page.locator("h1").first).to_be_visible()
            wider = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path} is {wider} pixels too wide"
            watched.shot(f"role-{username}{re.sub('[^a-z]', '-', path)}-{language}")


def test_an_auditor_sees_no_number_whole(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        site.sign_in(watched.page, "shen")
        watched.page.goto("/calls")
        shown = watched.page.inner_text("main")
        assert NUMBER[-4:] in shown
        assert NUMBER not in shown.replace(" ", "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_account_form_says_what_each_role_is_for(site: WebSite, browser: Browser, language: str) -> None:
    with watched_page(browser, site.url) as watched:
        watched.page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        site.sign_in(watched.page, "boss")
        watched.page.goto("/admin/people/add")
        watched.page.fill("#username", "new")
        watched.page.check("[value=auditor]")
        watched.page.click("main button[type=submit]")
        expect(watched.page.locator("#last_day-problem")).to_be_visible()
        watched.shot(f"role-form-{language}")
        watched.page.goto("/admin/people")
        watched.shot(f"role-people-{language}")
