"""Prompts in a real browser: a greeting is recorded by a microphone that plays a tone, and that tone is heard in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from greetings import audio
from hotline.domain.people import Role
from hotline.domain.prompts.version import SoundOrigin
from hotline.storage.prompts.store import PromptStore
from tests.support.browser import engine, program_and_flags, watched_page
from tests.support.ears import AUDIBLE_DBFS, strength
from tests.support.tones import tone, write_wav
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

PITCH = 700
PAGES = (
    ("emergency", "/emergency"),
    ("prompts", "/prompts"),
    ("prompt", "/prompts/of/greeting"),
    ("voices", "/voices?try=espeak-ng&words=abc"),
    ("menus", "/admin/menus"),
)
SITE = """
[lines.main]
number = "4001234567"
menu = "main"
[lines.gift]
number = "4007654321"
menu = "main"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("prompts"), SITE) as running:
        running.add_user("chef", Role.ADMINISTRATOR, Role.SUPERVISOR, name="管理员")
        yield running


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose microphone hears a tone."""
    file = write_wav(tmp_path_factory.mktemp("microphone") / "tone.wav", tone(PITCH, 10.0, -20.0))
    program, flags = program_and_flags()
    more = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}"]
    browser = engine().chromium.launch(executable_path=program, args=[*flags, *more])
    yield browser
    browser.close()


def test_a_greeting_is_recorded_in_the_browser(site: WebSite, microphone: Browser) -> None:
    with watched_page(microphone, site.url, permissions=["microphone"]) as visitor:
        page = visitor.page
        site.sign_in(page, "chef")
        page.goto("/prompts/of/greeting")
        page.fill("#words", "您好，本次通话将被录音。")
        page.click("[data-start]")
        expect(page.locator("[data-state]")).to_contain_text("2 秒")
        page.click("[data-stop]")
        expect(page.locator("[data-listen]")).to_be_visible()
        expect(page.locator("[name=way][value=recorded]")).to_be_checked()
        page.click("section[aria-labelledby=replace-title] button[type=submit]")
        expect(page.locator("body")).to_contain_text("已保存")
        visitor.shot("prompt_recorded")
    with site.storage.reading() as tx:
        made = PromptStore(tx).of_prompt("greeting")[-1]
        content = PromptStore(tx).sound(made.sha256)
    assert made.origin is SoundOrigin.RECORDED and content is not None
    samples = np.frombuffer(content[44:], "<i2")
    assert strength(samples[4000:12000], PITCH) >= AUDIBLE_DBFS


def test_a_microphone_that_is_refused_is_said_in_words(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "chef")
        page.goto("/emergency")
        page.click("[data-start]")
        expect(page.locator("[data-state]")).to_contain_text("麦克风")


def test_a_voice_that_does_not_speak_says_why_beside_its_player_and_may_speak_then(
    site: WebSite, browser: Browser
) -> None:
    """Somebody else tries one at the moment: the player alone would show nothing."""
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "chef")
        busy = "有人正在试听语音，请稍后再试。"
        page.route("**/sound?words=*", lambda asked: asked.fulfill(status=409, content_type="text/plain", body=busy))
        page.goto("/voices?try=espeak-ng&words=abc")
        expect(page.locator("#tried-problem")).to_have_text(busy)
        visitor.shot("voice_busy")
        page.unroute_all()
        page.reload()
        expect(page.locator("#tried-problem")).to_be_hidden()


def test_the_pages_in_both_languages_and_on_a_telephone(site: WebSite, browser: Browser, tmp_path: Path) -> None:
    sound = io.BytesIO(audio.to_wav(audio.tones([(500, 1200)]))).getvalue()
    with watched_page(browser, site.url) as visitor:
        page = visitor.page
        site.sign_in(page, "chef")
        page.goto("/emergency")
        page.fill("#words", "因电力检修，今天下午客服系统可能中断，请稍后再拨。")
        page.set_input_files("#sound", {"name": "say.wav", "mimeType": "audio/wav", "buffer": sound})
        page.fill("#until", f"{site.now() + timedelta(hours=10):%Y-%m-%dT%H:%M}")
        page.click("section[aria-labelledby=new-title] button[type=submit]")
        expect(page.locator("#standing-title ~ div")).to_contain_text("电力检修")
        for name, path in PAGES:
            page.goto(path)
            visitor.shot(f"{name}_zh")
        page.goto("/floor")
        expect(page.locator("#emergency-banner")).to_contain_text("电力检修")
        visitor.shot("floor_emergency")
    narrow = {"viewport": {"width": 390, "height": 844}, "locale": "en-US", "color_scheme": "dark"}
    with watched_page(browser, site.url, **narrow) as visitor:
        page = visitor.page
        site.sign_in(page, "chef")
        page.context.add_cookies([{"name": "language", "value": "en", "url": site.url}])
        for name, path in PAGES:
            page.goto(path)
            expect(page.locator("html")).to_have_attribute("lang", "en")
            visitor.shot(f"{name}_en_narrow")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
