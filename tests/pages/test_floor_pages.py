"""The floor, the wall and the roster in a real browser, in the middle of a busy day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from hotline.domain.calls.call import Outcome
from hotline.domain.operators.presence import OperatorPresence
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.services.alerts import set_alert
from hotline.services.floor.alert_kinds import QUEUE_LONG
from hotline.services.line import line
from hotline.services.operators.hands import lower_hand, raise_hand
from hotline.services.outbox_topics import OPERATOR
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.web.kit.i18n import LANGUAGE_COOKIE
from tests.support.browser import watched_page
from tests.support.busy_floor import SETTINGS, day_of_calls, live_calls, put_operators, put_roster
from tests.support.pbx import RememberingPbx
from tests.support.rig import wait_until
from tests.support.sample_calls import answered_call, bare_call
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

WALL = {"width": 1920, "height": 1080}

#: The names of events as they reach the page, in window.pushed: by the worker that all tabs share, or without it.
NOTE_WHAT_IS_PUSHED = """
  window.pushed = [];
  const Real = window.SharedWorker;
  window.SharedWorker = class extends Real {
    constructor(...given) {
      super(...given);
      this.port.addEventListener('message', ({ data }) => window.pushed.push(data.lost ? 'lost' : data.name));
      this.addEventListener('error', () => window.pushed.push('no worker'));
    }
  };
  const RealSource = window.EventSource;
  window.EventSource = class extends RealSource {
    addEventListener(name, ...given) {
      super.addEventListener(name, () => window.pushed.push(name));
      super.addEventListener(name, ...given);
    }
  };
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("floor"), SETTINGS) as running:
        now = running.now()
        running.keep(*live_calls(now), *day_of_calls(now))
        with running.storage.writing() as tx:
            put_operators(tx, now)
            put_roster(tx, now)
        running.add_user("he", Role.SUPERVISOR, extension="1090", name="何主管")
        yield running


def in_english(page: Page, url: str) -> None:
    page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "en", "url": url}])


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_floor_on_a_desk(site: WebSite, browser: Browser, scheme: str) -> None:
    with watched_page(browser, site.url, color_scheme=scheme) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        page.goto("/floor")
        expect(page.locator("#calls tr")).to_have_count(7)
        expect(page.locator(".f-operator")).to_have_count(11)
        expect(page.locator("#calls tr").first).to_contain_text("排队")
        expect(page.locator("[data-figure=service_level] [data-mark]")).to_be_visible()
        expect(page.locator("[data-figure=answered] [data-value]")).to_have_text(re.compile(r"^1\d\d$"))
        assert fits(page)
        visitor.shot(f"floor-{scheme}")
        page.locator(".f-operator").filter(has_text="赵敏").get_by_role("button", name=re.compile("操作")).click()
        expect(page.get_by_role("button", name="监听", exact=True)).to_be_visible()
        visitor.shot(f"floor-menu-{scheme}", full=False)
        page.keyboard.press("Escape")
        in_english(page, site.url)
        page.goto("/floor")
        expect(page.locator("#calls tr")).to_have_count(7)
        assert "、" not in page.locator(".f-line").first.inner_text() + page.locator("#operators").inner_text()
        assert fits(page)
        visitor.shot(f"floor-english-{scheme}")


@pytest.mark.parametrize(("who", "said"), [("cli:root", "由 命令行（root） 宣布"), ("simulation", "由 模拟 宣布")])
def test_who_declared_the_line_is_said_in_words(site: WebSite, browser: Browser, who: str, said: str) -> None:
    """Where it was none of our people."""
    line.declare(site.storage, "open", site.now() + timedelta(hours=1), who, "促销", site.now())
    try:
        with watched_page(browser, site.url) as visitor:
            site.sign_in(visitor.page, "he")
            visitor.page.goto("/floor")
            expect(visitor.page.locator(".f-line").first).to_contain_text(said)
    finally:
        line.go_by_calendar(site.storage, who, site.now())


def test_a_raised_hand_and_a_queue_in_trouble_cannot_be_overlooked(site: WebSite, browser: Browser) -> None:
    now = site.now()
    zhao = Actor("zhao", (Role.OPERATOR,), "赵敏", None, "1001")
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        page.goto("/floor")
        row = page.locator(".f-operator").filter(has_text="赵敏")
        expect(row).to_be_visible()
        expect(row.locator(".f-hand")).to_be_hidden()
        raise_hand(site.storage, site.settings, RememberingPbx(), "1001", zhao, now)
        with site.storage.writing() as tx:
            set_alert(tx, QUEUE_LONG, "service", because("floor.queue_long", queue="客服", waiting=4, most=3), now)
        expect(row.locator(".f-hand")).to_contain_text("举手求助")
        for help_ in ("监听", "耳语（只对客服说）", "接管来电"):
            expect(row.locator(".f-hand").get_by_role("button", name=help_)).to_be_visible()
        expect(page.locator("#bell-count")).to_have_text("1")
        visitor.shot("floor-hand")
        page.set_viewport_size({"width": 390, "height": 844})
        assert fits(page)
        visitor.shot("floor-hand-phone", full=False)
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto("/floor/wall")
        expect(page.locator(".w-queue").filter(has_text="排队来电过多")).to_be_visible()
        visitor.shot("wall-trouble", full=False)
        lower_hand(site.storage, "1001", zhao, now)
        with site.storage.writing() as tx:
            set_alert(tx, QUEUE_LONG, "service", None, now)
        expect(page.get_by_text("排队来电过多")).to_have_count(0)


#: What is not read whole.
CUT = """(notes) => notes.filter((note) => note.offsetParent && (note.scrollWidth > note.clientWidth
    || note.closest(".w-tile, .f-figure")?.scrollWidth > note.closest(".w-tile, .f-figure")?.clientWidth))
    .map((note) => note.textContent)"""


def test_a_target_is_read_whole_on_a_small_screen(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url, viewport={"width": 1280, "height": 720}) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        page.goto("/floor")
        expect(page.locator("[data-figure=service_level] [data-note]")).to_contain_text("目标")
        assert page.locator("[data-note]").evaluate_all(CUT) == []
        assert fits(page)


def test_what_is_said_of_an_operator_wraps_in_neither_language(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url, viewport={"width": 1366, "height": 768}) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        for words in ("份记录未填", "open log forms"):
            page.goto("/floor")
            forms = page.locator(".f-forms").filter(has_text=words)
            expect(forms).to_have_count(3)
            rows = page.locator(".f-operator-who > div:not(:empty)")
            heights = rows.evaluate_all(
                "(rows) => rows.map((row) => row.clientHeight / parseFloat(getComputedStyle(row).lineHeight))"
            )
            assert len(heights) > 11 and max(heights) < 1.5
            in_english(page, site.url)


def test_what_happens_is_pushed_and_timers_run(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        page.goto("/floor")
        answered = page.locator("[data-figure=answered] [data-value]")
        expect(page.locator("#calls tr")).to_have_count(7)
        before = int(answered.text_content() or "0")
        now = site.now()
        site.keep(answered_call("fresh", now - timedelta(seconds=200), "+8613700000000"))
        expect(answered).to_have_text(str(before + 1))
        arrives = bare_call("comes", now, "+8613611112222")
        site.keep(arrives)
        row = page.locator("#calls tr").filter(has_text="13611112222")
        expect(row).to_contain_text("菜单中")
        shown = row.locator(".f-time").text_content()
        wait_until(lambda: row.locator(".f-time").text_content() != shown, "the timer runs")
        tell_operator(site, "service")
        expect(page.locator(".f-operator").filter(has_text="王磊")).to_contain_text("就绪")
        line.declare(site.storage, "closed", now + timedelta(hours=1), "王主管", "停电", now)
        expect(page.locator("#lines")).to_contain_text("由 王主管 宣布")
        line.go_by_calendar(site.storage, "王主管", now)
        expect(page.locator("#lines")).not_to_contain_text("宣布")
        site.keep(replace(arrives, ended_at=site.now(), outcome=Outcome.ABANDONED_IVR))
        expect(row).to_have_attribute("data-stage", "ended")
        expect(row).to_have_count(0, timeout=15_000)


def test_what_is_pushed_while_the_floor_is_fetched_is_not_lost(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        answers: list[tuple[Route, APIResponse]] = []
        page.add_init_script(NOTE_WHAT_IS_PUSHED)
        site.sign_in(page, "he")
        tell_operator(site, "service")

        def answer_late(route: Route) -> None:
            """The floor as it was before the change comes back after the change was pushed; after what the page
            fetched anew, too, if the line was begun anew meanwhile."""
            if answers:
                route.continue_()
            else:
                answers.append((route, route.fetch()))

        page.route("**/api/v1/floor", answer_late)
        page.goto("/floor")
        expect(page.locator("#link")).to_have_text("实时")
        until(page, lambda: answers, "the floor to be fetched")
        tell_operator(site)
        told = "pushed.includes('operator') || pushed.filter((each) => each === 'hello').length > 1"
        until(page, lambda: page.evaluate(told), "the change to be pushed, or the floor fetched anew")
        for route, response in answers:
            route.fulfill(response=response)
        expect(page.locator(".f-operator").filter(has_text="王磊")).to_have_attribute("data-state", "offline")


def tell_operator(site: WebSite, *queues: str) -> None:
    """The operator 1008 signs in to these queues, or out."""
    now = site.now()
    with site.storage.writing() as tx:
        PresenceStore(tx).save([OperatorPresence("1008", now, now, queues, reachable=True)])
        Outbox(tx).add([OutboxEntry(OPERATOR, {"extension": "1008"}, now)])


def until(page: Page, true: Callable[[], object], what: str) -> None:
    """Like wait_until, but lets Playwright's own thread of events run."""

    def looked() -> object:
        page.wait_for_timeout(20)
        return true()

    try:
        wait_until(looked, what, 60)  # servers may have to wait for a busy machine
    except AssertionError as error:
        state = page.evaluate("({ pushed, link: document.querySelector('#link').textContent })")
        raise AssertionError(f"{error}; {state}") from None


def test_a_reason_is_asked_for_and_what_fails_is_said(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        page.goto("/floor")
        page.locator(".f-operator").filter(has_text="冯雪").get_by_role("button", name=re.compile("操作")).click()
        page.get_by_role("button", name="暂停", exact=True).click()
        page.keyboard.press("Enter")
        expect(page.locator("#reason-problem")).to_be_visible()
        page.keyboard.type("<script>document.title='taken'</script>")
        visitor.shot("floor-reason", full=False)
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Asterisk 没有响应")
        expect(page).not_to_have_title(re.compile("taken"))
        page.locator("#declare-open").click()
        page.get_by_label("原因").last.fill("消防演习")
        visitor.shot("floor-declare", full=False)
        page.get_by_role("button", name="宣布").click()
        expect(page.locator("#lines")).to_contain_text("由 何主管 宣布")
        page.locator("#declare-open").click()
        page.get_by_role("button", name="恢复按日历").click()
        expect(page.locator("#lines")).not_to_contain_text("宣布")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_display_on_the_wall(site: WebSite, browser: Browser, scheme: str) -> None:
    """It gets its link from a supervisor, shows no number, does not grow, and goes blank when revoked."""
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        page.goto("/floor")
        page.locator("#displays-open").click()
        page.get_by_label("新大屏的名称").fill(f"大厅 {scheme}")
        page.get_by_role("button", name="生成链接").click()
        expect(page.locator("#display-link")).to_contain_text("/floor/wall/enter/")
        link = page.locator("#display-link").text_content() or ""
        visitor.shot("floor-displays", full=False)
        with watched_page(browser, site.url, color_scheme=scheme, viewport=WALL) as hall:
            hall.page.goto(link)
            expect(hall.page).to_have_url(re.compile("/floor/wall$"))
            expect(hall.page.locator(".w-operator").filter(has_text="赵敏")).to_contain_text("通话中")
            expect(hall.page.locator("[data-figure=talking] [data-value]")).to_have_text("3")
            hall.shot(f"wall-{scheme}", full=False)
            assert not re.search(r"1380013|5678|8888", hall.page.content())
            assert hall.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
            assert hall.page.locator("[data-note]").evaluate_all(CUT) == []
            nodes = hall.page.evaluate("document.querySelectorAll('*').length")
            answered = hall.page.locator("[data-figure=answered] [data-value]")
            before = int(answered.text_content() or "0")
            for n in range(1, 4):
                site.keep(answered_call(f"more-{scheme}-{n}", site.now()))
                expect(answered).to_have_text(str(before + n))
            assert hall.page.evaluate("document.querySelectorAll('*').length") == nodes
            page.locator("#displays li").filter(has_text=f"大厅 {scheme}").get_by_role("button").click()
            expect(hall.page.locator("#link")).to_have_text("此大屏的链接已被撤销。", timeout=20_000)
            expect(hall.page.locator(".w-now")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_roster_by_calendar(site: WebSite, browser: Browser, scheme: str) -> None:
    with watched_page(browser, site.url, color_scheme=scheme) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        page.goto("/roster")
        expect(page.locator(".r-nobody:not(.r-past)").first).to_be_visible()
        expect(page.locator(".r-overlap").first).to_be_visible()
        assert fits(page)
        visitor.shot(f"roster-{scheme}")
        in_english(page, site.url)
        page.goto("/roster")
        visitor.shot(f"roster-english-{scheme}")


def test_the_roster_by_keyboard_from_adding_to_removing(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        page.goto("/roster")
        month = page.locator(".r-month").text_content() or ""
        page.keyboard.press("PageDown")
        expect(page.locator(".r-month")).not_to_have_text(month)
        page.locator("[data-day]").nth(9).focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
        chosen = page.locator("[data-day]:focus").get_attribute("aria-label") or ""
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(page.get_by_label("值班人", exact=False).first).to_be_focused()
        visitor.shot("roster-add", full=False)
        page.keyboard.press("Enter")
        expect(page.get_by_text("请填写姓名。")).to_be_visible()
        expect(page.locator(":focus")).to_have_class(re.compile("is-invalid"))
        page.locator("#person").fill("周九")
        page.locator("#numbers").fill("13900000007")
        page.get_by_role("button", name="添加", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("已为 周九 排班")
        page.locator(".r-shift").filter(has_text="周九").first.click()
        expect(page.get_by_role("dialog")).to_contain_text("13900000007")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.locator(".r-shift").filter(has_text="周九").first.click()
        page.get_by_role("button", name="删除此班次").click()
        expect(page.locator(".r-shift").filter(has_text="周九")).to_have_count(0)
        assert re.search(r"\d{4}-\d\d-\d\d", chosen)


def test_a_wrong_table_is_told_by_its_lines_and_the_roster_is_printed(
    site: WebSite, browser: Browser, tmp_path: Path
) -> None:
    table = tmp_path / "roster.csv"
    ahead = site.now() + timedelta(days=40)
    row = f"李四,abc,{ahead:%Y-%m-%d} 17:30,{ahead:%Y-%m-%d} 23:00"
    table.write_text(f"值班人,号码,开始时间,结束时间\n{row}\n", "utf-8")
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "he")
        page.goto("/roster")
        page.get_by_role("link", name="导入").click()
        page.locator("input[type=file]").set_input_files(table)
        page.get_by_role("button", name="查看").click()
        expect(page.get_by_role("alert").last).to_contain_text("第 2 行")
        visitor.shot("roster-import-refused", full=False)
        page.goto("/roster")
        page.emulate_media(media="print")
        expect(page.get_by_role("link", name="导入")).to_be_hidden()
        visitor.shot("roster-print")
