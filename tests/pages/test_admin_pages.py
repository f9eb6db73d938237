"""Administration in a real browser: people, sessions, tokens, the audit log; a session ended from afar (F5, F8)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.people import Role
from tests.support.browser import watched_page
from tests.support.sample_calls import answered_call
from tests.support.web_site import WebSite, web_site

#: Of the preview and of a figure that does not fit.
HOLD = "[name='rules.hold_prompt.every_seconds']"

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
"""

HOSTILE = "<script>document.title='taken'</script>\u202e右到左 👩‍👩‍👧‍👦 '\"&"

PAGES = {
    "people": "/admin/people",
    "person": "/admin/people/zhao",
    "add": "/admin/people/add",
    "sessions": "/admin/sessions",
    "tokens": "/admin/tokens",
    "audit": "/admin/audit",
    "rules": "/rules",
    "rule": "/rules/A8",
    "rule-of-hours": "/rules/A1",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("admin"), SETTINGS) as running:
        running.add_user("boss", Role.ADMINISTRATOR, name="周管理")
        running.add_user("zhao", Role.OPERATOR, extension="1001", name="赵敏")
        running.keep(answered_call())
        yield running


@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "dark")])
def test_every_page_of_the_administration_is_whole(site: WebSite, browser: Browser, language: str, theme: str) -> None:
    with watched_page(browser, site.url) as watched:
        watched.page.context.add_cookies(
            [
                {"name": "language", "value": language, "url": site.url},
                {"name": "theme", "value": theme, "url": site.url},
            ]
        )
        site.sign_in(watched.page, "boss")
        for name, path in PAGES.items():
            watched.page.goto(path)
            expect(watched.page.locator("h1")).to_be_visible()
            wider = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path} is {wider} pixels too wide"
            watched.shot(f"admin-{name}-{language}-{theme}")


def test_somebody_is_added_signs_in_and_chooses_a_password(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto("/admin/people/add")
        page.fill("#username", "qian")
        page.fill("#display_name", HOSTILE)
        page.check("[value=operator]")
        page.check("[value=examiner]")
        page.select_option("#extension", "1002")
        page.click("main button[type=submit]")
        expect(page.locator("[role=alert]")).to_contain_text("F5")
        watched.shot("admin-add-refused")
        page.uncheck("[value=examiner]")
        page.click("main button[type=submit]")
        first = page.inner_text("code.secret")
        watched.shot("admin-first-password")
        expect(page).not_to_have_title("taken")
    with watched_page(browser, site.url) as watched:
        page = watched.page
        page.goto("/sign-in")
        page.fill("#username", "qian")
        page.fill("#password", first)
        page.press("#password", "Enter")
        page.wait_for_url("**/password")
        for name, value in (("current", first), ("new", "a sentence of my own"), ("again", "a sentence of my own")):
            page.fill(f"#{name}", value)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "password" not in url)


def test_a_session_ended_by_an_administrator_is_over_in_the_other_browser(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as theirs, watched_page(browser, site.url) as ours:
        site.sign_in(theirs.page, "zhao")
        theirs.page.goto("/calls")
        site.sign_in(ours.page, "boss")
        ours.page.goto("/admin/sessions")
        row = ours.page.locator("tr", has_text="zhao").first
        expect(row).to_contain_text("Chrome")
        row.locator("[name=reason]").fill("借用他人电脑")
        row.locator("button").first.click()
        expect(ours.page.locator("[role=status]")).to_be_visible()
        theirs.page.goto("/calls")
        theirs.page.wait_for_url("**/sign-in**")
        ours.page.goto("/admin/audit?action=session.end")
        expect(ours.page.locator("tbody tr").first).to_contain_text("借用他人电脑")


def test_a_token_is_made_used_and_revoked(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto("/admin/tokens")
        page.fill("#name", "crm")
        page.click("main .btn-primary")
        program = {"Authorization": f"Bearer {page.inner_text('code.secret')}"}
        watched.shot("admin-token-made")
        asked = page.request.get("/api/v1/calls", headers=program)
        assert asked.status == 200 and asked.json()["total"] == 1
        page.goto("/admin/tokens")
        page.locator("tr", has_text="crm").get_by_role("button").click()
        expect(page.locator("[role=status]")).to_be_visible()
        assert page.request.get("/api/v1/calls", headers=program).status == 401


def test_a_figure_is_previewed_refused_in_words_and_decided(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        page.context.add_cookies([{"name": "language", "value": "zh", "url": site.url}])
        site.sign_in(page, "boss")
        page.goto("/rules/A13")
        page.fill(HOLD, "45")
        page.fill("#reason", "客户反映等得太久")
        page.click("[value=preview]")
        expect(page.locator("#differences")).to_contain_text("45")
        expect(page.locator(HOLD)).to_have_value("45")
        page.click("[value=save]")
        expect(page.locator("h1")).to_contain_text("A13")
        expect(page.locator("body")).to_contain_text("客户反映等得太久")
        watched.shot("admin-rule-decided")
        page.fill(HOLD, "1")
        page.fill("#reason", "太短")
        page.click("[value=save]")
        expect(page.locator(f"{HOLD}.is-invalid")).to_have_value("1")
