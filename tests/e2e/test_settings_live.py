"""A13's seconds are changed on the page while a call is on: the next hold hears the new interval, and nothing was
restarted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from playwright.sync_api import Browser, expect

from greetings.plan import HOLD_FILE
from hotline.domain.accounts.user import User
from hotline.domain.people import Role
from hotline.services.accounts.passwords import hash_password
from hotline.storage.accounts.users import UserStore
from tests.e2e.test_calls import found
from tests.support.browser import chromium
from tests.support.console_rig import ALWAYS_OPEN, PASSWORD
from tests.support.expect import tone_differences
from tests.support.rig import Rig, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

KEY = "rules.hold_prompt.every_seconds"
CALLER = "13900007613"
#: The first hold is shorter than the interval before; between the two there is time for the change.
PHONE = ("ring 0.3", "answer", "tone 1000 90", "wait 1", "hold", "wait 5", "unhold", "wait 30", "hold", "wait 5")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path, ALWAYS_OPEN)
    rig.prepare()
    rig.cli("settings", "set", KEY, "60")
    rig.cli("greetings", "build")
    now, password = datetime.now(UTC), hash_password(PASSWORD)
    administrator = User("chef", "管理员", password, (Role.ADMINISTRATOR,), False, True, now)
    with rig.hotline.storage.writing() as tx:
        UserStore(tx).add(administrator)
    try:
        rig.start("pbx", "ivr", "listener", "worker", "jobs", "web")
        wait_until(lambda: rig.accepts(rig.base + 40), "the web pages")
        yield rig
    finally:
        rig.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


class Administrator:
    """At a browser without a screen."""

    def __init__(self, rig: Rig) -> None:
        self._url = f"http://127.0.0.1:{rig.base + 40}"
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def page(self, path: str) -> str:
        with self._opener.open(self._url + path, timeout=20) as answer:
            return str(answer.read().decode())

    def send(self, path: str, **fields: str) -> str:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page(path))
        assert token is not None
        data = urlencode({"csrf_token": token[1], **fields}).encode()
        with self._opener.open(self._url + path, data, timeout=20) as answer:
            return str(answer.read().decode())


def test_the_next_hold_hears_the_new_interval_without_a_restart(running: Rig) -> None:
    rig, begun = running, datetime.now(UTC)
    processes = {name: process.pid for name, process in rig.processes.items()}
    hold_file = rig.home.asterisk / "data" / HOLD_FILE
    long = hold_file.stat().st_size
    rig.sign_in(["1001"])
    rig.phone("1001", {"": (*PHONE, "unhold", "expect hangup")}, rig.base + 81)
    caller = rig.caller(["call", "wait 0.8", "press 1", "tone 440 90", "wait 50", "hang up"], CALLER)
    administrator = Administrator(rig)
    administrator.send("/sign-in", username="chef", password=PASSWORD)
    wait_until(lambda: rig.channels() >= 2, "the talk")
    given = {"rules.hold_prompt.enabled": "true", "rules.hold_prompt.similarity": "0.7", KEY: "2"}
    prompt = rig.hotline.settings.rules.hold_prompt.prompt
    administrator.send("/rules/A13", act="save", reason="客户等得太久", **{**given, "rules.hold_prompt.prompt": prompt})
    wait_until(lambda: hold_file.stat().st_size < long / 5, "the music with the prompt to be made anew", 15)
    assert caller.wait(70) == 0, caller.errors

    def recorded() -> list[str] | None:
        mine = [stored for stored in found(rig, begun) if stored.call.caller.original == CALLER]
        talks = [each for stored in mine for each in stored.recordings if each.kind == "talk" and each.state == "ready"]
        return [each.path for each in talks if each.kept_at is not None] or None

    paths = wait_until(recorded, "the recording of the talk", 40)
    assert paths is not None
    # Two seconds of music, then the words of two seconds: in the second hold of five, not in the first.
    assert tone_differences(rig.home.recordings / paths[0], {"right": ["2800 2.0"]}) == []
    assert {name: process.pid for name, process in rig.processes.items()} == processes
    assert all(process.poll() is None for process in rig.processes.values())


QUEUES = "/admin/settings/table/queues"


def test_what_is_changed_on_the_pages_is_what_asterisk_has(running: Rig, browser: Browser) -> None:
    """A queue, a menu's key, hours and an operator, by a browser; read back from Asterisk itself. A caller who waits in
    a queue that is taken away is not lost."""
    rig = running
    context = browser.new_context(base_url=f"http://127.0.0.1:{rig.base + 40}")
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("#username", "chef")
    page.fill("#password", PASSWORD)
    page.click("form[method=post] button[type=submit] >> nth=-1")
    page.wait_for_url(lambda url: "sign-in" not in url)

    def decide(path: str, **typed: str) -> None:
        page.goto(path)
        for name, text in typed.items():
            box = page.locator(f"[name='{name.replace('__', '.')}']")
            if box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(text)
            else:
                box.fill(text)
        page.locator("form[novalidate] #reason").fill("按公司要求")
        page.locator("form[novalidate] button[name=act][value=save]").first.click()
        expect(page.locator("body")).to_contain_text("已更改。")

    decide(f"{QUEUES}/add", name="gifts", queues__new__name="销售", queues__new__ring_seconds="7")
    wait_until(lambda: "gifts" in rig.console("queue show"), "the queue in Asterisk", 10)
    decide(f"{QUEUES}/entry/gifts", queues__gifts__strategy="leastrecent")
    wait_until(lambda: "'leastrecent'" in rig.console("queue show gifts"), "the strategy in Asterisk", 10)
    decide("/admin/settings/table/menus/entry/main", **{"menus.main.keys/0/to": "queue:gifts"})
    rig.pbx.queue_add("gifts", "1001", "客服")
    rig.phone("1001", {"": ("ring until cancel",)}, rig.base + 81, again=("ring until cancel",))
    waits = rig.caller(["call", "wait 0.8", "press 1", "wait 40", "hang up"], CALLER)
    wait_until(lambda: "gifts has 1 calls" in rig.console("queue show gifts"), "the caller in the new queue", 20)
    decide("/admin/settings/table/operators/add", name="1077", operators__new__name="新人")
    wait_until(lambda: "1077" in rig.console("pjsip show endpoints"), "the operator's phone in Asterisk", 10)
    decide("/admin/settings/table/menus/entry/main", **{"menus.main.keys/0/to": "queue:service"})
    page.goto(f"{QUEUES}/entry/gifts")
    page.fill("#remove-reason", "不再需要")
    page.get_by_role("button", name="删除此条目").click()
    wait_until(lambda: "gifts" not in rig.hotline.settings.queues, "the queue to be gone from the settings", 10)
    files = rig.home.asterisk / "etc"
    wait_until(lambda: not any("[gifts]" in file.read_text() for file in files.glob("queues*.conf")), "the files", 10)
    # Whoever waits there stays in the call: they are passed on, and nobody hangs up on them.
    assert rig.channels() >= 1
    assert waits.process.poll() is None
    decide("/admin/settings/hours", **{"hours.mon": "08:15-19:45"})
    wait_until(lambda: str(rig.hotline.settings.hours.mon[0].end).startswith("19:45"), "the hours in this process", 10)
    decide("/admin/settings/table/lines/add", name="gifts", lines__new__number="4006667777")
    wait_until(lambda: "4006667777" in rig.console("dialplan show hl-lines"), "the line in Asterisk", 10)
    decide("/admin/settings/trunk", **{"trunk.qualify_seconds": "77", "trunk.dtmf": "info"})
    wait_until(lambda: re.search(r"dtmf_mode\s+: info", rig.console("pjsip show endpoint trunk")), "the trunk", 10)
    assert re.search(r"qualify_frequency\s+: 77", rig.console("pjsip show aor trunk"))
    # The phones' transport is another one: Asterisk listens there without a restart, and the caller stays.
    decide("/admin/settings/trunk", **{"phones.transport": "tcp"})
    wait_until(lambda: "transport-tcp" in rig.console("pjsip show transports"), "the transport in Asterisk", 10)
    assert rig.channels() >= 1 and waits.process.poll() is None
    waits.stop()
    context.close()
