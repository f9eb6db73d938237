"""Cases in a browser: a complaint from the record to the paper, returned, extended, by the keyboard, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from hotline.domain.staff.records import Department
from hotline.services.cases.kinds import record_kinds
from hotline.services.forms.forms import form_of
from hotline.settings.home import TREE
from hotline.storage.staff.store import StaffStore
from tests.support import sample_calls as sample
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
"""
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("cases"), SETTINGS) as running:
        running.add_user("zhao", Role.OPERATOR, extension="1001", name="赵敏")
        running.add_user("qian", Role.OPERATOR, extension="1002", name="钱伟")
        running.add_user("boss", Role.SUPERVISOR, name="孙主管")
        with running.storage.writing() as tx:
            for name in ("质量部", "技术部"):
                StaffStore(tx).add_unit(Department(name))
        yield running


def do(page: Page, act: str, **given: str) -> None:
    """By the form of this act on the case's page: words are typed, or chosen by their value."""
    page.locator(f"#act-{act} > summary").click()
    for name, value in given.items():
        field = page.locator(f"#{act}-{name}")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=value) if name == "department" else field.select_option(value)
        else:
            field.fill(value)
    page.locator(f"#act-{act} button[type=submit]").click()
    expect(page.locator(".case-way [aria-current=step]")).to_be_visible()
    expect(page.locator(f"#act-{act}[open]")).to_have_count(0)


def stands(page: Page, stage: str) -> None:
    expect(page.locator(".case-way [aria-current=step]")).to_have_text(stage)


def open_one(page: Page, title: str) -> str:
    """By itself: a letter."""
    page.goto("/cases/new?kind=complaint")
    page.fill("#new-title", title)
    page.get_by_role("button", name="建立工单").click()
    expect(page.locator(".case-way")).to_be_visible()
    return page.url


def is_no_wider(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_d1_a_complaint_from_the_record_to_the_paper(site: WebSite, browser: Browser) -> None:
    site.keep(sample.talking_call("c-1", site.now() - timedelta(minutes=2), "+8613912345678"))
    with site.storage.reading() as tx:
        record = form_of(tx, "node1", "c-1")
    assert record is not None
    with (
        watched_page(browser, site.url) as zhao_s,
        watched_page(browser, site.url) as qian_s,
        watched_page(browser, site.url) as boss_s,
    ):
        zhao, qian, boss = zhao_s.page, qian_s.page, boss_s.page
        for page, name in ((zhao, "zhao"), (qian, "qian"), (boss, "boss")):
            site.sign_in(page, name)
        zhao.goto(f"/forms/{record.id}")
        zhao.locator('.record-actions [data-action="case"]').click()
        zhao.select_option("#call-form-case-kind", "complaint")
        zhao.fill("#call-form-case-subject", "水壶漏水")
        zhao.fill("#call-form-case-complaint-product", "水壶 S1")
        zhao.locator("#call-form-case button[type=submit]").click()
        expect(zhao.locator(".record-said")).to_contain_text("-001")
        zhao.goto("/cases?which=mine")
        zhao_s.shot("cases-list")
        zhao.locator("table a").first.click()
        stands(zhao, "已登记")
        case = zhao.url
        zhao_s.shot("case-registered")
        do(zhao, "judge", demand="2", loss="2", spread="1")
        do(zhao, "assign", department="质量部", contact_person="刘女士", address="泉城路1号")
        do(zhao, "check", cause="密封圈老化", responsible="装配组")
        do(zhao, "propose", solution="免费更换")
        boss.goto(case)
        do(boss, "approve", chosen="1")
        zhao.goto(case)
        calls = zhao.locator("#accept-call option").evaluate_all("all => all.map(each => each.value).filter(Boolean)")
        do(zhao, "accept", way="phone", call=calls[0])
        do(zhao, "carry_out", carried_out_how="已更换")
        do(zhao, "tell", note="已告知")
        qian.goto(case)
        qian.get_by_role("link", name="前往回访").click()
        qian.get_by_role("button", name="我来回访").click()
        qian.get_by_label("满意", exact=True).check()
        qian.get_by_role("button", name="登记回访").click()
        expect(qian.get_by_text("回访已登记")).to_be_visible()
        zhao.goto(case)
        do(zhao, "sum_up", lesson="增加试水检验")
        do(zhao, "archive", result="已更换，客户满意")
        stands(zhao, "已归档")
        zhao_s.shot("case-archived")
        zhao.get_by_role("link", name="投诉处理表").click()
        expect(zhao.get_by_role("heading", name="投诉处理表")).to_be_visible()
        expect(zhao.get_by_role("button", name="打印")).to_be_visible()
        for words in ("密封圈老化", "免费更换", "增加试水检验", "水壶 S1"):
            expect(zhao.locator(".case-paper").get_by_text(words).first).to_be_visible()
        zhao_s.shot("case-paper")
        boss.goto("/cases/month")
        expect(boss.locator("table").last).to_contain_text("增加试水检验")
        boss_s.shot("cases-month")


def test_d6_what_a_grave_case_begins_with_is_begun_and_noted(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "zhao")
        open_one(page, "产品伤人")
        do(page, "judge", demand="3", loss="3", spread="3")
        measures = page.locator("section", has=page.locator("#case-check-title")).locator("li")
        expect(measures).to_have_count(3)
        expect(measures.get_by_text("尚未启动")).to_have_count(3)
        do(page, "check_off", check_item="1", note="已通知各部门")
        expect(measures.first).to_contain_text("已启动")
        expect(measures.first).to_contain_text("赵敏")
        expect(measures.get_by_text("尚未启动")).to_have_count(2)
        measures.first.scroll_into_view_if_needed()
        watched.shot("case-grave")
        page.set_viewport_size({"width": 390, "height": 844})
        is_no_wider(page)
        measures.first.scroll_into_view_if_needed()
        watched.shot("case-grave-phone")


def test_it_is_returned_and_more_time_is_asked_for(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as zhao_s, watched_page(browser, site.url) as boss_s:
        zhao, boss = zhao_s.page, boss_s.page
        site.sign_in(zhao, "zhao")
        site.sign_in(boss, "boss")
        case = open_one(zhao, "来信投诉安装延误")
        do(zhao, "judge", demand="1", loss="1", spread="1")
        do(zhao, "assign", department="技术部")
        do(zhao, "ask_extension", clock="solution", more="5", reason="等配件")
        boss.goto(case)
        do(boss, "grant_extension")
        zhao.goto(case)
        do(zhao, "return", reason="不归技术部管")
        stands(zhao, "已判定")
        expect(zhao.locator(".case-steps > li.is-back").first).to_contain_text("不归技术部管")
        expect(zhao.locator(".case-steps")).to_contain_text("批准延期")
        zhao_s.shot("case-returned")


def test_it_is_done_by_the_keyboard_alone(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "zhao")
        open_one(page, "键盘办理")
        page.locator("#act-judge > summary").focus()
        page.keyboard.press("Enter")
        for _field in range(3):
            page.keyboard.press("Tab")
            page.keyboard.press("ArrowDown")
        expect(page.locator("#judge-spread")).to_be_focused()
        page.locator("#act-judge button[type=submit]").focus()
        page.keyboard.press("Enter")
        stands(page, "已判定")


def test_what_is_missing_is_marked_and_the_page_fits_a_telephone(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url, viewport=PHONE) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        open_one(page, "手机办理")
        is_no_wider(page)
        page.locator("#act-judge > summary").click()
        page.locator("#act-judge form").evaluate("form => form.noValidate = true")
        page.locator("#act-judge button[type=submit]").click()
        expect(page.locator("#act-judge [aria-invalid=true]")).to_have_count(3)
        is_no_wider(page)
        watched.shot("case-phone")
        for path in ("/cases", "/cases/board", "/cases/new?kind=repair", "/cases/month"):
            page.goto(path)
            is_no_wider(page)
        page.goto("/cases/board")
        watched.shot("board-phone")


def test_a_filter_is_kept_by_a_name(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "zhao")
        page.goto("/cases?which=mine&kind=complaint")
        page.fill("#kept-name", "我的投诉")
        page.get_by_role("button", name="保存当前筛选").click()
        expect(page.get_by_role("link", name="我的投诉")).to_be_visible()
        page.goto("/cases")
        page.get_by_role("link", name="我的投诉").click()
        expect(page.locator(".record-tab.active")).to_have_text("我的")
        expect(page.locator("#kind")).to_have_value("complaint")
        page.get_by_role("button", name="删除筛选 我的投诉").click()
        expect(page.get_by_role("link", name="我的投诉")).to_have_count(0)


def test_an_open_case_goes_on_by_the_definition_under_which_it_was_opened(site: WebSite, browser: Browser) -> None:
    shipped = (TREE / "config" / "cases" / "request.toml").read_text("utf-8")
    record_kinds(site.storage, site.home, site.now())
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto("/cases/new?kind=request")
        page.fill("#new-title", "旧流程")
        page.get_by_role("button", name="建立工单").click()
        expect(page.locator(".case-way")).to_be_visible()
        before, old = page.locator(".case-way li").all_inner_texts(), page.url
        site.home.cases.mkdir(parents=True, exist_ok=True)
        file = site.home.cases / "request.toml"
        file.write_text(shipped.replace(f'zh = "{before[0]}"', 'zh = "待受理"', 1), "utf-8")
        try:
            assert record_kinds(site.storage, site.home, site.now()) == ["request"]
            page.reload()
            expect(page.locator(".case-way [aria-current=step]")).to_have_text(before[0])
            do(page, "close", result="已按旧流程办结")
            page.goto("/cases/new?kind=request")
            page.fill("#new-title", "新流程")
            page.get_by_role("button", name="建立工单").click()
            stands(page, "待受理")
            page.goto(old)
            assert page.locator(".case-way li").all_inner_texts() == before
        finally:
            file.unlink()
            record_kinds(site.storage, site.home, site.now())
