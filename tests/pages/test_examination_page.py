"""The examiner's page in a browser: hear, read along, score by keys, comment at a second, finish; examples (E6, F9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.examination.records import Examination, ExaminationState
from hotline.domain.examination.sample import Why
from hotline.domain.people import Actor, Role
from hotline.services.examination import examinations as service
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.store import ExaminationStore
from tests.support import sample_calls as sample
from tests.support.browser import watched_page
from tests.support.examined_call import HOSTILE, examined_call
from tests.support.rig import wait_until
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
"""

#: Two digits are one number within 900 ms, which a busy machine may take for two presses.
TEN_AT_ONCE = """() => {
  for (const key of "10") document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}"""
BY_HAND = ("courtesy", "plain_language", "record", "solving", "way")
ZHOU = Actor("zhou", (Role.EXAMINER,), "周质检")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("examined"), SETTINGS) as running:
        running.add_user("zhou", Role.EXAMINER, name="周质检")
        running.add_user("qian", Role.OPERATOR, extension="1002", name="钱伟")
        running.add_user("sun", Role.OPERATOR, name="孙丽")
        yield running


def an_examination(
    site: WebSite, linkedid: str, kept: bool = True, transcribed: bool = True, sound: bool = True
) -> Examination:
    """Given to zhou; the call was this morning."""
    call = sample.answered_call(linkedid, site.now() - timedelta(hours=2))
    call = replace(call, caller=replace(call.caller, name="王建国"))
    if sound:
        stored = examined_call(site, call, kept, transcribed)
        call_id = stored.id
    else:
        call = replace(call, recordings=())
        site.keep(call)
        with site.storage.reading() as tx:
            call_id = CallStore(tx).id_of("node1", linkedid) or 0
    return service.choose_call(site.storage, site.settings, call_id, Why.CHOSEN, "", ZHOU, site.now())


def now_is(site: WebSite, examination: Examination) -> Examination:
    with site.storage.reading() as tx:
        found = ExaminationStore(tx).by_id(examination.id or 0)
    assert found is not None
    return found


def seconds(page: Page) -> float:
    return float(page.evaluate("() => document.querySelector('audio').currentTime"))


def opened(site: WebSite, page: Page, examination: Examination, who: str = "zhou", hash: str = "") -> None:
    site.sign_in(page, who)
    page.goto(f"/examinations/{examination.id}{hash}")


def test_e6_a_call_is_heard_read_scored_by_keys_and_finished(site: WebSite, browser: Browser) -> None:
    given = an_examination(site, "x-1")
    with watched_page(browser, site.url) as watched:
        page = watched.page
        opened(site, page, given)
        expect(page.locator("#player")).to_have_attribute("data-drawn", "outline")
        canvases = "(e) => e.children[0].shadowRoot.querySelectorAll('canvas').length"
        assert page.locator(".wave-ground").evaluate(canvases) >= 4, "two channels, to come and past"
        watched.shot("examination-zh-light", full=False)

        # Space plays, and the word that sounds is marked.
        page.keyboard.press("Space")
        page.wait_for_function("() => document.querySelector('audio').currentTime > 0.3")
        page.keyboard.press("Space")
        expect(page.locator("#player")).to_have_attribute("data-playing", "no")
        page.locator(".word", has_text="卡纸").click()
        page.wait_for_function("() => document.querySelector('audio').currentTime >= 37")
        expect(page.locator("#player")).to_have_attribute("data-playing", "yes")
        page.keyboard.press("Space")
        before = seconds(page)
        page.keyboard.press("ArrowLeft")
        assert abs(seconds(page) - (before - 5)) < 0.5

        # What counts is told from what is to be checked; a click jumps.
        expect(page.locator(".finding-bad").first).to_be_visible()
        page.locator(".finding-bad", has_text="C4").first.click()
        page.wait_for_function("() => Math.abs(document.querySelector('audio').currentTime - 60) < 2")
        page.keyboard.press("Space")

        # Automatic items come filled in; the keys judge the others.
        expect(page.locator('[data-item="courtesy"]')).to_have_class("item item-current item-open")
        page.keyboard.press("f")
        expect(page.locator("#finish-open li")).to_have_count(5)
        expect(page.locator("#finish-now")).to_be_hidden()
        watched.shot("examination-open-items", full=False)
        page.keyboard.press("Escape")
        page.evaluate(TEN_AT_ONCE)
        expect(page.locator('[data-item="courtesy"] .item-points')).to_have_text("10 / 10")
        for key in ("j", "5", "Enter", "8", "ArrowUp", "j", "n", "Enter", "m"):
            page.keyboard.press(key)
        expect(page.locator("#score-open")).to_have_text("已全部评分")
        expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
        wait_until(
            lambda: (
                dict(now_is(site, given).points)
                == {"courtesy": 10, "plain_language": 5, "record": 9, "solving": None, "way": 5}
            ),
            "the points are saved",
        )

        # A key in a field is text.
        page.locator("#remark").fill("总体不错 f 5 ")
        page.locator("#remark").press("j")
        assert page.locator("dialog[open]").count() == 0
        page.locator("#remark").blur()

        # A comment at this second, and on the waveform.
        page.evaluate("() => { document.querySelector('audio').currentTime = 75.4; }")
        page.keyboard.press("c")
        expect(page.locator("#comment-second")).to_have_value("1:15.4")
        page.locator("#comment-text").fill(f"这里应先致歉 {HOSTILE}")
        watched.shot("examination-comment", full=False)
        page.locator("#comment-text").press("Control+Enter")
        expect(page.locator(".comment-text")).to_contain_text("这里应先致歉 <img")
        marks = page.locator(".wave-ground").evaluate(
            "(e) => [...e.children[0].shadowRoot.querySelectorAll('[part~=mark-comment]')].map((m) => m.title)"
        )
        assert len(marks) == 1 and marks[0].startswith("1:15 这里应先致歉 <img")
        page.keyboard.press("Shift+?")
        watched.shot("examination-keys", full=False)
        page.keyboard.press("Escape")

        page.keyboard.press("f")
        page.keyboard.press("Enter")
        page.wait_for_selector(".examination[data-state=done]")
        done = now_is(site, given)
        assert (done.state, done.remark) == (ExaminationState.DONE, "总体不错 f 5 j")
        expect(page.locator("#score-now")).to_have_text(f"{done.score:g}")
        page.keyboard.press("7")
        assert now_is(site, given).version == done.version, "what is finished stays"
        expect(page.locator("#player")).to_have_attribute("data-drawn", "outline")
        watched.shot("examination-done", full=False)
        assert page.title() != "taken"
    with watched_page(browser, site.url) as watched:
        opened(site, watched.page, given, "qian")
        expect(watched.page.locator("#player")).to_have_attribute("data-drawn", "outline")
        expect(watched.page.locator("#score-now")).to_have_text(f"{done.score:g}")
        watched.page.locator('[data-action="appeal"]').click()
        watched.page.locator("#appeal-reason").fill("当时系统故障")
        watched.page.locator("#appeal-send").click()
        expect(watched.page.locator(".x-appeal")).to_contain_text("当时系统故障")
        watched.shot("examination-appealed", full=False)


def test_the_page_in_english_and_dark_opens_at_the_second_of_its_address(site: WebSite, browser: Browser) -> None:
    given = an_examination(site, "x-2")
    with watched_page(browser, site.url, color_scheme="dark") as watched:
        site.sign_in(watched.page, "zhou")
        watched.page.locator("button[name=language]").click()
        watched.page.goto(f"/examinations/{given.id}#t=60.5")
        expect(watched.page.locator("#player")).to_have_attribute("data-drawn", "outline")
        watched.page.wait_for_function("() => Math.abs(document.querySelector('audio').currentTime - 60.5) < 0.1")
        expect(watched.page.locator(".word.now").first).to_be_visible()
        watched.page.locator('[data-player="zoom"]').fill("60")
        watched.shot("examination-en-dark", full=False)
        watched.page.goto(f"/calls/{_call_id(site, 'x-2')}#t=35.2")
        expect(watched.page.locator("#player")).to_have_attribute("data-drawn", "outline")
        watched.page.wait_for_function("() => Math.abs(document.querySelector('audio').currentTime - 35.2) < 0.1")
        expect(watched.page.locator(".finding").first).to_be_visible()
        watched.shot("call-sound-en-dark")


def test_two_windows_do_not_overwrite_each_other_unseen(site: WebSite, browser: Browser) -> None:
    given = an_examination(site, "x-3")
    with watched_page(browser, site.url) as watched:
        page = watched.page
        opened(site, page, given)
        expect(page.locator("#player")).to_have_attribute("data-drawn", "outline")
        service.give_points(site.storage, given.id or 0, 1, {"courtesy": 2}, None, ZHOU, site.now())
        page.keyboard.press("9")
        expect(page.locator("#conflict")).to_be_visible()
        watched.shot("examination-conflict", full=False)
        assert dict(now_is(site, given).points) == {"courtesy": 2}
        page.locator("#keep-mine").click()
        expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
        assert dict(now_is(site, given).points) == {"courtesy": 9}
        page.context.set_offline(True)
        page.keyboard.press("8")
        expect(page.locator("#saving")).to_have_attribute("data-state", "away")
        page.context.set_offline(False)
        wait_until(lambda: dict(now_is(site, given).points) == {"courtesy": 8}, "saved when the network is back")


@pytest.mark.parametrize(
    ("how", "says", "of_words"),
    [
        ({"sound": False}, "此通话没有录音", "没有转写文字"),
        ({"kept": False, "transcribed": False}, "录音正在转换", "未启用语音转写"),
    ],
)
def test_without_sound_or_words_scoring_is_still_possible(
    site: WebSite, browser: Browser, how: dict[str, bool], says: str, of_words: str
) -> None:
    given = an_examination(site, f"x-4-{len(says)}", **how)
    with watched_page(browser, site.url) as watched:
        page = watched.page
        opened(site, page, given)
        expect(page.locator("#sound-note")).to_contain_text(says)
        expect(page.locator("#transcript")).to_contain_text(of_words)
        watched.shot(f"examination-{'-'.join(how)}", full=False)
        for key in ("m", "Enter") * 5:
            page.keyboard.press(key)
        page.keyboard.press("f")
        page.locator("#finish-now").click()
        page.wait_for_selector(".examination[data-state=done]")


def test_f9_a_part_is_shown_as_an_example_without_who_the_customer_is(site: WebSite, browser: Browser) -> None:
    given = an_examination(site, "x-5")
    with watched_page(browser, site.url) as watched:
        page = watched.page
        opened(site, page, given, hash="#t=44")
        expect(page.locator("#player")).to_have_attribute("data-drawn", "outline")
        page.wait_for_function("() => Math.abs(document.querySelector('audio').currentTime - 44) < 0.1")
        page.keyboard.press("e")
        expect(page.locator("#example-from")).to_have_value("0:34.0")
        page.locator("#example-name").fill("王建国的来电")
        page.locator("#example-lesson").fill(f"先确认，再查询 {HOSTILE}")
        page.locator("#example-to").fill("0:50")
        watched.shot("example-dialog", full=False)
        page.locator("#example-dialog button[type=submit]").click()
        expect(page.locator("#example-dialog .dialog-problem")).to_contain_text("不得含有客户姓名")
        page.locator("#example-name").fill("卡纸的处理")
        page.locator("#example-dialog button[type=submit]").click()
        expect(page.locator("#toast")).to_have_text("已设为示例录音。")
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "sun")
        page.goto("/examples")
        card = page.locator(".example")
        expect(card).to_have_count(1)
        card.locator("summary").click()
        said = card.locator(".example-said").inner_text()
        assert "建国" not in said and "一三八" not in said and "＊" in said and "打印机" in said
        page.evaluate("() => document.querySelector('audio').play()")
        page.wait_for_function("() => document.querySelector('audio').currentTime > 0.3")
        assert abs(page.evaluate("() => document.querySelector('audio').duration") - 16) < 0.1
        assert card.locator("button[data-remove], a").count() == 0
        watched.shot("examples-operator")
        assert page.title() != "taken"
    with site.storage.reading() as tx:
        assert [(e["who"], e["action"]) for e in AuditLog(tx).latest(200) if e["action"] == "example.play"] == [
            ("sun", "example.play")
        ]


def _call_id(site: WebSite, linkedid: str) -> int:
    with site.storage.reading() as tx:
        return CallStore(tx).id_of("node1", linkedid) or 0
