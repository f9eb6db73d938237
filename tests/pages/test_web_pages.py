"""The pages in a real browser, served by the real `hotline web`."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Outcome
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.line.handover import Handover
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.numbers import Number
from hotline.domain.people import Role
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.time import Clock
from hotline.services.accounts import accounts
from hotline.services.calls.ledger import record
from hotline.services.line.routing import line_shown
from hotline.settings import Home, load_settings
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import database_url, make_engine
from hotline.storage.line.roster import RosterStore
from hotline.storage.migrate import upgrade
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage
from tests.support import sample_calls as sample
from tests.support.at import clock_of, set_clock
from tests.support.browser import Watched, watched_page
from tests.support.rig import wait_until
from tests.support.tones import tone, write_wav
from tests.support.web_site import AFTERNOON, serving

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
[lines.main]
number = "4001234567"
menu = "main"
[lines.spare]
number = "4007654321"
menu = "main"
[queues.service]
name = "客户服务"
members = ["1001", "1002"]
"""

HOSTILE_NAMES = (
    "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">",
    "\u202egnp.exe 右到左 مرحبا",
    "👩‍👩‍👧‍👦🎉 张\u0301",
    "长" * 10_000,
    "{{ 7*7 }}${7*7}%(n)s';--",
)


@dataclass
class Site:
    """A running web process and its database."""

    url: str
    home: Home
    storage: Storage
    clock: Clock

    def now(self) -> datetime:
        return self.clock()

    def call_id(self, linkedid: str) -> int:
        with self.storage.reading() as tx:
            found = CallStore(tx).id_of("node1", linkedid)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = Home(tmp_path_factory.mktemp("web"))
    home.settings_file.write_text(SETTINGS, "utf-8")
    home.create()
    url = database_url(load_settings(home), home)
    upgrade(url)
    storage = Storage(make_engine(url))
    clock_file = set_clock(home.root / "clock", AFTERNOON)
    clock = clock_of(clock_file)
    fill(storage, home, clock().replace(microsecond=0))
    with serving(home, clock_file) as served:
        yield Site(served, home, storage, clock)
    storage.close()


def fill(storage: Storage, home: Home, now: datetime) -> None:
    """A day of calls of every kind, one with a real recording; callbacks, a roster, hand-overs."""
    ago = lambda minutes: now - timedelta(minutes=minutes)  # noqa: E731
    answered = sample.with_name(sample.answered_call("node1-2.1", ago(30)), "王建国")
    calls = [
        answered,
        sample.duty_call("node1-2.2", ago(700)),
        sample.abandoned_call("node1-2.3", ago(90)),
        sample.talking_call("node1-2.4", ago(2), "+8615012345678"),
        replace(sample.answered_call("node1-2.5", ago(55), "+862188886666"), line="spare"),
        *(
            sample.with_name(sample.abandoned_call(f"node1-3.{n}", ago(200 + n)), name)
            for n, name in enumerate(HOSTILE_NAMES)
        ),
        *(sample.answered_call(f"node1-4.{n}", ago(1500 + 37 * n), f"+86138{n:08}") for n in range(60)),
    ]
    record(storage, "node1", calls, [], lambda call: None, now)
    keep_recording(storage, home, "node1-2.1")
    with storage.writing() as tx:
        for n, reason in enumerate(CallbackReason):
            CallbackStore(tx).open(
                Callback(
                    "node1",
                    f"node1-4.{n}",
                    "main",
                    Number(f"+861380000000{n}"),
                    reason,
                    ago(80 - 10 * n),
                    ago(50 - 30 * n),
                )
            )
        RosterStore(tx).add(
            Shift("李四", ("13900000001",), (DutyNumber("王五", "13900000002"),), ago(3000), now + timedelta(days=3))
        )
        RosterStore(tx).add(Shift("王五", ("13900000002",), (), now + timedelta(days=5), now + timedelta(days=40)))
        RosterStore(tx).record_handover(Handover(ago(3000), "王五", "李四", "super", "手机和充电器"))


def keep_recording(storage: Storage, home: Home, linkedid: str) -> None:
    """The call's recording as the worker leaves it: a wav in the store, caller left, our side right."""
    file = home.recordings / "2026" / f"{linkedid}.wav"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_wav(file, tone(440, 4.0), tone(660, 4.0))
    content = file.read_bytes()
    with storage.writing() as tx:
        stored = CallStore(tx).by_id(CallStore(tx).id_of("node1", linkedid) or 0)
        assert stored is not None
        RecordingStore(tx).update(
            replace(
                stored.recordings[0],
                state=RecordingState.READY,
                path=str(file.relative_to(home.recordings)),
                seconds=4.0,
                size_bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Watched]:
    with watched_page(browser, site.url) as page:
        yield page


NewUser = Callable[..., tuple[str, str]]


@pytest.fixture
def new_user(site: Site) -> NewUser:
    """Adds somebody with these roles; gives user name and first password."""

    def add(name: str, *roles: Role) -> tuple[str, str]:
        _user, password = accounts.add_user(site.storage, name, "陈主管", roles, site.now(), "test")
        return name, password

    return add


def sign_in(page: Page, username: str, first_password: str, password: str = "correct horse battery") -> None:
    """The first sign-in, with the change of the password that it demands."""
    page.goto("/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(first_password)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="请设置新密码")).to_be_visible()
    page.get_by_label("当前密码", exact=True).fill(first_password)
    page.get_by_label("新密码", exact=True).fill(password)
    page.get_by_label("再次输入新密码").fill(password)
    page.get_by_role("button", name="保存新密码").click()
    expect(page).not_to_have_url(re.compile("/password"))


def test_from_the_first_sign_in_to_the_last_sign_out(visitor: Watched, site: Site, new_user: NewUser) -> None:
    page = visitor.page
    username, first = new_user("chen", Role.SUPERVISOR)
    page.goto("/")
    visitor.shot("sign-in")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill("not it")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码错误")
    visitor.shot("sign-in-refused")
    page.get_by_label("密码", exact=True).fill(first)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto("/calls")
    expect(page.get_by_role("heading", name="请设置新密码")).to_be_visible()
    visitor.shot("first-password")
    page.get_by_label("当前密码", exact=True).fill(first)
    page.get_by_label("新密码", exact=True).fill("short")
    page.get_by_label("再次输入新密码").fill("short")
    page.get_by_role("button", name="保存新密码").click()
    expect(page.get_by_text("至少 10 个字符")).to_be_visible()
    page.get_by_label("当前密码", exact=True).fill(first)
    page.get_by_label("新密码", exact=True).fill("correct horse battery")
    page.get_by_label("再次输入新密码").fill("correct horse battery")
    page.get_by_role("button", name="保存新密码").click()
    said = page.get_by_text("密码已修改")
    expect(said).to_be_visible()
    page.get_by_role("button", name="关闭", exact=True).click()
    expect(said).to_have_count(0)

    page.goto("/calls")
    expect(page.locator("table.ledger tbody tr")).to_have_count(50)
    visitor.shot("ledger", full=False)
    page.get_by_role("link", name="较早").click()
    expect(page.get_by_text("第 51–")).to_be_visible()
    page.get_by_label("来电号码").fill("138-0013 8000")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("table.ledger tbody tr")).to_have_count(1)
    visitor.shot("ledger-filtered")

    page.get_by_text("王建国").click()
    expect(page).to_have_url(re.compile(f"/calls/{site.call_id('node1-2.1')}$"))
    expect(page.get_by_role("heading", name="13800138000")).to_be_visible()
    expect(page.get_by_text("A8", exact=True).first).to_be_visible()
    # F8: whoever opens the page has heard nothing yet.
    assert "recording.play" not in looks(site)
    plays(page)
    assert "recording.play" in looks(site)
    visitor.shot("call")

    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    visitor.shot("call-english")
    page.get_by_role("button", name="Light or dark").click()
    page.get_by_role("button", name="Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    visitor.shot("call-dark")
    page.goto("/calls")
    visitor.shot("ledger-dark-english", full=False)
    page.get_by_role("button", name="中文").click()

    page.get_by_role("button", name="我的账户").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    page.goto("/calls")
    expect(page).to_have_url(re.compile("/sign-in"))


def looks(site: Site) -> list[str]:
    """The actions in the audit log."""
    with site.storage.reading() as tx:
        return [str(entry["action"]) for entry in AuditLog(tx).latest(1000)]


def plays(page: Page) -> None:
    """The audio element gets somewhere, and can go to a place further on (a range of the file)."""
    audio = page.locator("audio")
    expect(audio).to_be_visible()
    audio.evaluate("audio => audio.play()")
    wait_until(lambda: audio.evaluate("audio => audio.currentTime") > 0.2, "the recording plays")
    audio.evaluate("audio => { audio.currentTime = 2.5 }")
    wait_until(lambda: audio.evaluate("audio => audio.currentTime") > 2.6, "the recording plays on from there")
    assert 3.9 < audio.evaluate("audio => audio.duration") < 4.1
    audio.evaluate("audio => audio.pause()")


def test_hostile_names_stay_text_and_leave_the_page_whole(visitor: Watched, site: Site, new_user: NewUser) -> None:
    page = visitor.page
    sign_in(page, *new_user("hostile", Role.ADMINISTRATOR))
    page.goto("/calls?outcome=abandoned_queue")
    expect(page).to_have_title(re.compile("通话台账"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    visitor.shot("ledger-hostile")
    for n, name in enumerate(HOSTILE_NAMES):
        page.goto(f"/calls/{site.call_id(f'node1-3.{n}')}")
        expect(page).not_to_have_title(re.compile("taken"))
        expect(page.locator(".caller-name")).to_have_text(name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    visitor.shot("call-hostile")


def test_callbacks_line_and_roster(visitor: Watched, site: Site, new_user: NewUser) -> None:
    page = visitor.page
    sign_in(page, *new_user("steers", Role.SUPERVISOR))
    with site.storage.writing() as tx:
        AlertStore(tx).raise_("line_fault", "main", "no answer within 30 s", site.now())
    page.get_by_role("link", name="待回电").click()
    expect(page.locator("tbody tr")).to_have_count(len(CallbackReason))
    expect(page.get_by_role("alert")).to_contain_text("线路故障")
    visitor.shot("callbacks")
    row = page.locator("tbody tr").first
    row.get_by_role("button", name="我来回电").click()
    row.locator("input[name=note]").fill("已联系上，问题解决")
    row.get_by_role("button", name="保存").click()
    expect(page.locator("tbody tr")).to_have_count(len(CallbackReason) - 1)

    page.get_by_role("button", name="线路", exact=True).click()
    page.get_by_role("link", name="线路状态").click()
    page.wait_for_url("**/line")
    visitor.shot("line")
    page.get_by_text("关闭", exact=True).first.click()
    page.get_by_label("截止时间").fill((site.now() + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("原因").fill("全员培训")
    page.get_by_role("button", name="宣布").click()
    expect(page.get_by_text("由 陈主管 宣布")).to_be_visible()
    visitor.shot("line-declared")
    assert line_shown(site.storage, load_settings(site.home), site.now()).declared is not None
    page.get_by_role("button", name="恢复按日历").click()
    expect(page.get_by_text("由 陈主管 宣布")).to_have_count(0)

    page.get_by_role("button", name="线路", exact=True).click()
    page.get_by_role("link", name="值班表").click()
    expect(page.locator(".gaps summary")).to_contain_text("无人值班")
    visitor.shot("roster")
    with site.storage.writing() as tx:
        AlertStore(tx).clear("line_fault", "main", site.now())


def test_an_operator_sees_masked_numbers_and_no_page_of_others(visitor: Watched, site: Site, new_user: NewUser) -> None:
    """A14"""
    page = visitor.page
    sign_in(page, *new_user("oper", Role.OPERATOR))
    expect(page.get_by_text("138****8000")).to_be_visible()
    page.goto(f"/calls/{site.call_id('node1-2.1')}")
    expect(page.get_by_text("质检与主管可以收听")).to_be_visible()
    assert "13800138000" not in page.content()
    visitor.shot("call-operator")
    page.goto("/recordings/1/audio")
    expect(page.get_by_role("heading", name="无权访问")).to_be_visible()
    visitor.shot("forbidden")
    page.goto("/nowhere")
    expect(page.get_by_role("heading", name="未找到")).to_be_visible()
    visitor.shot("not-found")
    page.goto("/calls?caller=18999999999")
    expect(page.get_by_text("没有符合条件的通话")).to_be_visible()
    visitor.shot("ledger-empty")


def test_a_call_in_progress_goes_on_by_itself(visitor: Watched, site: Site, new_user: NewUser) -> None:
    page = visitor.page
    sign_in(page, *new_user("watches", Role.EXAMINER))
    page.goto(f"/calls/{site.call_id('node1-2.4')}")
    expect(page.get_by_text("通话中").first).to_be_visible()
    visitor.shot("call-in-progress")
    with site.storage.reading() as tx:
        call = CallStore(tx).search(CallFilter(in_progress=True), 1).calls[0].call
    ended = site.now()
    talk = replace(call.talks[0], ended_at=ended)
    finished = replace(call, ended_at=ended, outcome=Outcome.ANSWERED, talks=(talk,), talk_seconds=100.0)
    with site.storage.writing() as tx:
        CallStore(tx).save([finished], ended)
    expect(page.get_by_text("已接听").first).to_be_visible(timeout=10_000)


def test_the_keyboard_reaches_everything_in_the_ledger(visitor: Watched, new_user: NewUser) -> None:
    page = visitor.page
    sign_in(page, *new_user("keys", Role.EXAMINER))
    page.goto("/calls")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("通话中说过或记录单中写过的词语")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_label("起")).to_be_focused()
    first = page.locator("a.time").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/calls/\d+$"))


def test_pages_are_readable_without_the_wide_screen(browser: Browser, site: Site, new_user: NewUser) -> None:
    with watched_page(browser, site.url, color_scheme="dark") as visitor:
        sign_in(visitor.page, *new_user("small", Role.SUPERVISOR))
        expect(visitor.page.locator("html")).to_have_attribute("data-bs-theme", "dark")
        visitor.shot("ledger-dark", full=False)
        visitor.page.set_viewport_size({"width": 390, "height": 844})
        visitor.page.goto(f"/calls/{site.call_id('node1-2.1')}")
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
        visitor.shot("call-phone")


def test_a_taken_port_is_said_at_once(site: Site, tmp_path: Path) -> None:
    port = site.url.rsplit(":", 1)[1]
    environment = {**os.environ, "HOTLINE_HOME": str(site.home.root), "HOTLINE_HTTP_PORT": port}
    second = subprocess.run(
        [sys.executable, "-m", "hotline.cli", "web"],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {port}: Address already in use" in second.stderr
    assert "Traceback" not in second.stderr
