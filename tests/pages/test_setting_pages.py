"""The settings of the administration in a real browser: found, changed by keyboard, counted down (F8)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.people import Role
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
"""

PAGES = {
    "index": "/admin/settings",
    "found": "/admin/settings?q=秒",
    "company": "/admin/settings/company",
    "console": "/admin/settings/console",
    "notices": "/admin/settings/notices",
    "machine": "/admin/settings/machine",
    "menu": "/admin/settings/table/menus/entry/main",
    "category": "/admin/settings/table/categories/entry/harm",
    "versions": "/admin/settings/versions",
    "before": "/admin/settings/versions/before",
    "transfer": "/admin/settings/transfer",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("settings"), SETTINGS) as running:
        running.add_user("boss", Role.ADMINISTRATOR, name="周管理")
        running.add_user("wang", Role.SUPERVISOR, name="王主管")
        yield running


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("zh", "light", 1366), ("en", "dark", 1366), ("zh", "light", 390)]
)
def test_every_page_of_the_settings_is_whole(
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
            watched.shot(f"settings-{name}-{language}-{theme}-{width}")


def test_a_setting_is_found_changed_by_keyboard_and_taken_back_to_a_version(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        page.context.add_cookies([{"name": "language", "value": "en", "url": site.url}])
        site.sign_in(page, "boss")
        page.goto("/admin/settings")
        page.get_by_role("searchbox").fill("wrap-up")
        page.keyboard.press("Enter")
        page.locator("#found a").first.click()
        box = page.locator("[name='console.wrap_up_seconds']")
        box.fill("45")
        page.locator("#reason").fill("话后处理太长")
        page.get_by_role("button", name="Show what would change").press("Enter")
        expect(page.locator("#differences ins")).to_have_text("45")
        watched.shot("settings-preview")
        page.get_by_role("button", name="Decide", exact=True).press("Enter")
        expect(page.get_by_text("This is decided.")).to_be_visible()
        page.goto("/admin/settings/versions")
        page.locator("tbody a").first.click()
        expect(page.locator("#made ins")).to_have_text("45")
        watched.shot("settings-version")
        page.goto("/admin/settings/versions/before")
        page.locator("#reason").fill("恢复")
        page.get_by_role("button", name="Back to this version").click()
        expect(page.get_by_text("This is decided.")).to_be_visible()
        page.goto("/admin/settings/console")
        expect(page.locator("[name='console.wrap_up_seconds']")).to_have_value("60")


def test_what_could_lock_out_is_counted_down_and_confirmed(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        page.context.add_cookies([{"name": "language", "value": "en", "url": site.url}])
        site.sign_in(page, "boss")
        page.goto("/admin/settings/machine")
        page.locator("[name='web.idle_minutes']").fill("60")
        page.locator("#reason").fill("缩短")
        page.get_by_role("button", name="Decide", exact=True).click()
        left = page.locator("[data-seconds-left]")
        expect(left).to_contain_text("1:5")
        watched.shot("settings-trial")
        page.get_by_role("button", name="Confirm").click()
        expect(page.get_by_text("It stays so.")).to_be_visible()
        expect(left).to_have_count(0)


def test_back_after_a_refusal_asks_nobody_to_send_the_form_again(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        page.context.add_cookies([{"name": "language", "value": "en", "url": site.url}])
        site.sign_in(page, "boss")
        page.goto("/admin/settings/console")
        box = page.locator("[name='console.grace_seconds']")
        box.fill("-1")
        page.locator("#reason").fill("太短")
        page.get_by_role("button", name="Decide", exact=True).click()
        expect(page.get_by_text("Nothing is changed yet")).to_be_visible()
        expect(box).to_have_value("-1")
        box.fill("35")
        page.get_by_role("button", name="Decide", exact=True).click()
        expect(page.get_by_text("This is decided.")).to_be_visible()
        page.go_back()
        expect(box).to_be_visible()
        expect(page.get_by_text("Nothing is changed yet")).to_have_count(0)
        page.reload()
        expect(box).to_have_value("35")


def test_a_supervisor_finds_the_settings_of_the_day(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "wang")
        page.goto("/admin/settings")
        expect(page.locator("main .card h2 a")).to_have_count(3)
        watched.shot("settings-supervisor")
