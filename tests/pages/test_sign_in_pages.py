"""Signing in by two steps and by the company's accounts, in a real browser against a real provider (E4, F8)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from tests.pages.test_accessible import AXE, page_faults
from tests.support.at import set_clock
from tests.support.browser import Watched, follow, watched_page
from tests.support.oidc import Provider, provider
from tests.support.web_site import PASSWORD, WebSite, web_site

pytestmark = pytest.mark.e2e

LOOKS = [("zh", "light", 1366), ("en", "dark", 1366), ("zh", "light", 390)]


@pytest.fixture(scope="module")
def company() -> Iterator[Provider]:
    with provider() as there:
        there.person("u-1", preferred_username="zhao", name="赵敏", groups=["ops"])
        there.person("u-2", preferred_username="sun", name="孙静", groups=["cleaners"])
        yield there


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, company: Provider) -> Iterator[WebSite]:
    folder = tmp_path_factory.mktemp("sign-in")
    more = f"""
[sign_in.groups]
operator = ["ops"]
[sign_in.oidc]
issuer = "{company.issuer}"
name = "企业账号"
client_id = "hotline"
secret = "s3cret"
"""
    with web_site(folder, more) as running:
        set_clock(folder / "clock", datetime.now(UTC))  # the provider has no other
        for look in range(len(LOOKS)):
            running.add_user(f"li{look}", Role.OPERATOR, name="李四")
        running.add_user("boss", Role.ADMINISTRATOR, name="周管理")
        yield running


@contextmanager
def dressed_page(site: WebSite, browser: Browser, language: str, theme: str, width: int) -> Iterator[Watched]:
    """A browser that knows nobody yet."""
    with watched_page(browser, site.url) as watched:
        watched.dress(language, theme, width)
        yield watched


def is_whole(watched: Watched, name: str) -> None:
    expect(watched.page.locator("h1").first).to_be_visible()
    wider = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{name} is {wider} pixels too wide"
    watched.shot(name)
    watched.page.evaluate(AXE.read_text("utf-8"))
    assert page_faults(watched.page) == [], name


@pytest.mark.parametrize("look", range(len(LOOKS)))
def test_f8_a_person_sets_up_two_steps_and_signs_in_by_them(site: WebSite, browser: Browser, look: int) -> None:
    language, theme, width = LOOKS[look]
    name = f"sign-in-{language}-{theme}-{width}"
    with dressed_page(site, browser, language, theme, width) as watched:
        page = watched.page
        page.goto("/sign-in")
        is_whole(watched, f"{name}-page")
        site.sign_in(page, f"li{look}")
        page.goto("/my-second-factor")
        is_whole(watched, f"{name}-own")
        page.click("main form button[type=submit]")
        expect(page.locator("code.secret")).to_be_visible()
        is_whole(watched, f"{name}-set-up")
        secret = page.inner_text("code.secret").replace(" ", "")
        page.fill("#code", "000000")
        page.click("main form button[type=submit]")
        expect(page.locator("#code-problem")).to_be_visible()
        page.fill("#code", pyotp.TOTP(secret).at(site.now()))
        page.click("main form button[type=submit]")
        expect(page.locator("code.secret")).to_have_count(10)
        is_whole(watched, f"{name}-codes")
        recovery = page.locator("code.secret").first.inner_text()
        page.goto("/my-second-factor")
        is_whole(watched, f"{name}-kept")
    with dressed_page(site, browser, language, theme, width) as watched:
        page = watched.page
        _password(page, f"li{look}")
        page.wait_for_url("**/sign-in/code*")
        page.fill("#code", "123123")
        page.keyboard.press("Enter")
        expect(page.locator("[role=alert]")).to_be_visible()
        is_whole(watched, f"{name}-code")
        page.fill("#code", recovery)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
    with dressed_page(site, browser, language, theme, width) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto(f"/admin/people/li{look}")
        is_whole(watched, f"{name}-person")
        page.fill("#second-factor-reason", "手机丢失")
        page.click("section[aria-labelledby=second-factor-title] button")
        expect(page.locator("section[aria-labelledby=second-factor-title] form")).to_have_count(0)
        page.goto("/admin/settings/sign_in")
        is_whole(watched, f"{name}-settings")


def _password(page: Page, username: str) -> None:
    page.goto("/sign-in")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")


def at_the_provider(page: Page, subject: str) -> None:
    page.goto("/sign-in")
    page.click("a[href*='/sign-in/company']")
    page.wait_for_url("**/oauth2/authorize*")
    page.fill("input[name=sub]", subject)
    page.press("input[name=sub]", "Enter")


def test_e4_a_person_comes_in_by_the_companys_provider(site: WebSite, company: Provider, browser: Browser) -> None:
    context = browser.new_context(base_url=site.url, locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    at_the_provider(page, "u-2")
    page.wait_for_url("**/sign-in/company/back*")
    expect(page.locator("[role=alert]")).to_be_visible()
    Watched(page, site.url).shot("sign-in-without-a-role")
    follow(page.locator("main a.btn-primary"))
    at_the_provider(page, "u-1")
    page.wait_for_url(lambda url: url.startswith(site.url) and "sign-in" not in url)
    expect(page.locator("header")).to_contain_text("赵敏")
    context.close()
