"""The page of the rules, one rule's page and the report in a real browser, at a desk and on a telephone (F5, F7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.calendar import local_day
from hotline.domain.people import Role
from hotline.domain.verdicts.verdict import WhyJudged
from tests.support.browser import watched_page
from tests.support.kept_rules import judge
from tests.support.leaders import person_of
from tests.support.sample_calls import answered_call
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
LOOKS = (("zh", "light"), ("en", "dark"))
SETTINGS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
[rule_limits.C7]
off = "试点期间不计"
off_since = 2026-11-01
"""
#: The month that the site's clock shows.
NOVEMBER = "period=month&day=2026-11-01"
OCTOBER = "period=month&day=2026-10-01"
PAGES = {
    "rules": f"/reports/rules?{NOVEMBER}",
    "rules-regulation": f"/reports/rules?{NOVEMBER}&group=regulation&low=1",
    "rule": f"/reports/rules/A8?{NOVEMBER}",
    "report": f"/reports/supervision?{OCTOBER}",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("rules"), SETTINGS) as running:
        running.add_user("boss", Role.SUPERVISOR, Role.ADMINISTRATOR, name="周主管")
        running.add_user("wu", Role.EXAMINER, name="吴质检")
        running.add_user("zhao", Role.OPERATOR, extension="1001", name="赵敏")
        running.add_user("qian", Role.OPERATOR, extension="1002", name="钱伟")
        running.keep(answered_call("c-1", running.now() - timedelta(days=1)))
        _judge(running)
        yield running


def _judge(site: WebSite) -> None:
    """Ten weeks: A8 gets worse, C1 stays well, C4 is broken, C7 is switched off."""
    today = local_day(site.now())
    people = [person_of(site.storage, each) for each in ("zhao", "qian")]
    for days in range(70):
        day = today - timedelta(days=days)
        if day.weekday() > 4:
            continue
        worse = 1 + max(0, (28 - days) // 7)
        for place, person in enumerate(people):
            judge(
                site.storage,
                "A8",
                day,
                kept=18,
                broken=worse + place,
                person_id=person,
                not_applicable=1,
                why=WhyJudged.LINE_TEST,
            )
            judge(
                site.storage, "C1", day, kept=20, person_id=person, not_judged=days % 3, why=WhyJudged.NOT_TRANSCRIBED
            )
            judge(site.storage, "C4", day, kept=19, broken=(days + place) % 2, person_id=person)
            judge(site.storage, "C7", day, kept=5, broken=5, person_id=person)
    judge(
        site.storage,
        "C4",
        today,
        broken=1,
        subject_id="1",
        person_id=people[0],
        evidence={"kind": "forbidden", "from": 12.5},
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_the_pages_stand_at_the_desk_and_on_a_telephone(
    site: WebSite, browser: Browser, size: str, language: str, theme: str
) -> None:
    with watched_page(browser, site.url, viewport=SIZES[size], reduced_motion="reduce") as watched:
        site.sign_in(watched.page, "wu")
        cookies = {"language": language, "theme": theme}
        watched.page.context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in cookies.items()])
        for name, address in PAGES.items():
            watched.page.goto(address)
            if name == "rule":
                expect(watched.page.locator("html[data-charts=drawn] #rule-chart canvas")).to_be_visible()
            width = watched.page.evaluate("document.documentElement.scrollWidth")
            assert width <= SIZES[size]["width"], (name, width)
            if name == "rules":  # what a rule is called is not squeezed between its figures
                names = watched.page.locator(".rules-table td:first-child").first
                assert names.evaluate("each => each.getBoundingClientRect().width") >= 150
            watched.shot(f"{name}-{size}-{language}-{theme}", full=name != "rules")


def test_from_a_yellow_rule_to_the_second_of_the_call_by_keyboard(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto(f"/reports/rules?{NOVEMBER}")
        page.get_by_label("搜索", exact=True).fill("C4")
        page.keyboard.press("Enter")
        link = page.get_by_role("link", name="C4 ")
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/reports/rules/C4?**")
        page.locator("a[href*='/calls/1#t=12.5']").press("Enter")
        page.wait_for_url("**/calls/1#t=12.5")


def test_an_operator_sees_their_own_and_no_report(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "zhao")
        page.goto(f"/reports/rules/A8?{NOVEMBER}")
        expect(page.locator("section[aria-labelledby=people-title] tbody tr")).to_have_count(1)
        expect(page.get_by_role("link", name="服务监督报告")).to_have_count(0)
        assert page.goto("/reports/supervision").status == 403  # type: ignore[union-attr]


def test_an_examiner_signs_the_report_of_last_month(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "wu")
        page.goto(PAGES["report"])
        page.get_by_role("button", name="签署").click()
        expect(page.locator(".digest")).to_have_text(re.compile("^[0-9a-f]{64}$"))
        judge(site.storage, "A8", local_day(site.now()).replace(month=10, day=20), broken=3)
        page.reload()
        expect(page.get_by_text("1 条规则有差异")).to_be_visible()
        watched.shot("report-signed")
