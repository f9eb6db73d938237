"""Return visits in a browser: from the case to the record, by what the regulation says to each answer; given away but
never to who had to do with it; on a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.cases.case import ServiceCase
from hotline.domain.people import Role
from hotline.domain.visits.visit import Origin, Visit
from hotline.services.visits.assigning import assign_waiting
from hotline.storage.cases.store import CaseStore
from hotline.storage.visits.store import VisitStore
from tests.support.browser import watched_page
from tests.support.case_site import CaseSite, case_site
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
[operators.1003]
name = "周洁"
"""
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("visits"), SETTINGS) as running:
        # Li and Boss are those who do what is done to the cases (tests.support.case_site).
        running.add_user("li", Role.OPERATOR, extension="1001", name="赵敏")
        running.add_user("qian", Role.OPERATOR, extension="1002", name="钱伟")
        running.add_user("zhou", Role.OPERATOR, extension="1003", name="周洁")
        running.add_user("boss", Role.SUPERVISOR, name="孙主管")
        yield running


@pytest.fixture(scope="module")
def cases(site: WebSite) -> CaseSite:
    return case_site(site.storage, site.settings)


def told(site: WebSite, cases: CaseSite) -> tuple[ServiceCase, Visit]:
    """A complaint of which its customer was told, and its visit, which nobody has yet."""
    case = cases.complaint("told", site.now())
    return case, visit_of(site, case)


def visit_of(site: WebSite, case: ServiceCase) -> Visit:
    with site.storage.reading() as tx:
        return VisitStore(tx).of_subject(Origin.CASE, case.id or 0)[-1]


def is_no_wider(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_the_case_to_the_record_by_what_is_answered(site: WebSite, cases: CaseSite, browser: Browser) -> None:
    case, visit = told(site, cases)
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "qian")
        page.goto(f"/cases/{case.id}")
        expect(page.locator("#act-visit")).to_have_count(0)
        page.get_by_role("link", name="前往回访").click()
        expect(page).to_have_url(f"{site.url}/visits/{visit.id}")
        page.get_by_role("button", name="我来回访").click()
        expect(page.locator(".visit-says").first).to_contain_text("请问您是")
        watched.shot("visit-open")

        expect(page.locator("#q-with_what")).to_be_hidden()
        page.get_by_label("不满意", exact=True).check()
        expect(page.locator("#q-with_what")).to_be_visible()
        expect(page.locator("#q-advice")).to_be_hidden()
        expect(page.get_by_text("我们的确做得不够").locator("visible=true")).to_have_count(1)
        page.fill("#problems", "更换后仍漏水")
        page.get_by_role("button", name="登记回访").click()
        expect(page.locator("#problem-with_what")).to_be_visible()
        expect(page.locator("#problems")).to_have_value("更换后仍漏水")
        watched.shot("visit-wrong", full=True)
        page.fill("#q-with_what", "还在漏")
        page.get_by_role("button", name="登记回访").click()
        expect(page.get_by_text("回访已登记")).to_be_visible()
        watched.shot("visit-recorded")
        page.get_by_role("button", name="登记工单").click()
        expect(page.locator("#case-title")).to_have_text("还在漏")
        page.goto(f"/visits/{visit.id}")
        page.get_by_role("link", name="回访记录表").click()
        for words in ("钱伟", "还在漏", "更换后仍漏水", "不满意"):
            expect(page.locator(".case-paper").get_by_text(words).first).to_be_visible()
        watched.shot("visit-paper")
    with site.storage.reading() as tx:
        after = CaseStore(tx).by_ids([case.id or 0])[case.id or 0]
    assert (after.stage, after.repeats) == ("checked", 1)


def test_e5_it_is_given_to_nobody_who_had_to_do_with_it(site: WebSite, cases: CaseSite, browser: Browser) -> None:
    case, visit = told(site, cases)
    assign_waiting(site.storage, site.settings, site.now())
    with watched_page(browser, site.url) as boss_s, watched_page(browser, site.url) as li_s:
        boss, li = boss_s.page, li_s.page
        site.sign_in(boss, "boss")
        boss.goto("/visits")
        expect(boss.locator("table tbody tr").first).to_be_visible()
        boss_s.shot("visits-list")
        boss.goto(f"/visits/{visit.id}")
        choices = boss.locator("#give-to option").all_inner_texts()
        assert "赵敏" not in choices and "孙主管" not in choices and "周洁" in choices
        boss.select_option("#give-to", label="周洁")
        boss.get_by_role("button", name="转派").click()
        expect(boss.locator(".case-facts")).to_contain_text("周洁")
        site.sign_in(li, "li")
        li.goto(f"/cases/{case.id}")
        li.get_by_role("link", name="前往回访").click()
        expect(li.get_by_role("heading", level=1)).to_be_visible()
        expect(li.get_by_role("button", name="登记回访")).to_have_count(0)


def test_on_a_telephone_it_is_tried_agreed_and_recorded(site: WebSite, cases: CaseSite, browser: Browser) -> None:
    _case, visit = told(site, cases)
    with watched_page(browser, site.url, viewport=PHONE) as watched:
        page = watched.page
        site.sign_in(page, "zhou")
        page.goto("/visits?tab=unassigned")
        is_no_wider(page)
        page.goto(f"/visits/{visit.id}")
        page.get_by_role("button", name="我来回访").click()
        is_no_wider(page)
        page.select_option("#outcome", "busy")
        page.get_by_role("button", name="登记尝试").click()
        expect(page.locator("#visit-tries")).to_be_visible()
        page.fill("#agreed", "2026-11-26T10:00")
        page.get_by_role("button", name="约定", exact=True).click()
        expect(page.locator(".case-facts")).to_contain_text("2026-11-26 10:00")
        page.get_by_label("满意", exact=True).check()
        watched.shot("visit-phone")
        is_no_wider(page)
        page.get_by_role("button", name="登记回访").click()
        expect(page.get_by_text("回访已登记")).to_be_visible()
        is_no_wider(page)
    done = visit_of(site, cases.now_is(_case))
    assert (done.closed_by, done.result, done.tries) == ("zhou", "satisfied", 1)
