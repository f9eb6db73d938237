"""Examination in a real browser: a week drawn, a call taken, scored, appealed against and decided by another, and the
figures, whose bars open the calls behind them (E6, F5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.examination.figures import iso_week
from hotline.domain.examination.records import Examination, ExaminationFilter, ExaminationState
from hotline.domain.people import Actor, Role
from hotline.services.examination import calibrations, corrective_actions, examinations
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.plans import CalibrationStore
from hotline.storage.examination.store import ExaminationStore
from tests.support.browser import watched_page
from tests.support.examination import keep_call, measure
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
"""
BY_HAND = {"courtesy": 6.0, "plain_language": 5.0, "record": 8.0, "solving": 10.0, "way": 5.0}
PAGES = {
    "examinations": "/examinations?list=all",
    "samples": "/samples",
    "sample": "/samples/1",
    "score-forms": "/score-forms",
    "score-form": "/score-forms/1",
    "editor": "/score-forms/new?from=1",
    "appeals": "/appeals",
    "appeal": "/appeals/1",
    "calibrations": "/calibrations",
    "calibration": "/calibrations/1",
    "rectifications": "/rectifications",
    "figures": "/quality?period=quarter",
    "calls": "/quality/calls?rule=A8&period=quarter",
}

OWN_PAGES = {"my-results": "/my-results", "my-result": "/my-results/1"}


def _hotline(site: WebSite) -> SimpleNamespace:
    return SimpleNamespace(storage=site.storage, settings=site.settings, clock=site.now)


def _person(site: WebSite, name: str) -> Actor:
    with site.storage.reading() as tx:
        user = UserStore(tx).by_username(name)
    assert user is not None
    return Actor(name, user.roles, user.display_name, user.id, user.extension)


def _finish(site: WebSite, found: Examination, **changed: float) -> None:
    who, now = _person(site, found.examiner), site.now()
    assert found.id is not None
    points = {**BY_HAND, **changed}
    given = examinations.give_points(site.storage, found.id, found.version, points, "语气可以再热情一些。", who, now)
    examinations.comment(site.storage, found.id, 3.2, "开头语说得清楚。", who, now)
    examinations.finish(site.storage, site.settings, found.id, given.version, who, now)


def _waiting(site: WebSite, examiner: str) -> list[Examination]:
    with site.storage.reading() as tx:
        return ExaminationStore(tx).search(
            ExaminationFilter(examiner=examiner, states=(ExaminationState.ASSIGNED,)), 50
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("quality"), SETTINGS) as running:
        running.add_user("boss", Role.SUPERVISOR, name="周主管")
        running.add_user("qian", Role.OPERATOR, extension="1002", name="钱伟")
        for number in range(12):
            call = keep_call(_hotline(running), f"q{number}", running.now() - timedelta(days=7 + 3 * number))  # type: ignore[arg-type]
            measure(_hotline(running), call)  # type: ignore[arg-type]
        yield running


def _as(site: WebSite, page: Page, name: str, language: str = "en", theme: str = "light") -> None:
    page.context.add_cookies(
        [{"name": "language", "value": language, "url": site.url}, {"name": "theme", "value": theme, "url": site.url}]
    )
    site.sign_in(page, name)


def test_from_the_draw_to_the_decision_and_the_calls_behind_a_bar(site: WebSite, browser: Browser) -> None:
    with ExitStack() as everybody:

        def signed_in(name: str) -> Page:
            page = everybody.enter_context(watched_page(browser, site.url)).page
            _as(site, page, name)
            return page

        boss = signed_in("boss")
        boss.goto("/samples")
        boss.fill("#seed", "seen-by-all")
        boss.select_option("#week", iso_week(site.now() - timedelta(days=7)))
        boss.get_by_role("button", name="Draw", exact=True).click()
        expect(boss.get_by_text("the same calls")).to_be_visible()
        expect(boss.get_by_text("Nobody has it").first).to_be_visible()

        site.add_user("sun", Role.EXAMINER, name="孙质检")
        site.add_user("zhou", Role.EXAMINER, name="周质检")
        sun, zhou, qian = signed_in("sun"), signed_in("zhou"), signed_in("qian")
        sun.goto("/examinations?list=unassigned")
        sun.get_by_role("button", name="Take").first.click()
        expect(sun.get_by_text("The call is yours to examine.")).to_be_visible()
        [taken] = _waiting(site, "sun")
        _finish(site, taken, courtesy=2.0)

        qian.goto("/my-results")
        qian.get_by_role("row", name="New").get_by_role("link").first.click()
        expect(qian.get_by_text("开头语说得清楚。")).to_be_visible()
        qian.fill("#reason", "客户情绪激动，我已三次致歉。")
        qian.get_by_role("button", name="Appeal").click()
        expect(qian.get_by_text("To be decided")).to_be_visible()

        sun.goto("/appeals/1")
        expect(sun.get_by_text("You cannot decide this one")).to_be_visible()
        zhou.goto("/appeals")
        zhou.locator("tbody tr").first.get_by_role("link").first.click()
        zhou.get_by_label("Points for 态度礼貌耐心").fill("10")
        zhou.fill("#note", "录音属实，予以改分。")
        zhou.get_by_role("button", name="Change the points").click()
        expect(zhou.get_by_text("The points were changed")).to_be_visible()
        qian.goto(f"/my-results/{taken.id}")
        expect(qian.get_by_text("(first 2)")).to_be_visible()
        _open_a_bar(zhou)


def _open_a_bar(page: Page) -> None:
    """The longest bar of the rules begins at the left edge of the grid: a click beside it hits it."""
    page.goto("/quality?period=quarter")
    expect(page.locator("html[data-charts=drawn]")).to_be_attached()
    breaches = int(page.locator("[data-chart=rules] ~ details tbody td a").first.inner_text())
    canvas = page.locator("[data-chart=rules] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.wait_for_timeout(1200)  # the bars have grown
    canvas.click(position={"x": 200, "y": 8 + (box["height"] - 32) / 2})
    page.wait_for_url("**/quality/calls**")
    expect(page.get_by_text(f"{breaches} in all")).to_be_visible()
    page.locator("tbody tr a").first.click()
    page.wait_for_url(lambda url: "/calls/" in url and "#t=" in url)


@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "dark")])
def test_every_page_of_quality_is_whole(site: WebSite, browser: Browser, language: str, theme: str) -> None:
    """Also in the other language and colours: nothing is wider than the screen, and the console stays silent."""
    _more(site)
    with watched_page(browser, site.url) as watched:
        page = watched.page
        _as(site, page, "boss", language, theme)
        for name, path in PAGES.items():
            page.goto(path)
            expect(page.locator("h1")).to_be_visible()
            if name == "figures":
                expect(page.locator("html[data-charts=drawn]")).to_be_attached()
                page.wait_for_timeout(1200)  # for the picture: the bars have grown
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path} is {wider} pixels too wide"
            watched.shot(f"quality-{name}-{language}-{theme}")
    with watched_page(browser, site.url) as watched:
        _as(site, watched.page, "qian", language, theme)
        for name, path in OWN_PAGES.items():
            watched.page.goto(path)
            expect(watched.page.locator("h1")).to_be_visible()
            watched.shot(f"quality-{name}-{language}-{theme}")


def test_the_editor_adds_items_and_says_what_the_weights_make(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        _as(site, page, "boss")
        page.goto("/score-forms/new")
        page.fill("#name", "简表")
        items = page.locator("[data-item]")
        expect(items).to_have_count(1)
        items.nth(0).get_by_label("Item", exact=True).fill("态度")
        items.nth(0).get_by_label("Weight").fill("60")
        expect(page.locator("[data-sum]")).to_have_text("Together 60 of 100")
        page.get_by_role("button", name="Add an item").click()
        page.keyboard.type("开头语")
        items.nth(1).get_by_label("Weight").fill("40")
        items.nth(1).get_by_label("Judged").select_option("automatic")
        items.nth(1).get_by_label("A breach costs").fill("40")
        items.nth(1).get_by_label("Opening words").check()
        expect(page.locator("[data-sum]")).to_have_class("quality-sum is-full")
        page.get_by_role("button", name="Keep this version").click()
        expect(page.get_by_text("Version 1 of 简表 is kept.")).to_be_visible()


def _more(site: WebSite) -> None:
    """A calibration that is closed, orders, and more examined calls; once."""
    with site.storage.reading() as tx:
        if CalibrationStore(tx).latest(1):
            return
        call_id = CallStore(tx).id_of("node1", "q5")
    boss, now = _person(site, "boss"), site.now()
    made = calibrations.open_calibration(
        site.storage, site.settings, call_id or 0, "十一月校准", ["sun", "zhou"], boss, now
    )
    with site.storage.reading() as tx:
        parts = ExaminationStore(tx).of_calibration(made.id or 0)
    for part, courtesy in zip(parts, (10.0, 3.0), strict=True):
        _finish(site, part, courtesy=courtesy)
    calibrations.close_calibration(site.storage, made.id or 0, "致歉两次以上，态度不低于八分。", boss, now)
    due_at = now + timedelta(days=5)
    corrective_actions.issue(site.storage, site.settings, "1002", "开头语要报公司全称。", due_at, None, boss, now)
