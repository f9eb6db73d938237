"""A missed call is called back in the browser: taken, dialled over the callback trunk, talked, done (A3, A9); by the
keyboard alone, and at the size of a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.owed import Callback, CallbackOutcome
from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.numbers import Number
from hotline.domain.time import system_clock
from hotline.services.calendar import work_calendar
from hotline.services.calls.ledger import record
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.forms.store import FormStore
from tests.support.browser import SCREENSHOTS
from tests.support.console_rig import ConsoleRig
from tests.support.dialling_rig import CALLBACK_CARRIER, CALLBACK_TRUNK, CUSTOMER, SHOWN, short_notice
from tests.support.expect import tone_differences
from tests.support.rig import wait_until
from tests.support.sample_calls import abandoned_call

pytestmark = pytest.mark.e2e

MACHINE = "13912345679"
PHONE_SIZE = ViewportSize(width=390, height=844)
#: Answers and talks; a call ends by the customer.
TALKS = ("ring 1", "answer", "tone 440 60", "wait 12", "hang up")


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleRig]:
    made = ConsoleRig(tmp_path_factory.mktemp("callback"), console="")
    trunk = CALLBACK_TRUNK.format(host=CALLBACK_CARRIER, port=made.base + 75, number=SHOWN)
    with made.home.settings_file.open("a", encoding="utf-8") as file:
        file.write(trunk.replace("phone_ring_seconds = 5", "phone_ring_seconds = 15"))
    short_notice(made.home)
    made.prepare()
    try:
        made.start("pbx", "ivr", "listener", "web")
        made.phone("customers", dict.fromkeys((CUSTOMER, MACHINE), TALKS), made.base + 75, CALLBACK_CARRIER)
        yield made
    finally:
        made.stop()


def owe(rig: ConsoleRig, linkedid: str, number: str) -> int:
    """A call from this number was missed: the callback's id."""
    settings, at = rig.hotline.settings, system_clock() - timedelta(minutes=3)
    missed = abandoned_call(linkedid, at, Number(f"+86{number}"))
    record(
        rig.hotline.storage,
        "node1",
        [missed],
        [],
        lambda call: callback_owed(call, work_calendar(settings, call.line), settings.callbacks.due_minutes),
        system_clock(),
    )
    return owed(rig, number)[0].id or 0


def owed(rig: ConsoleRig, number: str) -> list[Callback]:
    with rig.hotline.storage.reading() as tx:
        return CallbackStore(tx).owed_to(f"+86{number}")


def tab_to(page: Page, text: str) -> None:
    """Tab until that is in focus: no mouse, no selector."""
    focused = """((e) => e === document.body ? "" : e.labels?.[0]?.innerText || e.innerText || e.ariaLabel || "")(
      document.activeElement)"""
    for _ in range(80):
        if text in str(page.evaluate(focused)):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by Tab: {text}")


def shot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"callback-{name}.png")


def fits(page: Page) -> None:
    """Nothing stands outside of the screen at its sides."""
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll("*")]
          .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
          .map((each) => `${each.tagName} ${each.id} ${each.className}`)"""
    )
    assert wide == []


def last_dial(rig: ConsoleRig, callback_id: int) -> Dial:
    with rig.hotline.storage.reading() as tx:
        return DialStore(tx).of_object("callback", callback_id)[-1]


def test_a9_from_a_missed_call_to_done_by_the_keyboard_alone(rig: ConsoleRig) -> None:
    """B1, C1, C2, G1: at 1366 x 768."""
    storage = rig.hotline.storage
    callback_id = owe(rig, "node1-7.1", CUSTOMER)
    desk = rig.desk("1001")
    console = desk.open_console()
    console.keyboard.press("Shift+F6")
    expect(console.locator("#state-text")).to_have_text("就绪")
    console.keyboard.press("Alt+c")
    with desk.context.expect_page() as opened:
        console.keyboard.press("Enter")
    page = rig.watched(desk, opened.value)
    row = page.locator("table.callbacks tbody tr")
    expect(row).to_have_count(1)
    shot(page, "owed")
    tab_to(page, "我来回电")
    page.keyboard.press("Enter")
    expect(row.get_by_role("button", name="拨打")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("您的话机正在振铃")).to_be_visible()
    fits(page)
    shot(page, "dialled")

    console.bring_to_front()
    card = console.locator("#dial")
    expect(card).to_contain_text("客户的电话正在振铃", timeout=20_000)
    expect(card).to_contain_text("排队中放弃")
    expect(card.locator(".number")).to_have_text(f"{CUSTOMER[:3]}****{CUSTOMER[-4:]}")
    expect(console.locator("#pop .c-say")).to_contain_text("测试公司")
    expect(console.locator(".c-call")).to_have_count(0)
    shot(console, "customer-rings")
    expect(card).to_contain_text("录音告知", timeout=10_000)
    shot(console, "notice")
    expect(console.locator("#call-stage")).to_have_text("通话中", timeout=10_000)
    content = console.locator("#form [data-field=content]")
    expect(content).to_be_editable()
    expect(console.locator("#form [data-part=dialled] a")).to_have_attribute("href", f"/callbacks?focus={callback_id}")
    shot(console, "talking")
    console.keyboard.press("F9")
    expect(console.locator("#closing")).to_contain_text("打扰您了，感谢您的支持，再见")
    console.keyboard.press("Alt+r")
    console.keyboard.type("李先生")
    for category in ("业务咨询", "产品咨询"):
        tab_to(console, category)
        console.keyboard.press("Space")
    while console.evaluate("document.activeElement?.dataset?.field") != "content":
        console.keyboard.press("Tab")
    console.keyboard.type("已说明安装时间")
    console.keyboard.press("Tab")
    console.keyboard.type("明天上午安装")
    console.keyboard.press("Tab")
    console.keyboard.press("Space")
    shot(console, "written")
    wait_until(lambda: last_dial(rig, callback_id).ended_at is not None, "the customer to hang up", 30)
    expect(card).to_contain_text("已接通")
    shot(console, "over")
    console.keyboard.press("Alt+c")
    expect(card.get_by_role("button", name="已接通，办结")).to_be_focused()
    console.keyboard.press("Enter")
    expect(card).not_to_contain_text("已接通，办结")
    console.keyboard.press("Control+Enter")
    expect(console.locator("#records")).to_contain_text("没有待完成的记录单")
    shot(console, "written-up")

    over = last_dial(rig, callback_id)

    def call() -> Call | None:
        with storage.reading() as tx:
            found = CallStore(tx).get(over.node, over.linkedid)
        return found if found and found.ended_at else None

    ended = wait_until(call, "the call to be in the ledger", 20)
    assert ended is not None
    assert (ended.direction, ended.outcome) == (Direction.DIALLED, Outcome.ANSWERED)
    heard = {"left": ["440 >3.0", "1000 0"], "right": ["1000 >3.0", "440 0"]}
    assert tone_differences(rig.home.incoming / f"{over.linkedid}.raw", heard) == []
    with storage.reading() as tx:
        done = CallbackStore(tx).by_id(callback_id)
        [form] = FormStore(tx).of_calls(over.node, [over.linkedid]).values()
    assert done is not None and done.outcome is CallbackOutcome.DONE and done.closing_note == "已说明安装时间"
    assert (form.is_done, form.caller_name, form.solved) == (True, "李先生", True)
    page.bring_to_front()
    page.reload()
    expect(row).to_contain_text("已回电，已沟通")
    page.goto(f"{rig.url}/callbacks")
    expect(page.get_by_text("没有待回电")).to_be_visible()
    desk.close()


def test_a9_a_machine_answers_at_the_size_of_a_phone(rig: ConsoleRig) -> None:
    """What answered is said in the talk, and the callback is tried again."""
    number = MACHINE
    callback_id = owe(rig, "node1-7.2", number)
    desk = rig.desk("1001")
    desk.page.set_viewport_size(PHONE_SIZE)
    console = desk.open_console()
    desk.ready()
    page = desk.another_tab()
    page.set_viewport_size(PHONE_SIZE)
    page.goto(f"{rig.url}/callbacks")
    fits(page)
    shot(page, "phone-owed")
    row = page.locator("table.callbacks tbody tr").filter(has_text=number[-4:])
    row.get_by_role("button", name="我来回电").click()
    expect(row.get_by_role("button", name="拨打")).to_be_visible()
    fits(page)
    row.get_by_role("button", name="拨打").click()
    expect(page.get_by_text("您的话机正在振铃")).to_be_visible()
    shot(page, "phone-dialled")

    console.bring_to_front()
    card = console.locator("#dial")
    expect(card.get_by_role("button", name="机器接听")).to_be_visible(timeout=30_000)
    shot(console, "phone-talking")
    fits(console)
    card.get_by_role("button", name="机器接听").click()
    expect(card.get_by_role("button", name="机器接听")).to_have_attribute("aria-pressed", "true")
    wait_until(lambda: last_dial(rig, callback_id).ended_at is not None, "the machine to hang up", 30)
    expect(card).to_contain_text("下次拨打")
    fits(console)
    shot(console, "phone-over")
    assert last_dial(rig, callback_id).outcome is DialOutcome.MACHINE
    [left] = owed(rig, number)
    assert left.tries == 1 and left.next_try_at is not None

    page.bring_to_front()
    page.goto(f"{rig.url}/callbacks")
    expect(row).to_contain_text("语音信箱或机器应答")
    fits(page)
    shot(page, "phone-tried")
