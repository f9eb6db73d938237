"""The operator's console in a real browser, with the real Asterisk and SIPp for the callers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.services.accounts import sessions
from hotline.services.customers import customers
from hotline.services.line.line import declare, go_by_calendar
from tests.support.browser import SCREENSHOTS
from tests.support.console_rig import ConsoleRig, Desk

pytestmark = pytest.mark.e2e

CALLER = "13800138000"
HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='hit'\">\u202e右到左 مرحبا👩‍👩‍👧"

_NEW = count(1)
BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss")

#: A caller who has time, and waits to be hung up.
PATIENT = ("call", "wait 0.8", "press 1", "tone 440 90", "expect hangup")

#: Beside the rig's own settings.
SETTINGS = {"HOTLINE_CONSOLE__WRAP_UP_SECONDS": "40", "HOTLINE_CONSOLE__GOODBYE_SECONDS": "2"}


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleRig]:
    rig = ConsoleRig(tmp_path_factory.mktemp("console"))
    rig.environment.update(SETTINGS)
    rig.prepare()
    try:
        rig.start("pbx", "ivr", "listener", "web")
        yield rig
    finally:
        rig.stop()


@pytest.fixture(autouse=True)
def nothing_left(hotline: ConsoleRig, request: pytest.FixtureRequest) -> Iterator[None]:
    hotline.test = request.node.name
    yield
    hotline.clear()
    for desk in hotline.desks:
        desk.close()
    problems = [problem for desk in hotline.desks for problem in desk.problems]
    hotline.desks.clear()
    hotline.sign_in([])
    assert problems == []


def shot(page: Page, name: str) -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"console-{name}.png"
    page.screenshot(path=path)
    return path


def ready(desk: Desk) -> Page:
    """Signed in, phone there, ready by the page's own button."""
    page = desk.sign_in()
    expect(page.locator("#phone-text")).to_have_text("话机就绪", timeout=20_000)
    page.locator("#state-button").click()
    page.locator("#state-menu").get_by_text("就绪", exact=True).click()
    expect(page.locator("#state-text")).to_have_text("就绪")
    return page


def somebody_new() -> str:
    """A number that nobody has talked with: a returning caller would ring at who had them alone (B7)."""
    return f"1371234{next(_NEW):04d}"


def calls(page: Page, what: str) -> Locator:
    return page.locator(f".c-call.is-{what}")


def fits(page: Page) -> None:
    """At 1366 × 768 nothing stands outside of the screen."""
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [1366, 768]


def in_sight(page: Page, *selectors: str) -> None:
    """Nothing lies over it, and it is inside the screen."""
    for selector in selectors:
        place = page.locator(selector).first
        expect(place).to_be_visible()
        seen = place.evaluate(
            """(element) => {
              const box = element.getBoundingClientRect();
              const middle = box.left + box.width / 2;
              const at = [box.top + 2, box.bottom - 2].map((y) => document.elementFromPoint(middle, y));
              return at.every((there) => there && (element.contains(there) || there.contains(element)));
            }"""
        )
        assert seen, selector


#: What must be in sight while a record is written, with the closing words too.
WRITTEN = tuple(f'#form [data-box="{name}"]' for name in ("content", "handling", "solved", "promise"))
FOOT = ("#form [data-action=save]", "#form [data-action=done]")


def test_a_whole_call_by_the_keyboard_alone(hotline: ConsoleRig) -> None:
    """A8, A13, B1, B3, C1, C3, G2: ready, ring, pop, answer, hold, paused recording, closing words, record, done."""
    desk = hotline.desk("1001")
    page = desk.sign_in()
    keys = page.keyboard
    expect(page).to_have_url(re.compile("/console$"))
    expect(page.locator("#phone-text")).to_have_text("话机就绪", timeout=20_000)
    keys.press("F6")
    keys.press("Enter")
    expect(page.locator("#state-text")).to_have_text("就绪")
    shot(page, "ready")

    hotline.caller(PATIENT, CALLER, name="王建国")
    expect(calls(page, "ringing")).to_be_visible()
    expect(page.locator("#pop .number")).to_have_text("138****8000")
    expect(page.locator("#pop .c-say")).to_contain_text("您好，测试公司")
    expect(page.locator("#pop")).to_contain_text("产品咨询")
    expect(page.locator("#form [data-field=callback_number]")).to_have_value("138****8000")
    assert CALLER not in page.content()
    expect(page.locator("#form [data-field=region]")).to_have_value(re.compile("北京"))
    fits(page)
    shot(page, "ringing")

    keys.press("F2")
    expect(page.locator("#call-stage")).to_have_text("通话中")
    expect(page.locator("#form [data-field=content]")).to_be_editable()
    shot(page, "talking")
    fits(page)
    keys.press("F4")
    expect(page.locator("#call-stage")).to_have_text("保持中")
    expect(page.locator("#call-alert")).to_contain_text("A13", timeout=10_000)
    shot(page, "hold")
    keys.press("F4")
    expect(page.locator("#call-stage")).to_have_text("通话中")
    keys.press("Shift+F8")
    expect(page.locator("#call-recording")).to_have_text("录音暂停")
    shot(page, "recording-paused")
    keys.press("Shift+F8")
    expect(page.locator("#call-recording")).to_have_text("录音")
    keys.press("F8")
    expect(page.locator("#call-note")).to_contain_text("已静音")
    keys.press("F8")

    page.locator("#form [data-field=content]").focus()
    keys.type("询问滤芯型号/价格?")
    expect(page.locator("#help-dialog")).not_to_be_visible()
    keys.press("F9")
    expect(page.locator("#closing")).to_contain_text("请等来电者先挂机")
    expect(page.locator("#pop .c-facts")).to_have_count(0)
    in_sight(page, *WRITTEN, *FOOT)
    expect(page.locator("#form [data-field=content]")).to_be_focused()
    shot(page, "closing")
    expect(page.locator("#closing")).to_contain_text("现在可以挂断")
    keys.press("F9")
    expect(page.locator("#wrapup")).to_be_visible()
    shot(page, "wrap-up")

    keys.press("Control+Enter")  # the record says what is missing, and nothing is lost
    expect(page.locator("#wrapup")).to_be_visible()
    expect(page.locator("#form .record-problem:visible")).to_have_count(2)
    in_sight(page, *WRITTEN, *FOOT, '[data-box="handling"] .record-problem', '[data-box="solved"] .record-problem')
    shot(page, "missing")
    page.locator("#form [data-field=caller_name]").fill("王先生")
    page.locator("#form [data-field=handling]").focus()
    keys.type("已告知型号与价格")
    page.locator("#form [data-field=solved][value=true]").check(force=True)
    keys.press("Control+Enter")
    expect(page.locator("#state-text")).to_have_text("就绪")
    expect(page.locator("#records")).to_contain_text("没有待完成的记录单")
    shot(page, "done")

    hotline.caller(PATIENT, CALLER)
    expect(page.locator("#pop")).to_contain_text("未建档")
    expect(page.locator("#pop")).to_contain_text("上次登记为 王先生")
    shot(page, "called-before")
    keys.press("F2")
    expect(page.locator("#form [data-field=content]")).to_be_editable()
    page.get_by_role("button", name="填入姓名").click()
    expect(page.locator("#form [data-field=caller_name]")).to_have_value("王先生")
    page.get_by_role("button", name="来电者详情").click()
    expect(page.locator("#pop")).to_contain_text("最近通话")
    in_sight(page, *FOOT)
    shot(page, "pop-opened")


def test_a_call_taken_by_another_is_shown_as_that_until_it_is_cleared(hotline: ConsoleRig) -> None:
    """A5: it rings at both; who does not take it sees who did."""
    first, second = ready(hotline.desk("1001")), ready(hotline.desk("1002"))
    hotline.caller(PATIENT, somebody_new())
    expect(calls(first, "ringing")).to_be_visible()
    expect(calls(second, "ringing")).to_be_visible()
    second.keyboard.press("F2")
    expect(second.locator("#call-stage")).to_have_text("通话中")
    expect(calls(first, "taken")).to_contain_text("钱伟 已接听此来电")
    expect(first.locator("#idle")).to_be_visible()
    shot(first, "taken")
    calls(first, "taken").get_by_role("button", name="从列表中清除").click()
    expect(calls(first, "taken")).to_have_count(0)


def test_a_caller_who_leaves_while_it_rings_is_shown_as_left(hotline: ConsoleRig) -> None:
    """A9"""
    page = ready(hotline.desk("1001"))
    hotline.caller(("call", "wait 0.8", "press 1", "wait 4", "hang up"), somebody_new())
    expect(calls(page, "ringing")).to_be_visible()
    expect(calls(page, "left")).to_be_visible(timeout=15_000)
    expect(calls(page, "left")).to_contain_text("来电者已挂断")
    expect(page.locator("#controls")).not_to_be_visible()
    shot(page, "left")

    # A1: a line that is declared closed is told here too, with time and reason, and so is its end.
    calls(page, "left").get_by_role("button", name="从列表中清除").click()
    now, storage = hotline.hotline.clock(), hotline.hotline.storage
    declare(storage, "closed", now + timedelta(hours=1), "boss", "设备检修", now)
    expect(page.locator("#notices")).to_contain_text("设备检修")
    expect(page.locator("#idle")).to_contain_text("线路关闭")
    shot(page, "line-closed")
    go_by_calendar(storage, "boss", hotline.hotline.clock())
    expect(page.locator("#notices")).not_to_contain_text("设备检修")
    expect(page.locator("#idle")).not_to_contain_text("线路关闭")


def test_two_calls_at_once_stand_there_as_two(hotline: ConsoleRig) -> None:
    """While one is talked to, the other rings at a colleague; both see their own."""
    first, second = ready(hotline.desk("1001")), ready(hotline.desk("1002"))
    hotline.caller(PATIENT, somebody_new())
    expect(calls(first, "ringing")).to_be_visible()
    hotline.caller(PATIENT, "13900139000", port=hotline.base + 93)
    first.keyboard.press("F2")
    expect(first.locator("#call-stage")).to_have_text("通话中")
    expect(calls(second, "taken")).to_be_visible()
    expect(calls(second, "ringing")).to_contain_text("139****9000", timeout=20_000)
    expect(calls(first, "ringing")).to_have_count(0)
    shot(second, "two-calls")


def test_a_pop_takes_nothing_away_from_who_writes(hotline: ConsoleRig) -> None:
    """The strip says that it rings; focus and text stay in the record that is being written."""
    page = ready(hotline.desk("1001"))
    hotline.caller(("call", "wait 0.8", "press 1", "wait 6", "hang up"), somebody_new())
    expect(calls(page, "ringing")).to_be_visible()
    page.keyboard.press("F2")
    expect(page.locator("#wrapup")).to_be_visible(timeout=20_000)
    page.locator("#state-button").click()
    page.locator("#state-menu").get_by_text("就绪", exact=True).click()
    content = page.locator("#form [data-field=content]")
    content.focus()
    page.keyboard.type("写了一半")
    hotline.caller(PATIENT, "13900139000", port=hotline.base + 93)
    expect(page.locator("#incoming")).to_be_visible(timeout=20_000)
    expect(page.locator("#incoming")).to_contain_text("139****9000")
    page.keyboard.type("，又写一半")
    expect(content).to_be_focused()
    expect(content).to_have_value("写了一半，又写一半")
    shot(page, "incoming-while-writing")
    page.keyboard.press("F2")
    expect(page.locator("#call-stage")).to_have_text("通话中")
    expect(page.locator("#pop .number")).to_have_text("139****9000")
    expect(page.locator("#records")).to_contain_text("137****")


def talking(page: Page, content: str) -> None:
    """Answer what rings, and write something down."""
    expect(calls(page, "ringing")).to_be_visible()
    page.keyboard.press("F2")
    expect(page.locator("#call-stage")).to_have_text("通话中")
    field = page.locator("#form [data-field=content]")
    expect(field).to_be_editable()
    field.fill(content)


def pass_on(page: Page, to: str, button: str) -> None:
    """A12: neither without a reason nor without consent."""
    page.keyboard.press("F7")
    dialog = page.locator("#transfer-dialog")
    dialog.get_by_text(to, exact=True).click()
    dialog.locator("#transfer-reason").fill("")
    dialog.locator("#transfer-consent").check()
    expect(dialog.get_by_role("button", name=button)).to_be_disabled()
    dialog.locator("#transfer-reason").fill("需要技术同事解答")
    dialog.locator("#transfer-consent").uncheck()
    expect(dialog.get_by_role("button", name=button)).to_be_disabled()
    dialog.locator("#transfer-consent").check()
    dialog.get_by_role("button", name=button).click()
    expect(dialog).not_to_be_visible()


def test_a_transfer_opens_the_record_filled_in_at_the_colleague(hotline: ConsoleRig) -> None:
    """A12, blind."""
    first, second = ready(hotline.desk("1001")), ready(hotline.desk("1002"))
    first.locator("#tab-colleagues").click()
    expect(first.locator("#colleagues")).to_contain_text("就绪")
    hotline.caller(PATIENT, somebody_new())
    talking(first, "转接之前写的")
    expect(calls(second, "taken")).to_be_visible()
    expect(first.locator("#colleagues")).to_contain_text("就绪")
    pass_on(first, "钱伟", "直接转接")
    expect(calls(second, "ringing")).to_be_visible(timeout=15_000)
    expect(second.locator("#pop")).to_contain_text("由 赵敏 转来")
    expect(second.locator("#pop")).to_contain_text("需要技术同事解答")
    expect(second.locator("#form [data-field=content]")).to_have_value("转接之前写的")
    shot(second, "transferred")
    second.keyboard.press("F2")
    expect(second.locator("#form [data-field=content]")).to_have_value("转接之前写的")
    expect(second.locator("#form [data-field=content]")).to_be_editable()
    expect(first.locator("#wrapup")).to_be_visible()
    # The record is the colleague's by now: whoever gave it away is ready by the key that completes a record, and the
    # colleague goes on writing.
    expect(first.locator("#form-head")).to_contain_text("记录单已随来电转给 钱伟")
    expect(first.locator("#form [data-action=done]")).to_be_hidden()
    shot(first, "passed-on")
    first.keyboard.press("Control+Enter")
    expect(first.locator("#state-button")).to_contain_text("就绪")
    expect(first.locator("#form-place")).to_be_hidden()
    expect(second.locator("#form [data-action=done]")).to_be_visible()


def test_a_colleague_who_does_not_answer_leaves_the_caller_with_whoever_asked(hotline: ConsoleRig) -> None:
    """A12: what is said of it is gone with the call."""
    first, second = ready(hotline.desk("1001")), ready(hotline.desk("1002"))
    hotline.caller(("call", "wait 0.8", "press 1", "wait 50", "hang up"), somebody_new())
    talking(first, "先问一问")
    expect(calls(second, "taken")).to_be_visible()
    pass_on(first, "钱伟", "先询问对方")
    expect(calls(second, "ringing")).to_be_visible(timeout=15_000)
    expect(first.locator("#notices")).to_contain_text("钱伟 未接听或占线，来电者已回到您这里", timeout=60_000)
    expect(first.locator("#call-stage")).to_have_text("通话中")
    shot(first, "came-back")
    expect(first.locator("#wrapup")).to_be_visible(timeout=60_000)
    expect(first.locator("#notices")).not_to_contain_text("钱伟")


def test_a_colleague_is_asked_first_and_then_has_the_caller(hotline: ConsoleRig) -> None:
    """A12, attended."""
    first, second = ready(hotline.desk("1001")), ready(hotline.desk("1002"))
    hotline.caller(PATIENT, somebody_new())
    talking(first, "先问一问")
    expect(calls(second, "taken")).to_be_visible()
    pass_on(first, "钱伟", "先询问对方")
    expect(first.locator("#consult")).to_contain_text("正在呼叫 钱伟")
    expect(calls(second, "ringing")).to_be_visible(timeout=15_000)
    expect(second.locator("#call-stage")).to_have_text("赵敏 想先询问您")
    expect(second.locator("#pop")).to_contain_text("赵敏 询问您，来电者等候中")
    expect(second.locator("#pop .c-say")).to_have_count(0)  # there is no caller to be greeted
    second.keyboard.press("F2")
    # Both read whom they speak with, and that the caller waits.
    expect(second.locator("#call-stage")).to_have_text("赵敏 正在询问您")
    expect(second.locator("#state-text")).to_have_text("正与 赵敏 通话")
    expect(second.locator("#controls [data-do=hang_up]")).to_contain_text("挂断")
    expect(first.locator("#consult")).to_contain_text(re.compile(r"正与 钱伟 通话 0:0\d"))
    expect(first.locator("#call-stage")).to_have_text("正与 钱伟 通话")
    for page in (first, second):
        expect(page.locator("#call-note")).to_contain_text("来电者等候中")
    expect(first.locator("#controls [data-do=hold]")).to_be_hidden()
    shot(first, "consulting")
    shot(second, "consulted")
    first.locator("#consult").get_by_role("button", name="完成转接").click()
    expect(first.locator("#wrapup")).to_be_visible(timeout=15_000)
    expect(first.locator("#consult")).not_to_be_visible()
    expect(second.locator("#call-stage")).to_have_text("通话中")
    expect(second.locator("#pop")).to_contain_text("赵敏 询问后转来")
    expect(second.locator("#form [data-field=content]")).to_have_value("先问一问", timeout=15_000)


def test_hostile_text_stays_text(hotline: ConsoleRig) -> None:
    """Of the caller's name, and of everything that is known of the customer."""
    page = ready(hotline.desk("1001"))
    hostile = Customer(
        name=HOSTILE, company="长" * 150, note=HOSTILE * 20, numbers=(CustomerNumber(Number("+86" + CALLER)),)
    )
    customers.create(hotline.hotline.storage, hostile, BOSS, hotline.hotline.clock())
    hotline.caller(PATIENT, CALLER, name="<b>x</b>")
    expect(page.locator("#pop .c-pop-customer")).to_contain_text("<script>")
    page.keyboard.press("F2")
    expect(page.locator("#call-stage")).to_have_text("通话中")
    expect(page).to_have_title(re.compile("工作台"))
    fits(page)
    shot(page, "hostile")


def test_a_reload_in_mid_call_loses_nothing(hotline: ConsoleRig) -> None:
    page = ready(hotline.desk("1001"))
    hotline.caller(PATIENT, CALLER)
    expect(calls(page, "ringing")).to_be_visible()
    page.keyboard.press("F2")
    content = page.locator("#form [data-field=content]")
    expect(content).to_be_editable()
    content.fill("重新加载之前")
    expect(page.locator("#form .record")).to_have_attribute("data-state", "saved")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#call-stage")).to_have_text("通话中", timeout=20_000)
    expect(content).to_have_value("重新加载之前")
    expect(page.locator('[data-do="mute"]')).to_be_visible()
    expect(page.locator("#mic")).to_be_visible(timeout=20_000)


def test_what_happened_while_the_server_was_away_is_shown_when_it_is_back(hotline: ConsoleRig) -> None:
    """The network fails without a word; the call that rang and was lost meanwhile stands there after it."""
    page = ready(hotline.desk("1001"))
    hotline.caller(("call", "wait 0.8", "press 1", "wait 12", "hang up"), somebody_new())
    expect(calls(page, "ringing")).to_be_visible()
    hotline.http.freeze()
    expect(page.locator("#connection-text")).to_have_text("连接中断", timeout=40_000)
    expect(page.locator("#notices")).to_contain_text("无法连接服务器")
    shot(page, "server-away")
    hotline.http.mend()
    expect(page.locator("#connection-text")).to_have_text("已连接", timeout=30_000)
    expect(page.locator("#notices")).not_to_contain_text("无法连接服务器")
    expect(calls(page, "ringing")).to_have_count(0)
    expect(calls(page, "left")).to_be_visible()


def test_a_session_that_is_ended_in_mid_call_cuts_nothing(hotline: ConsoleRig) -> None:
    """The call goes on, what was typed stays, and is saved after signing in again in another tab."""
    desk = hotline.desk("1001")
    page = ready(desk)
    hotline.caller(PATIENT, CALLER)
    expect(calls(page, "ringing")).to_be_visible()
    page.keyboard.press("F2")
    content = page.locator("#form [data-field=content]")
    expect(content).to_be_editable()
    sessions.end_all_by_administrator(hotline.hotline.storage, "op1001", "测试", "boss", hotline.hotline.clock())
    expect(page.locator("#notices")).to_contain_text("当前通话可继续")
    content.fill("会话结束之后写的")
    expect(page.locator("#call-stage")).to_have_text("通话中")
    shot(page, "session-ended")
    with page.context.expect_page() as opened:
        page.locator("#notices").get_by_role("link", name="重新登录").click()
    opened.value.fill("[name=username]", "op1001")
    opened.value.fill("[name=password]", "correct horse battery")
    opened.value.press("[name=password]", "Enter")
    opened.value.wait_for_url(re.compile("/console"))
    opened.value.close()
    page.bring_to_front()
    expect(page.locator("#connection-text")).to_have_text("已连接")
    expect(page.locator("#form .record")).to_have_attribute("data-state", "saved")
    expect(page.locator("#call-stage")).to_have_text("通话中")


def test_dark_and_english(hotline: ConsoleRig) -> None:
    desk = hotline.desk("1001")
    desk.context.add_cookies(
        [{"name": name, "value": value, "url": hotline.url} for name, value in (("theme", "dark"), ("language", "en"))]
    )
    page = desk.sign_in()
    expect(page.locator("#phone-text")).to_have_text("Phone ready", timeout=20_000)
    shot(page, "dark-english-offline")
    page.locator("#state-button").click()
    page.locator("#state-menu").get_by_text("Ready for calls").click()
    hotline.caller(PATIENT, CALLER)
    expect(calls(page, "ringing")).to_be_visible()
    fits(page)
    shot(page, "dark-english-ringing")
    page.keyboard.press("F2")
    expect(page.locator("#call-stage")).to_have_text("Talking")
    assert page.locator("#controls .c-buttons").evaluate("(bar) => bar.offsetHeight") < 60  # one row, in English too
    shot(page, "dark-english-talking")
    page.keyboard.press("F7")
    expect(page.locator("#transfer-dialog")).to_be_visible()
    shot(page, "dark-english-transfer")
    page.keyboard.press("Escape")
    page.locator("#console").click(position={"x": 5, "y": 5})
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).to_be_visible()
    shot(page, "dark-english-help")


def test_a_supervisor_without_an_extension_is_told_why_no_call_comes(hotline: ConsoleRig) -> None:
    hotline.account("boss", Role.SUPERVISOR)
    page = hotline.desk("1001").sign_in(username="boss")
    page.goto(f"{hotline.url}/console")
    expect(page.get_by_text("工作台供接听来电的人使用")).to_be_visible()
    shot(page, "no-extension")
