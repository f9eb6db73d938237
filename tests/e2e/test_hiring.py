"""An operator is hired in the browser and takes a call, without a restart; when they leave, their phone is let in no
more. All on the real Asterisk, with a call going on that must not notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.domain.people import Role
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from tests.support import sipp
from tests.support.browser import SCREENSHOTS
from tests.support.console_rig import PITCH, ConsoleRig, Desk
from tests.support.rig import PHONES, Rig, wait_until
from tests.support.tones import length, seconds_of_tone

#: Two browsers, three calls.
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

CALLER_PITCH = 440
OWN_PASSWORD = "eine lange Geschichte 7"


class HiringRig(ConsoleRig):
    """Pages and Asterisk agree on all ports: here the pages write Asterisk's files."""

    def launch(self, name: str) -> None:
        Rig.launch(self, name)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[HiringRig]:
    rig = HiringRig(tmp_path)
    rig.prepare()
    try:
        rig.start()
        yield rig
    finally:
        rig.stop()


def shot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"hiring-{name}.png", full_page=True)


def hire(page: Page, name: str, username: str, kind: str) -> tuple[str, str, str]:
    """The extension that was suggested, and both passwords."""
    page.goto("/admin/people")
    page.get_by_role("link", name="新增客服").click()
    page.fill("[name=name]", name)
    page.fill("[name=username]", username)
    page.check(f"[name=phone][value={kind}]")
    page.uncheck("[name=queues][value=sales]")
    extension = page.input_value("[name=extension]")
    shot(page, f"form-{kind}")
    page.get_by_role("button", name="新增并显示两个密码").click()
    expect(page.locator("#phone-password")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    shot(page, f"hired-{kind}")
    return extension, page.inner_text("#first-password"), page.inner_text("#phone-password")


def registers(rig: Rig, extension: str, password: str) -> bool:
    """Whether a desk phone with this password is let in."""
    pbx = f"127.0.0.1:{rig.base + 60}"
    phone = sipp.start(
        f"register{extension}",
        rig.scripts,
        sipp.registering(extension, password, pbx, 600),
        local=f"{PHONES}:{rig.base + 80 + int(extension[-1])}",
        media_port=rig.base + 700,
        remote=pbx,
        calls=1,
    )
    return phone.wait(20) == 0


def state_of(rig: Rig, extension: str) -> str:
    return {each["ObjectName"]: each["DeviceState"] for each in rig.pbx.phones()}.get(extension, "")


def caller(rig: Rig, number: str, port: int) -> sipp.Phone:
    steps = ("call", "wait 0.8", "press 1", f"tone {CALLER_PITCH} 120", "expect hangup")
    return rig.caller(steps, number, port=rig.base + port, phone=f"from{number}")


def call_from(rig: Rig, number: str) -> StoredCall | None:
    with rig.hotline.storage.reading() as tx:
        page = CallStore(tx).search(CallFilter(since=datetime.now(UTC) - timedelta(minutes=10)), limit=20)
    return next((each for each in page.calls if each.call.caller.original == number), None)


def ended(rig: Rig, number: str) -> tuple[StoredCall, Path]:
    """The call in the ledger, and its recording in the store."""

    def found() -> tuple[StoredCall, Path] | None:
        stored = call_from(rig, number)
        kept = [entry for entry in stored.recordings if entry.kept_at is not None] if stored else []
        return (stored, rig.home.recordings / kept[0].path) if stored and kept else None

    return wait_until(found, f"the recording of {number}")  # type: ignore[return-value]


def answers(page: Page) -> None:
    expect(page.locator(".c-call.is-ringing")).to_be_visible(timeout=20_000)
    page.keyboard.press("F2")
    expect(page.locator("#call-stage")).to_have_text("通话中")


def begin_work(desk: Desk, username: str, first_password: str) -> Page:
    """Sign in with the first password, choose another, sit down at the console."""
    page = desk.sign_in(username=username, password=first_password)
    page.fill("[name=current]", first_password)
    page.fill("[name=new]", OWN_PASSWORD)
    page.fill("[name=again]", OWN_PASSWORD)
    page.press("[name=again]", "Enter")
    page.wait_for_url(lambda url: "password" not in url)
    page.goto("/console")
    expect(page.locator("#phone-text")).to_have_text("话机就绪", timeout=20_000)
    desk.ready()
    return page


def test_hired_in_the_browser_they_take_a_call_and_leave(rig: HiringRig) -> None:
    boss = rig.desk("1001", (Role.OPERATOR, Role.ADMINISTRATOR))
    console = boss.open_console()
    boss.ready()
    going_on = caller(rig, "13900000001", 90)
    answers(console)

    admin = boss.another_tab()
    extension, first, phone_password = hire(admin, "孙丽", "sunli", "webrtc")
    assert extension == "1003"
    admin.get_by_role("link", name="检测话机").click()
    expect(admin.locator("#phone-state")).to_have_text("未注册")

    newcomer = rig.browser_at("1003")
    theirs = begin_work(newcomer, "sunli", first)
    admin.get_by_role("link", name="检测话机").click()
    expect(admin.locator("#phone-state")).to_have_text("已注册")
    shot(admin, "operator")
    calling = caller(rig, "13900000003", 91)
    answers(theirs)
    expect(theirs.locator("#form [data-field=callback_number]")).to_have_value("139****0003")
    expect(theirs.locator("#form [data-field=content]")).to_be_editable()
    theirs.locator("#form [data-field=content]").fill("新来的客服接的第一个电话")
    expect(theirs.locator("#form .record")).to_have_attribute("data-state", "saved")
    shot(theirs, "first-call")
    newcomer.until("document.querySelector('#call-stage').textContent === '通话中'", 5)
    theirs.wait_for_timeout(3000)

    # The colleague's call has gone on all the while.
    expect(console.locator("#call-stage")).to_have_text("通话中")
    console.bring_to_front()
    console.keyboard.press("F9")
    console.wait_for_timeout(1000)
    rig.pbx.hang_up(next(c["Channel"] for c in rig.pbx.channels() if c["Channel"].startswith("PJSIP/1001-")))
    assert going_on.wait(30) == 0, going_on.errors
    stored, sound = ended(rig, "13900000001")
    talk = sum((t.ended_at - t.started_at).total_seconds() for t in stored.call.talks if t.ended_at)
    heard = seconds_of_tone(sound, 0, CALLER_PITCH), seconds_of_tone(sound, 1, PITCH["1001"])
    print(f"talked {talk:.1f} s; of the caller {heard[0]:.1f} s, of the operator {heard[1]:.1f} s are recorded")
    assert heard[0] > length(sound) - 1.5 and heard[1] > talk - 2

    rig.pbx.hang_up(next(c["Channel"] for c in rig.pbx.channels() if c["Channel"].startswith("PJSIP/1003-")))
    assert calling.wait(30) == 0, calling.errors
    stored, sound = ended(rig, "13900000003")
    assert [(t.party.id, t.party.name) for t in stored.call.talks] == [("1003", "孙丽")]
    assert seconds_of_tone(sound, 1, PITCH["1003"]) > 2 and seconds_of_tone(sound, 0, CALLER_PITCH) > 2

    # They leave: what is open goes to the colleague, and nothing lets them in any more.
    admin.bring_to_front()
    admin.goto("/admin/operators/1003")
    admin.get_by_role("link", name="办理离职").click()
    expect(admin.get_by_text("待完成的记录单")).to_be_visible()
    admin.get_by_role("button", name="确认离职").click()
    expect(admin.get_by_text("请选择由谁接手")).to_be_visible()
    admin.select_option("[name=successor]", "op1001")
    shot(admin, "leave")
    admin.get_by_role("button", name="确认离职").click()
    expect(admin.get_by_text("已办理离职")).to_be_visible()
    wait_until(lambda: "1003" not in {p["ObjectName"] for p in rig.pbx.phones()}, "the phone to be unknown")
    assert not registers(rig, "1003", phone_password)
    assert all(member["Location"] != "PJSIP/1003" for member in rig.pbx.queue_members())
    expect(theirs.locator("#notices")).to_contain_text("登录", timeout=15_000)
    with rig.hotline.storage.reading() as tx:
        form = FormStore(tx).of_calls("rig", [stored.call.linkedid])[stored.call.linkedid]
    assert (form.owner, form.content) == ("1001", "新来的客服接的第一个电话")
    theirs.goto("/sign-in")
    theirs.fill("[name=username]", "sunli")
    theirs.fill("[name=password]", OWN_PASSWORD)
    theirs.press("[name=password]", "Enter")
    expect(theirs).to_have_url(re.compile("/sign-in"))


def test_a_desk_phone_registers_with_the_password_that_was_shown(rig: HiringRig) -> None:
    boss = rig.desk("1001", (Role.ADMINISTRATOR,), microphone="none")
    boss.sign_in()
    admin = boss.another_tab()
    extension, _first, password = hire(admin, "李雷", "lilei", "sip")
    assert registers(rig, extension, password)
    talk = ("ring 0.3", "answer", "tone 880 20", "wait 3", "hang up")
    rig.phone(extension, {"": talk}, rig.base + 80 + int(extension[-1]))
    wait_until(lambda: state_of(rig, extension) == "Not in use", "Asterisk to hear from the phone")
    admin.get_by_role("link", name="检测话机").click()
    expect(admin.locator("#phone-state")).to_have_text("已注册")

    wait_until(lambda: extension in rig.hotline.settings.operators, "the operator to be in force")
    rig.sign_in([extension])
    calling = caller(rig, "13900000004", 92)
    assert calling.wait(40) == 0, calling.errors
    stored, sound = ended(rig, "13900000004")
    assert [(t.party.id, t.party.name) for t in stored.call.talks] == [(extension, "李雷")]
    assert seconds_of_tone(sound, 1, 880) > 2

    rig.stop_phones()
    admin.get_by_role("button", name="更换话机密码").click()
    renewed = admin.inner_text("#phone-password")
    assert renewed != password
    assert not registers(rig, extension, password)
    assert registers(rig, extension, renewed)
