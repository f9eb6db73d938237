"""What is said in a call and what the rules find in it: speech through SIPp and Asterisk, the recording, the store, the
real Vosk, the score, and the examiner's page. What is expected is known from the script of the talk and from Asterisk's
times alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from hotline.domain.accounts.user import User
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.examination.sample import Why
from hotline.domain.people import Actor, Role
from hotline.domain.recordings.transcript import Side
from hotline.domain.time import system_clock
from hotline.services.accounts.passwords import hash_password
from hotline.services.examination import examinations
from hotline.storage.accounts.users import UserStore
from tests.support.browser import chromium, watched_page
from tests.support.console_rig import ALWAYS_OPEN, PASSWORD
from tests.support.measured_talk import Measured, measured, stands_at
from tests.support.rig import Rig, wait_until
from tests.support.spoken import Spoken, Utterance, speak
from tests.support.tones import sound_pcap
from tests.support.vosk_tiny import MODEL

pytestmark = pytest.mark.e2e

#: Characters a minute that rule C5 wants, as espeak-ng counts pace; and faster.
CALM, BRISK = 120, 140

#: The operator keeps every rule; seconds from the moment the operator's phone answers.
WELL = [
    Utterance(1.0, "您好 欢迎 致电 公司 客服 很 高兴 为 您 服务", CALM),
    Utterance(8.5, "请问 有 什么 可以 帮 您", CALM),
    Utterance(18.5, "好的 请 稍等 我 马上 为 您 查询", CALM),
    Utterance(24.5, "您 的 订单 我们 已经 收到 我们 会 尽快 为 您 处理", CALM),
    Utterance(33.5, "管 先生 请问 还有 其他 问题 吗", CALM),
    Utterance(42.0, "感谢 您 的 来电 祝 您 生活 愉快 再见", CALM),
]
WELL_CALLER = [Utterance(14.0, "我 想 查询 一下 我 的 订单"), Utterance(38.7, "没有 了 谢谢")]

#: No greeting but a bare hello (C1, C4), nobody's surname (C13), into the caller's words (C7),
#: "I don't know" (C4), hung up at once (C3); all else is kept.
BADLY = [
    Utterance(1.0, "喂 你好", BRISK),
    Utterance(6.5, "我 马上 为 您 查询 一下 我们 会 尽快 为 您 处理", BRISK),
    Utterance(16.0, "我 不 知道", BRISK),
    Utterance(19.0, "请问 还有 其他 问题 吗", BRISK),
    Utterance(25.0, "感谢 您 的 来电 祝 您 生活 愉快 再见", BRISK),
]
BADLY_CALLER = [
    Utterance(3.5, "我 要 投诉 我 购买 的 产品 坏 了 我 的 手机 坏 了 我 想 退款 我 要 找 经理 我 还没 收到 发票"),
    Utterance(23.3, "没有"),
]
#: From the caller's key to the operator's answer: the phone rings so long, and the menu and queue take a moment.
RING = 2.0
UNTIL_ANSWERED = RING + 0.7


@dataclass(frozen=True)
class Line:
    """A caller and the operator whom they reach by that key."""

    number: str
    key: str
    extension: str
    operator: Sequence[Utterance]
    caller: Sequence[Utterance]
    voices: tuple[str, str]
    ours: Sequence[str]
    theirs: Sequence[str]


LINES = {
    "well": Line(
        "13800138001",
        "1",
        "1001",
        WELL,
        WELL_CALLER,
        ("f3", "m5"),
        ours=["expect hangup"],
        theirs=["wait 54", "hang up"],
    ),
    "badly": Line(
        "13800138002",
        "2",
        "1002",
        BADLY,
        BADLY_CALLER,
        ("m3", "f2"),
        ours=["wait 31", "hang up"],
        theirs=["expect hangup"],
    ),
}


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    running = Rig(tmp_path_factory.mktemp("spoken"), ALWAYS_OPEN)
    running.environment["HOTLINE_SITE__COMPANY"] = "公司客服"
    running.prepare()
    running.cli("model", "install", str(MODEL), "--name", "tiny")
    running.cli("model", "use", "tiny")
    try:
        running.start("pbx", "ivr", "listener", "worker")
        running.launch("transcriber")
        running.launch("web")
        wait_until(lambda: running.accepts(running.base + 40), "the pages to be served", 40)
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def calls(rig: Rig) -> dict[str, Measured]:
    """Both calls at once, until each has been heard, transcribed and measured."""
    rig.sign_in(["1001"])
    rig.pbx.queue_add("sales", "1002", "钱伟")
    spoken: dict[str, Spoken] = {}
    for port, (name, line) in enumerate(LINES.items()):
        spoken[name] = speak(line.operator, line.voices[0])
        ours = sound_pcap(rig.scripts / f"{name}-operator.pcap", spoken[name].samples)
        later = [Utterance(each.at + UNTIL_ANSWERED, each.words, each.pace) for each in line.caller]
        theirs = sound_pcap(rig.scripts / f"{name}-caller.pcap", speak(later, line.voices[1]).samples)
        rig.phone(line.extension, {"": [f"ring {RING}", "answer", f"play {ours}", *line.ours]}, rig.base + 81 + port)
        rig.caller(
            ["call", "wait 0.4", f"press {line.key}", f"play {theirs}", *line.theirs],
            line.number,
            phone=f"caller-{name}",
            port=rig.base + 90 + port,
        )
    try:
        return {name: measured(rig, CallFilter(caller=line.number), spoken[name]) for name, line in LINES.items()}
    finally:
        rig.clear()


@pytest.mark.parametrize("name", LINES)
def test_each_side_is_transcribed_word_by_word(calls: dict[str, Measured], name: str) -> None:
    for side, utterances in ((Side.OURS, LINES[name].operator), (Side.CALLER, LINES[name].caller)):
        assert calls[name].said(side) == "".join(each.words for each in utterances).replace(" ", "")


def test_a_call_that_keeps_the_rules_is_found_to_keep_them(calls: dict[str, Measured]) -> None:
    """A8, C1, C2, C3, C5, C7, C8, C13: measured, and none broken."""
    call = calls["well"]
    assert {(each.rule, each.kind) for each in call.findings} == {
        ("A8", "answer_seconds"),
        ("A8", "answer_rings"),
        ("A8", "first_words"),
        ("C1", "opening"),
        ("C2", "closing"),
        ("C3", "caller_hung_up"),
        ("C5", "speech_rate"),
        ("C7", "talking_over"),
        ("C8", "length"),
        ("C13", "surname_asked"),
        ("C13", "surname_used"),
        ("Q2", "shouting"),
        ("Q2", "too_quiet"),
    }
    assert call.broken == set()
    assert all(each.counts for each in call.findings)
    stands_at(call.one("C1", "opening"), call.span(0, 1))
    stands_at(call.one("C5", "speech_rate"), call.span(0, 5))
    rate = call.one("C5", "speech_rate").value
    assert rate is not None and 140 <= rate <= 160
    assert call.one("C7", "talking_over").value == 0
    assert call.one("C13", "surname_used").words == "管先生"


def test_a_call_that_breaks_five_rules_is_found_to_break_these_and_where(calls: dict[str, Measured]) -> None:
    """C1, C3, C4, C7, C13, each at its second; C2 and the others are kept."""
    call = calls["badly"]
    assert {(each.rule, each.kind) for each in call.findings} == {
        ("A8", "answer_seconds"),
        ("A8", "answer_rings"),
        ("A8", "first_words"),
        ("C1", "opening"),
        ("C2", "closing"),
        ("C3", "we_hung_up"),
        ("C4", "bare_opening"),
        ("C4", "forbidden"),
        ("C7", "talking_over"),
        ("C8", "length"),
        ("C13", "surname_asked"),
        ("Q2", "shouting"),
        ("Q2", "too_quiet"),
    }
    assert call.broken == {
        ("C1", "opening"),
        ("C3", "we_hung_up"),
        ("C4", "bare_opening"),
        ("C4", "forbidden"),
        ("C7", "talking_over"),
        ("C13", "surname_asked"),
    }
    assert call.one("C4", "bare_opening").words == "喂你好"
    assert all(each.counts for each in call.findings)
    stands_at(call.one("C1", "opening"), call.span(0, 1))
    stands_at(call.one("C4", "forbidden"), call.span(2))
    assert call.one("C4", "forbidden").words == "我不知道"
    stands_at(call.one("C7", "talking_over"), call.span(1))
    assert call.call.ended_at is not None
    stands_at(call.one("C3", "we_hung_up"), (call.span(4)[1], call.second(call.call.ended_at)))


def test_the_score_tells_the_two_apart(calls: dict[str, Measured]) -> None:
    """E6: each call has its automatic score."""
    assert calls["badly"].score < calls["well"].score <= 100


def test_the_examiner_hears_it_where_the_rule_was_broken_and_finds_it_by_its_words(
    rig: Rig, calls: dict[str, Measured]
) -> None:
    """C4, E6"""
    call, examiner = calls["badly"], Actor("zhou", (Role.EXAMINER,), "周质检")
    storage, now = rig.hotline.storage, system_clock()
    with storage.writing() as tx:
        UserStore(tx).add(
            User(
                username="zhou",
                display_name="周质检",
                password_hash=hash_password(PASSWORD),
                roles=examiner.roles,
                must_change_password=False,
                active=True,
                created_at=now,
            )
        )
    given = examinations.choose_call(storage, rig.hotline.settings, call.stored.id, Why.CHOSEN, "", examiner, now)
    with chromium() as browser, watched_page(browser, f"http://127.0.0.1:{rig.base + 40}") as visitor:
        page = visitor.page
        page.goto(f"/sign-in?next=/examinations/{given.id}")
        page.fill("#username", "zhou")
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        expect(page.locator("#player")).to_have_attribute("data-drawn", "outline")
        expect(page.locator(".finding-bad")).to_have_count(6)
        visitor.shot("examination-spoken", full=False)
        page.locator(".finding-bad", has_text="我不知道").click()
        page.wait_for_function("() => !document.querySelector('audio').paused")
        at = float(page.evaluate("() => document.querySelector('audio').currentTime"))
        assert at == pytest.approx(call.span(2)[0], abs=3)
        page.keyboard.press("Space")

        page.goto("/search?q=我不知道")
        page.locator(".found-second").click()
        expect(page).to_have_url(re.compile(rf"/calls/{call.stored.id}#t="))
        visitor.shot("call-found-by-words", full=False)
