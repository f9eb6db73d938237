"""The first hour, what is missing, the carrier, the caller's telephone and lost mobiles, in a real browser: at a desk
in the light, on a telephone in the dark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.line.lost_mobile import LostMobile
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.people import Role
from hotline.domain.reasons import because
from hotline.services.check import failed, ok, warning
from hotline.services.first_hour.findings import look
from hotline.storage.line.lost_mobiles import LostMobileStore
from hotline.storage.line.roster import RosterStore
from tests.pages.test_accessible import AXE, OPTIONS
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

VIEWS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1366, "height": 768}},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
PAGES = {
    "first-hour": "/admin/first-hour",
    "first-hour-carrier": "/admin/first-hour?step=carrier",
    "first-hour-hours": "/admin/first-hour?step=hours",
    "first-hour-operator": "/admin/first-hour?step=operator",
    "first-hour-call": "/admin/first-hour?step=call",
    "first-hour-caller": "/admin/first-hour/caller",
    "missing": "/admin/missing",
    "carrier": "/admin/carrier",
    "lost-mobiles": "/roster#mobiles",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("first-hour")) as running:
        now = running.now()
        with running.storage.writing() as tx:
            backup = DutyNumber("王五", "13800000002")
            RosterStore(tx).add(Shift("李四", ("13800000001",), (backup,), now, now + timedelta(days=2)))
            LostMobileStore(tx).add(LostMobile("13800000009", "赵六", "出租车上", "root", now - timedelta(hours=1)))
        found = (
            ok("company", because("checks.company", company="阳光电器")),
            warning("roster", because("checks.shifts_over", last_at=now), because("checks.add_shifts")),
            failed("trunk", because("checks.no_answer", where="203.0.113.7:5060"), because("checks.see_trunk")),
            failed("ffmpeg", because("checks.no_ffmpeg"), because("checks.install", package="ffmpeg")),
        )
        look(running.storage, lambda: found, now)
        running.add_user("root", Role.ADMINISTRATOR, Role.SUPERVISOR, name="管理员")
        yield running


def grave(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    found = page.evaluate("options => axe.run(document, options).then(found => found.violations)", OPTIONS)
    return [json.dumps([each["id"], [node["html"] for node in each["nodes"]]], ensure_ascii=False) for each in found]


@pytest.mark.parametrize("view", VIEWS)
def test_the_pages_fit_and_nothing_stands_in_the_way(site: WebSite, browser: Browser, view: str) -> None:
    with watched_page(browser, site.url, bypass_csp=True, **VIEWS[view]) as visitor:
        page = visitor.page
        site.sign_in(page, "root")
        for name, address in PAGES.items():
            page.goto(address)
            visitor.shot(f"{name}-{view}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
            assert grave(page) == [], address


def test_a2_one_click_takes_a_lost_mobile_out(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "root")
        page.goto("/roster")
        page.locator("#mobiles form", has_text="李四").get_by_role("button").click()
        expect(page.locator(".r-now")).to_contain_text("王五")
        expect(page.locator(".r-now")).not_to_contain_text("李四")
        page.locator("#mobiles form", has_text="李四").get_by_role("button", name="已找回：恢复").click()
        expect(page.locator(".r-now")).to_contain_text("李四")
