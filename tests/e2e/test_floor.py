"""The floor with real calls: what a supervisor sees live, hears, and does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from hotline.domain.accounts.user import User
from hotline.domain.people import Actor, Role
from hotline.domain.time import system_clock
from hotline.services.accounts.passwords import hash_password
from hotline.services.operators.hands import raise_hand
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.calls.live_calls import LiveCallStore
from tests.support.browser import chromium, watched_page
from tests.support.console_rig import ALWAYS_OPEN, PASSWORD
from tests.support.ears import Ear, tones_in
from tests.support.rig import CARRIER, PHONES, Rig, wait_until
from tests.support.tones import RATE, read

pytestmark = pytest.mark.e2e

CALLER, OPERATOR, SUPERVISOR = 440.0, 660.0, 880.0
NUMBER = "13800138000"

SETTINGS = """
[operators.1009]
name = "何主管"
contact = "sip:1009@{phones}:{port}"
"""


@dataclass
class FloorRig:
    """The rig with phones that can be listened at, and the floor's page open."""

    rig: Rig
    page: Page
    ears: dict[str, Ear] = field(default_factory=dict)

    def phone(self, extension: str, hertz: float, *steps: str) -> None:
        """A desk phone that does this with each call it gets."""
        port = self.rig.base + {"1001": 81, "1009": 83}[extension]
        ear = self.ears[extension] = Ear(PHONES, hertz)
        self.rig.phone(extension, {"": steps}, port, ear=ear)

    def caller(self) -> None:
        ear = self.ears["caller"] = Ear(CARRIER, CALLER)
        self.rig.caller(["call", "expect hangup"], NUMBER, ear=ear)

    def hears(self, who: str) -> set[float]:
        return tones_in(self.ears[who].listen(0.6), CALLER, OPERATOR, SUPERVISOR)

    def recorded(self) -> tuple[set[float], set[float]]:
        """What the recording of the only call holds of this moment: the caller's side, and ours."""
        (file,) = self.rig.home.incoming.glob("*.raw")
        last = read(file)[:, -RATE // 2 :]
        caller, ours = (tones_in(last[side], CALLER, OPERATOR, SUPERVISOR) for side in (0, 1))
        return caller, ours

    def operator(self, name: str) -> Locator:
        return self.page.locator(".f-operator").filter(has_text=name)

    def choose(self, name: str, action: str) -> None:
        """From the menu of that operator."""
        self.operator(name).get_by_role("button", name=re.compile("操作")).click()
        self.operator(name).get_by_role("button", name=action, exact=True).click()

    def stop_listening(self) -> None:
        """The supervisor's phone is put down."""
        for channel in self.rig.pbx.channels():
            if channel["Channel"].startswith("PJSIP/1009-"):
                self.rig.pbx.hang_up(channel["Channel"])
        wait_until(
            lambda: not any(c["Channel"].startswith("PJSIP/1009-") for c in self.rig.pbx.channels()),
            "the supervisor's phone to be free",
        )


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    running = Rig(tmp_path_factory.mktemp("floor"), ALWAYS_OPEN)
    more = SETTINGS.format(phones=PHONES, port=running.base + 83)
    running.home.settings_file.write_text(running.home.settings_file.read_text("utf-8") + more, "utf-8")
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener")
        running.launch("web")
        wait_until(lambda: running.accepts(running.base + 40), "the pages to be served", 40)
        yield running
    finally:
        running.stop()


@pytest.fixture
def floor(rig: Rig) -> Iterator[FloorRig]:
    url = f"http://127.0.0.1:{rig.base + 40}"
    account(rig, "chen")
    with chromium() as browser, watched_page(browser, url) as visitor:
        page = visitor.page
        page.goto("/sign-in?next=/floor")
        page.fill("#username", "chen")
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        expect(page.locator("#link")).to_have_text("实时")
        ready = FloorRig(rig, page)
        try:
            yield ready
        finally:
            rig.clear()
            for ear in ready.ears.values():
                ear.close()


def account(rig: Rig, username: str) -> None:
    """A supervisor whose own phone is 1009."""
    with rig.hotline.storage.writing() as tx:
        if UserStore(tx).by_username(username) is None:
            UserStore(tx).add(
                User(
                    username=username,
                    display_name="陈主管",
                    password_hash=hash_password(PASSWORD),
                    roles=(Role.SUPERVISOR,),
                    must_change_password=False,
                    active=True,
                    created_at=system_clock(),
                    extension="1009",
                )
            )


def test_a_supervisors_pause_and_sign_out_are_asterisks_too(floor: FloorRig) -> None:
    page, rig = floor.page, floor.rig
    rig.sign_in(["1001"])
    expect(floor.operator("赵敏")).to_contain_text("就绪")
    floor.choose("赵敏", "暂停")
    page.get_by_label("原因").first.fill("请到会议室")
    page.locator("#reason-do").click()
    expect(floor.operator("赵敏")).to_contain_text("由 陈主管 置为暂停：请到会议室")
    assert [m["Paused"] for m in rig.pbx.queue_members() if m["Location"] == "PJSIP/1001"] == ["1"]
    floor.choose("赵敏", "结束暂停")
    expect(floor.operator("赵敏")).to_contain_text("就绪")
    answers: list[tuple[Route, APIResponse]] = []
    page.route("**/sign-out", lambda route: answers.append((route, route.fetch())))
    floor.choose("赵敏", "签出")
    page.locator("#reason").fill("下班")
    page.locator("#reason-do").click()
    expect(floor.operator("赵敏")).to_contain_text("由 陈主管 签出：下班")
    # The push may be faster than the answer; the browser is asked so that it is taken on the way.
    wait_until(lambda: page.evaluate("1") and len(answers) == 1, "the answer that came late")
    (late,) = answers
    late[0].fulfill(response=late[1])  # what was so before the change was pushed
    expect(page.locator("#said")).to_contain_text("赵敏")
    expect(floor.operator("赵敏")).to_contain_text("由 陈主管 签出：下班")
    assert [m for m in rig.pbx.queue_members() if m["Location"] == "PJSIP/1001"] == []


def test_a_call_moves_through_the_floor_and_a_supervisor_listens_whispers_barges_in_and_takes_over(
    floor: FloorRig,
) -> None:
    page, rig = floor.page, floor.rig
    floor.phone("1001", OPERATOR, "ring 2", "answer", "expect hangup")
    floor.phone("1009", SUPERVISOR, "ring 0.1", "answer", "expect hangup")
    expect(page.get_by_text("当前没有来电")).to_be_visible()
    rig.sign_in(["1001"])
    expect(floor.operator("赵敏")).to_contain_text("就绪")

    floor.caller()
    row = page.locator("#calls tr").filter(has_text=NUMBER)
    expect(row).to_contain_text("菜单中")
    expect(row).to_contain_text("赵敏 第 1 声", timeout=20_000)
    expect(floor.operator("赵敏")).to_contain_text("振铃")
    expect(row).to_contain_text("赵敏 接听")
    expect(floor.operator("赵敏")).to_contain_text(NUMBER)
    expect(page.locator("[data-figure=answered] [data-value]")).to_have_text("1")
    wait_until(lambda: floor.hears("caller") == {OPERATOR}, "caller hears operator")
    wait_until(lambda: floor.hears("1001") == {CALLER}, "operator hears caller")

    zhao = Actor("zhao", (Role.OPERATOR,), "赵敏", None, "1001")
    raise_hand(rig.hotline.storage, rig.hotline.settings, rig.pbx, "1001", zhao, system_clock())
    hand = floor.operator("赵敏").locator(".f-hand")
    expect(hand).to_contain_text("举手求助")

    everybody = {CALLER, OPERATOR, SUPERVISOR}
    for action, by_caller, by_operator, recorded in (
        ("监听", {OPERATOR}, {CALLER}, {OPERATOR}),
        ("耳语（只对客服说）", {OPERATOR}, everybody - {OPERATOR}, {OPERATOR}),
        ("三方插话", everybody - {CALLER}, everybody - {OPERATOR}, everybody - {CALLER}),
    ):
        if action == "监听":
            hand.get_by_role("button", name="监听").click()
            expect(hand).to_contain_text("陈主管 正在协助")
        else:
            floor.choose("赵敏", action)
        expect(page.locator("#said")).to_contain_text("您的话机正在振铃")
        wait_until(lambda: floor.hears("1009") >= {CALLER, OPERATOR}, f"{action}: the supervisor hears both")
        wait_until(lambda by=by_caller: floor.hears("caller") == by, f"{action}: what the caller hears")  # type: ignore[misc]
        wait_until(lambda by=by_operator: floor.hears("1001") == by, f"{action}: what the operator hears")  # type: ignore[misc]
        wait_until(lambda by=recorded: floor.recorded() == ({CALLER}, by), f"{action}: what is recorded")  # type: ignore[misc]
        assert (floor.hears("caller"), floor.hears("1001")) == (by_caller, by_operator), f"{action}: and stays so"
        expect(row).to_contain_text("赵敏 接听")
        if action != "三方插话":  # who barges in takes over from there
            floor.stop_listening()

    row.get_by_role("button", name=re.compile("接管")).click()
    page.locator("#reason-dialog").get_by_role("button", name="接管来电").click()
    expect(row).to_contain_text("何主管 接听")
    wait_until(lambda: floor.hears("caller") == {SUPERVISOR}, "caller hears the supervisor")
    with rig.hotline.storage.reading() as tx:
        written = [(e["who"], e["action"]) for e in AuditLog(tx).latest(100)]
        (call,) = [stored.call for stored in LiveCallStore(tx).in_progress()]
    for action in ("call.listen", "call.whisper", "call.barge", "call.take_over"):
        assert ("chen", action) in written
    assert [talk.party.id for talk in call.talks] == ["1001", "1009", "1009"], "barged in, then taken over"
